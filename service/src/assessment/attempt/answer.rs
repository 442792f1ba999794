//! Giving an answer that stands.

use domain::{
    assessment::{AttemptState, Mode, Response, score},
    id::AttemptId,
};

use super::{
    save::{Saving, keep, read},
    sitting::{Sitting, answer_of},
    start::expose,
    submit::{finish, store},
};
use crate::{
    Ctx, Error, Result,
    assessment::{learner, regrade},
    mastery, tenancy,
};

/// What comes after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// The next question.
    Next(usize),
    /// Every question has an answer that stands.
    AllAnswered,
    /// The attempt has ended: the gate was passed, or a pass is out of reach.
    Ended(AttemptState),
}

/// Takes the answer to the item at `position`, scores it at once, and at a gate
/// ends the attempt as soon as its end is certain. The same answer sent again
/// changes nothing.
///
/// For assessments whose answers stand; for others, not found. Refused: as
/// [`save`](super::save()).
pub async fn answer(
    ctx: &Ctx,
    attempt: AttemptId,
    position: usize,
    fields: &[(String, String)],
) -> Result<Answered> {
    let person = learner(ctx)?;
    let tx = ctx.write().await?;
    tenancy::hold_member(&tx, person).await?;
    let mut sitting = Sitting::own_locked(&tx, attempt, person).await?;
    if !sitting.assessment.answers_stand() {
        return Err(Error::NotFound);
    }
    let answer = read(&tx, &sitting, position, fields).await?;
    if sent_before(&sitting, position, &answer)? {
        return Ok(follows(&sitting));
    }
    if answer.is_empty() {
        return Err(Error::field("r.1", "answer-missing"));
    }
    keep(ctx, &tx, &sitting, position, &answer, Saving::Deliberate(0)).await?;
    let item = sitting.item(&tx, position).await?;
    let scored = score(&item, &answer);
    sitting.responses[position].answer = Some(serde_json::to_string(&answer)?);
    store(&tx, &mut sitting.responses[position], &scored).await?;
    // A gate ends by what holds now, whatever was answered before it was put right.
    regrade::put_right(&tx, &mut sitting).await?;

    let at_gate = sitting.assessment.mode == Mode::SequentialGate;
    let answered =
        if at_gate && (sitting.next().is_none() || mastery::is_gate_over(ctx, &tx, &sitting).await?) {
            let asked = sitting.next().unwrap_or(sitting.responses.len());
            sitting.row.handed_in = true;
            Answered::Ended(finish(ctx, &tx, sitting, asked).await?)
        } else {
            let next = follows(&sitting);
            if let (true, Answered::Next(next)) = (at_gate, next) {
                expose(&tx, ctx, person, sitting.response(next)?).await?;
            }
            next
        };
    tx.commit().await?;
    Ok(answered)
}

fn sent_before(sitting: &Sitting, position: usize, answer: &Response) -> Result<bool> {
    let row = sitting.response(position)?;
    Ok(row.score.is_some() && answer_of(row)? == *answer)
}

fn follows(sitting: &Sitting) -> Answered {
    match (sitting.attempt.state, sitting.next()) {
        (AttemptState::InProgress, Some(next)) => Answered::Next(next),
        (AttemptState::InProgress, None) => Answered::AllAnswered,
        (state, _) => Answered::Ended(state),
    }
}
