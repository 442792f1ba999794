//! Deciding whether what came late counts.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    assessment::{AttemptState, Identifier, Mark, MarkingStage, Verdict},
    id::AttemptId,
};
use entity::{
    TenantTx,
    assessment::{adjustment, late_answer, marking, marking_draft},
};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{
    come::{counts_by_itself, kept},
    open::assessor,
    told::rows,
};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::{
        attempt::{Sitting, score_of},
        marking::{complete, enqueue, stored},
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
    if counts {
        may_count(&tx, &sitting, place).await?;
    }
    let decided = late_answer::Model {
        counts: Some(counts),
        mark,
        reason: Some(reason.to_owned()),
        decided_by: Some(assessor),
        ..row
    };
    settle(ctx, &tx, sitting, &[decided]).await?;
    Ok(tx.commit().await?)
}

/// Lets the answers of an attempt count that the policy lets count. Done again, nothing
/// changes; where it can't be done by itself, a person decides.
pub(crate) async fn count(ctx: &Ctx, attempt: AttemptId) -> Result<()> {
    let tx = ctx.write().await?;
    let learner = Sitting::any(&tx, attempt).await?.row.person_id;
    tenancy::hold_member(&tx, learner).await?;
    let sitting = Sitting::any(&tx, attempt).await?;
    let mut decided = Vec::new();
    for row in rows(&tx, attempt).await? {
        if row.counts.is_some() || !counts_by_itself(&tx, &sitting, &row).await? {
            continue;
        }
        match may_count(&tx, &sitting, row.position).await {
            Ok(()) => decided.push(late_answer::Model {
                counts: Some(true),
                ..row
            }),
            Err(Error::Refused(_)) => {}
            Err(cause) => return Err(cause),
        }
    }
    if decided.is_empty() {
        return Ok(());
    }
    settle(ctx, &tx, sitting, &decided).await?;
    Ok(tx.commit().await?)
}

/// Whether an answer that came late may take the place of what was handed in.
async fn may_count(tx: &TenantTx, sitting: &Sitting, position: i64) -> Result<()> {
    let reviewed = tx
        .rows::<adjustment::Entity>()
        .filter(adjustment::Column::AttemptId.eq(sitting.row.id))
        .filter(adjustment::Column::Position.eq(position));
    if reviewed.count().await? > 0 {
        return Err(Error::Refused("late-reviewed"));
    }
    let Some(piece) = open_piece(tx, sitting, position).await? else {
        return Ok(());
    };
    let drafts = tx
        .rows::<marking_draft::Entity>()
        .filter(marking_draft::Column::MarkingId.eq(piece.id));
    if piece.stage != MarkingStage::First || piece.claimed_by.is_some() || drafts.count().await? > 0 {
        // What was said of one text is not to be read as said of another.
        return Err(Error::Refused("late-being-marked"));
    }
    Ok(())
}

/// The piece of an answer that waits for marks as long as its attempt does.
async fn open_piece(tx: &TenantTx, sitting: &Sitting, position: i64) -> Result<Option<marking::Model>> {
    if sitting.attempt.state != AttemptState::Marking {
        return Ok(None);
    }
    Ok(tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AttemptId.eq(sitting.row.id))
        .filter(marking::Column::Position.eq(position))
        .locked()
        .one()
        .await?)
}

/// Stores what was decided on answers of one attempt at once, with what follows from it.
/// The caller holds the learner.
async fn settle(ctx: &Ctx, tx: &TenantTx, sitting: Sitting, decided: &[late_answer::Model]) -> Result<()> {
    let (attempt, learner) = (sitting.row.id, sitting.row.person_id);
    for row in decided {
        store(ctx, tx, row).await?;
    }
    let counting = decided.iter().filter(|row| row.counts == Some(true));
    let counting: BTreeSet<i64> = counting.map(|row| row.position).collect();
    let (title, assessment) = (sitting.assessment.title.clone(), sitting.row.assessment_id);
    if !counting.is_empty() {
        match sitting.attempt.state {
            AttemptState::Scored => {
                let cause = Cause::Late(attempt, &counting);
                let mut renewal = Renewal::begin(ctx, tx, assessment, cause).await?;
                renewal.of(learner).await?;
                renewal.end().await?;
            }
            AttemptState::Marking => count_before_the_marks(ctx, tx, attempt, &counting).await?,
            AttemptState::InProgress | AttemptState::Submitted => return Err(Error::Stale),
        }
    }
    let say = |name, link| Message::LateAnswerDecided {
        name,
        assessment: title,
        link,
    };
    tell(ctx, tx, learner, attempt, say).await
}

async fn store(ctx: &Ctx, tx: &TenantTx, decided: &late_answer::Model) -> Result<()> {
    let attempt = decided.attempt_id;
    tx.change::<late_answer::Entity>()
        .filter(late_answer::Column::AttemptId.eq(attempt))
        .filter(late_answer::Column::Position.eq(decided.position))
        .set(late_answer::Column::Counts, decided.counts)
        .set(late_answer::Column::Mark, decided.mark.clone())
        .set(late_answer::Column::Reason, decided.reason.clone())
        .set(late_answer::Column::DecidedBy, decided.decided_by)
        .set(late_answer::Column::DecidedAt, ctx.now())
        .apply()
        .await?;
    let action = if decided.counts == Some(true) {
        "late-answer-counted"
    } else {
        "late-answer-not-counted"
    };
    let detail = json!({
        "position": decided.position,
        "arrived": decided.arrived_at,
        "by-policy": decided.decided_by.is_none(),
    });
    audit::note(tx, ctx, action, format!("attempt:{attempt}"), detail).await
}

/// Scores these answers of an attempt that waits for marks; what a person marks of them
/// waits with the rest, and what was to be marked and no longer is does not.
async fn count_before_the_marks(
    ctx: &Ctx,
    tx: &TenantTx,
    attempt: AttemptId,
    positions: &BTreeSet<i64>,
) -> Result<()> {
    let mut sitting = Sitting::locked(tx, attempt).await?;
    regrade::count_late(tx, &mut sitting, positions).await?;
    let mut waiting = Vec::new();
    for row in sitting
        .responses
        .iter()
        .filter(|row| positions.contains(&row.position))
    {
        let is_open = score_of(row)?.is_some_and(|it| it.verdict == Verdict::NeedsMarking);
        match open_piece(tx, &sitting, row.position).await? {
            None if is_open => waiting.push(row.position),
            Some(piece) if !is_open => {
                let it = marking::Column::Id.eq(piece.id);
                tx.remove::<marking::Entity>().filter(it).apply().await?;
            }
            None | Some(_) => {}
        }
    }
    enqueue(ctx, tx, &sitting, waiting).await?;
    complete(ctx, tx, &mut sitting).await
}
