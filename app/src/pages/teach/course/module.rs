//! What is said about a module.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{course::Prerequisite, id::ModuleId};
use leptos::prelude::*;
use service::{
    Error,
    course::{self, Draft, ModuleDetails},
};

use super::{PartPath, course_id, module_id, prerequisites, revision};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{Choices, ErrorSummary, Layout, Place, TextArea, TextField, value_of},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author, Path((_, course, id)): PartPath) -> Result<Page, Failure> {
    let draft = course::draft(&place.ctx, course_id(&course)?).await?;
    let id = module_id(&id)?;
    let module = draft.content.module(id).ok_or(Error::NotFound)?;
    let mut fields = vec![
        ("revision", draft.revision.to_string()),
        ("title", module.title.clone()),
        ("summary", module.summary.clone()),
    ];
    fields.extend(prerequisites::ticked(&module.after));
    Ok(page(&place, &draft, id).filled(Form::filled(fields)))
}

pub(super) async fn send(
    Author(place): Author,
    Path((_, course, id)): PartPath,
    form: Form,
) -> Result<Response, Failure> {
    let (course, id) = (course_id(&course)?, module_id(&id)?);
    let details = ModuleDetails {
        title: form.text("title").to_owned(),
        summary: form.text("summary").to_owned(),
        after: prerequisites::read(&form),
    };
    match course::save_module(&place.ctx, course, revision(&form), id, details).await {
        Ok(_) => Ok(see_done(
            &Desk::new(&place).path(&format!("/courses/{course}")),
            "saved",
        )),
        Err(Error::Invalid(errors)) => {
            let draft = course::draft(&place.ctx, course).await?;
            Ok(page(&place, &draft, id).returned(form, errors).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn page(place: &Member, draft: &Draft, id: ModuleId) -> Page {
    let desk = Desk::new(place);
    let course = desk.path(&format!("/courses/{}", draft.id));
    let above = vec![Place::new(course.clone(), draft.content.title.clone())];
    let content = draft.content.clone();
    let remove = format!("{course}/modules/{id}/remove");
    place
        .page(place.t("teach-module"), move || {
            let choices = prerequisites::choices(&content, |at| at == Prerequisite::Module(id));
            view! {
                <TeachFrame desk above>
                    <ErrorSummary />
                    <h1>{t!("teach-module")}</h1>
                    <form method="post">
                        <input type="hidden" name="revision" value=value_of("revision") />
                        <TextField name="title" label=t!("teach-title-field") />
                        <TextArea
                            name="summary"
                            label=t!("teach-summary-field")
                            hint=t!("teach-markdown-hint")
                            rows=5
                        />
                        {(!choices.is_empty()).then(|| view! {
                            <Choices
                                name="after"
                                legend=t!("teach-after-field")
                                hint=t!("teach-after-hint")
                                choices
                                many=true
                            />
                        })}
                        <div class="buttons">
                            <button class="button">{t!("teach-save")}</button>
                            <a class="button danger secondary" href=remove>{t!("teach-remove")}</a>
                        </div>
                    </form>
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}
