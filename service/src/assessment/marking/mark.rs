//! Giving a mark.

use std::collections::BTreeMap;

use domain::{
    assessment::{FieldFault, Identifier, Item, Mark, Rubric, Score, Scoring, mark as score_by},
    id::{AttemptId, MarkingId},
};
use entity::{TenantTx, assessment::marking};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{
    StoredMark,
    claim::{held, is_own_work, is_with_another, marker, whose},
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

/// Marks a piece: a level for each criterion, and a comment. The last piece of
/// an attempt completes it: evidence, decisions and awards follow in the same
/// transaction, and the learner gets a mail.
///
/// `marks` has one entry for each response that a person marks. Fields of
/// errors are `{response}.{criterion}`, and `{response}.comment`. Sent twice,
/// it is one mark. Refused: `marking-taken`, `marking-own-work`.
pub async fn mark(ctx: &Ctx, id: MarkingId, marks: BTreeMap<Identifier, Mark>) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    // The learner first, then what is theirs: the order in which all take turns.
    let attempt = attempt_of(&tx, id).await?;
    let learner = whose(&tx, attempt).await?;
    tenancy::hold_member(&tx, learner).await?;
    let mut sitting = Sitting::locked(&tx, attempt).await?;
    let row = held(&tx, id).await?;
    if row.marked_by == Some(marker) {
        return Ok(());
    }
    if is_own_work(&tx, &row, marker).await? {
        return Err(Error::Refused("marking-own-work"));
    }
    if row.marked_at.is_some() || is_with_another(ctx, &row, marker) {
        return Err(Error::Refused("marking-taken"));
    }

    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let item = sitting.item(&tx, position).await?;
    let response = sitting.responses.get_mut(position).ok_or(Error::NotFound)?;
    let scored: Score = response
        .score
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?
        .ok_or(Error::Stale)?;
    let mut errors = FieldErrors::default();
    let (scored, mark) = apply(scored, &item, marks, "", &mut errors);
    errors.check()?;
    store(&tx, response, &scored).await?;
    tx.change::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .set(marking::Column::Mark, serde_json::to_string(&mark)?)
        .set(marking::Column::MarkedBy, marker)
        .set(marking::Column::MarkedAt, ctx.now())
        .apply()
        .await?;
    audit::note(
        &tx,
        ctx,
        "work-marked",
        format!("marking:{id}"),
        json!({ "level": mark.level }),
    )
    .await?;
    let open = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AttemptId.eq(attempt))
        .filter(marking::Column::MarkedAt.is_null())
        .count()
        .await?;
    if open == 0 {
        regrade::put_right(&tx, &mut sitting).await?;
        tell(ctx, &tx, &sitting).await?;
        conclude(ctx, &tx, &sitting).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn attempt_of(tx: &TenantTx, id: MarkingId) -> Result<AttemptId> {
    let row = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .one()
        .await?;
    Ok(row.ok_or(Error::NotFound)?.attempt_id)
}

/// What of an item a person marks, and by what.
pub(crate) fn rubrics(item: &Item) -> impl Iterator<Item = (&Identifier, &Rubric)> {
    item.responses
        .iter()
        .filter_map(|declaration| match &declaration.scoring {
            Scoring::Rubric(rubric) => Some((&declaration.identifier, rubric)),
            _ => None,
        })
}

/// The score with the marks in it, and the marks as they are stored; with what is wrong
/// with them, at fields that begin with `prefix`.
pub(crate) fn apply(
    mut score: Score,
    item: &Item,
    mut marks: BTreeMap<Identifier, Mark>,
    prefix: &str,
    errors: &mut FieldErrors,
) -> (Score, StoredMark) {
    let mut stored = StoredMark {
        marks: BTreeMap::new(),
        level: u8::MAX,
    };
    for (response, rubric) in rubrics(item) {
        let given = marks.remove(response).unwrap_or_default();
        match score_by(response, rubric, &given) {
            Ok(marked) => {
                score = score.with_mark(marked);
                stored.level = stored.level.min(rubric.lowest_level(&given));
                stored.marks.insert(response.clone(), given);
            }
            Err(faults) => add(errors, &format!("{prefix}{response}"), faults),
        }
    }
    (score, stored)
}

fn add(errors: &mut FieldErrors, response: &str, faults: Vec<FieldFault>) {
    for fault in faults {
        let max = fault.args.get("max").cloned().unwrap_or_default();
        let field = format!("{response}.{}", fault.field);
        errors.add_with(field, format!("answer-{}", fault.code), [("max", max)]);
    }
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
