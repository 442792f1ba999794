//! Files, in a folder or an S3-compatible store.

use std::sync::Arc;

use object_store::ObjectStore;

/// Where bytes are kept. What they are is in the database.
#[derive(Debug, Clone)]
pub struct Files(pub Arc<dyn ObjectStore>);
