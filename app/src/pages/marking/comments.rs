//! An assessor's own comments.

use axum::response::{IntoResponse, Response};
use domain::id::SavedCommentId;
use leptos::prelude::*;
use service::{
    Error,
    assessment::marking::{self, LONGEST_COMMENT, MOST_COMMENTS, SavedComment},
};

use super::piece::at_field;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::{
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{Empty, ErrorSummary, Layout, Place, TextArea, id_of, in_textarea, reason_at, value_of},
    visit::Member,
};

pub(super) async fn show(place: Member) -> Result<Page, Failure> {
    let sought = place.query("find").unwrap_or_default();
    Ok(page(&place, sought).await?)
}

pub(super) async fn send(place: Member, form: Form) -> Result<Response, Failure> {
    let path = place.path("/teach/marking/comments");
    match store(&place, &form).await {
        Ok(done) => Ok(see_done(&path, done)),
        Err(Error::Invalid(errors)) => Ok(page(&place, String::new())
            .await?
            .returned(form, errors)
            .into_response()),
        Err(other) => Err(other.into()),
    }
}

/// Does what the form says; says which words tell of it.
async fn store(place: &Member, form: &Form) -> Result<&'static str, Error> {
    let ctx = &place.ctx;
    let Some(id) = form.parsed::<SavedCommentId>("id") else {
        let new = form.parsed("new").unwrap_or_else(|| ctx.new_id());
        marking::keep_comment(ctx, new, form.text("comment")).await?;
        return Ok("marking-comment-kept");
    };
    if form.text("do") == "remove" {
        marking::remove_comment(ctx, id).await?;
        return Ok("marking-comment-removed");
    }
    let changed = marking::change_comment(ctx, id, form.text(&changed_field(id))).await;
    changed.map_err(|error| at_field(error, &changed_field(id)))?;
    Ok("marking-comment-changed")
}

fn changed_field(id: SavedCommentId) -> String {
    format!("comment-{id}")
}

async fn page(place: &Member, sought: String) -> Result<Page, Error> {
    let comments = marking::comments(&place.ctx, &sought).await?;
    let desk = Desk::new(place);
    let new: SavedCommentId = place.ctx.new_id();
    let above = vec![Place::new(place.path("/teach/marking"), place.t("marking-title"))];
    let page = place.page(place.t("marking-comments-title"), move || {
        let nothing = comments.is_empty().then(|| {
            view! { <Empty title=t!("marking-comments-none")><p>{t!("marking-comments-none-text")}</p></Empty> }
        });
        let comments = comments.into_iter().map(|comment| view! { <One comment /> });
        let comments = comments.collect_view();
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("marking-comments-title")}</h1>
                    <p class="lead">{t!("marking-comments-lead", most = MOST_COMMENTS)}</p>
                </div>
                <form method="get" role="search">
                    <div class="field">
                        <label for="find">{t!("marking-comments-find")}</label>
                        <input id="find" name="find" type="search" value=sought maxlength="100" />
                    </div>
                    <div class="buttons"><button class="button secondary">{t!("marking-comments-search")}</button></div>
                </form>
                <section class="section">{nothing}<ul role="list" class="flow">{comments}</ul></section>
                <section class="section">
                    <h2>{t!("marking-comments-new")}</h2>
                    <form method="post">
                        <input type="hidden" name="new" value=new.to_string() />
                        <TextArea
                            name="comment"
                            label=t!("marking-comments-text")
                            hint=t!("marking-comments-text-hint", most = LONGEST_COMMENT)
                            rows=4
                        />
                        <div class="buttons"><button class="button">{t!("form-save")}</button></div>
                    </form>
                </section>
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Page))
}

/// A comment, and beneath it how to change it.
#[component]
fn One(comment: SavedComment) -> AnyView {
    let field = changed_field(comment.id);
    let id = id_of(&field);
    let reason = reason_at(&field);
    let wrong = format!("{id}-error");
    let written = if reason.is_some() {
        value_of(&field)
    } else {
        comment.text.clone()
    };
    let class = if reason.is_some() {
        "field invalid"
    } else {
        "field"
    };
    let short = text::plain(&comment.text, 60);
    let invalid = reason.is_some().then_some("true");
    let is_wrong = reason.is_some();
    let described = is_wrong.then(|| wrong.clone());
    view! {
        <li class="panel">
            {text::without_files(&comment.text)}
            <details open=is_wrong>
                <summary>{t!("marking-comments-change")}<span class="sr">" "{short.clone()}</span></summary>
                <form method="post">
                    <input type="hidden" name="id" value=comment.id.to_string() />
                    <div class=class>
                        <label for=id.clone()>{t!("marking-comments-text")}</label>
                        {reason.map(|reason| view! { <p class="error" id=wrong>{reason}</p> })}
                        <textarea id=id name=field rows="4" aria-invalid=invalid aria-describedby=described>
                            {in_textarea(&written)}
                        </textarea>
                    </div>
                    <div class="buttons">
                        <button class="button">{t!("form-save")}</button>
                        <button class="button danger" name="do" value="remove">{t!("marking-comments-remove")}</button>
                    </div>
                </form>
            </details>
        </li>
    }
    .into_any()
}
