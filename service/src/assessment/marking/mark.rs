//! Giving a mark.

use std::collections::BTreeMap;

use domain::{
    assessment::{Identifier, Item, Mark, MarkingStage, mark as score_by},
    id::{MarkingId, PersonId},
};
use entity::{TenantTx, assessment::marking};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{
    StoredMark,
    claim::{found, held, marker, may_take, take, whose},
    double::kept_in_force,
    draft::{Asked, add, draft_of, drop_drafts, keep, with_said},
    piece::{own_mark, rubrics},
    stand::stands,
};
use crate::{Ctx, Error, FieldErrors, Result, assessment::attempt::Sitting, audit, tenancy};

/// What a mark leads to.
enum Outcome {
    /// It waits for the second assessor.
    Second,
    /// It waits for somebody who settles it.
    Dispute,
    /// This mark stands, given by that person.
    Stands(StoredMark, PersonId),
}

/// Marks a piece: a level for each criterion, a comment, and what is said of places in
/// its texts besides what the assessor has said of others before. Where two have to
/// mark it, the first mark waits for the second. If they agree the first stands, else
/// somebody else settles it, by marking it in turn. The last piece of an attempt whose
/// mark stands completes it: evidence, decisions and awards follow in the same
/// transaction, and the learner gets a mail.
///
/// `seen` is the stage in which the assessor saw the piece: where two marks differ
/// that they did not see yet, theirs is kept as a draft and the error is
/// [`Error::Stale`]. `marks` has one entry for each response that a person marks.
/// Fields of errors are `{response}.{criterion}`, `{response}.comment`,
/// `place:{response}:from` and `place:{response}:note`. Sent twice, it is one mark.
/// Refused: `marking-taken`, `marking-own-work`, and `marking-both` where they have
/// given another one before.
pub async fn mark(
    ctx: &Ctx,
    id: MarkingId,
    seen: MarkingStage,
    marks: BTreeMap<Identifier, Mark>,
) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    // The learner first, then what is theirs: the order in which all take turns.
    let attempt = found(&tx, id).await?.attempt_id;
    let learner = whose(&tx, attempt).await?;
    tenancy::hold_member(&tx, learner).await?;
    let mut sitting = Sitting::locked(&tx, attempt).await?;
    let row = held(&tx, id).await?;
    if let Some(own) = own_mark(&row, marker)? {
        return if own.says(&marks) {
            Ok(())
        } else {
            Err(Error::Refused("marking-both"))
        };
    }
    may_take(ctx, &tx, &row, marker).await?;
    let asked = Asked::of(&tx, &sitting, &row).await?;
    if row.stage == MarkingStage::Moderation && seen != MarkingStage::Moderation {
        take(ctx, &tx, id, marker).await?;
        keep(ctx, &tx, &asked, id, marker, marks).await?;
        tx.commit().await?;
        return Err(Error::Stale);
    }
    let begun = draft_of(&tx, id, marker).await?;
    let given = read(&asked, marks, begun)?;
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
    match outcome(ctx, &tx, &row, &asked, marker, given).await? {
        Outcome::Second | Outcome::Dispute => {
            // What the other began is theirs to go on with.
            drop_drafts(&tx, id, Some(marker)).await?;
        }
        Outcome::Stands(standing, by) => {
            stands(ctx, &tx, &mut sitting, &row, &asked.item, &standing, by).await?;
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
    asked: &Asked,
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
    // Until this mark is stored: else a piece could come to wait for a second mark
    // when those that are not drawn any longer have been settled.
    let double = kept_in_force(tx, row.assessment_id).await?;
    match row.stage {
        // A larger share holds for later pieces, a smaller one for all.
        MarkingStage::First if row.is_double && double.draws(row.id) => {
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
            if double.agree(rubrics(&asked.item), &first.marks, &given.marks) {
                return Ok(Outcome::Stands(first, by));
            }
            free(MarkingStage::Moderation).apply().await?;
            Ok(Outcome::Dispute)
        }
        MarkingStage::First | MarkingStage::Moderation => Ok(Outcome::Stands(given, marker)),
        MarkingStage::Settled => Err(Error::Refused("marking-taken")),
    }
}

/// The marks as they are stored: those given, with what was said of places before.
fn read(
    asked: &Asked,
    mut marks: BTreeMap<Identifier, Mark>,
    begun: BTreeMap<Identifier, Mark>,
) -> Result<StoredMark> {
    let mut errors = FieldErrors::default();
    for (response, _) in rubrics(&asked.item) {
        marks.entry(response.clone()).or_default();
    }
    let said = with_said(asked, begun, marks, &mut errors);
    let stored = stored(&asked.item, said, "", &mut errors);
    errors.check()?;
    Ok(stored)
}

/// The marks as they are stored, without those that something is wrong with, which is
/// said at fields that begin with `prefix`.
pub(crate) fn stored(
    item: &Item,
    mut said: BTreeMap<Identifier, Mark>,
    prefix: &str,
    errors: &mut FieldErrors,
) -> StoredMark {
    let mut stored = StoredMark {
        marks: BTreeMap::new(),
        level: u8::MAX,
    };
    for (response, rubric) in rubrics(item) {
        let given = said.remove(response).unwrap_or_default();
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
