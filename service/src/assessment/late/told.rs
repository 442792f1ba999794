//! What a learner reads of answers that came late, and what assessors said of them.

use std::{collections::BTreeMap, time::Duration};

use domain::{Timestamp, id::AttemptId};
use entity::{TenantTx, assessment::late_answer};
use sea_orm::ColumnTrait;

use super::come::counts_by_itself;
use crate::{Result, assessment::attempt::Sitting};

/// What has not come to count by then waits for a person: it was being marked, say.
const SOON: Duration = Duration::from_mins(5);

/// An answer that came late, as its learner reads of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateTold {
    /// To which position, from 0.
    pub position: usize,
    /// When it arrived.
    pub arrived_at: Timestamp,
    /// Whether it counts; none while that is open.
    pub counts: Option<bool>,
    /// Whether it is going to count by the policy, while that is open.
    pub is_about_to_count: bool,
    /// Why, in the words of whoever decided; none where the policy did.
    pub reason: Option<String>,
}

/// What came late to an attempt, by position.
pub(crate) async fn of_attempt(tx: &TenantTx, sitting: &Sitting, now: Timestamp) -> Result<Vec<LateTold>> {
    let mut told = Vec::new();
    for row in rows(tx, sitting.row.id).await? {
        told.push(LateTold {
            position: usize::try_from(row.position).unwrap_or(usize::MAX),
            arrived_at: row.arrived_at,
            counts: row.counts,
            is_about_to_count: row.counts.is_none()
                && now < row.arrived_at.after(SOON)
                && counts_by_itself(tx, sitting, &row).await?,
            reason: row.reason,
        });
    }
    Ok(told)
}

/// What assessors said of late answers that count, by position, with the rows. It is
/// about another text than what was said of the one that was handed in.
pub(crate) async fn marks(tx: &TenantTx, attempt: AttemptId) -> Result<BTreeMap<i64, late_answer::Model>> {
    let rows = rows(tx, attempt).await?;
    let marked = rows
        .into_iter()
        .filter(|row| row.counts == Some(true) && row.mark.is_some());
    Ok(marked.map(|row| (row.position, row)).collect())
}

pub(super) async fn rows(tx: &TenantTx, attempt: AttemptId) -> Result<Vec<late_answer::Model>> {
    Ok(tx
        .rows::<late_answer::Entity>()
        .filter(late_answer::Column::AttemptId.eq(attempt))
        .asc(late_answer::Column::Position)
        .all()
        .await?)
}
