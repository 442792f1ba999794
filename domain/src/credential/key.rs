//! Ed25519 public keys as credentials name them: Multikey and `did:key`.

use std::{fmt, str::FromStr};

use ed25519_dalek::VerifyingKey;

use super::multibase;

/// The two bytes that say "Ed25519 public key" (multicodec 0xed, as a varint).
const ED25519_PUB: [u8; 2] = [0xed, 0x01];

/// An Ed25519 public key that prints as a Multikey, `z6Mk…` (Controlled
/// Identifiers 1.0 §2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Multikey(pub VerifyingKey);

/// The text is not an Ed25519 public key as a Multikey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an Ed25519 public key as a Multikey (z6Mk…)")]
pub struct NotAMultikey;

impl Multikey {
    /// The `did:key` identifier that this key is on its own.
    #[must_use]
    pub fn did_key(self) -> String {
        format!("did:key:{self}")
    }

    /// The only verification method of [`Self::did_key`].
    #[must_use]
    pub fn did_key_method(self) -> String {
        format!("did:key:{self}#{self}")
    }
}

impl From<VerifyingKey> for Multikey {
    fn from(key: VerifyingKey) -> Self {
        Self(key)
    }
}

impl fmt::Display for Multikey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; 34];
        bytes[..2].copy_from_slice(&ED25519_PUB);
        bytes[2..].copy_from_slice(self.0.as_bytes());
        f.write_str(&multibase::base58btc(&bytes))
    }
}

impl FromStr for Multikey {
    type Err = NotAMultikey;

    fn from_str(text: &str) -> Result<Self, NotAMultikey> {
        let bytes = multibase::decode(text).map_err(|_| NotAMultikey)?;
        let key = bytes.strip_prefix(&ED25519_PUB).ok_or(NotAMultikey)?;
        let key = <[u8; 32]>::try_from(key).map_err(|_| NotAMultikey)?;
        VerifyingKey::from_bytes(&key).map(Self).map_err(|_| NotAMultikey)
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::*;

    #[test]
    fn a_multikey_is_read_as_it_was_written() {
        let key = Multikey(SigningKey::from_bytes(&[7; 32]).verifying_key());
        assert!(key.to_string().starts_with("z6Mk"));
        assert_eq!(key.to_string().parse(), Ok(key));
    }

    #[test]
    fn what_is_no_ed25519_key_is_refused() {
        let p256 = "zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76";
        for text in ["", "z6Mk", p256] {
            assert_eq!(text.parse::<Multikey>(), Err(NotAMultikey), "{text:?}");
        }
    }
}
