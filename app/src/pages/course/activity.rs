//! A lesson. Practice and assessments have pages of their own, to which this
//! one leads.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    course::{State, Work},
    id::ActivityId,
};
use leptos::prelude::*;
use service::{
    Error,
    course::{self, Neighbour, Opened},
};

use super::{minutes, stops, text};
use crate::{
    failure::Failure,
    i18n::t,
    in_path::segment,
    page::{see_done, see_other},
    ui::{Crumbs, Module, Onward, Place, Tag, Tone},
    visit::Member,
};

pub(super) async fn show(
    place: Member,
    Path((_, slug, id)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let opened = match course::open(&place.ctx, &slug, activity(&id)?).await {
        // The course's page says how to take it, or what has to be done first.
        Err(Error::NotFound) => return Ok(see_other(&place.path(&format!("/courses/{}", segment(&slug))))),
        opened => opened?,
    };
    let course = place.path(&format!("/courses/{}", opened.slug));
    let markdown = match &opened.activity.work {
        Work::Lesson { markdown } => markdown.clone(),
        Work::Practice { .. } => {
            let practice = format!("/practice/{}/{}", opened.course, opened.activity.id);
            return Ok(see_other(&place.path(&practice)));
        }
        Work::Assessment { assessment } => {
            let assessment = assessment.ok_or(Error::NotFound)?;
            let within = format!("course={}&activity={}", opened.course, opened.activity.id);
            return Ok(see_other(
                &place.path(&format!("/assessments/{assessment}?{within}")),
            ));
        }
    };
    let files = text::links(&place, opened.files.clone());
    let home = Place::new(place.path(""), place.tenant.name.clone());
    let page = place.page(opened.activity.title.clone(), move || {
        let places = vec![home, Place::new(course.clone(), opened.course_title.clone())];
        view! {
            <div class="with-side">
                <Contents opened=opened.clone() course=course.clone() />
                <article class="flow">
                    <Crumbs places />
                    <div class="page-head">
                        <p class="meta">
                            <span>{opened.module_title.clone()}</span>
                            {opened.activity.minutes.map(|some| view! { <span>{minutes(u32::from(some))}</span> })}
                            {(opened.state == State::Done).then(|| view! {
                                <Tag tone=Tone::Good text=t!("course-activity-done") />
                            })}
                        </p>
                        <h1>{opened.activity.title.clone()}</h1>
                    </div>
                    <div lang=opened.language.to_string()>{text::text(&markdown, &files)}</div>
                    <Done opened=opened.clone() />
                    <Neighbours opened course />
                </article>
            </div>
        }
    });
    Ok(page.into_response())
}

pub(super) async fn complete(
    place: Member,
    Path((_, slug, id)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let id = activity(&id)?;
    let opened = course::open(&place.ctx, &slug, id).await?;
    course::complete(&place.ctx, opened.course, id).await?;
    let course = place.path(&format!("/courses/{}", opened.slug));
    // Done, it may have opened what comes next.
    let opened = course::open(&place.ctx, &slug, id).await?;
    Ok(match opened.next.filter(|next| next.is_open) {
        Some(next) => see_other(&format!("{course}/{}", next.id)),
        None => see_done(&course, "lesson-done"),
    })
}

fn activity(id: &str) -> service::Result<ActivityId> {
    id.parse().map_err(|_| Error::NotFound)
}

/// The whole course, beside the lesson; on a narrow screen behind a line to open.
#[component]
fn Contents(opened: Opened, course: String) -> AnyView {
    let current = opened.activity.id;
    let modules = move || {
        opened
            .outline
            .modules
            .iter()
            .enumerate()
            .map(|(at, module)| {
                let title = t!("course-module", number = at + 1, title = module.title.clone());
                let open = module.activities.iter().any(|activity| activity.id == current);
                view! { <Module title stops=stops(module, &course, Some(current)) open /> }
            })
            .collect_view()
    };
    view! {
        <nav class="side" aria-label=opened.course_title.clone()>
            <details class="on-narrow"><summary>{t!("course-content")}</summary>{modules()}</details>
            <div class="on-wide">{modules()}</div>
        </nav>
    }
    .into_any()
}

/// The button that says one is through.
#[component]
fn Done(opened: Opened) -> AnyView {
    (opened.state != State::Done)
        .then(|| {
            view! {
                <form class="screen" method="post">
                    <div class="buttons"><button class="button">{t!("course-mark-done")}</button></div>
                </form>
            }
        })
        .into_any()
}

#[component]
fn Neighbours(opened: Opened, course: String) -> AnyView {
    let place = |neighbour: Neighbour| Place::new(format!("{course}/{}", neighbour.id), neighbour.title);
    let kinds: Vec<_> = opened
        .outline
        .activities()
        .map(|one| (one.id, one.kind))
        .collect();
    let next = opened.next.filter(|next| next.is_open).map(|next| {
        let kind = kinds
            .iter()
            .find(|(id, _)| *id == next.id)
            .map(|(_, kind)| super::kind(*kind));
        (kind.unwrap_or_default(), place(next))
    });
    let back = opened.previous.filter(|previous| previous.is_open).map(place);
    view! { <Onward label=t!("course-ways") back next /> }.into_any()
}
