//! Marks that are begun and not given: kept for who began them, as long as the piece
//! is open, whether they still have it or not.

use std::collections::BTreeMap;

use domain::{
    assessment::{FieldFault, Identifier, Item, Mark, Response, Rubric},
    id::{MarkingId, PersonId},
};
use entity::{
    TenantTx,
    assessment::{marking, marking_draft},
};
use sea_orm::ColumnTrait;

use super::{
    annotate::add_annotations,
    claim::{held, marker, may_take, take},
    piece::rubrics,
};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::attempt::{Sitting, answer_of},
};

/// What was asked where a piece is the answer, and what was answered.
pub(super) struct Asked {
    /// The item.
    pub(super) item: Item,
    /// The learner's answer to it.
    pub(super) answer: Response,
}

impl Asked {
    /// Of a piece, of an attempt.
    pub(super) async fn of(tx: &TenantTx, sitting: &Sitting, row: &marking::Model) -> Result<Self> {
        let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
        Ok(Self {
            item: sitting.item(tx, position).await?,
            answer: answer_of(sitting.response(position)?)?,
        })
    }
}

/// Keeps what somebody has said of a piece so far: levels and comments, any of them
/// missing, and what is said of places in its texts besides what was said of others.
/// From now on they have the piece for another while.
///
/// Fields of errors are those of [`mark`](super::mark()). Refused: as
/// [`claim`](super::claim()), for instance where somebody else has it by now.
pub async fn keep_draft(ctx: &Ctx, id: MarkingId, marks: BTreeMap<Identifier, Mark>) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    let row = taken_again(ctx, &tx, id, marker).await?;
    let asked = asked(&tx, &row).await?;
    keep(ctx, &tx, &asked, id, marker, marks).await?;
    tx.commit().await?;
    Ok(())
}

/// As [`keep_draft`], without having been asked to: only for who has the piece still.
/// What they have given back, and dropped, must not come again because it was on the
/// way. `said` tells what is said of a response, which has that rubric.
///
/// Refused: as [`claim`](super::claim()), and `marking-taken` where they have given it
/// back.
pub async fn autosave(
    ctx: &Ctx,
    id: MarkingId,
    said: impl Fn(&Identifier, &Rubric) -> Mark + Send,
) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    let row = held(&tx, id).await?;
    if row.claimed_by != Some(marker) {
        return Err(Error::Refused("marking-taken"));
    }
    may_take(ctx, &tx, &row, marker).await?;
    take(ctx, &tx, id, marker).await?;
    let asked = asked(&tx, &row).await?;
    let marks = rubrics(&asked.item)
        .map(|(response, rubric)| (response.clone(), said(response, rubric)))
        .collect();
    keep(ctx, &tx, &asked, id, marker, marks).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps what is said now with what was begun.
pub(super) async fn keep(
    ctx: &Ctx,
    tx: &TenantTx,
    asked: &Asked,
    id: MarkingId,
    marker: PersonId,
    marks: BTreeMap<Identifier, Mark>,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    let draft = with_said(asked, draft_of(tx, id, marker).await?, marks, &mut errors);
    for (response, rubric) in rubrics(&asked.item) {
        if let Some(mark) = draft.get(response) {
            let faults = rubric.draft_faults(response, mark);
            add(&mut errors, &format!("{response}."), faults);
        }
    }
    errors.check()?;
    store(ctx, tx, id, marker, &draft).await
}

/// What was begun, with what is said now: other levels and another comment, and what
/// is newly said of places.
pub(super) fn with_said(
    asked: &Asked,
    mut begun: BTreeMap<Identifier, Mark>,
    mut marks: BTreeMap<Identifier, Mark>,
    errors: &mut FieldErrors,
) -> BTreeMap<Identifier, Mark> {
    for (response, _) in rubrics(&asked.item) {
        let Some(mark) = marks.remove(response) else {
            continue;
        };
        let said = begun.entry(response.clone()).or_default();
        said.levels = mark.levels;
        said.comment = mark.comment;
        add_annotations(
            &asked.answer,
            response,
            &mut said.annotations,
            mark.annotations,
            errors,
        );
    }
    begun
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

/// What was asked where the piece is the answer, and what was answered.
async fn asked(tx: &TenantTx, row: &marking::Model) -> Result<Asked> {
    let sitting = Sitting::any(tx, row.attempt_id).await?;
    Asked::of(tx, &sitting, row).await
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
