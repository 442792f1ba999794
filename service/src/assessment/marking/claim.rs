//! Taking a piece of work to mark.

use std::time::Duration;

use domain::{
    assessment::{AttemptState, MarkingStage},
    id::{AssessmentId, AttemptId, ItemVersionId, MarkingId, PersonId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{attempt, marking},
};
use sea_orm::{ColumnTrait, Condition};

use super::draft::drop_drafts;
use crate::{Ctx, Error, Result};

/// Whoever takes a piece has it for so long; then others may.
const CLAIM: Duration = Duration::from_mins(30);
/// So many are looked at to find a free one.
const TRIED: u64 = 20;

/// Which piece is wanted next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// At which assessment.
    pub assessment: AssessmentId,
    /// Which question; none: any.
    pub question: Option<ItemVersionId>,
    /// One that has waited less long than this one; none: the one that has waited
    /// longest.
    pub after: Option<MarkingId>,
    /// One on which two assessors do not agree, instead of one to be marked.
    pub in_dispute: bool,
}

impl From<AssessmentId> for Wanted {
    fn from(assessment: AssessmentId) -> Self {
        Self {
            assessment,
            question: None,
            after: None,
            in_dispute: false,
        }
    }
}

/// What becomes of a mark that was begun, when its piece is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfinished {
    /// It is there when the same person takes the piece again.
    Keep,
    /// It goes.
    Drop,
}

/// Takes a piece, unless somebody else has it or it is not for this person: their
/// own work, or one that they have marked already.
///
/// Refused: `marking-taken`, `marking-own-work`, `marking-both`.
pub async fn claim(ctx: &Ctx, id: MarkingId) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    let row = held(&tx, id).await?;
    may_take(ctx, &tx, &row, marker).await?;
    take(ctx, &tx, id, marker).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the piece that has waited longest of those that are wanted; none if all are
/// taken, marked, or not for this person.
pub async fn claim_next(ctx: &Ctx, wanted: impl Into<Wanted> + Send) -> Result<Option<MarkingId>> {
    let wanted = wanted.into();
    let marker = marker(ctx)?;
    if wanted.in_dispute {
        ctx.require(Permission::Moderate)?;
    }
    let tx = ctx.write().await?;
    let mut rows = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AssessmentId.eq(wanted.assessment))
        .filter(turn_of(marker, wanted.in_dispute))
        .filter(marking::Column::AttemptId.is_not_in(own_attempts(&tx, marker).await?))
        .filter(is_free(ctx, marker));
    if let Some(question) = wanted.question {
        rows = rows.filter(marking::Column::ItemVersionId.eq(question));
    }
    if let Some(after) = wanted.after {
        let before = found(&tx, after).await?;
        let later = Condition::any()
            .add(marking::Column::QueuedAt.gt(before.queued_at))
            .add(
                Condition::all()
                    .add(marking::Column::QueuedAt.eq(before.queued_at))
                    .add(marking::Column::Id.gt(after)),
            );
        rows = rows.filter(later);
    }
    let rows = rows
        .asc(marking::Column::QueuedAt)
        .asc(marking::Column::Id)
        .limit(TRIED)
        .locked()
        .all()
        .await?;
    for row in rows {
        // The lock may have been waited for while another took it.
        match may_take(ctx, &tx, &row, marker).await {
            Ok(()) => {}
            Err(Error::Refused(_)) => continue,
            Err(cause) => return Err(cause),
        }
        take(ctx, &tx, row.id, marker).await?;
        tx.commit().await?;
        return Ok(Some(row.id));
    }
    Ok(None)
}

/// Gives a piece back unmarked.
pub async fn release(ctx: &Ctx, id: MarkingId, unfinished: Unfinished) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    tx.change::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .filter(marking::Column::ClaimedBy.eq(marker))
        .filter(marking::Column::MarkedAt.is_null())
        .set(marking::Column::ClaimedBy, None::<uuid::Uuid>)
        .set(marking::Column::ClaimedUntil, None::<i64>)
        .apply()
        .await?;
    if unfinished == Unfinished::Drop {
        drop_drafts(&tx, id, Some(marker)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The actor, who may mark.
pub(super) fn marker(ctx: &Ctx) -> Result<PersonId> {
    ctx.require(Permission::Mark)?;
    ctx.person()
}

/// The piece.
pub(super) async fn found(tx: &TenantTx, id: MarkingId) -> Result<marking::Model> {
    let row = tx.rows::<marking::Entity>().filter(marking::Column::Id.eq(id));
    row.one().await?.ok_or(Error::NotFound)
}

/// The piece, held until the transaction ends.
pub(super) async fn held(tx: &TenantTx, id: MarkingId) -> Result<marking::Model> {
    let row = tx.rows::<marking::Entity>().filter(marking::Column::Id.eq(id));
    row.locked().one().await?.ok_or(Error::NotFound)
}

/// The open pieces whose next mark is for this person to give: those in dispute, or
/// the others.
pub(super) fn turn_of(marker: PersonId, in_dispute: bool) -> Condition {
    use marking::Column::{FirstBy, MarkedAt, SecondBy, Stage};

    // Settled ones are kept apart by that in the index.
    let open = Condition::all().add(MarkedAt.is_null());
    if in_dispute {
        return open
            .add(Stage.eq(MarkingStage::Moderation))
            .add(FirstBy.ne(marker))
            .add(SecondBy.ne(marker));
    }
    let second = Condition::all()
        .add(Stage.eq(MarkingStage::Second))
        .add(FirstBy.ne(marker));
    open.add(Condition::any().add(Stage.eq(MarkingStage::First)).add(second))
}

/// The pieces that nobody else has at this moment.
pub(super) fn is_free(ctx: &Ctx, marker: PersonId) -> Condition {
    Condition::any()
        .add(marking::Column::ClaimedUntil.is_null())
        .add(marking::Column::ClaimedUntil.lte(ctx.now()))
        .add(marking::Column::ClaimedBy.eq(marker))
}

/// The attempts of which somebody else has to mark something.
pub(super) async fn own_attempts(tx: &TenantTx, person: PersonId) -> Result<Vec<AttemptId>> {
    let rows = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::PersonId.eq(person))
        .filter(attempt::Column::State.eq(AttemptState::Marking.as_str()))
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Whether this person may have the piece and give its next mark. What two do not
/// agree on does not exist for those who may not settle it.
pub(super) async fn may_take(ctx: &Ctx, tx: &TenantTx, row: &marking::Model, marker: PersonId) -> Result<()> {
    if row.stage == MarkingStage::Moderation {
        ctx.require(Permission::Moderate)?;
    }
    if whose(tx, row.attempt_id).await? == marker {
        return Err(Error::Refused("marking-own-work"));
    }
    if has_marked(row, marker) {
        return Err(Error::Refused("marking-both"));
    }
    let is_with_another = row.claimed_by.is_some_and(|by| by != marker)
        && row.claimed_until.is_some_and(|until| until > ctx.now());
    if row.stage == MarkingStage::Settled || is_with_another {
        return Err(Error::Refused("marking-taken"));
    }
    Ok(())
}

/// Whether the person has given one of its marks.
pub(super) fn has_marked(row: &marking::Model, person: PersonId) -> bool {
    [row.first_by, row.second_by, row.marked_by].contains(&Some(person))
}

/// Whose attempt it is.
pub(super) async fn whose(tx: &TenantTx, attempt: AttemptId) -> Result<PersonId> {
    let row = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::Id.eq(attempt))
        .one()
        .await?;
    Ok(row.ok_or(Error::NotFound)?.person_id)
}

/// From now on the marker has it.
pub(super) async fn take(ctx: &Ctx, tx: &TenantTx, id: MarkingId, marker: PersonId) -> Result<()> {
    tx.change::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .set(marking::Column::ClaimedBy, marker)
        .set(marking::Column::ClaimedUntil, ctx.now().after(CLAIM))
        .apply()
        .await?;
    Ok(())
}
