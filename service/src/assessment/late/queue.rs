//! What waits for a decision.

use domain::{Timestamp, id::AttemptId, tenancy::Permission};
use entity::assessment::late_answer;
use sea_orm::ColumnTrait;

use crate::{
    Ctx, Result,
    assessment::waiting::{own, titles},
};

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
    let titles = titles(&tx, rows.iter().map(|row| row.assessment_id)).await?;
    let own = own(ctx, &tx, rows.iter().map(|row| row.attempt_id)).await?;
    let mut open: Vec<OpenLate> = Vec::new();
    for row in rows {
        if let Some(known) = open.iter_mut().find(|it| it.attempt == row.attempt_id) {
            known.answers += 1;
            continue;
        }
        open.push(OpenLate {
            attempt: row.attempt_id,
            title: titles.get(&row.assessment_id).cloned().unwrap_or_default(),
            answers: 1,
            since: row.arrived_at,
            is_own: own.contains(&row.attempt_id),
        });
    }
    Ok(open)
}
