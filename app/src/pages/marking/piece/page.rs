//! How the page looks.

use domain::{assessment::BlockView, course::markdown::FileLinks};
use leptos::prelude::*;
use service::assessment::marking::{Piece, SavedComment};

use super::{dispute::Dispute, rubric::Rubric, said, work::Written};
use crate::{
    i18n::t,
    islands::MarkDraft,
    page::Page,
    pages::{
        assessment::question,
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{ErrorSummary, Layout, Moment, Notice, Place, Progress, Tone, id_of},
    visit::Member,
};

pub(super) fn page(place: &Member, piece: Piece, comments: Vec<SavedComment>) -> Page {
    let desk = Desk::new(place);
    let tenant = place.tenant.slug.clone();
    let above = vec![Place::new(place.path("/teach/marking"), place.t("marking-title"))];
    let base = place.path(&format!("/teach/marking/{}", piece.id));
    let files = question::with_sent(text::links(place, piece.files.clone()), piece.sent.clone(), &base);
    let page = place.page(piece.title.clone(), move || {
        let is_open = piece.mark.is_none();
        let previous = piece.previous.map(|id| desk.path(&format!("/marking/{id}")));
        let works = piece.works.iter().map(|work| {
            let annotations = said(&piece)
                .get(&work.response)
                .map(|mark| mark.annotations.clone())
                .unwrap_or_default();
            view! {
                <Written work=work.clone() annotations is_open files=files.clone() />
                <Rubric work=work.clone() comments=comments.clone() is_open />
            }
        });
        let works = works.collect_view();
        let both = piece.in_dispute.clone();
        let both = both.map(|marks| view! { <Dispute works=piece.works.clone() marks /> });
        let body = if is_open {
            view! {
                <form method="post" id="marking">
                    {default_button()}
                    // Whoever settles a dispute has to have seen it.
                    <input type="hidden" name="stage" value=piece.stage.to_string() />
                    {both}
                    {works}
                    <Ways piece=piece.clone() tenant />
                </form>
            }
            .into_any()
        } else {
            view! { {both}<fieldset disabled>{works}</fieldset> }.into_any()
        };
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <Head piece=piece.clone() previous />
                <WhatWasAsked piece=piece.clone() files=files.clone() />
                {body}
            </TeachFrame>
        }
    });
    page.layout(Layout::Wide)
}

#[component]
fn Head(piece: Piece, previous: Option<String>) -> AnyView {
    let is_open = piece.mark.is_none();
    let until = piece.claimed_until.filter(|_| is_open).map(|at| {
        view! { <span>{t!("marking-yours-until")}" "<Moment at /></span> }
    });
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    let done = t!("marking-done", count = piece.done.settled, of = piece.done.all);
    view! {
        <div class="page-head">
            <h1>{piece.title.clone()}</h1>
            <Progress done=count(piece.done.settled) of=count(piece.done.all) label=t!("marking-progress") text=done />
            <p class="meta">
                {until}
                {previous.map(|href| view! { <a href=href>{t!("marking-previous")}</a> })}
            </p>
        </div>
        {(!is_open).then(|| view! { <Notice tone=Tone::Good><p>{t!("marking-is-marked")}</p></Notice> })}
        {is_open.then(|| view! { <Keys piece /> })}
    }
    .into_any()
}

/// A way to each criterion from the keyboard, in whatever way the browser has for
/// access keys; there, arrows choose a level.
#[component]
fn Keys(piece: Piece) -> AnyView {
    let criteria = piece.works.iter().flat_map(|work| {
        let response = work.response.clone();
        let of = move |criterion: &domain::assessment::Criterion| {
            (
                id_of(&format!("{response}.{}", criterion.identifier)),
                criterion.title.clone(),
            )
        };
        work.rubric.criteria.iter().map(of)
    });
    let links = criteria.take(9).zip(1_u8..).map(|((id, title), key)| {
        view! { <li><a href=format!("#{id}") accesskey=key.to_string()><kbd>{key}</kbd>" "{title}</a></li> }
    });
    let links = links.collect_view();
    view! {
        <nav class="keys" aria-label=t!("marking-keys")>
            <p class="hint">{t!("marking-keys-hint")}</p>
            <ul role="list" class="row">{links}</ul>
        </nav>
    }
    .into_any()
}

/// The first button of a form is the one that Enter presses: it does what the
/// page's main button does, whatever buttons stand before that.
fn default_button() -> AnyView {
    view! { <button class="sr" name="then" value="next" tabindex="-1" aria-hidden="true"></button> }
        .into_any()
}

#[component]
fn Ways(piece: Piece, tenant: String) -> AnyView {
    view! {
        <div class="buttons">
            <button class="button" name="then" value="next" accesskey="s">{t!("marking-submit-next")}</button>
            <button class="button secondary">{t!("marking-submit")}</button>
            <button class="button secondary" name="do" value="draft">{t!("marking-keep")}</button>
            <MarkDraft
                tenant
                piece=piece.id.to_string()
                ready=t!("marking-draft-ready")
                kept=t!("marking-draft-saved")
                failed=t!("marking-draft-failed")
                refused=t!("marking-draft-refused")
            />
        </div>
        <div class="buttons">
            <button class="button quiet" name="do" value="skip" accesskey="n">{t!("marking-skip")}</button>
            <button class="button quiet" name="do" value="release">{t!("marking-release")}</button>
            <button class="button quiet" name="do" value="drop">{t!("marking-drop")}</button>
        </div>
        <p class="hint">{t!("marking-release-hint")}</p>
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
