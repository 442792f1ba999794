//! Adding a module, and an activity to one.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    course::{NewActivity, WorkKind},
    id::{ActivityId, CourseId, ModuleId},
};
use leptos::prelude::*;
use service::{
    Error,
    course::{self, Draft},
};

use super::{CoursePath, PartPath, course_id, module_id, revision};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done, see_other},
    pages::{
        course::kind,
        teach::{Desk, TeachFrame},
    },
    ui::{Choice, Choices, ErrorSummary, Layout, Place, TextField, value_of},
    visit::{Author, Member},
};

pub(super) async fn module(Author(place): Author, Path((_, id)): CoursePath) -> Result<Page, Failure> {
    let draft = course::draft(&place.ctx, course_id(&id)?).await?;
    let new: ModuleId = place.installation().new_id();
    let form = Form::filled([("revision", draft.revision.to_string()), ("id", new.to_string())]);
    Ok(page(&place, &draft, None).filled(form))
}

pub(super) async fn send_module(
    Author(place): Author,
    Path((_, id)): CoursePath,
    form: Form,
) -> Result<Response, Failure> {
    let course = course_id(&id)?;
    let new = form.parsed("id").ok_or(Error::NotFound)?;
    let draft = course::draft(&place.ctx, course).await?;
    let here = Desk::new(&place).path(&format!("/courses/{course}"));
    if draft.content.module(new).is_some() {
        return Ok(see_other(&here));
    }
    match course::add_module(&place.ctx, course, revision(&form), new, form.text("title")).await {
        Ok(_) => Ok(see_done(&here, "module-added")),
        Err(Error::Invalid(errors)) => Ok(page(&place, &draft, None).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn activity(
    Author(place): Author,
    Path((_, id, module)): PartPath,
) -> Result<Page, Failure> {
    let draft = course::draft(&place.ctx, course_id(&id)?).await?;
    let module = module_id(&module)?;
    draft.content.module(module).ok_or(Error::NotFound)?;
    let new: ActivityId = place.installation().new_id();
    let form = Form::filled([
        ("revision", draft.revision.to_string()),
        ("id", new.to_string()),
        ("kind", WorkKind::Lesson.to_string()),
    ]);
    Ok(page(&place, &draft, Some(module)).filled(form))
}

pub(super) async fn send_activity(
    Author(place): Author,
    Path((_, id, module)): PartPath,
    form: Form,
) -> Result<Response, Failure> {
    let course = course_id(&id)?;
    let module = module_id(&module)?;
    let new = NewActivity {
        id: form.parsed("id").ok_or(Error::NotFound)?,
        title: form.text("title").trim().to_owned(),
        kind: form
            .parsed("kind")
            .ok_or_else(|| Error::field("kind", "choice-unknown"))?,
    };
    let draft = course::draft(&place.ctx, course).await?;
    let there = Desk::new(&place).path(&format!("/courses/{course}/activities/{}", new.id));
    if draft.content.activity(new.id).is_some() {
        return Ok(see_other(&there));
    }
    match course::add_activity(&place.ctx, course, revision(&form), module, new).await {
        Ok(_) => Ok(see_other(&there)),
        Err(Error::Invalid(errors)) => Ok(page(&place, &draft, Some(module))
            .returned(form, errors)
            .into_response()),
        Err(other) => Err(other.into()),
    }
}

/// The form for a module, or for an activity in `module`.
fn page(place: &Member, draft: &Draft, module: Option<ModuleId>) -> Page {
    let desk = Desk::new(place);
    let course: CourseId = draft.id;
    let above = vec![Place::new(
        desk.path(&format!("/courses/{course}")),
        draft.content.title.clone(),
    )];
    let key = if module.is_some() {
        "teach-add-activity"
    } else {
        "teach-add-module"
    };
    place
        .page(place.t(key), move || {
            view! {
                <TeachFrame desk above>
                    <ErrorSummary />
                    <h1>{t!(key)}</h1>
                    <form method="post">
                        <input type="hidden" name="revision" value=value_of("revision") />
                        <input type="hidden" name="id" value=value_of("id") />
                        <TextField name="title" label=t!("teach-title-field") />
                        {module.map(|_| view! {
                            <Choices name="kind" legend=t!("teach-kind-field") choices=kinds() />
                        })}
                        <div class="buttons"><button class="button">{t!("teach-add")}</button></div>
                    </form>
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}

fn kinds() -> Vec<Choice> {
    WorkKind::ALL
        .iter()
        .map(|one| Choice {
            value: one.to_string(),
            text: kind(*one),
            hint: t!(&format!("teach-kind-{one}-hint")),
        })
        .collect()
}
