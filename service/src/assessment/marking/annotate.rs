//! Saying something of a place in a text.

use domain::{
    assessment::{Annotation, Identifier},
    id::MarkingId,
};

use super::{
    claim::marker,
    draft::{add, draft_of, store, taken_again},
    piece::rubrics,
    stored::text_of,
};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::attempt::{Sitting, answer_of},
};

/// Adds what somebody says of a place in a text to the mark that they have begun.
///
/// Fields of errors are `{response}:from` and `{response}:note`. Refused: as
/// [`claim`](super::claim). Said twice, it is there once.
pub async fn annotate(ctx: &Ctx, id: MarkingId, response: &Identifier, new: Annotation) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    let row = taken_again(ctx, &tx, id, marker).await?;
    let sitting = Sitting::any(&tx, row.attempt_id).await?;
    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let item = sitting.item(&tx, position).await?;
    if rubrics(&item).all(|(marked, _)| marked != response) {
        return Err(Error::NotFound);
    }
    let text = text_of(&answer_of(sitting.response(position)?)?, response);
    let mut draft = draft_of(&tx, id, marker).await?;
    let all = &mut draft.entry(response.clone()).or_default().annotations;
    if all.contains(&new) {
        return Ok(());
    }
    let mut errors = FieldErrors::default();
    add(&mut errors, &format!("{response}:"), new.check(&text, all.len()));
    errors.check()?;
    all.push(new);
    // As they are read: from the beginning of the text on.
    all.sort_by_key(|annotation| (annotation.start, annotation.end));
    store(ctx, &tx, id, marker, &draft).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes back what somebody said of a place, while their mark is not given.
/// Refused: as [`claim`](super::claim).
pub async fn remove_annotation(
    ctx: &Ctx,
    id: MarkingId,
    response: &Identifier,
    said: &Annotation,
) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    taken_again(ctx, &tx, id, marker).await?;
    let mut draft = draft_of(&tx, id, marker).await?;
    if let Some(mark) = draft.get_mut(response) {
        mark.annotations.retain(|annotation| annotation != said);
    }
    store(ctx, &tx, id, marker, &draft).await?;
    tx.commit().await?;
    Ok(())
}
