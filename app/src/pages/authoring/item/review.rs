//! The review of an item: what it asks, what was said about it, and what comes next.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    assessment::{ReviewState, ReviewStep},
    id::{ItemId, ItemReviewId},
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::item::{self, Draft, Review, ReviewForm, Said},
};

use super::{
    ItemPath,
    editor::{Preview, title},
    item_id,
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::{
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{ErrorSummary, Hidden, Layout, Moment, Place, Tag, TextArea, Tone, id_of},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author, Path((_, id)): ItemPath) -> Result<Page, Failure> {
    let draft = item::load(&place.ctx, item_id(&id)?).await?;
    let id: ItemReviewId = place.installation().new_id();
    let form = Form::filled([("id", id.to_string()), ("revision", draft.revision.to_string())]);
    Ok(page(&place, draft).await?.filled(form))
}

pub(super) async fn send(
    Author(place): Author,
    Path((_, id)): ItemPath,
    form: Form,
) -> Result<Response, Failure> {
    let id = item_id(&id)?;
    let draft = item::load(&place.ctx, id).await?;
    match take(&place, id, &form).await {
        Ok(done) => {
            let own = Desk::new(&place).path(&format!("/items/{id}/review"));
            Ok(see_done(&own, done))
        }
        Err(Error::Invalid(errors)) => Ok(page(&place, draft).await?.returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

/// Takes the step that was asked for, and says what was done.
async fn take(place: &Member, item: ItemId, form: &Form) -> Result<&'static str, Error> {
    let step = form.parsed("do").unwrap_or(ReviewStep::Comment);
    let sent = ReviewForm {
        id: form.parsed("id").ok_or(Error::Stale)?,
        revision: form.parsed("revision").ok_or(Error::Stale)?,
        step,
        comment: form.text("comment"),
    };
    item::review(&place.ctx, item, sent).await?;
    Ok(match step {
        ReviewStep::Send => "item-sent-to-review",
        ReviewStep::Approve => "item-approved",
        ReviewStep::SendBack => "item-sent-back",
        _ => "item-commented",
    })
}

async fn page(place: &Member, draft: Draft) -> Result<Page, Failure> {
    let review = item::reviewed(&place.ctx, draft.id).await?;
    let item = draft.content.item.clone();
    let files = text::links(place, item::files(&place.ctx, &item).await?);
    let desk = Desk::new(place);
    let own = desk.path(&format!("/items/{}", draft.id));
    let above = vec![
        Place::new(desk.path("/items"), place.t("item-list-title")),
        Place::new(own.clone(), title(place, &draft)),
    ];
    let page = place.page(place.t("review-title"), move || {
        let explained = state_text(&review);
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="row apart">
                    <h1>{t!("review-title")}</h1>
                    <p class="meta">{tag(review.state)}</p>
                </div>
                <p class="lead">{explained}</p>
                <div class="editor">
                    <div>
                        <SaidSoFar said=review.said />
                        <Steps steps=review.steps />
                    </div>
                    <Preview shown=Some(item) files is_stored=true own />
                </div>
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

/// How far the review is, on the page of the item at `own`; with a button that
/// publishes what was approved, where nothing else may be.
pub(super) fn standing(review: &Review, draft: &Draft, own: &str) -> AnyView {
    let is_in_force = draft.published.as_ref().is_some_and(|version| !version.outdated);
    let may_publish = review.is_required && review.state == ReviewState::Approved && !is_in_force;
    let publish = may_publish.then(|| {
        view! {
            <form class="inline" method="post">
                <input type="hidden" name="revision" value=draft.revision.to_string() />
                <button class="button" name="do" value="publish">{t!("review-publish")}</button>
            </form>
        }
    });
    view! {
        <section class="section">
            <h2>{t!("review-title")}</h2>
            <p class="meta">{tag(review.state)}</p>
            <p>{state_text(review)}</p>
            <div class="buttons">
                {publish}
                // Where a form that would publish says what is missing.
                <a id=id_of("comment") class="button secondary" href=format!("{own}/review")>{t!("review-to")}</a>
            </div>
        </section>
    }
    .into_any()
}

/// How far it is, as a tag.
pub(super) fn tag(state: ReviewState) -> AnyView {
    let tone = match state {
        ReviewState::Draft => Tone::Plain,
        ReviewState::InReview => Tone::Info,
        ReviewState::Approved => Tone::Good,
        ReviewState::Retired => Tone::Warn,
    };
    view! { <Tag tone text=t!(&format!("review-state-{state}")) /> }.into_any()
}

/// What that means, and what comes next.
fn state_text(review: &Review) -> String {
    match review.state {
        ReviewState::Draft if review.is_required => t!("review-draft-required"),
        ReviewState::InReview if review.has_written => t!("review-in-review-own"),
        state => t!(&format!("review-state-{state}-text")),
    }
}

/// What was said, first to last.
#[component]
fn SaidSoFar(said: Vec<Said>) -> AnyView {
    if said.is_empty() {
        return view! { <p class="muted">{t!("review-nothing-said")}</p> }.into_any();
    }
    let said = said
        .into_iter()
        .map(|said| {
            let tone = match said.step {
                ReviewStep::Approve => Tone::Good,
                ReviewStep::SendBack => Tone::Warn,
                _ => Tone::Plain,
            };
            let by = said.by.unwrap_or_else(|| t!("review-somebody"));
            view! {
                <li class=tone.word()>
                    <p>{t!(&format!("review-did-{}", said.step), person = by)}</p>
                    {(!said.comment.is_empty()).then(|| view! { <blockquote>{said.comment}</blockquote> })}
                    <Moment at=said.at />
                </li>
            }
        })
        .collect_view();
    view! {
        <h2>{t!("review-said")}</h2>
        <ol class="history" role="list">{said}</ol>
    }
    .into_any()
}

/// What the reader may do now, each with a button of the one form.
#[component]
fn Steps(steps: Vec<ReviewStep>) -> AnyView {
    if steps.is_empty() {
        return ().into_any();
    }
    let buttons = steps
        .into_iter()
        .map(|step| {
            let class = match step {
                ReviewStep::Send | ReviewStep::Approve => "button",
                ReviewStep::Comment => "button quiet",
                _ => "button secondary",
            };
            view! {
                <button class=class name="do" value=step.to_string()>{t!(&format!("review-do-{step}"))}</button>
            }
        })
        .collect_view();
    view! {
        <form method="post">
            // The first button of a form is the one that Enter presses: it decides nothing.
            <button class="sr" name="do" value="comment" tabindex="-1" aria-hidden="true"></button>
            <Hidden name="id" />
            <Hidden name="revision" />
            <TextArea name="comment" label=t!("review-comment") hint=t!("review-comment-hint") rows=4 />
            <div class="buttons">{buttons}</div>
        </form>
    }
    .into_any()
}
