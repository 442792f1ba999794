//! The files that items name.

use std::collections::BTreeMap;

use domain::{assessment::ItemView, course::markdown, id::FileId};
use entity::TenantTx;

use crate::{Result, files};

/// The files that these views name: in their texts, and as pictures to answer in.
pub(crate) async fn files_of(
    tx: &TenantTx,
    views: impl IntoIterator<Item = &ItemView>,
) -> Result<BTreeMap<String, FileId>> {
    let names = views.into_iter().flat_map(|view| {
        let texts = view.texts().flat_map(|text| {
            let found = markdown::references(text);
            found.files.into_iter().chain(found.optional)
        });
        texts
            .chain(view.pictures().map(str::to_owned))
            .collect::<Vec<_>>()
    });
    files::named(tx, names.collect::<Vec<_>>()).await
}
