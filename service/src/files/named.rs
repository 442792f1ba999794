use std::collections::BTreeMap;

use domain::{course::markdown, id::FileId, tenancy::Permission};
use entity::{TenantTx, course::file};
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::{Ctx, Result};

/// No text names more files.
const MOST: usize = 500;

#[derive(FromQueryResult)]
struct Named {
    id: FileId,
    name: String,
}

/// The files that a text names, for its author.
pub async fn of_text(ctx: &Ctx, text: &str) -> Result<BTreeMap<String, FileId>> {
    ctx.require(Permission::Author)?;
    let found = markdown::references(text);
    named(&ctx.read().await?, found.files.into_iter().chain(found.optional)).await
}

/// Those of the tenant's files that are called by one of `names`.
pub(crate) async fn named(
    tx: &TenantTx,
    names: impl IntoIterator<Item = String>,
) -> Result<BTreeMap<String, FileId>> {
    let names: Vec<String> = names.into_iter().take(MOST).collect();
    if names.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<Named> = tx
        .rows::<file::Entity>()
        .filter(file::Column::Name.is_in(names))
        .columns([file::Column::Id, file::Column::Name])
        .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}
