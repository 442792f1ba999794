//! The master key, and what is sealed under it.

mod canary;

use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use ed25519_dalek::SigningKey;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use crate::Chance;

/// A secret could not be sealed or opened: the master key is another one, or
/// the sealed bytes were changed or moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The sealed bytes do not open under this key and purpose.
    #[error("a sealed secret does not open: is the master key the right one?")]
    DoesNotOpen,
    /// The master key is not 32 bytes.
    #[error("a master key has 32 bytes")]
    NotAKey,
}

/// 256 bits that everything else is sealed under. Wiped when dropped.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// Takes the key's bytes.
    pub fn new(bytes: &mut [u8]) -> Result<Self, VaultError> {
        let key = <[u8; 32]>::try_from(&*bytes).map_err(|_| VaultError::NotAKey);
        bytes.zeroize();
        key.map(|key| Self(Zeroizing::new(key)))
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

/// A secret as it is stored: a 24-byte nonce, then XChaCha20-Poly1305's output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

/// Seals and opens secrets under the master key, and derives what nobody can
/// who does not have it.
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
    derive: Hmac<Sha256>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

const NONCE: usize = 24;

impl Vault {
    /// A vault that `key` opens.
    #[must_use]
    pub fn new(key: &MasterKey) -> Self {
        let key = Key::from(*key.0);
        Self {
            cipher: XChaCha20Poly1305::new(&key),
            // Under a key of its own, itself derived: the cipher's does one thing only.
            derive: keyed(&tag(keyed(&key), "cairn derive", &[])),
        }
    }

    /// What follows from `public` for one `purpose`. Always the same; to whoever
    /// does not have the master key it looks like chance (HMAC-SHA-256).
    #[must_use]
    pub fn derive(&self, purpose: &str, public: &[u8]) -> [u8; 32] {
        tag(self.derive.clone(), purpose, public)
    }

    /// Seals `secret` for one `place` (a tenant and key id, say): bytes copied to
    /// another row do not open there.
    pub fn seal(&self, chance: &dyn Chance, place: &str, secret: &[u8]) -> Result<Sealed, VaultError> {
        let nonce: [u8; NONCE] = chance.bytes();
        let sealed = self
            .cipher
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: secret,
                    aad: place.as_bytes(),
                },
            )
            .map_err(|_| VaultError::DoesNotOpen)?;
        Ok(Sealed([&nonce[..], &sealed].concat()))
    }

    /// Opens what was sealed for `place`.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE>()
            .ok_or(VaultError::DoesNotOpen)?;
        self.cipher
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: sealed,
                    aad: place.as_bytes(),
                },
            )
            .map(Zeroizing::new)
            .map_err(|_| VaultError::DoesNotOpen)
    }

    /// Opens what was sealed for `place` as a key that signs.
    pub fn open_signing_key(&self, place: &str, sealed: &[u8]) -> Result<SigningKey, VaultError> {
        let secret = self.open(place, sealed)?;
        let secret = secret
            .as_slice()
            .try_into()
            .map_err(|_| VaultError::DoesNotOpen)?;
        Ok(SigningKey::from_bytes(secret))
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    let mut block = Zeroizing::new([0_u8; 64]);
    let used = key.len().min(block.len());
    block[..used].copy_from_slice(&key[..used]);
    // A key of a whole block is taken as it is; a shorter one means the same.
    Hmac::new(&(*block).into())
}

fn tag(mut mac: Hmac<Sha256>, purpose: &str, public: &[u8]) -> [u8; 32] {
    mac.update(purpose.as_bytes());
    // No purpose has this byte, so that none runs into what follows.
    mac.update(&[0]);
    mac.update(public);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OsChance;

    fn vault() -> Vault {
        Vault::new(&MasterKey::new(&mut [7; 32]).unwrap())
    }

    #[test]
    fn what_was_sealed_opens_in_its_own_place_only() {
        let sealed = vault().seal(&OsChance, "tenant/key", b"secret").unwrap();
        assert_eq!(
            vault().open("tenant/key", &sealed.0).unwrap().as_slice(),
            b"secret"
        );
        assert_eq!(
            vault().open("tenant/other", &sealed.0),
            Err(VaultError::DoesNotOpen)
        );
    }

    #[test]
    fn a_changed_byte_or_another_master_key_does_not_open() {
        let mut sealed = vault().seal(&OsChance, "place", b"secret").unwrap().0;
        let other = Vault::new(&MasterKey::new(&mut [8; 32]).unwrap());
        assert_eq!(other.open("place", &sealed), Err(VaultError::DoesNotOpen));
        sealed[30] ^= 1;
        assert_eq!(vault().open("place", &sealed), Err(VaultError::DoesNotOpen));
        assert_eq!(vault().open("place", b"short"), Err(VaultError::DoesNotOpen));
    }

    #[test]
    fn what_is_derived_hangs_on_the_key_the_purpose_and_the_text() {
        let derived = vault().derive("purpose", b"text");
        assert_eq!(derived, vault().derive("purpose", b"text"));
        let other = Vault::new(&MasterKey::new(&mut [8; 32]).unwrap());
        for another in [
            other.derive("purpose", b"text"),
            vault().derive("other", b"text"),
            vault().derive("purpose", b"texts"),
        ] {
            assert_ne!(derived, another);
        }
    }

    #[test]
    fn a_master_key_has_thirty_two_bytes() {
        assert_eq!(MasterKey::new(&mut [1; 31]).unwrap_err(), VaultError::NotAKey);
    }
}
