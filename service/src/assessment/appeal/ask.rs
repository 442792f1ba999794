//! Asking.

use domain::{Timestamp, assessment::AttemptState, id::AttemptId};
use entity::{TenantTx, assessment::appeal};
use sea_orm::ColumnTrait;

use crate::{
    Ctx, Error, Result,
    assessment::{attempt::Sitting, learner},
    tenancy,
};

/// A reason has at most so many characters.
const LONGEST: usize = 2_000;

/// What a learner asked, and the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    /// Why, in the words of the learner.
    pub reason: String,
    /// When.
    pub asked_at: Timestamp,
    /// The answer, once there is one.
    pub answered: Option<Answered>,
}

/// An answer to an appeal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// When it was given.
    pub at: Timestamp,
    /// Whether something was changed.
    pub changed: bool,
    /// What the assessor says.
    pub text: String,
}

/// Asks to have the result of one's own attempt looked at again, once for each
/// attempt. The same reason sent twice is one request.
///
/// The field `reason`. Refused: `appeal-too-early`, while there is no result;
/// `appeal-asked`, if it was asked before.
pub async fn ask(ctx: &Ctx, attempt: AttemptId, reason: &str) -> Result<()> {
    let person = learner(ctx)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", "appeal-reason-missing"));
    }
    if reason.chars().count() > LONGEST {
        return Err(Error::field("reason", "appeal-reason-too-long"));
    }
    let tx = ctx.write().await?;
    tenancy::hold_member(&tx, person).await?;
    let sitting = Sitting::own_locked(&tx, attempt, person).await?;
    if sitting.attempt.state != AttemptState::Scored {
        return Err(Error::Refused("appeal-too-early"));
    }
    let row = appeal::Model {
        tenant_id: ctx.tenant(),
        id: ctx.new_id(),
        attempt_id: attempt,
        assessment_id: sitting.row.assessment_id,
        reason: reason.to_owned(),
        asked_at: ctx.now(),
        changed: None,
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    let key = [appeal::Column::TenantId, appeal::Column::AttemptId];
    if !tx.insert_new::<appeal::Entity>(row, key).await? {
        let before = of_attempt(&tx, attempt).await?;
        return if before.is_some_and(|before| before.reason == reason) {
            Ok(())
        } else {
            Err(Error::Refused("appeal-asked"))
        };
    }
    // The row is the record: the trail would say to whoever answers who has asked.
    Ok(tx.commit().await?)
}

/// What was asked about an attempt, if anything was.
pub(crate) async fn of_attempt(tx: &TenantTx, attempt: AttemptId) -> Result<Option<Appeal>> {
    let row = tx
        .rows::<appeal::Entity>()
        .filter(appeal::Column::AttemptId.eq(attempt))
        .one()
        .await?;
    Ok(row.map(Appeal::of))
}

impl Appeal {
    pub(super) fn of(row: appeal::Model) -> Self {
        let answered = row.answered_at.map(|at| Answered {
            at,
            changed: row.changed.unwrap_or_default(),
            text: row.answer.unwrap_or_default(),
        });
        Self {
            reason: row.reason,
            asked_at: row.asked_at,
            answered,
        }
    }
}
