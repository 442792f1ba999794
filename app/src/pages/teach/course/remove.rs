//! Taking a part out of a draft, after a question.

use axum::{extract::Path, response::Response};
use leptos::prelude::*;
use service::{
    Error,
    course::{self, Part},
};

use super::{PartPath, activity_id, course_id, module_id, revision};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::teach::Desk,
    ui::{Confirm, Layout},
    visit::{Author, Member},
};

pub(super) async fn ask_module(
    Author(place): Author,
    Path((_, course, id)): PartPath,
) -> Result<Page, Failure> {
    let id = module_id(&id)?;
    ask(&place, &course, Part::Module(id)).await
}

pub(super) async fn ask_activity(
    Author(place): Author,
    Path((_, course, id)): PartPath,
) -> Result<Page, Failure> {
    let id = activity_id(&id)?;
    ask(&place, &course, Part::Activity(id)).await
}

pub(super) async fn module(
    Author(place): Author,
    Path((_, course, id)): PartPath,
    form: Form,
) -> Result<Response, Failure> {
    let id = module_id(&id)?;
    remove(&place, &course, &form, Part::Module(id)).await
}

pub(super) async fn activity(
    Author(place): Author,
    Path((_, course, id)): PartPath,
    form: Form,
) -> Result<Response, Failure> {
    let id = activity_id(&id)?;
    remove(&place, &course, &form, Part::Activity(id)).await
}

async fn ask(place: &Member, course: &str, part: Part) -> Result<Page, Failure> {
    let draft = course::draft(&place.ctx, course_id(course)?).await?;
    let title = match part {
        Part::Module(id) => draft.content.module(id).map(|module| &module.title),
        Part::Activity(id) => draft.content.activity(id).map(|(_, activity)| &activity.title),
    };
    let question = place.locale.text(
        "teach-remove-question",
        &crate::i18n::args!(title = title.ok_or(Error::NotFound)?.clone()),
    );
    let back = Desk::new(place).path(&format!("/courses/{}", draft.id));
    let what = match part {
        Part::Module(_) => "teach-remove-module-text",
        Part::Activity(_) => "teach-remove-activity-text",
    };
    let page = place.page(question.clone(), move || {
        view! {
            <Confirm title=question>
                <p>{t!(what)}</p>
                <form method="post">
                    <super::Revision revision=draft.revision />
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

async fn remove(place: &Member, course: &str, form: &Form, part: Part) -> Result<Response, Failure> {
    let course = course_id(course)?;
    course::remove(&place.ctx, course, revision(form), part).await?;
    Ok(see_done(
        &Desk::new(place).path(&format!("/courses/{course}")),
        "removed",
    ))
}
