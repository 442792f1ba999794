//! Answers in the browser's own store, each with the number of its save: a closed
//! tab or a lost connection loses nothing.

use leptos::{prelude::window, web_sys::Storage};

/// The answers of one attempt that are kept for one reason.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// Before a question's position, in the name that its answer is kept under.
    prefix: String,
}

impl Kept {
    /// What the server does not have yet.
    pub(super) fn unsent(attempt: &str) -> Self {
        Self {
            prefix: format!("cairn.answer.{attempt}."),
        }
    }

    /// What met another answer on the server, until the learner has chosen.
    pub(super) fn aside(attempt: &str) -> Self {
        Self {
            prefix: format!("cairn.aside.{attempt}."),
        }
    }

    /// The questions of which there is one.
    pub(super) fn positions(&self) -> Vec<u32> {
        let Some(store) = store() else {
            return Vec::new();
        };
        let keys = (0..store.length().unwrap_or(0)).filter_map(|at| store.key(at).ok()?);
        keys.filter_map(|key| key.strip_prefix(&self.prefix)?.parse().ok())
            .collect()
    }

    /// A question's, with its number.
    pub(super) fn get(&self, position: u32) -> Option<(u64, String)> {
        let kept = store()?.get_item(&self.key(position)).ok()??;
        let (sequence, typed) = kept.split_once(' ')?;
        Some((sequence.parse().ok()?, typed.to_owned()))
    }

    pub(super) fn set(&self, position: u32, sequence: u64, typed: &str) {
        let Some(store) = store() else {
            return;
        };
        let key = self.key(position);
        if store.set_item(&key, &format!("{sequence} {typed}")).is_err() {
            // Full. Then nothing older may stay there either.
            let _ = store.remove_item(&key);
        }
    }

    pub(super) fn remove(&self, position: u32) {
        if let Some(store) = store() {
            let _ = store.remove_item(&self.key(position));
        }
    }

    fn key(&self, position: u32) -> String {
        format!("{}{position}", self.prefix)
    }
}

/// The store, if the browser lets a page have one.
pub(super) fn store() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
