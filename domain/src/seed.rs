//! Chance that can be repeated.

use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a draw or a shuffle starts from. Stored with what it drew: the same
/// seed gives the same draw on every machine and in every later version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[serde(transparent)]
pub struct Seed(pub i64);

impl Seed {
    /// A generator for one `purpose`: two purposes with one seed do not follow
    /// from each other, so the order of a learner's choices says nothing about
    /// which items were drawn.
    #[must_use]
    pub fn rng(self, purpose: &str) -> ChaCha20Rng {
        let mut hash = Sha256::new();
        hash.update(self.0.to_be_bytes());
        hash.update(purpose.as_bytes());
        ChaCha20Rng::from_seed(hash.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::rand_core::Rng;

    use super::*;

    #[test]
    fn a_seed_repeats_and_purposes_differ() {
        assert_eq!(Seed(7).rng("draw").next_u64(), Seed(7).rng("draw").next_u64());
        assert_ne!(Seed(7).rng("draw").next_u64(), Seed(7).rng("order").next_u64());
    }
}
