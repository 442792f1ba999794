//! Signed notes (C2SP signed-note): a text, and lines that say who signed it.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// The byte that says "Ed25519" before a key.
const ED25519: u8 = 0x01;

/// Bytes of a note that is read: a checkpoint has a few hundred.
const MAX_LENGTH: usize = 64 << 10;

/// The key that a log is known by. As text a verifier key: `name+hash+key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
}

/// A note is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It does not have the form of a signed note.
    #[error("it is no signed note")]
    Malformed,
    /// It has no signature by this key.
    #[error("it is not signed by this key")]
    NotSigned,
    /// The signature that should be this key's does not fit.
    #[error("the signature does not fit")]
    BadSignature,
    /// The text is not a verifier key.
    #[error("not a verifier key (name+hash+key)")]
    NotAKey,
}

impl VerifierKey {
    /// The key of who is called `name`: not empty, without spaces and plus signs.
    pub fn new(name: &str, key: VerifyingKey) -> Result<Self, NoteError> {
        if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+') {
            return Err(NoteError::NotAKey);
        }
        Ok(Self {
            name: name.to_owned(),
            key,
        })
    }

    /// Who signs.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// By what its signatures are told from others of the same name.
    fn id(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', ED25519])
            .chain_update(self.key.as_bytes())
            .finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![ED25519];
        key.extend(self.key.as_bytes());
        let id = u32::from_be_bytes(self.id());
        write!(f, "{}+{id:08x}+{}", self.name, STANDARD.encode(key))
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::NotAKey);
        };
        let key = STANDARD.decode(key).map_err(|_| NoteError::NotAKey)?;
        let Some((&ED25519, key)) = key.split_first() else {
            return Err(NoteError::NotAKey);
        };
        let key = <[u8; 32]>::try_from(key).map_err(|_| NoteError::NotAKey)?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| NoteError::NotAKey)?;
        let key = Self::new(name, key)?;
        if format!("{:08x}", u32::from_be_bytes(key.id())) == id {
            Ok(key)
        } else {
            Err(NoteError::NotAKey)
        }
    }
}

/// `text`, which ends with a line break, signed in the name of `name`.
pub fn sign_note(text: &str, name: &str, key: &SigningKey) -> Result<String, NoteError> {
    if !is_text(text) {
        return Err(NoteError::Malformed);
    }
    let signer = VerifierKey::new(name, key.verifying_key())?;
    let mut signature = signer.id().to_vec();
    signature.extend(key.sign(text.as_bytes()).to_bytes());
    Ok(format!(
        "{text}\n\u{2014} {name} {}\n",
        STANDARD.encode(signature)
    ))
}

/// The text of `note`, if `key` signed it. What others signed says nothing.
pub fn open_note<'n>(note: &'n str, key: &VerifierKey) -> Result<&'n str, NoteError> {
    if note.len() > MAX_LENGTH {
        return Err(NoteError::Malformed);
    }
    let end = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
    let (text, signatures) = (&note[..=end], &note[end + 2..]);
    if !is_text(text) || !signatures.ends_with('\n') {
        return Err(NoteError::Malformed);
    }
    for line in signatures.lines() {
        let signed = line
            .strip_prefix("\u{2014} ")
            .and_then(|line| line.split_once(' '));
        let (name, signature) = signed.ok_or(NoteError::Malformed)?;
        let bytes = STANDARD.decode(signature).map_err(|_| NoteError::Malformed)?;
        let Some((id, signature)) = bytes.split_first_chunk::<4>() else {
            return Err(NoteError::Malformed);
        };
        if name != key.name || *id != key.id() {
            continue;
        }
        let signature = Signature::from_slice(signature).map_err(|_| NoteError::BadSignature)?;
        return match key.key.verify_strict(text.as_bytes(), &signature) {
            Ok(()) => Ok(text),
            Err(_) => Err(NoteError::BadSignature),
        };
    }
    Err(NoteError::NotSigned)
}

fn is_text(text: &str) -> bool {
    text.ends_with('\n') && !text.contains(|c: char| c.is_ascii_control() && c != '\n')
}
