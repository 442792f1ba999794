//! How much of an assessment is marked by two.

use axum::response::{IntoResponse, Response};
use domain::{
    assessment::{DoubleMarking, Points},
    id::AssessmentId,
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    assessment::{definition, marking},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{ErrorSummary, Hidden, Layout, Place, TextField},
    visit::{Author, Member},
};

/// The fields, and before each the one that says what its form showed at first.
const FIELDS: [&str; 2] = ["share", "tolerance"];

pub(super) async fn show(Author(place): Author, InPath(id): InPath<AssessmentId>) -> Result<Page, Failure> {
    let scheme = marking::double_marking(&place.ctx, id).await?;
    let values = [scheme.share.to_string(), scheme.tolerance.to_string()];
    Ok(page(&place, id).await?.filled(Form::with_seen(FIELDS, values)))
}

pub(super) async fn send(
    Author(place): Author,
    InPath(id): InPath<AssessmentId>,
    form: Form,
) -> Result<Response, Failure> {
    match store(&place, id, &form).await {
        Ok(()) => Ok(see_done(
            &Desk::new(&place).path(&format!("/assessments/{id}/marking")),
            "marking-scheme-saved",
        )),
        Err(Error::Invalid(errors)) => Ok(page(&place, id).await?.returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

async fn store(place: &Member, id: AssessmentId, form: &Form) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let next = read(FIELDS.map(|name| form.text(name)), &mut errors);
    errors.check()?;
    let seen = FIELDS.map(|name| form.text(&format!("seen-{name}")).to_owned());
    let seen = read(seen.each_ref().map(String::as_str), &mut FieldErrors::default());
    marking::set_double_marking(&place.ctx, id, seen, next).await
}

/// What the fields say; nothing is none. What cannot be read is said at its field.
fn read([share, tolerance]: [&str; 2], errors: &mut FieldErrors) -> DoubleMarking {
    let number = |typed: &str| match typed.trim() {
        "" => "0".to_owned(),
        typed => typed.replace(',', "."),
    };
    let share = number(share.trim().trim_end_matches('%')).parse::<u8>();
    if share.is_err() {
        errors.add("share", "share-out-of-range");
    }
    // Points are read as they are in documents: no finer than hundredths.
    let tolerance = serde_json::from_str::<Points>(&number(tolerance));
    if tolerance.is_err() {
        errors.add("tolerance", "item-points");
    }
    DoubleMarking {
        share: share.unwrap_or_default(),
        tolerance: tolerance.unwrap_or_default(),
    }
}

async fn page(place: &Member, id: AssessmentId) -> Result<Page, Error> {
    let draft = definition::load(&place.ctx, id).await?;
    let desk = Desk::new(place);
    let own = desk.path(&format!("/assessments/{id}"));
    let agreement = format!("{own}/agreement");
    let above = vec![
        Place::new(desk.path("/assessments"), place.t("assessment-list-title")),
        Place::new(own, draft.content.title.clone()),
    ];
    let page = place.page(place.t("marking-scheme-title"), move || {
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("marking-scheme-title")}</h1>
                    <p class="lead">{t!("marking-scheme-lead")}</p>
                </div>
                <form method="post">
                    {FIELDS.map(|name| view! { <Hidden name=format!("seen-{name}") /> })}
                    <TextField
                        name="share"
                        label=t!("marking-scheme-share")
                        hint=t!("marking-scheme-share-hint")
                        inputmode="numeric"
                        required=false
                        class="short"
                    />
                    <TextField
                        name="tolerance"
                        label=t!("marking-scheme-tolerance")
                        hint=t!("marking-scheme-tolerance-hint")
                        inputmode="decimal"
                        required=false
                        class="short"
                    />
                    <div class="buttons"><button class="button">{t!("form-save")}</button></div>
                </form>
                <p><a href=agreement>{t!("agreement-open")}</a></p>
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_and_a_tolerance_are_read_as_people_write_them() {
        let mut errors = FieldErrors::default();
        let scheme = read(["20 %", "0,5"], &mut errors);
        assert_eq!(
            (scheme.share, scheme.tolerance),
            (20, Points::from_hundredths(50))
        );
        assert_eq!(read(["", " "], &mut errors), DoubleMarking::default());
        assert!(errors.is_empty());
        read(["many", "a bit"], &mut errors);
        let fields: Vec<_> = errors.iter().map(|error| error.field.clone()).collect();
        assert_eq!(fields, ["share", "tolerance"]);
    }
}
