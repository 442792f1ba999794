//! A new assessment: its name, and how it is taken.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use domain::id::AssessmentId;
use leptos::prelude::*;
use service::{Error, assessment::definition};

use super::fields;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    pages::teach::{Desk, TeachFrame},
    ui::{Choice, Choices, ErrorSummary, Layout, Place, TextField, value_of},
    visit::{Author, Member},
};

/// What a new assessment begins with: the gate's own pause, and a form's usual cut.
const BEGINNING: [(&str, &str); 6] = [
    ("tries", "2"),
    ("cooldown", "24"),
    ("cut", "80"),
    ("unseen", "required"),
    ("feedback", "atEnd"),
    ("layout", "oneItemPerPage"),
];

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let id: AssessmentId = place.installation().new_id();
    let form = Form::filled([("id", id.to_string()), ("mode", "gate".to_owned())]);
    Ok(page(&place).filled(form))
}

pub(super) async fn send(Author(place): Author, form: Form) -> Result<Response, Failure> {
    let given = form
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let beginning = BEGINNING.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let whole = Form::filled(given.chain(beginning));
    let id: AssessmentId = form.parsed("id").ok_or(Error::NotFound)?;
    let made = match fields::read(&whole, &BTreeMap::new()) {
        Ok(content) => definition::create(&place.ctx, id, &content).await,
        Err(errors) => Err(Error::Invalid(errors)),
    };
    match made {
        Ok(()) => Ok(see_other(&Desk::new(&place).path(&format!("/assessments/{id}")))),
        Err(Error::Invalid(errors)) => Ok(page(&place).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

/// The two ways an assessment can be taken.
pub(super) fn modes() -> Vec<Choice> {
    ["gate", "form"]
        .into_iter()
        .map(|mode| Choice {
            value: mode.to_owned(),
            text: t!(&format!("assessment-mode-{mode}")),
            hint: t!(&format!("assessment-mode-{mode}-hint")),
        })
        .collect()
}

fn page(place: &Member) -> Page {
    let desk = Desk::new(place);
    let above = vec![Place::new(
        desk.path("/assessments"),
        place.t("assessment-list-title"),
    )];
    place
        .page(place.t("assessment-new"), move || {
            view! {
                <TeachFrame desk above>
                    <ErrorSummary />
                    <h1>{t!("assessment-new")}</h1>
                    <form method="post">
                        <input type="hidden" name="id" value=value_of("id") />
                        <TextField
                            name="title"
                            label=t!("assessment-title")
                            hint=t!("assessment-title-hint")
                            maxlength=200
                        />
                        <Choices name="mode" legend=t!("assessment-mode-question") choices=modes() />
                        <div class="buttons"><button class="button">{t!("assessment-begin")}</button></div>
                    </form>
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}
