//! What was drawn into an assessment's latest attempts.

use std::collections::BTreeMap;

use domain::{
    assessment::{Assessment, PoolItem, Selection},
    id::{AssessmentId, AttemptId, ItemId},
};
use entity::{
    TenantTx,
    assessment::{attempt, response},
};
use sea_orm::{ColumnTrait, ExprTrait, FromQueryResult, sea_query::Expr};

use crate::Result;

/// So many attempts are the latest ones.
const LATELY: u64 = 100;

#[derive(Debug, FromQueryResult)]
struct Latest {
    id: AttemptId,
}

#[derive(Debug, FromQueryResult)]
struct Drawn {
    item_id: ItemId,
    times: i64,
}

/// Notes with each item how often it was drawn of late, where a section goes by that.
pub(super) async fn note_lately(
    tx: &TenantTx,
    id: AssessmentId,
    assessment: &Assessment,
    pool: &mut [PoolItem],
) -> Result<()> {
    let mut sections = assessment.sections.iter();
    let is_asked = sections.any(|section| match &section.selection {
        Selection::Pool { narrowing, .. } => narrowing.most_exposed.is_some(),
        Selection::Items(_) => false,
    });
    if !is_asked {
        return Ok(());
    }
    let latest: Vec<Latest> = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::AssessmentId.eq(id))
        .desc(attempt::Column::StartedAt)
        .desc(attempt::Column::Id)
        .limit(LATELY)
        .columns([attempt::Column::Id])
        .await?;
    let drawn: Vec<Drawn> = tx
        .rows::<response::Entity>()
        .filter(response::Column::AttemptId.is_in(latest.iter().map(|row| row.id)))
        .grouped(
            [response::Column::ItemId],
            [(Expr::col(response::Column::AttemptId).count(), "times")],
        )
        .await?;
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let drawn: BTreeMap<ItemId, u32> = drawn
        .into_iter()
        .map(|row| (row.item_id, number(row.times)))
        .collect();
    for item in pool {
        item.drawn_lately = drawn.get(&item.item).copied().unwrap_or(0);
        item.attempts_lately = u32::try_from(latest.len()).unwrap_or(u32::MAX);
    }
    Ok(())
}
