//! What came of an attempt: points, what was decided and why, badges earned,
//! and what there is to say about each answer.

use axum::response::{IntoResponse, Response};
use domain::{
    Timestamp,
    assessment::{Amendment, AttemptState, Remedy},
    course::markdown::FileLinks,
    id::AttemptId,
    mastery::Outcome,
};
use leptos::prelude::*;
use service::assessment::{
    appeal::Appeal,
    attempt::{self, Amended, AmendedBy, Awarded, MarkedQuestion, ResultSheet},
    late::{self, LateTold},
};

use super::{
    attempt::prefix,
    brief::{Standing, crumbs},
    decision::Decision,
    points_of,
    question::{Asked, Question, with_sent},
    saving::StillHere,
};
use crate::{
    failure::Failure,
    i18n::t,
    in_path::InPath,
    page::see_other,
    pages::{course::text, marking::Annotated},
    ui::{Crumbs, Layout, Moment, Notice, PostButton, Tone},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<AttemptId>) -> Result<Response, Failure> {
    let sheet = attempt::result(&place.ctx, id).await?;
    if sheet.state == AttemptState::InProgress {
        return Ok(see_other(&place.path(&format!("/attempts/{id}"))));
    }
    let base = place.path(&format!("/attempts/{id}"));
    let files = with_sent(
        text::links(&place, sheet.files.clone()),
        sheet.sent.clone(),
        &base,
    );
    let crumbs = crumbs(&place, sheet.within).await?;
    let ways = Ways {
        assessment: place.path(&format!("/assessments/{}", sheet.assessment)),
        course: sheet
            .within
            .map(|(course, _)| place.path(&format!("/courses/{course}"))),
        progress: place.path("/progress"),
    };
    let (tenant, answers) = (
        place.tenant.slug.clone(),
        place.path(&format!("/attempts/{id}/answers")),
    );
    let may_ask = sheet.state == AttemptState::Scored && sheet.appeal.is_none();
    let ask = place.path(&format!("/attempts/{id}/appeal"));
    let page = place.page(place.t("result-title"), move || {
        view! {
            <Crumbs places=crumbs />
            <Head sheet=sheet.clone() />
            {sheet.ended_just_now.then(|| view! { <StillHere tenant=tenant.clone() attempt=id /> })}
            <CameLate late=sheet.late.clone() />
            <PutRight amendments=sheet.amendments.clone() />
            <Reviewed appeal=sheet.appeal.clone() />
            <Earned awards=sheet.awards.clone() />
            <Why sheet=sheet.clone() />
            <Onward ways outcome=sheet.outcome />
            {sheet.questions_later.then(|| view! { <p class="muted">{t!("result-later")}</p> })}
            <MayComeLate until=sheet.late_until action=answers />
            <Answers questions=sheet.questions files />
            {may_ask.then(|| view! {
                <section class="section">
                    <p>{t!("appeal-ask-lead")}</p>
                    <p><a class="button quiet" href=ask>{t!("appeal-ask")}</a></p>
                </section>
            })}
        }
    });
    Ok(page.layout(Layout::Narrow).into_response())
}

/// Tells the answers, and takes none any more.
pub(super) async fn look(place: Member, InPath(id): InPath<AttemptId>) -> Result<Response, Failure> {
    late::look(&place.ctx, id).await?;
    Ok(see_other(&place.path(&format!("/attempts/{id}/result"))))
}

#[derive(Debug, Clone)]
struct Ways {
    assessment: String,
    course: Option<String>,
    progress: String,
}

#[component]
fn Head(sheet: ResultSheet) -> AnyView {
    let points = sheet.points.map(|(points, max)| points_of(points, max));
    view! {
        <div class="page-head">
            <h1>{t!("result-of", title = sheet.title)}</h1>
            <p class="meta">
                <Standing state=sheet.state outcome=sheet.outcome />
                {points.map(|points| view! { <span><strong>{points}</strong></span> })}
                <span>{t!("assessment-attempt", number = sheet.number)}</span>
                {sheet.submitted_at.map(|at| view! { <span><Moment at /></span> })}
            </p>
        </div>
        {(sheet.state == AttemptState::Marking).then(|| view! {
            <Notice tone=Tone::Info title=t!("result-marking")><p>{t!("result-marking-text")}</p></Notice>
        })}
    }
    .into_any()
}

/// What was put right since, and why.
#[component]
fn PutRight(amendments: Vec<Amended>) -> AnyView {
    let notices = amendments.into_iter().map(|it| {
        let title = match it.by {
            AmendedBy::Regrade => t!("result-amended"),
            AmendedBy::Appeal => t!("result-amended-appeal"),
            AmendedBy::Late => t!("result-amended-late"),
        };
        let later = it.by == AmendedBy::Regrade && it.told.is_none();
        let before = points_of(it.before.points, it.before.max);
        let after = points_of(it.after.points, it.after.max);
        view! {
            <Notice tone=Tone::Info title>
                {it.told.map(|told| view! { <p>{told}</p> })}
                {later.then(|| view! { <p>{t!("result-amended-untold")}</p> })}
                <p>{t!("result-amended-points", before = before, after = after)}</p>
                <p class="muted"><Moment at=it.at /></p>
            </Notice>
        }
    });
    notices.collect_view().into_any()
}

/// The answers that came when the time was up, and what was decided.
#[component]
fn CameLate(late: Vec<LateTold>) -> AnyView {
    let notices = late.into_iter().map(|it| {
        let (tone, said) = match it.counts {
            None if it.is_about_to_count => (Tone::Info, t!("result-late-soon")),
            None => (Tone::Info, t!("result-late-open")),
            Some(true) => (Tone::Good, t!("result-late-counts")),
            Some(false) => (Tone::Info, t!("result-late-counts-not")),
        };
        view! {
            <Notice tone title=t!("result-late", number = it.position + 1)>
                <p>{said}</p>
                {it.reason.map(|reason| view! { <p>{reason}</p> })}
                <p class="muted">{t!("result-late-arrived")}" "<Moment at=it.arrived_at /></p>
            </Notice>
        }
    });
    notices.collect_view().into_any()
}

/// As long as an answer may still come late, none is told, unless the learner wants it.
#[component]
fn MayComeLate(until: Option<Timestamp>, action: String) -> AnyView {
    let Some(until) = until else {
        return ().into_any();
    };
    view! {
        <section class="section">
            <h2>{t!("result-answers")}</h2>
            <p>{t!("result-late-wait")}" "<Moment at=until /></p>
            <PostButton action text=t!("result-late-look") class="button secondary" />
        </section>
    }
    .into_any()
}

/// What the learner asked to have looked at again, and the answer.
#[component]
fn Reviewed(appeal: Option<Appeal>) -> AnyView {
    let Some(appeal) = appeal else {
        return ().into_any();
    };
    let (tone, title, said) = match appeal.answered {
        None => (Tone::Info, t!("appeal-asked"), t!("appeal-waits")),
        Some(it) if it.changed => (Tone::Good, t!("appeal-changed"), it.text),
        Some(it) => (Tone::Info, t!("appeal-upheld"), it.text),
    };
    view! {
        <Notice tone title>
            <p>{said}</p>
            <details><summary>{t!("appeal-your-reason")}</summary><p>{appeal.reason}</p></details>
        </Notice>
    }
    .into_any()
}

/// What was put right about one question.
fn amended(amendment: Amendment) -> String {
    match amendment {
        Amendment::Regrade(Remedy::KeyOf(_)) => t!("result-question-key"),
        Amendment::Regrade(Remedy::FullCredit) => t!("result-question-full-credit"),
        Amendment::Regrade(Remedy::Drop) => t!("result-question-drop"),
        Amendment::Appeal => t!("result-question-appeal"),
        Amendment::Late => t!("result-question-late"),
    }
}

#[component]
fn Earned(awards: Vec<Awarded>) -> AnyView {
    let badges = awards.into_iter().map(|award| {
        view! {
            <Notice tone=Tone::Good title=t!("result-badge", name = award.name)>
                <p>{t!("result-badge-text")}" "<a href="/wallet">{t!("result-wallet")}</a></p>
            </Notice>
        }
    });
    badges.collect_view().into_any()
}

/// What was decided, and why.
#[component]
fn Why(sheet: ResultSheet) -> AnyView {
    if sheet.decisions.is_empty() {
        return ().into_any();
    }
    let decisions = sheet
        .decisions
        .into_iter()
        .map(|decision| view! { <Decision decision /> });
    let later = sheet
        .decided_later
        .then(|| view! { <p class="muted">{t!("result-decided-later")}</p> });
    let earlier = (!sheet.earlier_decisions.is_empty()).then(|| {
        let decisions = sheet
            .earlier_decisions
            .into_iter()
            .map(|decision| view! { <Decision decision /> });
        view! { <details><summary>{t!("result-earlier")}</summary>{decisions.collect_view()}</details> }
    });
    view! {
        <section class="section flow"><h2>{t!("result-why")}</h2>{later}{decisions.collect_view()}{earlier}</section>
    }
    .into_any()
}

#[component]
fn Onward(ways: Ways, outcome: Option<Outcome>) -> AnyView {
    let again = outcome.is_some_and(|outcome| outcome == Outcome::NotYet);
    view! {
        <div class="buttons">
            {ways.course.map(|course| view! { <a class="button" href=course>{t!("result-course")}</a> })}
            {again.then(|| view! {
                <a class="button secondary" href=ways.assessment>{t!("result-again")}</a>
            })}
            <a class="button quiet" href=ways.progress>{t!("result-progress")}</a>
        </div>
    }
    .into_any()
}

#[component]
fn Answers(questions: Vec<MarkedQuestion>, files: FileLinks) -> AnyView {
    if questions.is_empty() {
        return ().into_any();
    }
    let of = questions.len();
    let questions = questions.into_iter().map(|question| {
        let amended = question.amended.map(|amendment| {
            view! { <p class="muted">{amended(amendment)}</p> }
        });
        let asked = Asked {
            view: question.view,
            fields: question.fields,
            prefix: prefix(question.position),
            place: t!("attempt-place", number = question.position + 1, of = of),
            files: files.clone(),
            fixed: true,
            takes_files: false,
            feedback: Some(question.feedback),
        };
        let comments = question.comments.into_iter().map(|comment| {
            view! {
                <div class="feedback info"><p><strong>{t!("result-comment")}</strong></p>{text::without_files(&comment)}</div>
            }
        });
        let annotated = question.annotated.into_iter().enumerate().map(|(at, it)| {
            let prefix = format!("said-{}-{at}", question.position);
            view! {
                <p><strong>{t!("result-annotated")}</strong></p>
                <Annotated text=it.text annotations=it.annotations prefix />
            }
        });
        let annotated = annotated.collect_view();
        view! { <div class="marked"><Question asked />{amended}{annotated}{comments.collect_view()}</div> }
    });
    view! {
        <section class="section"><h2>{t!("result-answers")}</h2>{questions.collect_view()}</section>
    }
    .into_any()
}
