//! What waits for a mark.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    id::{AssessmentId, MarkingId},
    tenancy::Permission,
};
use entity::assessment::{assessment, attempt, marking};
use sea_orm::ColumnTrait;

use crate::{Ctx, Result};

/// No longer list is shown; the rest follows as it is worked off.
const LONGEST: u64 = 200;

/// What waits for a mark at one assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Which assessment.
    pub assessment: AssessmentId,
    /// What it is called.
    pub title: String,
    /// The pieces, longest waiting first.
    pub waiting: Vec<Waiting>,
}

/// A piece of work that waits for a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its id; nothing else names it, least of all whose it is.
    pub id: MarkingId,
    /// Since when.
    pub queued_at: Timestamp,
    /// Whether the actor has taken it.
    pub is_mine: bool,
    /// Whether somebody else has it.
    pub is_taken: bool,
    /// Whether it is the actor's own work, which somebody else marks.
    pub is_own_work: bool,
}

/// The work that waits for a mark, by assessment, longest waiting first.
pub async fn queue(ctx: &Ctx) -> Result<Vec<Queue>> {
    ctx.require(Permission::Mark)?;
    let tx = ctx.read().await?;
    let person = ctx.actor().person;
    let rows = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::MarkedAt.is_null())
        .asc(marking::Column::QueuedAt)
        .asc(marking::Column::Id)
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
        .filter(attempt::Column::PersonId.is_in(person))
        .all()
        .await?;
    let mut queues = BTreeMap::<AssessmentId, Queue>::new();
    for row in rows {
        let title = || {
            titles
                .iter()
                .find(|it| it.id == row.assessment_id)
                .map(|it| it.title.clone())
        };
        let held = row.claimed_until.is_some_and(|until| until > ctx.now());
        let is_mine = held && row.claimed_by.is_some() && row.claimed_by == person;
        let queue = queues.entry(row.assessment_id).or_insert_with(|| Queue {
            assessment: row.assessment_id,
            title: title().unwrap_or_default(),
            waiting: Vec::new(),
        });
        queue.waiting.push(Waiting {
            id: row.id,
            queued_at: row.queued_at,
            is_mine,
            is_taken: held && !is_mine,
            is_own_work: own.iter().any(|attempt| attempt.id == row.attempt_id),
        });
    }
    let mut queues: Vec<_> = queues.into_values().collect();
    queues.sort_by_key(|queue| queue.waiting.first().map(|first| first.queued_at));
    Ok(queues)
}
