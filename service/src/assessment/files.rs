//! The files that items name.

use std::collections::BTreeMap;

use domain::{assessment::ItemView, course::markdown, id::FileId};
use entity::TenantTx;

use crate::{Result, files};

/// The files that the texts of these views name.
pub(crate) async fn files_of(
    tx: &TenantTx,
    views: impl IntoIterator<Item = &ItemView>,
) -> Result<BTreeMap<String, FileId>> {
    let texts = views.into_iter().flat_map(ItemView::texts);
    let names = texts.flat_map(|text| {
        let found = markdown::references(text);
        found.files.into_iter().chain(found.optional)
    });
    files::named(tx, names.collect::<Vec<_>>()).await
}
