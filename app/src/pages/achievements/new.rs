//! A new achievement: its name, and what it attests in a sentence.

use axum::response::{IntoResponse, Response};
use domain::{id::AchievementId, program::AchievementType, tenancy::Permission};
use leptos::prelude::*;
use service::{Error, program::achievement};

use super::fields;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    pages::admin::frame::{self, ACHIEVEMENTS},
    ui::{Crumbs, ErrorSummary, Place, TextArea, TextField, value_of},
    visit::{InTenant, Member},
};

pub(super) async fn show(Member(place): Member) -> Result<Page, Failure> {
    place.ctx.require(Permission::DefineAchievements)?;
    let id: AchievementId = place.installation().new_id();
    let mut fields = vec![("id".to_owned(), id.to_string())];
    if place.query("program").is_some() {
        let kind = AchievementType::LearningProgram.to_string();
        fields.push(("type".to_owned(), kind));
    }
    let below = place.query("on").and_then(|id| id.parse::<AchievementId>().ok());
    fields.extend(below.map(|below| (fields::ROWS.field(0, "what"), fields::held(below))));
    Ok(page(&place).filled(Form::filled(fields)))
}

pub(super) async fn send(Member(place): Member, form: Form) -> Result<Response, Failure> {
    let id: AchievementId = form.parsed("id").ok_or(Error::NotFound)?;
    let made = match fields::read(&form, Vec::new()) {
        Ok(content) => achievement::create(&place.ctx, id, &content).await,
        Err(errors) => Err(Error::Invalid(errors)),
    };
    match made {
        Ok(()) => Ok(see_other(&place.path(&format!("{}/{id}", ACHIEVEMENTS.0)))),
        Err(Error::Invalid(errors)) => Ok(page(&place).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

fn page(place: &InTenant) -> Page {
    let all = Place::new(place.path(ACHIEVEMENTS.0), place.t(ACHIEVEMENTS.1));
    frame::page(place, ACHIEVEMENTS, place.t("achievement-new"), move || {
        let first = fields::ROWS.field(0, "what");
        let on_top = !value_of(&first).is_empty();
        view! {
            <Crumbs places=vec![all] />
            <ErrorSummary />
            <h1>{t!("achievement-new")}</h1>
            {on_top.then(|| view! { <p>{t!("achievement-new-on-top")}</p> })}
            <form method="post">
                <input type="hidden" name="id" value=value_of("id") />
                <input type="hidden" name="type" value=value_of("type") />
                <input type="hidden" name=first.clone() value=value_of(&first) />
                <TextField
                    name="name"
                    label=t!("achievement-name")
                    hint=t!("achievement-name-hint")
                    maxlength=120
                />
                <TextArea
                    name="description"
                    label=t!("achievement-description")
                    hint=t!("achievement-description-hint")
                    rows=3
                />
                <div class="buttons"><button class="button">{t!("achievement-begin")}</button></div>
            </form>
        }
    })
}
