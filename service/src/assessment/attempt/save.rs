//! Keeping an answer as it changes.

use domain::{
    Timestamp,
    assessment::{AttemptRefusal, FieldFault, Response, Save, Sequence},
    id::AttemptId,
};
use entity::{
    TenantTx,
    assessment::{attempt, response},
};
use sea_orm::ColumnTrait;

use super::{
    send_file::with_files,
    sitting::{Sitting, answer_of},
    start::expose,
};
use crate::{Ctx, Error, FieldErrors, Result, assessment::learner};

/// How a save came about, and the number that its page gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// By itself, perhaps late, perhaps twice: a newer one is never overwritten.
    InBackground(Sequence),
    /// The learner pressed a button just now: this is what they mean.
    Deliberate(Sequence),
}

/// What became of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Whether this answer is what is kept; if not, a newer one is.
    pub is_kept: bool,
    /// The number of the save that is kept.
    pub sequence: Sequence,
    /// When that was.
    pub at: Timestamp,
}

/// Keeps the answer to the item at `position`, as the fields of a form.
///
/// Refused: `attempt-submitted`, `attempt-time-up`, `attempt-answer-stands`,
/// `attempt-not-next`, `attempt-on-break`.
pub async fn save(
    ctx: &Ctx,
    attempt: AttemptId,
    position: usize,
    fields: &[(String, String)],
    saving: Saving,
) -> Result<Saved> {
    let tx = ctx.write().await?;
    let sitting = Sitting::own_locked(&tx, attempt, learner(ctx)?).await?;
    let answer = read(&tx, &sitting, position, fields).await?;
    let saved = keep(ctx, &tx, &sitting, position, &answer, saving).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Leaves the position in hand for good, where there is no way back, and goes on to
/// the next. Left before, nothing changes; elsewhere there is nothing to leave.
///
/// Refused: `attempt-submitted`, `attempt-time-up`, `attempt-on-break`.
pub async fn leave(ctx: &Ctx, attempt: AttemptId, position: usize) -> Result<()> {
    let person = learner(ctx)?;
    let tx = ctx.write().await?;
    let sitting = Sitting::own_locked(&tx, attempt, person).await?;
    sitting.attempt.open(ctx.now()).map_err(refused)?;
    if !sitting.assessment.is_linear() || sitting.next() != Some(position) {
        return Ok(());
    }
    let Ok(next) = sitting.response(position + 1) else {
        return Ok(());
    };
    tx.change::<attempt::Entity>()
        .filter(attempt::Column::Id.eq(attempt))
        .set(attempt::Column::Reached, next.position)
        .apply()
        .await?;
    expose(&tx, ctx, person, next).await?;
    tx.commit().await?;
    Ok(())
}

/// Marks or unmarks a position to come back to.
pub async fn flag(ctx: &Ctx, attempt: AttemptId, position: usize, flagged: bool) -> Result<()> {
    let tx = ctx.write().await?;
    let sitting = Sitting::own_locked(&tx, attempt, learner(ctx)?).await?;
    sitting.response(position)?;
    if sitting.attempt.state.is_over() {
        return Err(refused(AttemptRefusal::Submitted));
    }
    tx.change::<response::Entity>()
        .filter(response::Column::AttemptId.eq(attempt))
        .filter(response::Column::Position.eq(sitting.responses[position].position))
        .set(response::Column::Flagged, flagged)
        .apply()
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Reads an answer from the fields of the item at `position`.
pub(crate) async fn read(
    tx: &TenantTx,
    sitting: &Sitting,
    position: usize,
    fields: &[(String, String)],
) -> Result<Response> {
    let seed = sitting.seed(sitting.response(position)?);
    let item = sitting.item(tx, position).await?;
    let answer =
        Response::from_form(&item, seed, fields).map_err(|faults| Error::from(field_errors(faults)))?;
    let row = sitting.response(position)?;
    with_files(tx, row, &item, answer).await
}

/// Stores an answer, if the attempt takes it and it is the newest.
pub(super) async fn keep(
    ctx: &Ctx,
    tx: &TenantTx,
    sitting: &Sitting,
    position: usize,
    answer: &Response,
    saving: Saving,
) -> Result<Saved> {
    let row = sitting.response(position)?;
    sitting
        .assessment
        .may_answer(position, row.score.is_some(), sitting.next())
        .map_err(refused)?;
    let stored = row.saved_at.map(|_| row.sequence.cast_unsigned());
    let sequence = match saving {
        Saving::InBackground(sequence) => sequence,
        Saving::Deliberate(sequence) => sequence.max(stored.map_or(0, |stored| stored.saturating_add(1))),
    };
    // The column is signed.
    let sequence = sequence.min(i64::MAX.cast_unsigned());
    let decision = sitting
        .attempt
        .save(ctx.now(), stored, sequence)
        .map_err(refused)?;
    let kept = |is_kept| Saved {
        is_kept,
        sequence: row.sequence.cast_unsigned(),
        at: row.saved_at.unwrap_or(ctx.now()),
    };
    match decision {
        Save::Stale => return Ok(kept(false)),
        // Two tabs that began from the same save give the same number to
        // different answers: the first to arrive is kept.
        Save::Repeated => return Ok(kept(answer_of(row)? == *answer)),
        Save::Store => {}
    }
    let text = if answer.is_empty() {
        None
    } else {
        Some(serde_json::to_string(answer)?)
    };
    tx.change::<response::Entity>()
        .filter(response::Column::AttemptId.eq(row.attempt_id))
        .filter(response::Column::Position.eq(row.position))
        .set(response::Column::Answer, text)
        .set(response::Column::Sequence, sequence.cast_signed())
        .set(response::Column::SavedAt, ctx.now())
        .apply()
        .await?;
    Ok(Saved {
        is_kept: true,
        sequence,
        at: ctx.now(),
    })
}

/// The key of the sentence that says why not.
pub(crate) fn refused(refusal: AttemptRefusal) -> Error {
    Error::Refused(match refusal {
        AttemptRefusal::Submitted => "attempt-submitted",
        AttemptRefusal::TimeUp => "attempt-time-up",
        AttemptRefusal::AnswerStands => "attempt-answer-stands",
        AttemptRefusal::NotNext => "attempt-not-next",
        AttemptRefusal::LeftBehind => "attempt-left-behind",
        AttemptRefusal::OnBreak => "attempt-on-break",
        AttemptRefusal::NoBreak => "attempt-no-break",
    })
}

/// The faults of an answer, at their fields. The sentences are `error-answer-…`.
pub(crate) fn field_errors(faults: Vec<FieldFault>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for fault in faults {
        let args = ["min", "max", "position", "step"].map(|name| {
            let value = fault.args.get(name).cloned();
            (name, value.unwrap_or_default())
        });
        errors.add_with(fault.field, format!("answer-{}", fault.code), args);
    }
    errors
}
