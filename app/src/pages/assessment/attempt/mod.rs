//! The questions of an attempt, one to a page or all on one. Every way out of
//! the page is a button of its form, so that nothing typed is lost.

mod fields;
pub(super) mod file;
mod sheet;

use axum::response::{IntoResponse, Response};
use domain::{
    assessment::{AttemptState, Layout as Arrangement},
    id::AttemptId,
};
use service::{
    Error, FieldErrors,
    assessment::attempt::{self, Answered, Place, Saving, Sheet, Show},
};

pub(super) use self::fields::prefix;
use self::{fields::fields_of, sheet::page};
use super::{
    question::rearranged,
    seen::{Seen, digest},
};
use crate::{failure::Failure, form::Form, in_path::InPath, page::see_other, visit::Member};

/// How the button begins that leads to where a file is sent; its field follows.
const FILE: &str = "file ";

pub(super) async fn show(place: Member, InPath(id): InPath<AttemptId>) -> Result<Response, Failure> {
    let sheet = attempt::open(&place.ctx, id, Show::Places).await?;
    if sheet.state != AttemptState::InProgress {
        return Ok(see_other(&place.path(&format!("/attempts/{id}/result"))));
    }
    let asked = place.query("q");
    if sheet.resting.is_some() {
        return Ok(page(&place, sheet, Seen::default()).into_response());
    }
    if sheet.at_once && asked.is_none() && sheet.places.iter().all(|at| at.stands) {
        // Every answer has been told what it was: nothing is left but to hand it in.
        return Ok(see_other(&place.path(&format!("/attempts/{id}/check"))));
    }
    let show = wanted(&sheet, asked.clone());
    if let (true, Show::One(position)) = (sheet.linear, show)
        && asked.as_deref() != Some((position + 1).to_string().as_str())
    {
        return Ok(see_other(
            &place.path(&format!("/attempts/{id}?q={}", position + 1)),
        ));
    }
    if let (Show::One(position), None, false) = (show, asked, sheet.at_once) {
        // An address of its own: loaded again, it is the same question, answered or not.
        let number = position + 1;
        return Ok(see_other(&place.path(&format!("/attempts/{id}?q={number}"))));
    }
    let sheet = attempt::open(&place.ctx, id, show).await?;
    if sheet.questions.is_empty() && !sheet.time_up && sheet.resting.is_none() {
        return Ok(see_other(&place.path(&format!("/attempts/{id}/check"))));
    }
    let seen = Seen::of(&sheet);
    Ok(page(&place, sheet, seen).into_response())
}

pub(super) async fn send(
    place: Member,
    InPath(id): InPath<AttemptId>,
    form: Form,
) -> Result<Response, Failure> {
    let sheet = attempt::open(&place.ctx, id, Show::Places).await?;
    if sheet.state != AttemptState::InProgress || sheet.time_up {
        return Ok(see_other(&place.path(&format!("/attempts/{id}"))));
    }
    let (form, is_rearranged) = rearranged(form);
    let sent: Vec<&Place> = sheet
        .places
        .iter()
        .filter(|at| form.ticked(&format!("{}sequence", prefix(at.position))))
        .collect();
    let rests = form.text("go") == "break";
    let sends_file = form.text("go").starts_with(FILE);
    if is_rearranged && sheet.at_once {
        // The answer would stand, and is not finished yet.
        return returned(&place, id, &sent, form, FieldErrors::default()).await;
    }
    let done = if sheet.at_once && !rests && !sends_file {
        answer(&place, id, &sent, &form).await?
    } else {
        save(&place, id, &sent, &form, sheet.linear).await?
    };
    if rests && matches!(done, Done::Stored(_)) {
        attempt::take_break(&place.ctx, id).await?;
        return Ok(see_other(&place.path(&format!("/attempts/{id}"))));
    }
    match done {
        Done::Stored(next) if !is_rearranged => Ok(see_other(&place.path(&next))),
        Done::Stored(_) => returned(&place, id, &sent, form, FieldErrors::default()).await,
        Done::Wrong(errors) => returned(&place, id, &sent, form, errors).await,
    }
}

/// Ends a break.
pub(super) async fn go_on(place: Member, InPath(id): InPath<AttemptId>) -> Result<Response, Failure> {
    attempt::go_on(&place.ctx, id).await?;
    Ok(see_other(&place.path(&format!("/attempts/{id}"))))
}

enum Done {
    /// And on to this page.
    Stored(String),
    Wrong(FieldErrors),
}

/// Keeps what was changed on the page, and goes where the button says.
async fn save(
    place: &Member,
    id: AttemptId,
    sent: &[&Place],
    form: &Form,
    linear: bool,
) -> Result<Done, Failure> {
    let mut errors = FieldErrors::default();
    for at in sent {
        let prefix = prefix(at.position);
        let saving = Saving::Deliberate(form.parsed(&format!("{prefix}sequence")).unwrap_or(0));
        let fields = fields_of(form, &prefix);
        if digest(&fields) != form.text(&format!("{prefix}seen")) {
            match attempt::save(&place.ctx, id, at.position, &fields, saving).await {
                Ok(_) => {}
                Err(Error::Invalid(wrong)) => errors.extend(FieldErrors::within(&prefix, wrong)),
                Err(other) => return Err(other.into()),
            }
        }
        let flagged = form.ticked(&format!("{prefix}flag"));
        if flagged != form.ticked(&format!("{prefix}flagged")) {
            attempt::flag(&place.ctx, id, at.position, flagged).await?;
        }
    }
    if !errors.is_empty() {
        return Ok(Done::Wrong(errors));
    }
    let here = sent.first().map_or(1, |at| at.position + 1);
    if linear && form.text("go").parse().is_ok_and(|next: usize| next > here) {
        attempt::leave(&place.ctx, id, here - 1).await?;
    }
    Ok(Done::Stored(match form.text("go") {
        "check" => format!("/attempts/{id}/check"),
        "" => format!("/attempts/{id}?q={here}&done=answer-saved"),
        go if go.starts_with(FILE) => file::address_for(id, go.trim_start_matches(FILE))
            .unwrap_or_else(|| format!("/attempts/{id}?q={here}")),
        number => format!("/attempts/{id}?q={}", number.parse::<usize>().unwrap_or(here)),
    }))
}

/// Gives an answer that stands.
async fn answer(place: &Member, id: AttemptId, sent: &[&Place], form: &Form) -> Result<Done, Failure> {
    let at = sent.first().ok_or(Error::NotFound)?;
    let prefix = prefix(at.position);
    let fields = fields_of(form, &prefix);
    let answered = match attempt::answer(&place.ctx, id, at.position, &fields).await {
        Ok(answered) => answered,
        Err(Error::Invalid(wrong)) => {
            return Ok(Done::Wrong(FieldErrors::within(&prefix, wrong)));
        }
        Err(other) => return Err(other.into()),
    };
    Ok(Done::Stored(match answered {
        Answered::Ended(_) => format!("/attempts/{id}/result"),
        Answered::Next(_) | Answered::AllAnswered => format!("/attempts/{id}?q={}", at.position + 1),
    }))
}

/// The page again, with what was typed.
async fn returned(
    place: &Member,
    id: AttemptId,
    sent: &[&Place],
    form: Form,
    errors: FieldErrors,
) -> Result<Response, Failure> {
    let show = match sent {
        [at] => Show::One(at.position),
        _ => Show::All,
    };
    let mut sheet = attempt::open(&place.ctx, id, show).await?;
    let seen = Seen::of(&sheet);
    for question in &mut sheet.questions {
        question.fields = fields_of(&form, &prefix(question.position));
    }
    let page = page(place, sheet, seen);
    Ok(if errors.is_empty() {
        page.into_response()
    } else {
        page.returned(form, errors).into_response()
    })
}

fn wanted(sheet: &Sheet, asked: Option<String>) -> Show {
    let number = asked.and_then(|number| number.parse::<usize>().ok());
    let first_open = || sheet.places.iter().position(|at| !at.answered).unwrap_or(0);
    if sheet.linear {
        return Show::One(sheet.places.len().saturating_sub(1));
    }
    match (sheet.layout, number) {
        (Arrangement::OnePage, _) => Show::All,
        (Arrangement::OneItemPerPage, Some(number)) => {
            Show::One(number.saturating_sub(1).min(sheet.length.saturating_sub(1)))
        }
        (Arrangement::OneItemPerPage, None) => Show::One(first_open()),
    }
}
