//! What is said about a course as a whole.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::id::CourseId;
use leptos::prelude::*;
use service::{
    Error,
    course::{self, Basics},
};

use super::{CoursePath, course_id, revision};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{ErrorSummary, Layout, Place, TextArea, TextField, value_of},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author, Path((_, id)): CoursePath) -> Result<Page, Failure> {
    let draft = course::draft(&place.ctx, course_id(&id)?).await?;
    let form = Form::filled([
        ("revision", draft.revision.to_string()),
        ("title", draft.content.title),
        ("slug", draft.slug),
        ("language", draft.content.language.to_string()),
        ("summary", draft.content.summary),
    ]);
    Ok(page(&place, draft.id).filled(form))
}

pub(super) async fn send(
    Author(place): Author,
    Path((_, id)): CoursePath,
    form: Form,
) -> Result<Response, Failure> {
    let id = course_id(&id)?;
    let basics = Basics {
        title: form.text("title").to_owned(),
        slug: form.text("slug").to_owned(),
        language: form.text("language").to_owned(),
        summary: form.text("summary").to_owned(),
    };
    match course::save_basics(&place.ctx, id, revision(&form), &basics).await {
        Ok(_) => Ok(see_done(
            &Desk::new(&place).path(&format!("/courses/{id}")),
            "saved",
        )),
        Err(Error::Invalid(errors)) => Ok(page(&place, id).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

fn page(place: &Member, id: CourseId) -> Page {
    let desk = Desk::new(place);
    let address = place.installation().address(&place.path("/courses/"));
    let above = vec![Place::new(
        desk.path(&format!("/courses/{id}")),
        place.t("teach-course"),
    )];
    place
        .page(place.t("teach-basics"), move || {
            view! {
                <TeachFrame desk above>
                    <ErrorSummary />
                    <h1>{t!("teach-basics")}</h1>
                    <form method="post">
                        <input type="hidden" name="revision" value=value_of("revision") />
                        <TextField name="title" label=t!("teach-title-field") />
                        <TextArea
                            name="summary"
                            label=t!("teach-summary-field")
                            hint=t!("teach-summary-hint")
                            rows=8
                        />
                        <TextField
                            name="slug"
                            label=t!("teach-slug-field")
                            hint=t!("teach-slug-hint", address = address)
                        />
                        <TextField
                            name="language"
                            label=t!("teach-language-field")
                            hint=t!("teach-language-hint")
                            class="short"
                        />
                        <div class="buttons"><button class="button">{t!("teach-save")}</button></div>
                    </form>
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}
