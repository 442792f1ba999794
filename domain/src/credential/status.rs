//! Bitstring Status List v1.0: whether a credential was revoked or suspended.

use std::io::{Read, Write};

use flate2::{Compression, GzBuilder, read::GzDecoder};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{contexts, multibase};
use crate::Timestamp;

/// What a set bit means (§2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusPurpose {
    /// The credential was withdrawn for good.
    Revocation,
    /// The credential does not count for the time being.
    Suspension,
}

impl StatusPurpose {
    /// As documents carry it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Revocation => "revocation",
            Self::Suspension => "suspension",
        }
    }
}

/// Why a status list can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatusError {
    /// Not multibase of gzip.
    #[error("the status list is not readable")]
    Unreadable,
    /// Unpacks to more than [`StatusList::MAX_LENGTH`] bits.
    #[error("the status list is too large")]
    TooLarge,
    /// Has fewer than [`StatusList::MIN_LENGTH`] bits, and so would give its holders away.
    #[error("the status list is shorter than the standard allows")]
    TooShort,
    /// The place lies outside the list.
    #[error("the status list has no such entry")]
    OutOfRange,
}

/// One bit for each credential; the first is the most significant of its byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    bytes: Vec<u8>,
}

impl Default for StatusList {
    /// A list of the least length, all clear.
    fn default() -> Self {
        Self {
            bytes: vec![0; Self::MIN_LENGTH / 8],
        }
    }
}

impl StatusList {
    /// The least number of bits (§6.1): a reader who fetches the list must not
    /// learn from its size whose credential is meant.
    pub const MIN_LENGTH: usize = 131_072;
    /// The greatest number of bits read here; two megabytes once unpacked.
    pub const MAX_LENGTH: usize = 16_777_216;

    /// How many bits there are.
    #[must_use]
    pub fn length(&self) -> usize {
        self.bytes.len() * 8
    }

    /// The bit at `index`.
    pub fn get(&self, index: usize) -> Result<bool, StatusError> {
        let byte = self.bytes.get(index / 8).ok_or(StatusError::OutOfRange)?;
        Ok(byte & mask(index) != 0)
    }

    /// Sets or clears the bit at `index`.
    pub fn set(&mut self, index: usize, on: bool) -> Result<(), StatusError> {
        let byte = self.bytes.get_mut(index / 8).ok_or(StatusError::OutOfRange)?;
        if on {
            *byte |= mask(index);
        } else {
            *byte &= !mask(index);
        }
        Ok(())
    }

    /// The list as `encodedList` (§3.3): multibase base64url of gzip. The same
    /// list always gives the same text.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut packed = GzBuilder::new().write(Vec::new(), Compression::best());
        // A Vec takes whatever is written to it.
        let packed = packed
            .write_all(&self.bytes)
            .and_then(|()| packed.finish())
            .unwrap_or_default();
        multibase::base64url(&packed)
    }

    /// The list that `encodedList` carries, unpacked no further than
    /// [`Self::MAX_LENGTH`].
    pub fn decode(text: &str) -> Result<Self, StatusError> {
        let packed = multibase::decode(text).map_err(|_| StatusError::Unreadable)?;
        let mut bytes = Vec::new();
        let limit = Self::MAX_LENGTH / 8 + 1;
        GzDecoder::new(packed.as_slice())
            .take(limit as u64)
            .read_to_end(&mut bytes)
            .map_err(|_| StatusError::Unreadable)?;
        match bytes.len() * 8 {
            length if length > Self::MAX_LENGTH => Err(StatusError::TooLarge),
            length if length < Self::MIN_LENGTH => Err(StatusError::TooShort),
            _ => Ok(Self { bytes }),
        }
    }
}

fn mask(index: usize) -> u8 {
    0x80 >> (index % 8)
}

/// A credential's place in a status list: its `credentialStatus`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusEntry {
    /// Where the status list credential is.
    pub list_url: String,
    /// Which bit is the credential's.
    pub index: usize,
    /// What the bit means.
    pub purpose: StatusPurpose,
}

impl StatusEntry {
    /// The `BitstringStatusListEntry` (§2.1).
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "id": format!("{}#{}", self.list_url, self.index),
            "type": "BitstringStatusListEntry",
            "statusPurpose": self.purpose.as_str(),
            "statusListIndex": self.index.to_string(),
            "statusListCredential": self.list_url,
        })
    }
}

/// What a status list credential says about a list.
#[derive(Debug, Clone)]
pub struct StatusListCredential<'a> {
    /// Where the credential is published; also its id.
    pub url: &'a str,
    /// The issuer's DID, the same as of the credentials that refer to the list.
    pub issuer: &'a str,
    /// What the bits mean.
    pub purpose: StatusPurpose,
    /// The bits.
    pub list: &'a StatusList,
    /// When this state was taken.
    pub valid_from: Timestamp,
    /// Until when a reader may rely on it.
    pub valid_until: Option<Timestamp>,
}

impl StatusListCredential<'_> {
    /// The unsigned `BitstringStatusListCredential` (§2.2).
    #[must_use]
    pub fn to_document(&self) -> Value {
        let mut document = json!({
            "@context": [contexts::CREDENTIALS_V2],
            "id": self.url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.issuer,
            "validFrom": self.valid_from.to_rfc3339_seconds(),
            "credentialSubject": {
                "id": format!("{}#list", self.url),
                "type": "BitstringStatusList",
                "statusPurpose": self.purpose.as_str(),
                "encodedList": self.list.encode(),
            },
        });
        if let Some(until) = self.valid_until {
            document["validUntil"] = until.to_rfc3339_seconds().into();
        }
        document
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_entry_is_the_most_significant_bit() {
        let mut list = StatusList::default();
        list.set(0, true).unwrap();
        list.set(9, true).unwrap();
        assert_eq!(list.bytes[..2], [0b1000_0000, 0b0100_0000]);
    }

    #[test]
    fn a_list_has_the_least_length_and_no_entry_beyond_it() {
        let mut list = StatusList::default();
        assert_eq!(list.length(), 131_072);
        assert_eq!(list.set(131_072, true), Err(StatusError::OutOfRange));
        assert_eq!(list.get(131_072), Err(StatusError::OutOfRange));
    }

    #[test]
    fn the_list_of_the_standard_is_read() {
        // Bitstring Status List v1.0, example 3: 131,072 clear bits.
        let text = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";
        assert_eq!(StatusList::decode(text), Ok(StatusList::default()));
    }

    #[test]
    fn a_list_that_unpacks_without_end_or_to_too_little_is_refused() {
        let encoded = |length: usize| {
            StatusList {
                bytes: vec![0; length / 8],
            }
            .encode()
        };
        assert_eq!(
            StatusList::decode(&encoded(StatusList::MAX_LENGTH * 2)),
            Err(StatusError::TooLarge)
        );
        assert_eq!(StatusList::decode(&encoded(1024)), Err(StatusError::TooShort));
        assert_eq!(StatusList::decode("uAAAA"), Err(StatusError::Unreadable));
        assert_eq!(StatusList::decode("H4sI"), Err(StatusError::Unreadable));
    }

    proptest! {
        #[test]
        fn what_is_set_survives_encoding(
            indexes in proptest::collection::btree_set(0..StatusList::MIN_LENGTH, 0..40)
        ) {
            let mut list = StatusList::default();
            for index in &indexes {
                list.set(*index, true).unwrap();
            }
            let read = StatusList::decode(&list.encode()).unwrap();
            prop_assert_eq!(&read, &list);
            let set = (0..read.length()).filter(|index| read.get(*index) == Ok(true)).count();
            prop_assert_eq!(set, indexes.len());
        }
    }
}
