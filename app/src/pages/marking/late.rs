//! Answers that came when the time was up: what was handed in and what came late, side
//! by side, and whether it counts. What it would be worth is not shown: it is no reason.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use domain::{
    assessment::{Criterion, Identifier, Mark},
    course::markdown::FileLinks,
    id::AttemptId,
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::late::{self, LateQuestion, LateSheet, Ruling},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_done},
    pages::{
        assessment::question::{Asked, Question},
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{Choice, Choices, ErrorSummary, Layout, Moment, Notice, Place, Select, TextArea, Tone},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<AttemptId>) -> Result<Page, Failure> {
    let sheet = late::open(&place.ctx, id).await?;
    Ok(page(&place, sheet))
}

pub(super) async fn send(
    place: Member,
    InPath(id): InPath<AttemptId>,
    form: Form,
) -> Result<Response, Failure> {
    let sheet = late::open(&place.ctx, id).await?;
    let position: usize = form.parsed("position").ok_or(Error::NotFound)?;
    let question = sheet.questions.iter().find(|it| it.position == position);
    let ruling = ruling(question.ok_or(Error::NotFound)?, &form);
    match late::decide(&place.ctx, id, position, ruling).await {
        Ok(()) => Ok(see_done(
            &place.path(&format!("/teach/late/{id}")),
            "late-decided",
        )),
        Err(Error::Invalid(errors)) => Ok(page(&place, sheet).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

fn ruling(question: &LateQuestion, form: &Form) -> Ruling {
    let position = question.position;
    let marks = question.marked_by.iter().map(|(response, rubric)| {
        let levels = rubric.criteria.iter().filter_map(|criterion| {
            let level = form.parsed(&level_field(position, response, criterion))?;
            Some((criterion.identifier.clone(), level))
        });
        let mark = Mark {
            levels: levels.collect(),
            ..Mark::default()
        };
        (response.clone(), mark)
    });
    Ruling {
        counts: match form.text(&format!("counts-{position}")) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        reason: form.text(&format!("reason-{position}")).to_owned(),
        marks: marks.collect::<BTreeMap<_, _>>(),
    }
}

fn level_field(position: usize, response: &Identifier, criterion: &Criterion) -> String {
    format!("mark-{position}.{response}.{}", criterion.identifier)
}

fn page(place: &Member, sheet: LateSheet) -> Page {
    let desk = Desk::new(place);
    let above = vec![Place::new(place.path("/teach/marking"), place.t("marking-title"))];
    let files = text::links(place, sheet.files.clone());
    let page = place.page(place.t("late-title"), move || {
        let of = sheet.of;
        let questions = sheet.questions.into_iter().map(|question| {
            view! { <Judged question of files=files.clone() /> }
        });
        let questions = questions.collect_view();
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("late-title")}</h1>
                    <p class="lead">{t!("late-lead")}</p>
                    <p class="meta">
                        <span>{sheet.title.clone()}</span>
                        {sheet.ended_at.map(|at| view! { <span>{t!("late-ended")}" "<Moment at /></span> })}
                    </p>
                </div>
                {questions}
            </TeachFrame>
        }
    });
    page.layout(Layout::Wide)
}

/// A question with what was handed in, what came late, and what is decided.
#[component]
fn Judged(question: LateQuestion, of: usize, files: FileLinks) -> AnyView {
    let position = question.position;
    let number = position + 1;
    let asked = |fields: Vec<(String, String)>, which: &str| Asked {
        view: question.view.clone(),
        fields,
        prefix: format!("{which}{position}."),
        place: t!("attempt-place", number = number, of = of),
        files: files.clone(),
        fixed: true,
        takes_files: false,
        feedback: None,
    };
    let in_time = match question.in_time.clone() {
        Some(fields) => view! { <Question asked=asked(fields, "in-time-") /> }.into_any(),
        None => view! { <p>{t!("late-none-in-time")}</p> }.into_any(),
    };
    let late = asked(question.late.clone(), "late-");
    let given = match question.given_at {
        Some(at) => view! { {t!("late-given")}" "<Moment at /> }.into_any(),
        None => t!("late-given-unknown").into_any(),
    };
    let decision = match question.counts {
        Some(counts) => view! { <Decided counts reason=question.reason.clone() /> }.into_any(),
        None => view! { <Deciding question=question.clone() /> }.into_any(),
    };
    view! {
        <section class="section" aria-labelledby=format!("late-question-{position}")>
            <h2 id=format!("late-question-{position}")>{t!("attempt-place", number = number, of = of)}</h2>
            <div class="cols">
                <div class="marked">
                    <h3>{t!("late-in-time")}</h3>
                    {question.saved_at.map(|at| view! { <p class="muted">{t!("late-saved")}" "<Moment at /></p> })}
                    {in_time}
                </div>
                <div class="marked">
                    <h3>{t!("late-came")}</h3>
                    <p class="muted">{t!("late-arrived")}" "<Moment at=question.arrived_at /></p>
                    <p class="muted">{given}</p>
                    <Question asked=late />
                </div>
            </div>
            {decision}
        </section>
    }
    .into_any()
}

#[component]
fn Decided(counts: bool, reason: Option<String>) -> AnyView {
    let (tone, title) = if counts {
        (Tone::Good, t!("late-counts"))
    } else {
        (Tone::Info, t!("late-counts-not"))
    };
    let reason = reason.unwrap_or_else(|| t!("late-by-policy"));
    view! { <Notice tone title><p>{reason}</p></Notice> }.into_any()
}

#[component]
fn Deciding(question: LateQuestion) -> AnyView {
    let position = question.position;
    let choice = |value: &str, text: String| Choice {
        value: value.to_owned(),
        text,
        hint: String::new(),
    };
    let lists = question.marked_by.iter().flat_map(|(response, rubric)| {
        let criteria = rubric.criteria.iter();
        criteria.map(move |criterion| level(position, response, criterion))
    });
    let lists = lists.collect_view();
    let is_marked = !question.marked_by.is_empty();
    view! {
        <form method="post">
            <input type="hidden" name="position" value=position.to_string() />
            <Choices
                name=format!("counts-{position}")
                legend=t!("late-question", number = position + 1)
                hint=t!("late-question-hint")
                choices=vec![choice("yes", t!("late-yes")), choice("no", t!("late-no"))]
            />
            {is_marked.then(|| view! { <p>{t!("late-levels-text")}</p> })}
            {lists}
            <TextArea
                name=format!("reason-{position}")
                label=t!("late-reason")
                hint=t!("late-reason-hint")
                rows=3
            />
            <div class="buttons"><button class="button">{t!("late-send")}</button></div>
        </form>
    }
    .into_any()
}

/// The levels of one criterion, of which one is chosen.
fn level(position: usize, response: &Identifier, criterion: &Criterion) -> AnyView {
    let mut options = vec![(String::new(), t!("late-level-none"))];
    let named = criterion.levels.iter();
    options.extend(named.map(|level| (level.identifier.to_string(), level.title.clone())));
    view! {
        <Select
            name=level_field(position, response, criterion)
            label=t!("appeal-level", number = position + 1, criterion = criterion.title.clone())
            options
        />
    }
    .into_any()
}
