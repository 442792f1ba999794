//! What is asked already.

use std::collections::BTreeMap;

use domain::{
    assessment::{Fingerprint, Item},
    id::{CompetencyId, ItemId},
};
use entity::assessment::item;
use sea_orm::{ColumnTrait, FromQueryResult};

use super::reading::reading;
use crate::{Ctx, Result};

/// Items of a competency among which one that asks the same is looked for: the
/// latest.
const COMPARED: u64 = 2_000;
/// So many of them are held at once.
const AT_ONCE: u64 = 100;

#[derive(FromQueryResult)]
struct Drafted {
    id: ItemId,
    draft: String,
}

/// What the drafts for a competency ask that are not retired.
pub(super) async fn asked_already(
    ctx: &Ctx,
    competency: CompetencyId,
) -> Result<BTreeMap<Fingerprint, ItemId>> {
    let mut known = BTreeMap::new();
    for turn in 0..COMPARED / AT_ONCE {
        let rows = drafts(ctx, competency, turn * AT_ONCE).await?;
        let is_last = (rows.len() as u64) < AT_ONCE;
        let work = move || rows.into_iter().map(asks).collect::<Result<Vec<_>>>();
        known.extend(reading(work).await??);
        if is_last {
            break;
        }
    }
    Ok(known)
}

fn asks(row: Drafted) -> Result<(Fingerprint, ItemId)> {
    let item: Item = serde_json::from_str(&row.draft)?;
    Ok((item.fingerprint(), row.id))
}

async fn drafts(ctx: &Ctx, competency: CompetencyId, after: u64) -> Result<Vec<Drafted>> {
    let tx = ctx.read().await?;
    let rows = tx
        .rows::<item::Entity>()
        .filter(item::Column::CompetencyId.eq(competency))
        .filter(item::Column::RetiredAt.is_null())
        .desc(item::Column::CreatedAt)
        .desc(item::Column::Id)
        .offset(after)
        .limit(AT_ONCE)
        .columns([item::Column::Id, item::Column::Draft])
        .await?;
    Ok(rows)
}
