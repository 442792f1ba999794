//! What a learner reads of answers that came late, and what assessors said of them.

use std::collections::BTreeMap;

use domain::{Timestamp, id::AttemptId};
use entity::{TenantTx, assessment::late_answer};
use sea_orm::ColumnTrait;

use crate::Result;

/// An answer that came late, as its learner reads of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateTold {
    /// To which position, from 0.
    pub position: usize,
    /// When it arrived.
    pub arrived_at: Timestamp,
    /// Whether it counts; none while that is open.
    pub counts: Option<bool>,
    /// Why, in the words of whoever decided; none where the policy did.
    pub reason: Option<String>,
}

/// What came late to an attempt, by position.
pub(crate) async fn of_attempt(tx: &TenantTx, attempt: AttemptId) -> Result<Vec<LateTold>> {
    let rows = rows(tx, attempt).await?;
    let told = rows.into_iter().map(|row| LateTold {
        position: usize::try_from(row.position).unwrap_or(usize::MAX),
        arrived_at: row.arrived_at,
        counts: row.counts,
        reason: row.reason,
    });
    Ok(told.collect())
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
