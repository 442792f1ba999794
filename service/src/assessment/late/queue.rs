//! What waits for a decision.

use domain::{Timestamp, id::AttemptId, tenancy::Permission};
use entity::assessment::{assessment, attempt, late_answer};
use sea_orm::ColumnTrait;

use crate::{Ctx, Result};

/// No more answers are looked at for the list; the rest follows as it is worked off.
const MOST: u64 = 1_000;

/// An attempt with late answers that wait for a decision. Nothing says whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLate {
    /// Which attempt.
    pub attempt: AttemptId,
    /// What the assessment is called.
    pub title: String,
    /// How many answers wait.
    pub answers: usize,
    /// Since when the first of them does.
    pub since: Timestamp,
    /// Whether it is the actor's own, which somebody else decides on.
    pub is_own: bool,
}

/// The attempts with late answers that wait for a decision, longest waiting first.
pub async fn queue(ctx: &Ctx) -> Result<Vec<OpenLate>> {
    ctx.require(Permission::Mark)?;
    let tx = ctx.read().await?;
    let rows = tx
        .rows::<late_answer::Entity>()
        .filter(late_answer::Column::Counts.is_null())
        .asc(late_answer::Column::ArrivedAt)
        .asc(late_answer::Column::AttemptId)
        .limit(MOST)
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
    let mut open: Vec<OpenLate> = Vec::new();
    for row in rows {
        if let Some(known) = open.iter_mut().find(|it| it.attempt == row.attempt_id) {
            known.answers += 1;
            continue;
        }
        let title = titles.iter().find(|it| it.id == row.assessment_id);
        open.push(OpenLate {
            attempt: row.attempt_id,
            title: title.map_or_else(String::new, |it| it.title.clone()),
            answers: 1,
            since: row.arrived_at,
            is_own: own.iter().any(|attempt| attempt.id == row.attempt_id),
        });
    }
    Ok(open)
}
