//! What a form saw of a row that keeps no number for it.

use sha2::{Digest, Sha256};

/// A short word for what stands in `fields`: another one as soon as any of them
/// has changed.
pub(crate) fn of<'row>(fields: impl IntoIterator<Item = &'row String>) -> String {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update(field.len().to_be_bytes());
        hash.update(field);
    }
    hash.finalize()
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
