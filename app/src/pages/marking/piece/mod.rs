//! One piece of work, with the rubric it is marked by.

mod deed;
mod dispute;
mod page;
mod rubric;
mod work;

use std::collections::BTreeMap;

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use domain::{
    assessment::{Annotation, Criterion, Identifier, Mark, MarkingStage, Rubric},
    id::MarkingId,
};
use service::{
    Error, FieldError, FieldErrors,
    assessment::marking::{self, Piece, SavedComment, Unfinished, Wanted, Work},
};

use self::{
    deed::{Deed, Then},
    page::page,
    rubric::saved_field,
    work::place_field,
};
use crate::{
    failure::Failure,
    form::Form,
    in_path::{InPath, SentInPath},
    page::{Page, see_done, see_other},
    pages::course::deliver,
    ui::id_of,
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<MarkingId>) -> Result<Page, Failure> {
    let piece = marking::open(&place.ctx, id).await?;
    let comments = own_comments(&place, &piece).await?;
    let filled = filled(&piece);
    Ok(page(&place, piece, comments).filled(filled))
}

/// A file that was sent as an answer.
pub(super) async fn file(
    place: Member,
    SentInPath(id, file): SentInPath<MarkingId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let file = marking::file(&place.ctx, id, file).await?;
    deliver(&place.ctx, file, &headers).await
}

pub(super) async fn send(
    place: Member,
    InPath(id): InPath<MarkingId>,
    form: Form,
) -> Result<Response, Failure> {
    let piece = still_mine(&place, id).await?;
    match done(&place, &piece, &form).await {
        Ok(response) => Ok(response),
        // Two marks differ that the form was drawn without; what it says is kept.
        Err(Error::Stale) => Ok(see_done(
            &place.path(&format!("/teach/marking/{id}")),
            "marking-differs-now",
        )),
        Err(Error::Invalid(errors)) => {
            // It may be in dispute by now.
            let piece = marking::open(&place.ctx, id).await?;
            let comments = own_comments(&place, &piece).await?;
            Ok(page(&place, piece, comments)
                .returned(form, errors)
                .into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// The piece, taken once more if it was given back or its time ran out. Where
/// somebody else has it by now, that is what is said, and not that there is none.
async fn still_mine(place: &Member, id: MarkingId) -> Result<Piece, Error> {
    match marking::open(&place.ctx, id).await {
        Err(Error::NotFound) => {
            marking::claim(&place.ctx, id).await?;
            marking::open(&place.ctx, id).await
        }
        opened => opened,
    }
}

/// Does what the pressed button says. Unless it is to be dropped, nothing that was
/// typed is lost, not even a comment on a place that no button was pressed for.
async fn done(place: &Member, piece: &Piece, form: &Form) -> Result<Response, Error> {
    let (ctx, id) = (&place.ctx, piece.id);
    match Deed::of(form) {
        Deed::Mark => {
            let seen = form.parsed("stage").unwrap_or(MarkingStage::First);
            marking::mark(ctx, id, seen, with_notes(piece, form, None)).await?;
            after_mark(place, piece, form).await
        }
        Deed::Drop => {
            marking::release(ctx, id, Unfinished::Drop).await?;
            Ok(see_done(&place.path("/teach/marking"), "marking-released"))
        }
        Deed::Keep(then) => {
            let wanted = match &then {
                Then::Note(response) => Some(response),
                _ => None,
            };
            marking::keep_draft(ctx, id, with_notes(piece, form, wanted)).await?;
            after_keeping(place, piece, form, then).await
        }
    }
}

async fn after_keeping(place: &Member, piece: &Piece, form: &Form, then: Then) -> Result<Response, Error> {
    let (ctx, id) = (&place.ctx, piece.id);
    let queue = place.path("/teach/marking");
    let here = format!("{queue}/{id}");
    let back_to = |field: String| see_other(&format!("{here}#{}", id_of(&field)));
    match then {
        Then::Stay => Ok(see_done(&here, "marking-draft-kept")),
        Then::Release => {
            marking::release(ctx, id, Unfinished::Keep).await?;
            Ok(see_done(&queue, "marking-released"))
        }
        Then::Skip => {
            marking::release(ctx, id, Unfinished::Keep).await?;
            let after = Wanted {
                after: Some(id),
                ..wanted(piece)
            };
            Ok(match marking::claim_next(ctx, after).await? {
                Some(next) => see_other(&format!("{queue}/{next}")),
                None => see_done(&queue, "marking-none-after"),
            })
        }
        Then::Insert(response) => {
            insert(place, piece, form, &response).await?;
            Ok(back_to(format!("{response}.comment")))
        }
        Then::SaveComment(response) => {
            let field = format!("{response}.comment");
            let kept = marking::keep_comment(ctx, ctx.new_id(), form.text(&field)).await;
            kept.map_err(|error| at_field(error, &field))?;
            Ok(see_done(&here, "marking-comment-kept"))
        }
        Then::Note(response) => Ok(back_to(place_field(&response, "all"))),
        Then::RemoveNote(response, key) => {
            let said = piece.draft.get(&response);
            let mut said = said.into_iter().flat_map(|mark| &mark.annotations);
            if let Some(annotation) = said.find(|annotation| annotation.key() == key) {
                marking::remove_annotation(ctx, id, &response, annotation).await?;
            }
            Ok(back_to(place_field(&response, "all")))
        }
    }
}

/// What the form says of each text, and of places in it: wherever something was typed
/// of one, and where it is `wanted`.
fn with_notes(piece: &Piece, form: &Form, wanted: Option<&Identifier>) -> BTreeMap<Identifier, Mark> {
    let mut said = marks(piece, form);
    for work in &piece.works {
        let field = |name: &str| place_field(&work.response, name);
        let comment = form.text(&field("note")).replace("\r\n", "\n");
        if comment.trim().is_empty() && wanted != Some(&work.response) {
            continue;
        }
        let number = |name: &str| form.parsed(&field(name)).unwrap_or(0);
        let new = Annotation::on_sentences(&work.text, number("from"), number("to"), comment);
        if let Some(mark) = said.get_mut(&work.response) {
            mark.annotations.push(new);
        }
    }
    said
}

/// Another piece of the same question: whoever marks one question through is fairer
/// than who marks one learner through.
fn wanted(piece: &Piece) -> Wanted {
    Wanted {
        question: piece.question,
        in_dispute: piece.in_dispute.is_some(),
        ..Wanted::from(piece.assessment)
    }
}

async fn after_mark(place: &Member, piece: &Piece, form: &Form) -> Result<Response, Error> {
    let queue = place.path("/teach/marking");
    if form.text("then") != "next" {
        return Ok(see_done(&queue, "marking-marked"));
    }
    // First those after this one: what was left for later comes when they are done.
    let after = Wanted {
        after: Some(piece.id),
        ..wanted(piece)
    };
    let next = match marking::claim_next(&place.ctx, after).await? {
        None => marking::claim_next(&place.ctx, wanted(piece)).await?,
        next => next,
    };
    Ok(match next {
        Some(next) => see_done(&format!("{queue}/{next}"), "marking-marked"),
        None => see_done(&queue, "marking-marked-last"),
    })
}

/// Adds the chosen one of the assessor's own comments to what they have written.
async fn insert(place: &Member, piece: &Piece, form: &Form, response: &Identifier) -> Result<(), Error> {
    let field = saved_field(response);
    let comments = marking::comments(&place.ctx, "").await?;
    let chosen = comments
        .into_iter()
        .find(|comment| comment.id.to_string() == form.text(&field));
    let Some(chosen) = chosen else {
        return Err(at_field(Error::field("saved", "comment-not-chosen"), &field));
    };
    let mut said = marks(piece, form);
    if let Some(mark) = said.get_mut(response) {
        let written = mark.comment.trim_end();
        mark.comment = if written.is_empty() {
            chosen.text
        } else {
            format!("{written}\n\n{}", chosen.text)
        };
    }
    // What was typed alone was not too long.
    let kept = marking::keep_draft(&place.ctx, piece.id, said).await;
    kept.map_err(|error| at_field(error, &field))
}

/// The same reasons, at another field.
pub(super) fn at_field(error: Error, field: &str) -> Error {
    match error {
        Error::Invalid(errors) => {
            let mut moved = FieldErrors::default();
            for error in &errors {
                moved.push(FieldError {
                    field: field.to_owned(),
                    ..error.clone()
                });
            }
            Error::Invalid(moved)
        }
        other => other,
    }
}

async fn own_comments(place: &Member, piece: &Piece) -> Result<Vec<SavedComment>, Error> {
    if piece.mark.is_some() {
        return Ok(Vec::new());
    }
    marking::comments(&place.ctx, "").await
}

/// What the form says of each text.
fn marks(piece: &Piece, form: &Form) -> BTreeMap<Identifier, Mark> {
    let mark = |work: &Work| (work.response.clone(), mark(&work.response, &work.rubric, form));
    piece.works.iter().map(mark).collect()
}

/// What the form says of a response, by its rubric.
pub(crate) fn mark(response: &Identifier, rubric: &Rubric, form: &Form) -> Mark {
    let level = |criterion: &Criterion| {
        let level = form.parsed(&field(response, criterion.identifier.as_str()))?;
        Some((criterion.identifier.clone(), level))
    };
    Mark {
        levels: rubric.criteria.iter().filter_map(level).collect(),
        comment: form.text(&field(response, "comment")).replace("\r\n", "\n"),
        ..Mark::default()
    }
}

/// The fields of a mark that was given, or of one that was begun.
fn filled(piece: &Piece) -> Form {
    let mut fields = Vec::new();
    for (response, mark) in said(piece) {
        for (criterion, level) in &mark.levels {
            fields.push((format!("{response}.{criterion}"), level.to_string()));
        }
        fields.push((format!("{response}.comment"), mark.comment.clone()));
    }
    Form::filled(fields)
}

/// What the actor has said of the piece so far.
fn said(piece: &Piece) -> &BTreeMap<Identifier, Mark> {
    piece.mark.as_ref().map_or(&piece.draft, |mark| &mark.marks)
}

fn field(response: &Identifier, name: &str) -> String {
    format!("{response}.{name}")
}
