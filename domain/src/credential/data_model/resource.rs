//! Related resources (§5.3): what a credential rests on, with its digest.

use std::collections::BTreeSet;

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{Check, Rule, each, value};
use crate::credential::{contexts, multibase};

/// Base 64 as Subresource Integrity writes it, with its padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A digest, and by which function it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hash {
    Sha256(Vec<u8>),
    Sha384(Vec<u8>),
    Sha512(Vec<u8>),
    /// By a function that is not known here: nothing can be said of it.
    Other,
}

impl Check {
    pub(super) fn related_resources(&mut self, members: &Map<String, Value>, path: &str) {
        let mut ids = BTreeSet::new();
        for (name, resource) in each(members, path, "relatedResource") {
            let id = resource.get("id").filter(|id| value::is_url(id));
            let Some(id) = id.and_then(Value::as_str).filter(|id| ids.insert(*id)) else {
                self.add(&name, Rule::Resource);
                continue;
            };
            let hashes = hashes(resource);
            match hashes {
                None => self.add(&name, Rule::Digest),
                Some(hashes) if hashes.is_empty() => self.add(&name, Rule::Digest),
                Some(hashes) => {
                    // Only what is embedded can be had here. A resource that has another
                    // digest besides its own is another.
                    let known = contexts::DOCUMENTS.iter().find(|document| document.url == id);
                    let differs =
                        known.is_some_and(|known| !hashes.iter().all(|hash| hash.is_of(known.text)));
                    if differs {
                        self.add(&name, Rule::OtherResource);
                    }
                }
            }
        }
    }
}

/// The digests that a resource carries; none if one can't be read.
fn hashes(resource: &Value) -> Option<Vec<Hash>> {
    let mut hashes = Vec::new();
    for value in value::list(resource.get("digestSRI")) {
        for expression in value.as_str()?.split_ascii_whitespace() {
            hashes.push(Hash::of_integrity(expression)?);
        }
    }
    for value in value::list(resource.get("digestMultibase")) {
        hashes.push(Hash::of_multihash(&multibase::decode(value.as_str()?).ok()?)?);
    }
    Some(hashes)
}

impl Hash {
    /// A `hash-expression` of Subresource Integrity §3.5.
    fn of_integrity(expression: &str) -> Option<Self> {
        let (function, digest) = expression.split_once('-')?;
        let digest = digest.split_once('?').map_or(digest, |(digest, _)| digest);
        let digest = BASE64.decode(digest).ok()?;
        let hash = match function {
            "sha256" => Self::Sha256(digest),
            "sha384" => Self::Sha384(digest),
            "sha512" => Self::Sha512(digest),
            _ => return None,
        };
        hash.is_whole().then_some(hash)
    }

    /// A Multihash (Controlled Identifiers 1.0 §2.5).
    fn of_multihash(bytes: &[u8]) -> Option<Self> {
        let (head, digest) = bytes.split_first_chunk::<2>()?;
        let hash = match head {
            [0x12, 32] => Self::Sha256(digest.to_vec()),
            [0x20, 48] => Self::Sha384(digest.to_vec()),
            [0x13, 64] => Self::Sha512(digest.to_vec()),
            // Whole in its form, and 16 bytes at least: less is no digest.
            [_, length @ 16..=127] if usize::from(*length) == digest.len() => Self::Other,
            _ => return None,
        };
        hash.is_whole().then_some(hash)
    }

    fn is_whole(&self) -> bool {
        match self {
            Self::Sha256(digest) => digest.len() == 32,
            Self::Sha384(digest) => digest.len() == 48,
            Self::Sha512(digest) => digest.len() == 64,
            Self::Other => true,
        }
    }

    /// Whether it may be the digest of `text`.
    fn is_of(&self, text: &str) -> bool {
        match self {
            Self::Sha256(digest) => Sha256::digest(text)[..] == digest[..],
            Self::Sha384(digest) => Sha384::digest(text)[..] == digest[..],
            Self::Sha512(digest) => Sha512::digest(text)[..] == digest[..],
            Self::Other => true,
        }
    }
}
