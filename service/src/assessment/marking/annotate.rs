//! Saying something of a place in a text.

use domain::{
    assessment::{Annotation, Identifier, Response},
    id::MarkingId,
};

use super::{
    claim::marker,
    draft::{add, draft_of, store, taken_again},
    stored::text_of,
};
use crate::{Ctx, FieldErrors, Result};

/// Adds what is newly said of places in a learner's text to what was `said` before.
/// Said twice, it is there once. Fields of errors are `place:{response}:from` and
/// `place:{response}:note`.
pub(super) fn add_annotations(
    answer: &Response,
    response: &Identifier,
    said: &mut Vec<Annotation>,
    new: Vec<Annotation>,
    errors: &mut FieldErrors,
) {
    let text = text_of(answer, response);
    for annotation in new {
        if said.contains(&annotation) {
            continue;
        }
        let faults = annotation.check(&text, said.len());
        if faults.is_empty() {
            said.push(annotation);
        } else {
            add(errors, &format!("place:{response}:"), faults);
        }
    }
    // As they are read: from the beginning of the text on.
    said.sort_by_key(|annotation| (annotation.start, annotation.end));
}

/// Takes back what somebody said of a place, while their mark is not given. Taken
/// back twice, it is gone once. Refused: as [`claim`](super::claim()).
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
