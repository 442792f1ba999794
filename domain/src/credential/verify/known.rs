//! What was found out about a body of evidence, so that it need be found out once.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use super::super::{
    claims::{BadClaim, Claims, ListClaim},
    public_key::PublicKey,
    status::{StatusError, StatusList},
};

/// So many keys and lists are remembered; a class has one issuer and a few lists.
const ROOM: usize = 1_024;

/// Keys and status lists that have been judged, all by the same [`Evidence`](super::Evidence).
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The keys that issuers sign with, by their verification methods.
    pub(super) keys: Memory<PublicKey>,
    /// The lists by their addresses, or what is wrong with them.
    pub(super) lists: Memory<Result<Arc<SoundList>, String>>,
}

/// A status list credential that can be relied on.
#[derive(Debug)]
pub(super) struct SoundList {
    pub(super) issuer: String,
    pub(super) id: Option<String>,
    pub(super) claim: Result<ListClaim, BadClaim>,
    /// Unpacked when first asked for.
    bits: OnceLock<Result<StatusList, StatusError>>,
}

impl SoundList {
    pub(super) fn new(claims: Claims, claim: Result<ListClaim, BadClaim>) -> Self {
        Self {
            issuer: claims.issuer,
            id: claims.id,
            claim,
            bits: OnceLock::new(),
        }
    }

    /// The bit at `index` of the list that `claim` carries.
    pub(super) fn bit(&self, claim: &ListClaim, index: usize) -> Result<bool, StatusError> {
        let bits = self.bits.get_or_init(|| StatusList::decode(&claim.encoded));
        bits.as_ref().map_err(|error| *error)?.get(index)
    }
}

/// What was found, by a name.
#[derive(Debug)]
pub(super) struct Memory<T>(RwLock<HashMap<String, T>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T: Clone> Memory<T> {
    pub(super) fn get(&self, name: &str) -> Option<T> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(name)
            .cloned()
    }

    pub(super) fn put(&self, name: &str, found: &T) {
        let mut memory = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if memory.len() < ROOM {
            memory.insert(name.to_owned(), found.clone());
        }
    }
}
