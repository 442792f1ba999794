//! Where chance comes from.

use domain::{Seed, Timestamp, id::uuid_v7};
use rand::{TryRng, rngs::SysRng};
use uuid::Uuid;

/// A source of bytes that nobody can guess. Use cases ask their context, so
/// that a test can repeat what it saw.
pub trait Chance: Send + Sync + std::fmt::Debug {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Chance + '_ {
    /// `N` bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A fresh `UUIDv7`.
    pub fn uuid(&self, at: Timestamp) -> Uuid {
        uuid_v7(at, self.bytes())
    }

    /// A fresh seed for a draw.
    pub fn seed(&self) -> Seed {
        Seed(i64::from_be_bytes(self.bytes()))
    }
}

/// The operating system's source.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsChance;

impl Chance for OsChance {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(cause) = SysRng.try_fill_bytes(bytes) {
            // Without it no key, token or draw can be trusted, and zeros would be
            // taken for chance.
            tracing::error!(%cause, "the operating system gives no random bytes");
            std::process::abort();
        }
    }
}
