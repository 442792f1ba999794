//! What was not taken, kept until it is taken or forgotten.

use std::collections::BTreeSet;

use domain::{
    Timestamp,
    assessment::{Purpose, qti::Place},
    id::RefusedItemId,
    tenancy::Permission,
};
use entity::assessment::refused_item::{self, Column};
use sea_orm::{ColumnTrait, FromQueryResult};
use serde_json::json;

use super::{Destination, ExchangeError, Report, importer::Importer};
use crate::{Ctx, Error, Paged, Result, audit, paging::Window};

/// Bytes of one that is kept.
pub const MOST_BYTES: usize = 256 << 10;
/// So many are kept in one tenant.
pub const MOST_KEPT: u64 = 1_000;
/// Characters of what a file calls itself or a question.
const MOST_NAME: usize = 200;

/// A question that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its id.
    pub id: RefusedItemId,
    /// What the file was called.
    pub file_name: String,
    /// What the file calls it; may be empty.
    pub identifier: String,
    /// Why, as in [`Outcome::Refused`](super::Outcome::Refused).
    pub code: String,
    /// Where in the file.
    pub place: Place,
    /// What it was to be for.
    pub purpose: Purpose,
    /// When, the last time.
    pub at: Timestamp,
}

/// The questions that are kept, the latest first.
pub async fn refused(ctx: &Ctx, wanted: u32) -> Result<Paged<Refused>> {
    ctx.require(Permission::Author)?;
    let tx = ctx.read().await?;
    let total = tx.rows::<refused_item::Entity>().count().await?;
    let window = Window::new(wanted, total);
    let rows = tx
        .rows::<refused_item::Entity>()
        .desc(Column::RefusedAt)
        .desc(Column::Id)
        .offset(window.offset())
        .limit(crate::paging::PAGE_SIZE)
        .all()
        .await?;
    Ok(window.of(rows.into_iter().map(Into::into).collect()))
}

/// One of them.
pub async fn refused_one(ctx: &Ctx, id: RefusedItemId) -> Result<Refused> {
    ctx.require(Permission::Author)?;
    Ok(held(ctx, id).await?.into())
}

/// Imports a question anew that was refused. Taken, it is kept no longer; refused
/// again, it stays with what is wrong now.
pub async fn retry(ctx: &Ctx, id: RefusedItemId, to: &Destination) -> Result<Report, ExchangeError> {
    ctx.require(Permission::Author)?;
    let row = held(ctx, id).await?;
    let begins = u32::try_from(row.begins).unwrap_or(1);
    let importer = Importer::new(ctx, to, &row.file_name).await?.again(id, begins);
    let mut reports = importer.whole(row.source).await?;
    Ok(reports.pop().ok_or(Error::NotFound)?)
}

/// All that are kept.
pub(super) async fn ids(ctx: &Ctx) -> Result<BTreeSet<RefusedItemId>> {
    let tx = ctx.read().await?;
    let ids: Vec<Id> = tx.rows::<refused_item::Entity>().columns([Column::Id]).await?;
    Ok(ids.into_iter().map(|row| row.id).collect())
}

#[derive(FromQueryResult)]
struct Id {
    id: RefusedItemId,
}

/// Keeps a question no longer that is an item by now.
pub(super) async fn taken(ctx: &Ctx, id: RefusedItemId) -> Result<()> {
    remove(ctx, id, "refused-item-taken").await?;
    Ok(())
}

async fn held(ctx: &Ctx, id: RefusedItemId) -> Result<refused_item::Model> {
    let tx = ctx.read().await?;
    let row = tx.rows::<refused_item::Entity>().filter(Column::Id.eq(id));
    row.one().await?.ok_or(Error::NotFound)
}

/// Keeps a question no longer.
pub async fn forget(ctx: &Ctx, id: RefusedItemId) -> Result<()> {
    ctx.require(Permission::Author)?;
    remove(ctx, id, "refused-item-forgotten")
        .await?
        .then_some(())
        .ok_or(Error::NotFound)
}

/// Whether it was still there: of two at once, one finds it and is noted.
async fn remove(ctx: &Ctx, id: RefusedItemId, action: &str) -> Result<bool> {
    let tx = ctx.write().await?;
    let removed = tx
        .remove::<refused_item::Entity>()
        .filter(Column::Id.eq(id))
        .apply()
        .await?;
    if removed == 0 {
        return Ok(false);
    }
    audit::note(&tx, ctx, action, format!("refused-item:{id}"), json!({})).await?;
    tx.commit().await?;
    Ok(true)
}

/// Why a question was refused, and where it came from.
pub(super) struct Refusal<'a> {
    pub(super) file_name: &'a str,
    pub(super) identifier: &'a str,
    pub(super) code: &'a str,
    pub(super) place: &'a Place,
    /// The line of the file in which its own document begins.
    pub(super) begins: u32,
    pub(super) purpose: Purpose,
}

/// Keeps a question, if there is room. One that is kept already is now refused for
/// this reason, and comes with these files.
pub(super) async fn keep(
    ctx: &Ctx,
    id: RefusedItemId,
    refusal: Refusal<'_>,
    source: Vec<u8>,
) -> Result<Option<RefusedItemId>> {
    let tx = ctx.write().await?;
    let others = tx.rows::<refused_item::Entity>().filter(Column::Id.ne(id));
    if others.count().await? >= MOST_KEPT {
        return Ok(None);
    }
    let row = refused_item::Model {
        tenant_id: ctx.tenant(),
        id,
        file_name: short(refusal.file_name),
        identifier: short(refusal.identifier),
        reason: refusal.code.to_owned(),
        line: i64::from(refusal.place.line),
        element: short(&refusal.place.element),
        begins: i64::from(refusal.begins),
        purpose: refusal.purpose,
        source,
        refused_at: ctx.now(),
        refused_by: ctx.person()?,
    };
    let key = [Column::TenantId, Column::Id];
    let values = [
        Column::FileName,
        Column::Identifier,
        Column::Source,
        Column::Begins,
        Column::Reason,
        Column::Line,
        Column::Element,
        Column::Purpose,
        Column::RefusedAt,
        Column::RefusedBy,
    ];
    tx.upsert::<refused_item::Entity>(row, key, values).await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// What a stranger wrote, as a line that any database holds.
fn short(text: &str) -> String {
    let plain = text.chars().filter(|c| !c.is_control());
    plain.take(MOST_NAME).collect()
}

impl From<refused_item::Model> for Refused {
    fn from(row: refused_item::Model) -> Self {
        Self {
            id: row.id,
            file_name: row.file_name,
            identifier: row.identifier,
            code: row.reason,
            place: Place {
                line: u32::try_from(row.line).unwrap_or(0),
                element: row.element,
            },
            purpose: row.purpose,
            at: row.refused_at,
        }
    }
}
