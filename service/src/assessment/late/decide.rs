//! Deciding whether what came late counts.

use std::collections::BTreeMap;

use domain::{
    assessment::{AttemptState, Identifier, Mark, MarkingStage, Verdict},
    id::{AttemptId, PersonId},
};
use entity::{
    TenantTx,
    assessment::{adjustment, late_answer, marking, marking_draft},
};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{come::kept, open::assessor};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::{
        attempt::{Sitting, score_of},
        marking::{enqueue, stored},
        regrade::{self, Cause, Renewal},
        tell::tell,
    },
    audit,
    mail::Message,
    tenancy,
};

/// A reason has at most so many characters.
const LONGEST: usize = 2_000;

/// What an assessor decides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ruling {
    /// Whether the answer counts in place of what was handed in. The field
    /// `counts-{position}`; none if nothing was chosen.
    pub counts: Option<bool>,
    /// Why; the learner reads it. The field `reason-{position}`.
    pub reason: String,
    /// By response, the levels that are given to what a person marks, where it counts
    /// and the attempt is marked already. The fields
    /// `mark-{position}.{response}.{criterion}`.
    pub marks: BTreeMap<Identifier, Mark>,
}

/// Lets an answer that came late count, or not. Where it counts, all that follows from
/// the attempt is decided anew, as at its first conclusion. The learner gets a mail.
///
/// Fields: see [`Ruling`]. The same ruling sent twice is one. Refused: `late-own`,
/// `late-decided`, `late-being-marked` (somebody has begun to mark what was handed in),
/// `late-reviewed` (an assessor has set what the question is worth).
pub async fn decide(ctx: &Ctx, attempt: AttemptId, position: usize, ruling: Ruling) -> Result<()> {
    let assessor = assessor(ctx)?;
    let place = i64::try_from(position).map_err(|_| Error::NotFound)?;
    let tx = ctx.write().await?;
    kept(&tx, attempt, place).await?.ok_or(Error::NotFound)?;
    let learner = Sitting::any(&tx, attempt).await?.row.person_id;
    if learner == assessor {
        return Err(Error::Refused("late-own"));
    }
    tenancy::hold_member(&tx, learner).await?;
    // Whoever was before this one is done now.
    let row = kept(&tx, attempt, place).await?.ok_or(Error::NotFound)?;
    let reason = ruling.reason.trim();
    if row.counts.is_some() {
        let again = row.counts == ruling.counts
            && row.decided_by == Some(assessor)
            && row.reason.as_deref() == Some(reason);
        return if again {
            Ok(())
        } else {
            Err(Error::Refused("late-decided"))
        };
    }
    let mut errors = FieldErrors::default();
    if ruling.counts.is_none() {
        errors.add(format!("counts-{position}"), "late-undecided");
    }
    let field = format!("reason-{position}");
    if reason.is_empty() {
        errors.add(field, "late-reason-missing");
    } else if reason.chars().count() > LONGEST {
        errors.add(field, "late-reason-too-long");
    }
    let counts = ruling.counts == Some(true);
    let sitting = Sitting::any(&tx, attempt).await?;
    let item = sitting.item(&tx, position).await?;
    let is_marked_here =
        counts && item.is_marked_by_a_person() && sitting.attempt.state == AttemptState::Scored;
    let mark = if is_marked_here {
        let mark = stored(&item, ruling.marks, &format!("mark-{position}."), &mut errors);
        Some(serde_json::to_string(&mark)?)
    } else {
        None
    };
    errors.check()?;
    let decided = late_answer::Model {
        counts: Some(counts),
        mark,
        reason: Some(reason.to_owned()),
        decided_by: Some(assessor),
        ..row
    };
    settle(ctx, &tx, &decided, learner).await?;
    Ok(tx.commit().await?)
}

/// Lets an answer count that the policy lets count. Done again, nothing changes; where
/// it can't be done by itself, a person decides.
pub(crate) async fn count(ctx: &Ctx, attempt: AttemptId, position: i64) -> Result<()> {
    let tx = ctx.write().await?;
    let Some(known) = kept(&tx, attempt, position).await? else {
        return Ok(());
    };
    if known.counts.is_some() {
        return Ok(());
    }
    let learner = Sitting::any(&tx, attempt).await?.row.person_id;
    tenancy::hold_member(&tx, learner).await?;
    let row = kept(&tx, attempt, position).await?.ok_or(Error::NotFound)?;
    if row.counts.is_some() {
        return Ok(());
    }
    let decided = late_answer::Model {
        counts: Some(true),
        ..row
    };
    match settle(ctx, &tx, &decided, learner).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(Error::Refused(_)) => Ok(()),
        Err(cause) => Err(cause),
    }
}

/// Stores a decision, with what follows from it. The caller holds the learner.
async fn settle(ctx: &Ctx, tx: &TenantTx, decided: &late_answer::Model, learner: PersonId) -> Result<()> {
    let (attempt, position) = (decided.attempt_id, decided.position);
    let counts = decided.counts == Some(true);
    tx.change::<late_answer::Entity>()
        .filter(late_answer::Column::AttemptId.eq(attempt))
        .filter(late_answer::Column::Position.eq(position))
        .set(late_answer::Column::Counts, decided.counts)
        .set(late_answer::Column::Mark, decided.mark.clone())
        .set(late_answer::Column::Reason, decided.reason.clone())
        .set(late_answer::Column::DecidedBy, decided.decided_by)
        .set(late_answer::Column::DecidedAt, ctx.now())
        .apply()
        .await?;
    if counts {
        let reviewed = tx
            .rows::<adjustment::Entity>()
            .filter(adjustment::Column::AttemptId.eq(attempt))
            .filter(adjustment::Column::Position.eq(position));
        if reviewed.count().await? > 0 {
            return Err(Error::Refused("late-reviewed"));
        }
        match Sitting::any(tx, attempt).await?.attempt.state {
            AttemptState::Scored => {
                let cause = Cause::Late(attempt, position);
                let mut renewal = Renewal::begin(ctx, tx, decided.assessment_id, cause).await?;
                renewal.of(learner).await?;
                renewal.end().await?;
            }
            AttemptState::Marking => count_before_the_marks(ctx, tx, attempt, position).await?,
            AttemptState::InProgress | AttemptState::Submitted => return Err(Error::Stale),
        }
    }
    let action = if counts {
        "late-answer-counted"
    } else {
        "late-answer-not-counted"
    };
    let detail = json!({
        "position": position,
        "arrived": decided.arrived_at,
        "by-policy": decided.decided_by.is_none(),
    });
    audit::note(tx, ctx, action, format!("attempt:{attempt}"), detail).await?;
    let assessment = Sitting::any(tx, attempt).await?.assessment.title;
    let say = |name, link| Message::LateAnswerDecided {
        name,
        assessment,
        link,
    };
    tell(ctx, tx, learner, attempt, say).await
}

/// Scores the answer of an attempt that waits for marks; what a person marks of it waits
/// with the rest.
async fn count_before_the_marks(ctx: &Ctx, tx: &TenantTx, attempt: AttemptId, position: i64) -> Result<()> {
    let mut sitting = Sitting::locked(tx, attempt).await?;
    let piece = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AttemptId.eq(attempt))
        .filter(marking::Column::Position.eq(position))
        .locked()
        .one()
        .await?;
    if let Some(piece) = &piece {
        let drafts = tx
            .rows::<marking_draft::Entity>()
            .filter(marking_draft::Column::MarkingId.eq(piece.id));
        let is_begun =
            piece.stage != MarkingStage::First || piece.claimed_by.is_some() || drafts.count().await? > 0;
        if is_begun {
            // What was said of one text is not to be read as said of another.
            return Err(Error::Refused("late-being-marked"));
        }
    }
    regrade::count_late(tx, &mut sitting, position).await?;
    let row = sitting.responses.iter().find(|row| row.position == position);
    let scored = row.map(score_of).transpose()?.flatten();
    if piece.is_none() && scored.is_some_and(|it| it.verdict == Verdict::NeedsMarking) {
        enqueue(ctx, tx, &sitting, vec![position]).await?;
    }
    Ok(())
}
