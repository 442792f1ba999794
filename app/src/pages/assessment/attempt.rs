//! The questions of an attempt, one to a page or all on one. Every way out of
//! the page is a button of its form, so that nothing typed is lost.

use axum::response::{IntoResponse, Response};
use domain::{
    assessment::{AttemptState, Layout as Arrangement, Mode},
    course::markdown::FileLinks,
    id::AttemptId,
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    assessment::attempt::{self, Answered, Place, Question as Drawn, Saving, Sheet, Show},
};

use super::{
    question::{Asked, Question},
    saving::{Saves, TimeLeft},
    seen::{Seen, digest},
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_other},
    pages::course::text,
    ui::{ErrorSummary, Layout, Progress},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<AttemptId>) -> Result<Response, Failure> {
    let sheet = attempt::open(&place.ctx, id, Show::Places).await?;
    if sheet.state != AttemptState::InProgress {
        return Ok(see_other(&place.path(&format!("/attempts/{id}/result"))));
    }
    let asked = place.query("q");
    let show = wanted(&sheet, asked.clone());
    if let (Show::One(position), None, false) = (show, asked, sheet.at_once) {
        // An address of its own: loaded again, it is the same question, answered or not.
        let number = position + 1;
        return Ok(see_other(&place.path(&format!("/attempts/{id}?q={number}"))));
    }
    let sheet = attempt::open(&place.ctx, id, show).await?;
    if sheet.questions.is_empty() && !sheet.time_up {
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
    let form = moved(form);
    let sent: Vec<&Place> = sheet
        .places
        .iter()
        .filter(|at| form.ticked(&format!("{}sequence", prefix(at.position))))
        .collect();
    let done = if sheet.at_once {
        answer(&place, id, &sent, &form).await?
    } else {
        save(&place, id, &sent, &form).await?
    };
    match done {
        Done::Stored(next) if !form.ticked("move") => Ok(see_other(&place.path(&next))),
        Done::Stored(_) => returned(&place, id, &sent, form, FieldErrors::default()).await,
        Done::Wrong(errors) => returned(&place, id, &sent, form, errors).await,
    }
}

enum Done {
    /// And on to this page.
    Stored(String),
    Wrong(FieldErrors),
}

/// Keeps what was changed on the page, and goes where the button says.
async fn save(place: &Member, id: AttemptId, sent: &[&Place], form: &Form) -> Result<Done, Failure> {
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
    Ok(Done::Stored(match form.text("go") {
        "check" => format!("/attempts/{id}/check"),
        "" => format!("/attempts/{id}?q={here}&done=answer-saved"),
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
    match (sheet.layout, number) {
        (Arrangement::OnePage, _) => Show::All,
        (Arrangement::OneItemPerPage, Some(number)) => {
            Show::One(number.saturating_sub(1).min(sheet.length.saturating_sub(1)))
        }
        (Arrangement::OneItemPerPage, None) => Show::One(first_open()),
    }
}

/// Before the names of a question's fields.
pub(super) fn prefix(position: usize) -> String {
    format!("q{position}.")
}

fn fields_of(form: &Form, prefix: &str) -> Vec<(String, String)> {
    let named = form
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value)));
    let answers = named.filter(|(name, _)| name.starts_with("r."));
    answers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// A row's buttons, without script: `move` says which row goes up or down.
fn moved(form: Form) -> Form {
    let Some((way, field)) = form.text("move").split_once(' ') else {
        return form;
    };
    let Some((group, _)) = field.rsplit_once('.') else {
        return form;
    };
    let mut rows: Vec<String> = form
        .iter()
        .filter(|(name, _)| name.rsplit_once('.').is_some_and(|(of, _)| of == group))
        .map(|(name, _)| name.to_owned())
        .collect();
    let Some(from) = rows.iter().position(|name| name == field) else {
        return form;
    };
    let to = if way == "up" {
        from.saturating_sub(1)
    } else {
        (from + 1).min(rows.len() - 1)
    };
    rows.swap(from, to);
    let place = |name: &str| {
        rows.iter()
            .position(|row| row == name)
            .map(|place| (place + 1).to_string())
    };
    let placed = form
        .iter()
        .map(|(name, value)| (name.to_owned(), place(name).unwrap_or_else(|| value.to_owned())));
    Form::filled(placed.collect::<Vec<_>>())
}

fn page(place: &Member, sheet: Sheet, seen: Seen) -> Page {
    let address = place.path(&format!("/attempts/{}", sheet.attempt));
    let tenant = place.tenant.slug.clone();
    let title = sheet.title.clone();
    let files = text::links(place, sheet.files.clone());
    let page = place.page(title, move || {
        if sheet.time_up {
            return view! { <TimeUp sheet address /> }.into_any();
        }
        let action = address.clone();
        view! {
            <ErrorSummary />
            <h1 class="sr">{sheet.title.clone()}</h1>
            <Bar sheet=sheet.clone() tenant />
            <form method="post" action=action id="attempt" autocomplete="off">
                <div class="with-side end">
                    <div>{questions(&sheet, &seen, &files)}<Ways sheet=sheet.clone() address /></div>
                    <Places sheet />
                </div>
            </form>
        }
        .into_any()
    });
    page.layout(Layout::Page)
}

/// How far one is, whether it is saved, how much time is left.
#[component]
fn Bar(sheet: Sheet, tenant: String) -> AnyView {
    let answered = sheet.places.iter().filter(|at| at.answered).count();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let text = match sheet.mode {
        Mode::FixedForm => t!("attempt-answered", count = answered, of = sheet.length),
        Mode::SequentialGate => t!("attempt-answered-at-most", count = answered, of = sheet.length),
    };
    view! {
        <div class="attempt-bar">
            <Progress done=count(answered) of=count(sheet.length) label=sheet.title.clone() text />
            {sheet.deadline.map(|deadline| view! { <TimeLeft deadline now=sheet.now /> })}
            {(!sheet.at_once).then(|| view! { <Saves tenant attempt=sheet.attempt /> })}
        </div>
    }
    .into_any()
}

fn questions(sheet: &Sheet, seen: &Seen, files: &FileLinks) -> AnyView {
    let questions = sheet.questions.iter().map(|question| {
        let number = question.position + 1;
        let place = match sheet.mode {
            Mode::FixedForm => t!("attempt-place", number = number, of = sheet.length),
            Mode::SequentialGate => t!("attempt-place-gate", number = number, of = sheet.length),
        };
        let seen = seen.at(question.position);
        view! { <One question=question.clone() seen place files=files.clone() can_flag=!sheet.at_once /> }
    });
    questions.collect_view().into_any()
}

#[component]
fn One(question: Drawn, seen: String, place: String, files: FileLinks, can_flag: bool) -> AnyView {
    let prefix = prefix(question.position);
    let flag = format!("{prefix}flag");
    let asked = Asked {
        view: question.view,
        fields: question.fields,
        prefix: prefix.clone(),
        place,
        files,
        fixed: question.stands,
        feedback: question.feedback,
    };
    view! {
        <input type="hidden" name=format!("{prefix}sequence") value=(question.sequence + 1).to_string() />
        <input type="hidden" name=format!("{prefix}seen") value=seen />
        <Question asked />
        {can_flag.then(|| view! {
            {question.flagged.then(|| view! { <input type="hidden" name=format!("{prefix}flagged") value="yes" /> })}
            <div class="choice">
                <input type="checkbox" id=flag.clone() name=flag.clone() value="yes" checked=question.flagged />
                <label for=flag.clone()>{t!("attempt-flag")}</label>
            </div>
        })}
    }
    .into_any()
}

/// On, back, and to the end.
#[component]
fn Ways(sheet: Sheet, address: String) -> AnyView {
    let here = sheet.questions.first().map_or(0, |question| question.position);
    let stands = sheet.questions.first().is_some_and(|question| question.stands);
    if sheet.at_once && stands {
        return view! {
            <div class="buttons"><a class="button" href=address>{t!("attempt-next")}</a></div>
        }
        .into_any();
    }
    if sheet.at_once {
        return view! {
            <div class="buttons">
                <button class="button">{t!("attempt-answer")}</button>
                <a class="button quiet" href=format!("{address}/check")>{t!("attempt-stop")}</a>
            </div>
        }
        .into_any();
    }
    let alone = sheet.layout == Arrangement::OneItemPerPage;
    let (onward, onward_text) = if !alone || here + 1 >= sheet.length {
        ("check".to_owned(), t!("attempt-check"))
    } else {
        ((here + 2).to_string(), t!("attempt-save-next"))
    };
    view! {
        <div class="buttons">
            <button class="button" name="go" value=onward>{onward_text}</button>
            <button class="button secondary">{t!("attempt-save")}</button>
            {(alone && here > 0).then(|| view! {
                <button class="button secondary" name="go" value=here.to_string()>{t!("attempt-previous")}</button>
            })}
        </div>
    }
    .into_any()
}

/// Every question, to go to; what is typed is saved on the way.
#[component]
fn Places(sheet: Sheet) -> AnyView {
    if sheet.at_once || sheet.layout == Arrangement::OnePage {
        return ().into_any();
    }
    let here: Vec<usize> = sheet.questions.iter().map(|question| question.position).collect();
    let buttons = sheet.places.iter().map(|at| {
        let number = at.position + 1;
        let state = if at.answered { "answered" } else { "open" };
        let mut name = t!(&format!("ui-question-{state}"), number = number);
        if at.flagged {
            name = t!("ui-question-flagged", question = name);
        }
        let current = here.contains(&at.position);
        view! {
            <li>
                <button
                    name="go"
                    value=number.to_string()
                    aria-label=name
                    aria-current=current.then_some("step")
                    data-state=state
                    data-flag=at.flagged.then_some("")
                >{number}</button>
            </li>
        }
    });
    view! {
        <section class="side panel" aria-labelledby="places">
            <h2 id="places">{t!("attempt-places")}</h2>
            <ol class="palette" role="list">{buttons.collect_view()}</ol>
            <button class="button secondary" name="go" value="check">{t!("attempt-check")}</button>
        </section>
    }
    .into_any()
}

#[component]
fn TimeUp(sheet: Sheet, address: String) -> AnyView {
    view! {
        <section class="confirm">
            <h1>{t!("attempt-time-up")}</h1>
            <p>{t!("attempt-time-up-text", title = sheet.title)}</p>
            <form method="post" action=format!("{address}/check")>
                <div class="buttons"><button class="button">{t!("attempt-see-result")}</button></div>
            </form>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form::filled(fields.iter().copied())
    }

    #[test]
    fn a_rows_button_moves_it_one_place_and_numbers_all() {
        let rows = [("q0.r.1.a", ""), ("q0.r.1.b", ""), ("q0.r.1.c", "")];
        for (step, places) in [
            ("up q0.r.1.b", ["2", "1", "3"]),
            ("down q0.r.1.a", ["2", "1", "3"]),
            ("up q0.r.1.a", ["1", "2", "3"]),
            ("down q0.r.1.c", ["1", "2", "3"]),
        ] {
            let sent: Vec<_> = rows.iter().copied().chain([("move", step)]).collect();
            let form = moved(form(&sent));
            assert_eq!(rows.map(|(name, _)| form.text(name).to_owned()), places, "{step}");
        }
        assert_eq!(
            moved(form(&[("q0.r.1.a", "2"), ("move", "up q9.r.1.z")])).text("q0.r.1.a"),
            "2"
        );
    }

    #[test]
    fn a_questions_fields_are_those_with_its_prefix() {
        let form = form(&[
            ("q1.r.1", "a"),
            ("q11.r.1", "b"),
            ("q1.sequence", "3"),
            ("go", "2"),
        ]);
        assert_eq!(fields_of(&form, &prefix(1)), [("r.1".to_owned(), "a".to_owned())]);
    }
}
