//! Before an assessment: what it is, what it takes, and where one stands.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use domain::{
    assessment::{AttemptState, Mode},
    id::{ActivityId, AssessmentId, AttemptId, CourseId},
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::attempt::{self, Brief, Earlier, Readiness, Start},
    course,
};

use super::{decision, points_of, rule::RuleInWords};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_other},
    pages::course::text,
    ui::{Crumbs, ErrorSummary, Layout, Moment, Notice, Place, Table, Tag, TextField, Tick, Tone},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<AssessmentId>) -> Result<Page, Failure> {
    let from = from(place.query("course"), place.query("activity"));
    page(&place, id, from).await
}

async fn page(
    place: &Member,
    id: AssessmentId,
    from: Option<(CourseId, ActivityId)>,
) -> Result<Page, Failure> {
    let brief = attempt::brief(&place.ctx, id, from).await?;
    let within = brief.within;
    let attempt: AttemptId = place.ctx.new_id();
    let crumbs = crumbs(place, within).await?;
    let attempts = place.path("/attempts");
    let courses = place.path("/courses");
    let page = place.page(brief.title.clone(), move || {
        view! {
            <Crumbs places=crumbs />
            <ErrorSummary />
            <div class="page-head"><h1>{brief.title.clone()}</h1><Facts brief=brief.clone() /></div>
            {text::without_files(&brief.instructions)}
            {brief.rule.clone().map(|rule| view! {
                <section class="section"><h2>{t!("assessment-rule")}</h2><RuleInWords rule /></section>
            })}
            <Begin brief=brief.clone() attempts=attempts.clone() courses attempt />
            <Before earlier=brief.earlier attempts />
        }
    });
    Ok(page.layout(Layout::Narrow))
}

pub(super) async fn begin(
    place: Member,
    InPath(assessment): InPath<AssessmentId>,
    form: Form,
) -> Result<Response, Failure> {
    let start = Start {
        id: form.parsed("id").ok_or(Error::NotFound)?,
        assessment,
        within: form.parsed("course").zip(form.parsed("activity")),
        access_code: form.text("access-code").to_owned(),
        agreed: form.ticked("agreed"),
    };
    let within = start.within;
    match attempt::start(&place.ctx, start).await {
        Ok(attempt) => Ok(see_other(&place.path(&format!("/attempts/{attempt}"))).into_response()),
        Err(Error::Invalid(errors)) => {
            let page = page(&place, assessment, within).await?;
            Ok(page.returned(form, errors).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn from(course: Option<String>, activity: Option<String>) -> Option<(CourseId, ActivityId)> {
    let course = course?.parse().ok()?;
    activity?.parse().ok().map(|activity| (course, activity))
}

/// The way down to an assessment.
pub(super) async fn crumbs(
    place: &Member,
    within: Option<(CourseId, ActivityId)>,
) -> Result<Vec<Place>, Failure> {
    let mut above = vec![Place::new(place.path(""), place.tenant.name.clone())];
    if let Some((id, _)) = within
        && let Some(title) = course::title(&place.ctx, id).await?
    {
        above.push(Place::new(place.path(&format!("/courses/{id}")), title));
    }
    Ok(above)
}

/// How many questions, how long, how often.
#[component]
fn Facts(brief: Brief) -> AnyView {
    let count = brief.questions;
    let questions = match brief.mode {
        Mode::FixedForm => t!("assessment-questions", count = count),
        Mode::SequentialGate => t!("assessment-questions-at-most", count = count),
    };
    let time = match brief.time_limit {
        Some(seconds) => t!("assessment-minutes", count = seconds.div_ceil(60)),
        None => t!("assessment-no-limit"),
    };
    let attempts = brief
        .attempts
        .map(|count| t!("assessment-attempts", count = count));
    let minutes = |time: Duration| time.as_secs().div_ceil(60);
    let yours = [
        (brief.extra_time, "assessment-extra-time"),
        (brief.break_time, "assessment-break-time"),
    ];
    let yours = yours
        .into_iter()
        .filter(|(time, _)| !time.is_zero())
        .map(|(time, key)| view! { <p>{t!(key, count = minutes(time))}</p> });
    view! {
        <p class="meta"><span>{questions}</span><span>{time}</span>{attempts.map(|it| view! { <span>{it}</span> })}</p>
        {brief.linear.then(|| view! { <p>{t!("assessment-no-way-back")}</p> })}
        {brief.window.closes.map(|at| view! { <p>{t!("assessment-closes")}" "<Moment at /></p> })}
        {yours.collect_view()}
    }
    .into_any()
}

#[component]
fn Begin(brief: Brief, attempts: String, courses: String, attempt: AttemptId) -> AnyView {
    match brief.readiness {
        Readiness::Now => view! {
            <form method="post">
                <input type="hidden" name="id" value=attempt.to_string() />
                {brief.within.map(|(course, activity)| view! {
                    <input type="hidden" name="course" value=course.to_string() />
                    <input type="hidden" name="activity" value=activity.to_string() />
                })}
                {brief.takes_code.then(|| view! {
                    <TextField
                        name="access-code"
                        label=t!("assessment-access-code")
                        hint=t!("assessment-access-code-hint")
                        autocomplete="off"
                        class="short"
                    />
                })}
                {(!brief.honour.is_empty()).then(|| view! {
                    <section class="panel">{text::without_files(&brief.honour)}</section>
                    <Tick name="agreed" label=t!("assessment-agree") />
                })}
                <div class="buttons"><button class="button large">{t!("assessment-start")}</button></div>
            </form>
        }
        .into_any(),
        Readiness::Opens(at) => view! {
            <Notice tone=Tone::Info title=t!("assessment-later")><p>{t!("assessment-opens")}" "<Moment at /></p></Notice>
        }
        .into_any(),
        Readiness::Closed(at) => view! {
            <Notice tone=Tone::Info title=t!("trouble-attempt-closed-title")>
                <p>{t!("assessment-closed")}" "<Moment at /></p>
            </Notice>
        }
        .into_any(),
        Readiness::UnderWay(id) => view! {
            <Notice tone=Tone::Info><p>{t!("assessment-under-way")}</p></Notice>
            <div class="buttons"><a class="button large" href=format!("{attempts}/{id}")>{t!("assessment-go-on")}</a></div>
        }
        .into_any(),
        Readiness::Passed => view! {
            <Notice tone=Tone::Good title=t!("assessment-passed")><p>{t!("assessment-passed-text")}</p></Notice>
        }
        .into_any(),
        Readiness::Later(at) => view! {
            <Notice tone=Tone::Info title=t!("assessment-later")><p>{t!("assessment-later-text")}" "<Moment at /></p></Notice>
        }
        .into_any(),
        Readiness::InCourse(course) => view! {
            <Notice tone=Tone::Info title=t!("trouble-attempt-not-open-title")><p>{t!("trouble-attempt-not-open-text")}</p></Notice>
            <div class="buttons"><a class="button large" href=format!("{courses}/{course}")>{t!("assessment-to-course")}</a></div>
        }
        .into_any(),
        Readiness::No(why) => view! {
            <Notice tone=Tone::Warn title=t!(&format!("trouble-{why}-title"))><p>{t!(&format!("trouble-{why}-text"))}</p></Notice>
        }
        .into_any(),
    }
}

/// The attempts so far.
#[component]
fn Before(earlier: Vec<Earlier>, attempts: String) -> AnyView {
    if earlier.is_empty() {
        return ().into_any();
    }
    let rows = earlier.into_iter().rev().map(move |it| {
        let page = match it.state {
            AttemptState::InProgress => format!("{attempts}/{}", it.id),
            _ => format!("{attempts}/{}/result", it.id),
        };
        let points = it.points.map(|(points, max)| points_of(points, max));
        view! {
            <tr>
                <th scope="row"><a href=page>{t!("assessment-attempt", number = it.number)}</a></th>
                <td><Moment at=it.started_at /></td>
                <td>{points.unwrap_or_default()}</td>
                <td><Standing state=it.state outcome=it.outcome /></td>
            </tr>
        }
    });
    view! {
        <section class="section">
            <Table id="attempts" caption=t!("assessment-before")>
                <thead><tr>
                    <th scope="col">{t!("assessment-column-attempt")}</th>
                    <th scope="col">{t!("assessment-column-begun")}</th>
                    <th scope="col">{t!("assessment-column-points")}</th>
                    <th scope="col">{t!("assessment-column-result")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </Table>
        </section>
    }
    .into_any()
}

/// How an attempt stands, in a word.
#[component]
pub(super) fn Standing(state: AttemptState, outcome: Option<domain::mastery::Outcome>) -> AnyView {
    match outcome {
        Some(outcome) => {
            let text = t!(&format!("decision-assessment-{outcome}"));
            view! { <Tag tone=decision::tone(outcome) text /> }
        }
        None => view! { <Tag text=t!(&format!("attempt-state-{state}")) /> },
    }
    .into_any()
}
