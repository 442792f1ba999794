//! Giving a mark.

use std::collections::BTreeMap;

use domain::{
    assessment::{Identifier, Item, Mark, MarkingStage, Score, mark as score_by},
    id::{AttemptId, MarkingId, PersonId},
};
use entity::{TenantTx, assessment::marking};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{
    StoredMark,
    claim::{found, has_marked, held, marker, may_take, whose},
    double::in_force,
    draft::{add, draft_of, drop_drafts},
    piece::rubrics,
};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::{
        attempt::{Sitting, conclude, store},
        regrade, tell,
    },
    audit,
    mail::Message,
    tenancy,
};

/// What a mark leads to.
enum Outcome {
    /// It waits for the second assessor.
    Second,
    /// It waits for somebody who settles it.
    Dispute,
    /// This mark stands, given by that person.
    Stands(StoredMark, PersonId),
}

/// Marks a piece: a level for each criterion, and a comment; what was said of places
/// in its texts is taken from what the assessor has begun. Where two have to mark it,
/// the first mark waits for the second. If they agree the first stands, else somebody
/// else settles it, by marking it in turn. The last piece of an attempt whose mark
/// stands completes it: evidence, decisions and awards follow in the same transaction,
/// and the learner gets a mail.
///
/// `marks` has one entry for each response that a person marks. Fields of
/// errors are `{response}.{criterion}`, and `{response}.comment`. Sent twice,
/// it is one mark. Refused: `marking-taken`, `marking-own-work`.
pub async fn mark(ctx: &Ctx, id: MarkingId, marks: BTreeMap<Identifier, Mark>) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    // The learner first, then what is theirs: the order in which all take turns.
    let attempt = found(&tx, id).await?.attempt_id;
    let learner = whose(&tx, attempt).await?;
    tenancy::hold_member(&tx, learner).await?;
    let mut sitting = Sitting::locked(&tx, attempt).await?;
    let row = held(&tx, id).await?;
    if has_marked(&row, marker) {
        return Ok(());
    }
    may_take(ctx, &tx, &row, marker).await?;

    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let item = sitting.item(&tx, position).await?;
    let begun = draft_of(&tx, id, marker).await?;
    let mut errors = FieldErrors::default();
    let given = read(&item, marks, &begun, "", &mut errors);
    errors.check()?;
    audit::note(
        &tx,
        ctx,
        if row.stage == MarkingStage::Moderation {
            "work-moderated"
        } else {
            "work-marked"
        },
        format!("marking:{id}"),
        json!({ "level": given.level }),
    )
    .await?;
    match outcome(ctx, &tx, &row, &item, marker, given).await? {
        Outcome::Second | Outcome::Dispute => {
            // What the other began is theirs to go on with.
            drop_drafts(&tx, id, Some(marker)).await?;
        }
        Outcome::Stands(standing, by) => {
            let response = sitting.responses.get_mut(position).ok_or(Error::NotFound)?;
            let scored: Score = response
                .score
                .as_deref()
                .map(serde_json::from_str)
                .transpose()?
                .ok_or(Error::Stale)?;
            store(&tx, response, &with_marks(scored, &item, &standing)?).await?;
            settle(ctx, &tx, id, &standing, by).await?;
            drop_drafts(&tx, id, None).await?;
            if open_pieces(&tx, attempt).await? == 0 {
                regrade::put_right(&tx, &mut sitting).await?;
                tell(ctx, &tx, &sitting).await?;
                conclude(ctx, &tx, &sitting).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Stores what the mark is in the order of marks, and says what it leads to.
async fn outcome(
    ctx: &Ctx,
    tx: &TenantTx,
    row: &marking::Model,
    item: &Item,
    marker: PersonId,
    given: StoredMark,
) -> Result<Outcome> {
    use marking::Column::{
        ClaimedBy, ClaimedUntil, FirstAt, FirstBy, FirstMark, Id, SecondAt, SecondBy, SecondMark, Stage,
    };

    let stored = serde_json::to_string(&given)?;
    let change = tx.change::<marking::Entity>().filter(Id.eq(row.id));
    let free = |stage: MarkingStage| {
        tx.change::<marking::Entity>()
            .filter(Id.eq(row.id))
            .set(Stage, stage)
            .set(ClaimedBy, None::<uuid::Uuid>)
            .set(ClaimedUntil, None::<i64>)
    };
    match row.stage {
        MarkingStage::First if row.is_double => {
            change
                .set(FirstMark, stored)
                .set(FirstBy, marker)
                .set(FirstAt, ctx.now())
                .apply()
                .await?;
            free(MarkingStage::Second).apply().await?;
            Ok(Outcome::Second)
        }
        MarkingStage::Second => {
            change
                .set(SecondMark, stored)
                .set(SecondBy, marker)
                .set(SecondAt, ctx.now())
                .apply()
                .await?;
            let first = StoredMark::read(row.first_mark.as_deref())?.ok_or(Error::Stale)?;
            let by = row.first_by.ok_or(Error::Stale)?;
            let double = in_force(tx, row.assessment_id).await?;
            if double.agree(rubrics(item), &first.marks, &given.marks) {
                return Ok(Outcome::Stands(first, by));
            }
            free(MarkingStage::Moderation).apply().await?;
            Ok(Outcome::Dispute)
        }
        MarkingStage::First | MarkingStage::Moderation => Ok(Outcome::Stands(given, marker)),
        MarkingStage::Settled => Err(Error::Refused("marking-taken")),
    }
}

/// This mark stands from now on.
async fn settle(ctx: &Ctx, tx: &TenantTx, id: MarkingId, mark: &StoredMark, by: PersonId) -> Result<()> {
    tx.change::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .set(marking::Column::Stage, MarkingStage::Settled)
        .set(marking::Column::Mark, serde_json::to_string(mark)?)
        .set(marking::Column::MarkedBy, by)
        .set(marking::Column::MarkedAt, ctx.now())
        .apply()
        .await?;
    Ok(())
}

async fn open_pieces(tx: &TenantTx, attempt: AttemptId) -> Result<u64> {
    Ok(tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AttemptId.eq(attempt))
        .filter(marking::Column::MarkedAt.is_null())
        .count()
        .await?)
}

/// The marks as they are stored: those given, with what was said of places before; and
/// what is wrong with them, at fields that begin with `prefix`.
fn read(
    item: &Item,
    mut marks: BTreeMap<Identifier, Mark>,
    begun: &BTreeMap<Identifier, Mark>,
    prefix: &str,
    errors: &mut FieldErrors,
) -> StoredMark {
    let mut stored = StoredMark {
        marks: BTreeMap::new(),
        level: u8::MAX,
    };
    for (response, rubric) in rubrics(item) {
        let mut given = marks.remove(response).unwrap_or_default();
        given.annotations = begun
            .get(response)
            .map(|mark| mark.annotations.clone())
            .unwrap_or_default();
        match score_by(response, rubric, &given) {
            Ok(_) => {
                stored.level = stored.level.min(rubric.lowest_level(&given));
                stored.marks.insert(response.clone(), given);
            }
            Err(faults) => add(errors, &format!("{prefix}{response}."), faults),
        }
    }
    stored
}

/// The score with these marks in it, and the marks as they are stored; without those
/// that something is wrong with, which is said at fields that begin with `prefix`.
pub(crate) fn apply(
    score: Score,
    item: &Item,
    marks: BTreeMap<Identifier, Mark>,
    prefix: &str,
    errors: &mut FieldErrors,
) -> (Score, StoredMark) {
    let stored = read(item, marks, &BTreeMap::new(), prefix, errors);
    let scored = with_marks(score.clone(), item, &stored).unwrap_or(score);
    (scored, stored)
}

/// The score with the marks in it.
fn with_marks(mut score: Score, item: &Item, standing: &StoredMark) -> Result<Score> {
    let none = Mark::default();
    for (response, rubric) in rubrics(item) {
        let given = standing.marks.get(response).unwrap_or(&none);
        let marked = score_by(response, rubric, given).map_err(|_| Error::Stale)?;
        score = score.with_mark(marked);
    }
    Ok(score)
}

async fn tell(ctx: &Ctx, tx: &TenantTx, sitting: &Sitting) -> Result<()> {
    let assessment = sitting.assessment.title.clone();
    let say = |name, link| Message::AttemptMarked {
        name,
        assessment,
        link,
    };
    tell::tell(ctx, tx, sitting.row.person_id, sitting.row.id, say).await
}
