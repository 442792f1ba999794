//! An answer comes when the time is up.

use std::time::Duration;

use domain::{
    assessment::{LateVerdict, Sequence},
    id::AttemptId,
};
use entity::{TenantTx, assessment::late_answer};
use sea_orm::ColumnTrait;

use crate::{
    Ctx, Error, Result,
    assessment::{
        attempt::{Sitting, answer_of, finish, read, refused},
        learner,
    },
    job::{self, Job},
    tenancy,
};

/// What is waited for before answers are counted: a browser sends all that it has, and
/// together they are decided on, and told of, once.
const TOGETHER: Duration = Duration::from_secs(20);

/// An answer that the browser had when the time was up.
#[derive(Debug, Clone)]
pub struct Coming {
    /// To which position, from 0.
    pub position: usize,
    /// The answer, as the fields of a form.
    pub fields: Vec<(String, String)>,
    /// The number that its page gave the save.
    pub sequence: Sequence,
    /// How long ago it was given, by what the browser says.
    pub given_ago: Option<Duration>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// It had arrived in time: it is what was handed in.
    HandedIn,
    /// It is kept, and a person decides.
    Kept,
    /// It is kept, and is going to count.
    Counts,
    /// It is kept, and was decided on.
    Decided,
}

/// Keeps an answer that came when the time was up beside what was handed in, as the
/// policy of the assessment has it. An attempt whose time is up and that nobody has
/// closed yet is closed first. The same answer sent again is one.
///
/// Refused: `attempt-submitted` (its learner has handed it in, or its time is not up),
/// `late-refused` (by the policy, or because it came too late), `late-shown` (the learner
/// was told the answers before, or has begun again), `late-overtaken` (what was handed in is newer, or
/// another answer came late before), `attempt-left-behind`, `attempt-not-next`.
pub async fn come(ctx: &Ctx, attempt: AttemptId, coming: Coming) -> Result<Came> {
    let person = learner(ctx)?;
    let tx = ctx.write().await?;
    tenancy::hold_member(&tx, person).await?;
    let mut sitting = Sitting::own_locked(&tx, attempt, person).await?;
    let now = ctx.now();
    if sitting.attempt.is_overdue(now) {
        let asked = sitting.counted();
        finish(ctx, &tx, sitting, asked).await?;
        sitting = Sitting::own_locked(&tx, attempt, person).await?;
    }
    let ended = sitting.attempt.ended_by_time().map_err(refused)?;
    let answer = read(&tx, &sitting, coming.position, &coming.fields).await?;
    let row = sitting.response(coming.position)?;
    let (in_time, text) = (answer_of(row)?, serde_json::to_string(&answer)?);
    if let Some(known) = kept(&tx, attempt, row.position).await? {
        if known.answer != text {
            return Err(Error::Refused("late-overtaken"));
        }
        return became(&tx, &sitting, &known).await;
    }
    if in_time == answer {
        return Ok(Came::HandedIn);
    }
    if row.saved_at.is_some() && coming.sequence <= row.sequence.cast_unsigned() {
        return Err(Error::Refused("late-overtaken"));
    }
    sitting
        .assessment
        .may_answer(coming.position, false, sitting.next())
        .map_err(refused)?;
    if sitting.row.shown_at.is_some() {
        return Err(Error::Refused("late-shown"));
    }
    let given = coming
        .given_ago
        // Not before there was anything to answer.
        .map(|ago| now.before(ago).max(sitting.attempt.started));
    let verdict = sitting.assessment.late_policy().verdict(ended, now, given);
    if verdict == LateVerdict::Refused || answer.is_empty() {
        return Err(Error::Refused("late-refused"));
    }
    let came = late_answer::Model {
        tenant_id: ctx.tenant(),
        attempt_id: attempt,
        position: row.position,
        assessment_id: sitting.row.assessment_id,
        answer: text,
        given_at: given,
        arrived_at: now,
        counts: None,
        mark: None,
        reason: None,
        decided_by: None,
        decided_at: None,
    };
    let became = became(&tx, &sitting, &came).await?;
    tx.insert::<late_answer::Entity>(came).await?;
    if became == Came::Counts {
        let job = Job::CountLateAnswers {
            tenant: ctx.tenant(),
            attempt,
        };
        // One for each answer: the one that runs first takes all there are, and none
        // comes between that run and its end.
        job::later(tx.unowned(), ctx.installation(), &job, now.after(TOGETHER)).await?;
    }
    tx.commit().await?;
    Ok(became)
}

async fn became(tx: &TenantTx, sitting: &Sitting, came: &late_answer::Model) -> Result<Came> {
    Ok(match came.counts {
        Some(_) => Came::Decided,
        None if counts_by_itself(tx, sitting, came).await? => Came::Counts,
        None => Came::Kept,
    })
}

/// Whether the policy lets it count. What a person marks counts when a person has looked
/// at it; and so does what would replace an answer: the points were told, and from them
/// follows what that was worth.
pub(super) async fn counts_by_itself(
    tx: &TenantTx,
    sitting: &Sitting,
    came: &late_answer::Model,
) -> Result<bool> {
    let position = usize::try_from(came.position).map_err(|_| Error::NotFound)?;
    let ended = sitting.attempt.ended_by_time().map_err(refused)?;
    let policy = sitting.assessment.late_policy();
    if policy.verdict(ended, came.arrived_at, came.given_at) != LateVerdict::Counted {
        return Ok(false);
    }
    let in_time = answer_of(sitting.response(position)?)?;
    Ok(in_time.is_empty() && !sitting.item(tx, position).await?.is_marked_by_a_person())
}

/// What came late to a position, if anything did.
pub(super) async fn kept(
    tx: &TenantTx,
    attempt: AttemptId,
    position: i64,
) -> Result<Option<late_answer::Model>> {
    Ok(tx
        .rows::<late_answer::Entity>()
        .filter(late_answer::Column::AttemptId.eq(attempt))
        .filter(late_answer::Column::Position.eq(position))
        .one()
        .await?)
}
