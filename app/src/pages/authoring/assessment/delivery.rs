//! When an assessment can be sat, and with what code.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{Timestamp, assessment::Window};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    assessment::definition::{self, Delivery},
};

use super::{AssessmentPath, assessment_id};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{ErrorSummary, Hidden, Layout, Place, TextField},
    visit::{Author, Member},
};

/// The fields, and before each the one that says what its form showed at first.
const FIELDS: [&str; 3] = ["opens", "closes", "access-code"];

pub(super) async fn show(Author(place): Author, Path((_, id)): AssessmentPath) -> Result<Page, Failure> {
    let delivery = definition::delivery(&place.ctx, assessment_id(&id)?).await?;
    let values = fill(&delivery);
    Ok(page(&place, &id).await?.filled(Form::with_seen(FIELDS, values)))
}

pub(super) async fn send(
    Author(place): Author,
    Path((_, id)): AssessmentPath,
    form: Form,
) -> Result<Response, Failure> {
    match store(&place, &id, &form).await {
        Ok(()) => Ok(see_done(
            &Desk::new(&place).path(&format!("/assessments/{id}/delivery")),
            "assessment-delivery-saved",
        )),
        Err(Error::Invalid(errors)) => Ok(page(&place, &id).await?.returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

async fn store(place: &Member, id: &str, form: &Form) -> Result<(), Error> {
    let id = assessment_id(id)?;
    let mut errors = FieldErrors::default();
    let next = read(FIELDS.map(|name| form.text(name)), &mut errors);
    errors.check()?;
    let seen_fields = FIELDS.map(|name| format!("seen-{name}"));
    let seen = read(
        seen_fields.each_ref().map(|name| form.text(name)),
        &mut FieldErrors::default(),
    );
    definition::set_delivery(&place.ctx, id, &seen, &next).await
}

/// What the fields say. What cannot be read is said at its field.
fn read([opens, closes, access_code]: [&str; 3], errors: &mut FieldErrors) -> Delivery {
    let mut moment = |field: &str, typed: &str| {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        // `datetime-local`, in UTC: to the minute, though a browser may add seconds.
        let to_the_minute = typed.get(..16).unwrap_or(typed);
        let moment = Timestamp::parse_rfc3339(&format!("{to_the_minute}:00Z")).ok();
        if moment.is_none() {
            errors.add(field, "moment-unreadable");
        }
        moment
    };
    Delivery {
        window: Window {
            opens: moment("opens", opens),
            closes: moment("closes", closes),
        },
        access_code: access_code.trim().to_owned(),
    }
}

fn fill(delivery: &Delivery) -> [String; 3] {
    let local = |moment: Option<Timestamp>| {
        let text = moment.map(Timestamp::to_rfc3339_seconds).unwrap_or_default();
        text.get(..16).unwrap_or_default().to_owned()
    };
    [
        local(delivery.window.opens),
        local(delivery.window.closes),
        delivery.access_code.clone(),
    ]
}

async fn page(place: &Member, id: &str) -> Result<Page, Failure> {
    let draft = definition::load(&place.ctx, assessment_id(id)?).await?;
    let desk = Desk::new(place);
    let above = vec![
        Place::new(desk.path("/assessments"), place.t("assessment-list-title")),
        Place::new(
            desk.path(&format!("/assessments/{id}")),
            draft.content.title.clone(),
        ),
    ];
    let page = place.page(place.t("delivery-title"), move || {
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("delivery-title")}</h1>
                    <p class="lead">{t!("delivery-lead")}</p>
                </div>
                <form method="post">
                    {FIELDS.map(|name| view! { <Hidden name=format!("seen-{name}") /> })}
                    <TextField
                        name="opens"
                        kind="datetime-local"
                        label=t!("delivery-opens")
                        hint=t!("delivery-opens-hint")
                        required=false
                    />
                    <TextField
                        name="closes"
                        kind="datetime-local"
                        label=t!("delivery-closes")
                        hint=t!("delivery-closes-hint")
                        required=false
                    />
                    <TextField
                        name="access-code"
                        label=t!("assessment-access-code")
                        hint=t!("delivery-code-hint")
                        autocomplete="off"
                        required=false
                        class="short"
                    />
                    <div class="buttons"><button class="button">{t!("form-save")}</button></div>
                </form>
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_are_written() {
        let mut errors = FieldErrors::default();
        let delivery = read(["2026-11-28T08:30", "2026-11-28T10:00:30", " Weir "], &mut errors);
        assert!(errors.is_empty());
        assert_eq!(fill(&delivery), ["2026-11-28T08:30", "2026-11-28T10:00", "Weir"]);
        assert_eq!(read(["", " ", ""], &mut errors), Delivery::default());
        assert!(errors.is_empty());
        read(["soon", "2026-13-01T00:00", ""], &mut errors);
        let fields: Vec<_> = errors.iter().map(|error| error.field.clone()).collect();
        assert_eq!(fields, ["opens", "closes"]);
    }
}
