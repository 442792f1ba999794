//! What waits for an answer.

use domain::{Timestamp, id::AppealId, tenancy::Permission};
use entity::assessment::appeal;
use sea_orm::ColumnTrait;

use crate::{
    Ctx, Result,
    assessment::waiting::{own, titles},
};

/// No longer list is shown; the rest follows as it is worked off.
const LONGEST: u64 = 200;

/// A request that waits for an answer. Nothing says whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAppeal {
    /// Its id.
    pub id: AppealId,
    /// What the assessment is called.
    pub title: String,
    /// Since when it waits.
    pub asked_at: Timestamp,
    /// Whether it is the actor's own, which somebody else answers.
    pub is_own: bool,
}

/// The requests that wait for an answer, longest waiting first.
pub async fn queue(ctx: &Ctx) -> Result<Vec<OpenAppeal>> {
    ctx.require(Permission::Mark)?;
    let tx = ctx.read().await?;
    let rows = tx
        .rows::<appeal::Entity>()
        .filter(appeal::Column::AnsweredAt.is_null())
        .asc(appeal::Column::AskedAt)
        .asc(appeal::Column::Id)
        .limit(LONGEST)
        .all()
        .await?;
    let titles = titles(&tx, rows.iter().map(|row| row.assessment_id)).await?;
    let own = own(ctx, &tx, rows.iter().map(|row| row.attempt_id)).await?;
    let open = |row: appeal::Model| OpenAppeal {
        id: row.id,
        title: titles.get(&row.assessment_id).cloned().unwrap_or_default(),
        asked_at: row.asked_at,
        is_own: own.contains(&row.attempt_id),
    };
    Ok(rows.into_iter().map(open).collect())
}
