//! Multibase (Controlled Identifiers 1.0 §2.4): bytes as text, with a letter in
//! front that says how.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::base58;

/// Base 58 takes time that grows with the square of the length, and neither a
/// key (48 characters) nor a signature (89) comes near this.
const MAX_BASE58: usize = 256;

/// The text is not multibase of a kind that credentials use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not multibase in base58btc (z) or base64url (u)")]
pub struct NotMultibase;

/// `z` and base58btc: keys and signatures.
#[must_use]
pub fn base58btc(bytes: &[u8]) -> String {
    format!("z{}", base58::encode(bytes))
}

/// `u` and base64url without padding: status lists.
#[must_use]
pub fn base64url(bytes: &[u8]) -> String {
    format!("u{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// The bytes that `text` stands for, whichever of the two it is.
pub fn decode(text: &str) -> Result<Vec<u8>, NotMultibase> {
    if let Some(letters) = text.strip_prefix('z') {
        if letters.len() > MAX_BASE58 {
            return Err(NotMultibase);
        }
        base58::decode(letters).ok_or(NotMultibase)
    } else if let Some(letters) = text.strip_prefix('u') {
        URL_SAFE_NO_PAD.decode(letters).map_err(|_| NotMultibase)
    } else {
        Err(NotMultibase)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_letter_that_says_another_base_is_refused() {
        for text in ["", "mAAAA", "f00ff", "Z11", "z0OIl", "uAA==", "uA+"] {
            assert_eq!(decode(text), Err(NotMultibase), "{text:?}");
        }
    }

    #[test]
    fn an_overlong_base58_text_is_refused_before_it_costs_time() {
        assert_eq!(
            decode(&format!("z{}", "2".repeat(MAX_BASE58 + 1))),
            Err(NotMultibase)
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(decode(&base58btc(&bytes)), Ok(bytes.clone()));
            prop_assert_eq!(decode(&base64url(&bytes)), Ok(bytes));
        }
    }
}
