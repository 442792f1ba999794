//! Removing a competency, after a question, and a framework with nothing in it.

use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use service::competency;

use super::{competency_id, framework_id};
use crate::{
    failure::Failure,
    i18n::{args, t},
    page::{Page, see_done},
    pages::teach::Desk,
    ui::{Confirm, Layout},
    visit::Author,
};

pub(super) async fn ask(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
) -> Result<Page, Failure> {
    let stored = competency::load(&place.ctx, competency_id(&id)?).await?;
    let question = place
        .locale
        .text("teach-remove-question", &args!(title = stored.code.clone()));
    let back = Desk::new(&place).path(&format!("/competencies/{}", stored.id));
    let page = place.page(question.clone(), move || {
        view! {
            <Confirm title=question>
                <p>{t!("teach-remove-competency-text")}</p>
                <form method="post">
                    <div class="buttons">
                        <button class="button danger">{t!("teach-remove")}</button>
                        <a class="button quiet" href=back>{t!("teach-keep")}</a>
                    </div>
                </form>
            </Confirm>
        }
    });
    Ok(page.layout(Layout::Narrow))
}

pub(super) async fn competency(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let stored = competency::load(&place.ctx, competency_id(&id)?).await?;
    competency::remove(&place.ctx, stored.id).await?;
    let there = format!("/competencies/frameworks/{}", stored.framework);
    Ok(see_done(&Desk::new(&place).path(&there), "removed"))
}

pub(super) async fn framework(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    competency::remove_framework(&place.ctx, framework_id(&id)?).await?;
    Ok(see_done(&Desk::new(&place).path("/competencies"), "removed"))
}
