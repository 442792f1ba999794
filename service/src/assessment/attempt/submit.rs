//! Handing an attempt in.

use domain::{
    assessment::{AttemptEvent, AttemptState, Score, Verdict, score},
    id::AttemptId,
};
use entity::{
    TenantTx,
    assessment::{attempt, response},
};
use sea_orm::ColumnTrait;

use super::{
    conclude::conclude,
    sitting::{Sitting, answer_of, score_of},
    start::expose,
};
use crate::{
    Ctx, Error, Result,
    assessment::{learner, marking::enqueue, regrade},
    tenancy,
};

/// Ends the person's attempt: scores every answer and, unless a person has to
/// mark some of them first, stores evidence, decisions and awards; all in one
/// transaction. Submitted again, nothing changes and the state comes back.
pub async fn submit(ctx: &Ctx, id: AttemptId) -> Result<AttemptState> {
    let person = learner(ctx)?;
    let tx = ctx.write().await?;
    tenancy::hold_member(&tx, person).await?;
    let mut sitting = Sitting::own_locked(&tx, id, person).await?;
    // Once the time is up, the button only does what would happen by itself.
    sitting.row.handed_in = !sitting.attempt.is_overdue(ctx.now());
    let asked = sitting.counted();
    let state = finish(ctx, &tx, sitting, asked).await?;
    tx.commit().await?;
    Ok(state)
}

/// Ends an attempt that is held, with its person, by `tx`. The first `asked`
/// positions count; at a gate, the rest was never seen.
pub(crate) async fn finish(
    ctx: &Ctx,
    tx: &TenantTx,
    mut sitting: Sitting,
    asked: usize,
) -> Result<AttemptState> {
    if sitting.attempt.state.is_over() {
        return Ok(sitting.attempt.state);
    }
    sitting.attempt = sitting.attempt.submit(ctx.now());
    sitting.row.submitted_at = sitting.attempt.ended;
    // What was never reached counts and is shown with the rest: it is not new any more.
    for row in sitting.responses.iter().take(asked).skip(sitting.shown()) {
        expose(tx, ctx, sitting.row.person_id, row).await?;
    }
    let to_mark = score_all(tx, &mut sitting, asked).await?;
    if to_mark.is_empty() {
        conclude(ctx, tx, &sitting).await?;
        return Ok(AttemptState::Scored);
    }
    let state = after(sitting.attempt.state, AttemptEvent::NeedMarking)?;
    tx.change::<attempt::Entity>()
        .filter(attempt::Column::Id.eq(sitting.row.id))
        .set(attempt::Column::State, state.to_string())
        .set(attempt::Column::SubmittedAt, sitting.row.submitted_at)
        .set(attempt::Column::HandedIn, sitting.row.handed_in)
        .apply()
        .await?;
    enqueue(ctx, tx, &sitting, to_mark).await?;
    Ok(state)
}

/// Scores what has no score yet, by what was put right since as well. Returns the
/// positions that a person has to mark.
async fn score_all(tx: &TenantTx, sitting: &mut Sitting, asked: usize) -> Result<Vec<i64>> {
    let items = sitting.items(tx).await?;
    for row in sitting.responses.iter_mut().take(asked) {
        if score_of(row)?.is_none() {
            let item = items.get(&row.item_version_id).ok_or(Error::NotFound)?;
            let scored = score(item, &answer_of(row)?);
            store(tx, row, &scored).await?;
        }
    }
    regrade::put_right(tx, sitting).await?;
    let mut to_mark = Vec::new();
    for row in sitting.responses.iter().take(asked) {
        if score_of(row)?.is_some_and(|scored| scored.verdict == Verdict::NeedsMarking) {
            to_mark.push(row.position);
        }
    }
    Ok(to_mark)
}

/// Stores a score: from now on the answer stands.
pub(crate) async fn store(tx: &TenantTx, row: &mut response::Model, scored: &Score) -> Result<()> {
    let text = serde_json::to_string(scored)?;
    tx.change::<response::Entity>()
        .filter(response::Column::AttemptId.eq(row.attempt_id))
        .filter(response::Column::Position.eq(row.position))
        .set(response::Column::Score, text.clone())
        .apply()
        .await?;
    row.score = Some(text);
    Ok(())
}

pub(super) fn after(state: AttemptState, event: AttemptEvent) -> Result<AttemptState> {
    state.after(event).ok_or(Error::Stale)
}
