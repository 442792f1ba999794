//! What waits for an answer.

use domain::{Timestamp, id::AppealId, tenancy::Permission};
use entity::assessment::{appeal, assessment, attempt};
use sea_orm::ColumnTrait;

use crate::{Ctx, Result};

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
    let titles = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.is_in(rows.iter().map(|row| row.assessment_id)))
        .all()
        .await?;
    let own = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::Id.is_in(rows.iter().map(|row| row.attempt_id)))
        .filter(attempt::Column::PersonId.is_in(ctx.actor().person))
        .all()
        .await?;
    let open = |row: appeal::Model| OpenAppeal {
        id: row.id,
        title: titles
            .iter()
            .find(|it| it.id == row.assessment_id)
            .map_or_else(String::new, |it| it.title.clone()),
        asked_at: row.asked_at,
        is_own: own.iter().any(|attempt| attempt.id == row.attempt_id),
    };
    Ok(rows.into_iter().map(open).collect())
}
