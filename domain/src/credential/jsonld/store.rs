//! Context documents by their addresses, and what they come to.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use serde_json::Value;

use super::context::ActiveContext;
use crate::credential::contexts;

/// The contexts that documents may name. No other is ever looked for.
#[derive(Debug)]
pub struct ContextStore {
    documents: HashMap<String, Value>,
    /// The empty context, on which everything that was worked out rests.
    root: Arc<ActiveContext>,
}

static EMBEDDED: LazyLock<ContextStore> = LazyLock::new(|| ContextStore::with([]));

impl ContextStore {
    /// The contexts of [`contexts::DOCUMENTS`], read once for the whole process.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The embedded contexts and `more`, each an address with its document.
    /// One whose document is not of the form `{"@context": {…}}` is left out.
    pub fn with(more: impl IntoIterator<Item = (String, Value)>) -> Self {
        let embedded = contexts::DOCUMENTS.iter().filter_map(|document| {
            let parsed = serde_json::from_str(document.text).ok()?;
            Some((document.url.to_owned(), parsed))
        });
        let documents = embedded
            .chain(more)
            .filter_map(|(url, mut document): (String, Value)| {
                let context = document.get_mut("@context")?.take();
                context.is_object().then_some((url, context))
            });
        Self {
            documents: documents.collect(),
            root: Arc::default(),
        }
    }

    /// The context that `address` names.
    pub(super) fn context(&self, address: &str) -> Option<&Value> {
        self.documents.get(address)
    }

    pub(super) fn root(&self) -> &Arc<ActiveContext> {
        &self.root
    }
}
