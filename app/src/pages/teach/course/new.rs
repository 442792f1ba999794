//! Beginning a course.

use axum::response::{IntoResponse, Response};
use domain::id::CourseId;
use leptos::prelude::*;
use service::{
    Error,
    course::{self, NewCourse},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{ErrorSummary, Layout, TextField, value_of},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let id: CourseId = place.installation().new_id();
    let language = place.tenant.languages.first().cloned().unwrap_or_default();
    Ok(page(&place).filled(Form::filled([("id", id.to_string()), ("language", language)])))
}

pub(super) async fn send(Author(place): Author, form: Form) -> Result<Response, Failure> {
    let id = form.parsed("id").ok_or(Error::NotFound)?;
    let new = NewCourse {
        id,
        title: form.text("title").to_owned(),
        slug: form.text("slug").to_owned(),
        language: form.text("language").to_owned(),
    };
    match course::create(&place.ctx, new).await {
        Ok(()) => Ok(see_done(
            &Desk::new(&place).path(&format!("/courses/{id}")),
            "course-created",
        )),
        Err(Error::Invalid(errors)) => Ok(page(&place).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

fn page(place: &Member) -> Page {
    let desk = Desk::new(place);
    let address = place.installation().address(&place.path("/courses/"));
    place
        .page(place.t("teach-new-course"), move || {
            view! {
                <TeachFrame desk>
                    <ErrorSummary />
                    <h1>{t!("teach-new-course")}</h1>
                    <form method="post">
                        <input type="hidden" name="id" value=value_of("id") />
                        <TextField name="title" label=t!("teach-title-field") hint=t!("teach-title-hint") />
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
                        <div class="buttons"><button class="button">{t!("teach-create")}</button></div>
                    </form>
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}
