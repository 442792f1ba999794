//! One piece of work, with the rubric it is marked by.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use domain::{
    assessment::{BlockView, Criterion, Identifier, Mark, Points},
    course::markdown::FileLinks,
    id::MarkingId,
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::marking::{self, Piece, Work},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_done},
    pages::{
        assessment::question,
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{ErrorSummary, Layout, Moment, Notice, Place, TextArea, Tone, id_of, reason_at, value_of},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<MarkingId>) -> Result<Page, Failure> {
    let piece = marking::open(&place.ctx, id).await?;
    let stored = stored(&piece);
    Ok(page(&place, piece).filled(stored))
}

pub(super) async fn send(
    place: Member,
    InPath(id): InPath<MarkingId>,
    form: Form,
) -> Result<Response, Failure> {
    let queue = place.path("/teach/marking");
    if form.ticked("release") {
        marking::release(&place.ctx, id).await?;
        return Ok(see_done(&queue, "marking-released"));
    }
    let piece = still_mine(&place, id).await?;
    match marking::mark(&place.ctx, id, marks(&piece, &form)).await {
        Ok(()) => Ok(see_done(&queue, "marking-marked")),
        Err(Error::Invalid(errors)) => Ok(page(&place, piece).returned(form, errors).into_response()),
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

fn marks(piece: &Piece, form: &Form) -> BTreeMap<Identifier, Mark> {
    let mark = |work: &Work| {
        let level = |criterion: &Criterion| {
            let level = form.parsed(&field(work, criterion.identifier.as_str()))?;
            Some((criterion.identifier.clone(), level))
        };
        let mark = Mark {
            levels: work.rubric.criteria.iter().filter_map(level).collect(),
            comment: form.text(&field(work, "comment")).to_owned(),
        };
        (work.response.clone(), mark)
    };
    piece.works.iter().map(mark).collect()
}

/// The fields of a mark that was given.
fn stored(piece: &Piece) -> Form {
    let mut fields = Vec::new();
    for (response, mark) in piece.mark.iter().flat_map(|mark| &mark.marks) {
        for (criterion, level) in &mark.levels {
            fields.push((format!("{response}.{criterion}"), level.to_string()));
        }
        fields.push((format!("{response}.comment"), mark.comment.clone()));
    }
    Form::filled(fields)
}

fn field(work: &Work, name: &str) -> String {
    format!("{}.{name}", work.response)
}

fn page(place: &Member, piece: Piece) -> Page {
    let desk = Desk::new(place);
    let above = vec![Place::new(place.path("/teach/marking"), place.t("marking-title"))];
    let files = text::links(place, piece.files.clone());
    let page = place.page(piece.title.clone(), move || {
        let is_marked = piece.mark.is_some();
        let until = piece.claimed_until.filter(|_| !is_marked).map(|at| {
            view! { <p class="meta"><span>{t!("marking-yours-until")}" "<Moment at /></span></p> }
        });
        let works = piece
            .works
            .iter()
            .map(|work| view! { <Written work=work.clone() /> });
        let works = works.collect_view();
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head"><h1>{piece.title.clone()}</h1>{until}</div>
                {is_marked.then(|| view! { <Notice tone=Tone::Good><p>{t!("marking-is-marked")}</p></Notice> })}
                <WhatWasAsked piece files />
                <form method="post">{works}{(!is_marked).then(buttons)}</form>
            </TeachFrame>
        }
    });
    page.layout(Layout::Wide)
}

fn buttons() -> AnyView {
    view! {
        <div class="buttons">
            <button class="button">{t!("marking-submit")}</button>
            <button class="button quiet" name="release" value="yes">{t!("marking-release")}</button>
        </div>
    }
    .into_any()
}

#[component]
fn WhatWasAsked(piece: Piece, files: FileLinks) -> AnyView {
    let asked = piece.view.body.iter().map(|block| match block {
        BlockView::Prose(markdown) => text::text(markdown, &files),
        BlockView::Interaction(it) => text::text(&it.prompt, &files),
        BlockView::Passage(passage) => question::numbered(passage, &files),
    });
    view! { <section class="section"><h2>{t!("marking-asked")}</h2>{asked.collect_view()}</section> }
        .into_any()
}

/// What was written, and what to say about it.
#[component]
fn Written(work: Work) -> AnyView {
    let paragraphs = work.text.lines().map(|line| view! { <p>{line.to_owned()}</p> });
    let paragraphs = paragraphs.collect_view();
    let words = work.text.split_whitespace().count();
    let criteria = work.rubric.criteria.iter().map(|criterion| {
        let name = field(&work, criterion.identifier.as_str());
        view! { <Levels criterion=criterion.clone() name /> }
    });
    let criteria = criteria.collect_view();
    view! {
        <section class="section">
            <h2>{t!("marking-written")}</h2>
            <blockquote class="prose">{paragraphs}</blockquote>
            <p class="muted">{t!("marking-words", count = words)}</p>
        </section>
        <section class="section">
            <h2>{t!("marking-rubric")}</h2>
            {criteria}
            <TextArea name=field(&work, "comment") label=t!("marking-comment") hint=t!("marking-comment-hint") />
        </section>
    }
    .into_any()
}

/// The levels of one criterion.
#[component]
fn Levels(criterion: Criterion, name: String) -> AnyView {
    let chosen = value_of(&name);
    let reason = reason_at(&name);
    let first = id_of(&name);
    let wrong = format!("{first}-error");
    let described = reason.is_some().then(|| wrong.clone());
    let class = if reason.is_some() {
        "field full invalid"
    } else {
        "field full"
    };
    // A rubric that is decided by its levels has no points to speak of.
    let has_points = criterion.levels.iter().any(|level| level.points > Points::ZERO);
    let levels = criterion.levels.into_iter().enumerate().map(|(at, level)| {
        let value = level.identifier.to_string();
        let checked = value == chosen;
        let id = if at == 0 {
            first.clone()
        } else {
            format!("{first}-{at}")
        };
        view! {
            <label>
                <input type="radio" id=id name=name.clone() value=value checked=checked />
                <b>
                    {if has_points {
                        t!("marking-level", title = level.title, points = level.points.to_string())
                    } else {
                        level.title
                    }}
                </b>
                <span inner_html=text::inline(&level.descriptor, &FileLinks::default())></span>
            </label>
        }
    });
    let levels = levels.collect_view();
    view! {
        <fieldset class=class aria-describedby=described>
            <legend>{criterion.title}</legend>
            {(!criterion.description.is_empty()).then(|| text::without_files(&criterion.description))}
            {reason.map(|reason| view! { <p class="error" id=wrong>{reason}</p> })}
            <div class="levels">{levels}</div>
        </fieldset>
    }
    .into_any()
}
