//! Marks that are begun and not given: kept for who began them, as long as the piece
//! is open, whether they still have it or not.

use std::collections::BTreeMap;

use domain::{
    assessment::{FieldFault, Identifier, Item, Mark},
    id::{MarkingId, PersonId},
};
use entity::{
    TenantTx,
    assessment::{marking, marking_draft},
};
use sea_orm::ColumnTrait;

use super::{
    claim::{held, marker, may_take, take},
    piece::rubrics,
};
use crate::{Ctx, Error, FieldErrors, Result, assessment::attempt::Sitting};

/// Keeps what somebody has said of a piece so far: levels and comments, any of them
/// missing. What they said of places in its texts stays as it is. From now on they
/// have the piece for another while.
///
/// Fields of errors are those of [`mark`](super::mark). Refused: as
/// [`claim`](super::claim), for instance where somebody else has it by now.
pub async fn keep_draft(ctx: &Ctx, id: MarkingId, marks: BTreeMap<Identifier, Mark>) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    let row = taken_again(ctx, &tx, id, marker).await?;
    let item = item_of(&tx, &row).await?;
    let mut draft = draft_of(&tx, id, marker).await?;
    let mut errors = FieldErrors::default();
    let mut given = marks;
    for (response, rubric) in rubrics(&item) {
        let Some(mark) = given.remove(response) else {
            continue;
        };
        add(
            &mut errors,
            &format!("{response}."),
            rubric.draft_faults(response, &mark),
        );
        let kept = draft.entry(response.clone()).or_default();
        kept.levels = mark.levels;
        kept.comment = mark.comment;
    }
    errors.check()?;
    store(ctx, &tx, id, marker, &draft).await?;
    tx.commit().await?;
    Ok(())
}

/// The piece, held and taken once more by who has it, had it, or may have it.
pub(super) async fn taken_again(
    ctx: &Ctx,
    tx: &TenantTx,
    id: MarkingId,
    marker: PersonId,
) -> Result<marking::Model> {
    let row = held(tx, id).await?;
    may_take(ctx, tx, &row, marker).await?;
    take(ctx, tx, id, marker).await?;
    Ok(row)
}

/// What was asked where the piece is the answer.
pub(super) async fn item_of(tx: &TenantTx, row: &marking::Model) -> Result<Item> {
    let sitting = Sitting::any(tx, row.attempt_id).await?;
    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    sitting.item(tx, position).await
}

/// What this person has begun to say of a piece; nothing if they have not.
pub(super) async fn draft_of(
    tx: &TenantTx,
    id: MarkingId,
    person: PersonId,
) -> Result<BTreeMap<Identifier, Mark>> {
    let row = tx
        .rows::<marking_draft::Entity>()
        .filter(marking_draft::Column::MarkingId.eq(id))
        .filter(marking_draft::Column::PersonId.eq(person))
        .one()
        .await?;
    Ok(match row {
        Some(row) => serde_json::from_str(&row.content)?,
        None => BTreeMap::new(),
    })
}

/// Keeps what was begun; nothing, where nothing was said.
pub(super) async fn store(
    ctx: &Ctx,
    tx: &TenantTx,
    id: MarkingId,
    person: PersonId,
    draft: &BTreeMap<Identifier, Mark>,
) -> Result<()> {
    use marking_draft::Column::{Content, MarkingId, PersonId, SavedAt, TenantId};

    if draft.values().all(|mark| *mark == Mark::default()) {
        return drop_drafts(tx, id, Some(person)).await;
    }
    let row = marking_draft::Model {
        tenant_id: ctx.tenant(),
        marking_id: id,
        person_id: person,
        content: serde_json::to_string(draft)?,
        saved_at: ctx.now(),
    };
    tx.upsert::<marking_draft::Entity>(row, [TenantId, MarkingId, PersonId], [Content, SavedAt])
        .await?;
    Ok(())
}

/// What one has begun to say of a piece goes, or what all have.
pub(super) async fn drop_drafts(tx: &TenantTx, id: MarkingId, of: Option<PersonId>) -> Result<()> {
    let mut drafts = tx
        .remove::<marking_draft::Entity>()
        .filter(marking_draft::Column::MarkingId.eq(id));
    if let Some(person) = of {
        drafts = drafts.filter(marking_draft::Column::PersonId.eq(person));
    }
    drafts.apply().await?;
    Ok(())
}

/// What is wrong, at the fields whose names begin with `prefix`.
pub(super) fn add(errors: &mut FieldErrors, prefix: &str, faults: Vec<FieldFault>) {
    for fault in faults {
        let max = fault.args.get("max").cloned().unwrap_or_default();
        let field = format!("{prefix}{}", fault.field);
        errors.add_with(field, format!("answer-{}", fault.code), [("max", max)]);
    }
}
