//! A tenant's name, looks, languages, who may join it, whether its badges can be
//! suspended, and whether its items are reviewed.

use axum::response::{IntoResponse, Response};
use domain::tenancy::{Accent, SignUpPolicy};
use leptos::prelude::*;
use service::{
    Error,
    tenancy::{self, Settings, SettingsForm},
};

use super::frame::{self, SETTINGS};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    ui::{Choice, Choices, ErrorSummary, Hidden, TextArea, TextField, Tick, value_of},
    visit::{InTenant, Member},
};

pub(super) async fn show(Member(visit): Member) -> Result<Page, Failure> {
    let settings = tenancy::settings(&visit.ctx).await?;
    Ok(page(&visit).filled(filled(&settings)))
}

pub(super) async fn send(Member(visit): Member, form: Form) -> Result<Response, Failure> {
    let settings = SettingsForm {
        revision: form.text("revision"),
        name: form.text("name"),
        tagline: form.text("tagline"),
        description: form.text("description"),
        languages: form.text("languages"),
        accent: form.text("accent"),
        sign_up: form.text("sign_up"),
        domains: form.text("domains"),
        allows_suspension: form.ticked("allows_suspension"),
        requires_review: form.ticked("requires_review"),
    };
    match tenancy::update_settings(&visit.ctx, settings).await {
        Ok(()) => Ok(see_done(&visit.path(SETTINGS.0), "saved")),
        Err(Error::Invalid(errors)) => Ok(page(&visit).returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

fn filled(settings: &Settings) -> Form {
    let (sign_up, domains) = match &settings.sign_up {
        SignUpPolicy::Open => ("open", String::new()),
        SignUpPolicy::InvitationOnly => ("invitation-only", String::new()),
        SignUpPolicy::EmailDomains { domains } => {
            let lines: Vec<&str> = domains
                .iter()
                .map(domain::identity::EmailDomain::as_str)
                .collect();
            ("email-domains", lines.join("\n"))
        }
    };
    let filled = Form::filled([
        ("revision", settings.revision.clone()),
        ("name", settings.name.clone()),
        ("tagline", settings.tagline.clone()),
        ("description", settings.description.clone()),
        ("languages", settings.languages.join(", ")),
        ("accent", settings.accent.clone()),
        ("sign_up", sign_up.to_owned()),
        ("domains", domains),
    ]);
    [
        ("allows_suspension", settings.allows_suspension),
        ("requires_review", settings.requires_review),
    ]
    .into_iter()
    .filter(|(_, is_chosen)| *is_chosen)
    .fold(filled, |form, (name, _)| form.with(name, "yes".to_owned()))
}

fn page(visit: &InTenant) -> Page {
    let path = visit.path(SETTINGS.0);
    let logo = visit.path(&format!("{}/logo", SETTINGS.0));
    frame::page(visit, SETTINGS, visit.t(SETTINGS.1), move || {
        view! {
            <ErrorSummary />
            <h1>{t!("admin-settings-title")}</h1>
            <form method="post" action=path>
                <Hidden name="revision" />
                <Presentation logo />
                <SignUp />
                <Tick
                    name="allows_suspension"
                    label=t!("admin-settings-suspension")
                    hint=t!("admin-settings-suspension-hint")
                />
                <Tick
                    name="requires_review"
                    label=t!("admin-settings-review")
                    hint=t!("admin-settings-review-hint")
                />
                <div class="buttons"><button class="button">{t!("form-save")}</button></div>
            </form>
        }
    })
}

#[component]
fn Presentation(logo: String) -> AnyView {
    view! {
        <TextField name="name" label=t!("admin-settings-name") maxlength=80 />
        <TextField
            name="tagline"
            label=t!("admin-settings-tagline")
            hint=t!("admin-settings-tagline-hint")
            maxlength=160
            required=false
        />
        <TextArea
            name="description"
            label=t!("admin-settings-description")
            hint=t!("admin-settings-description-hint")
        />
        <TextField name="languages" label=t!("field-languages") hint=t!("field-languages-hint") class="short" />
        <TextField name="accent" label=t!("field-accent") hint=t!("field-accent-hint") kind="color" class="short" />
        <Shades />
        <p><a href=logo>{t!("admin-settings-logo")}</a></p>
    }
    .into_any()
}

/// What becomes of the accent where the colour itself could not be read.
#[component]
fn Shades() -> AnyView {
    let Ok(accent) = Accent::parse(&value_of("accent")) else {
        return ().into_any();
    };
    let palette = accent.palette();
    let rows = [("light", palette.light), ("dark", palette.dark)].map(|(theme, shades)| {
        let sentence = t!(
            &format!("admin-settings-shades-{theme}"),
            fill = shades.fill.to_string(),
            text = shades.text.to_string(),
            contrast = figure(shades.fill.contrast(shades.on_fill)),
        );
        view! { <li>{sentence}</li> }
    });
    view! {
        <div class="field">
            <p class="hint">{t!("admin-settings-shades")}</p>
            <ul class="muted" role="list">{rows.into_iter().collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// A contrast to one decimal, never better than it is.
fn figure(contrast: f64) -> String {
    format!("{:.1}", (contrast * 10.0).floor() / 10.0)
}

#[component]
fn SignUp() -> AnyView {
    let choices = ["open", "email-domains", "invitation-only"].map(|policy| Choice {
        value: policy.to_owned(),
        text: t!(&format!("admin-settings-sign-up-{policy}")),
        hint: t!(&format!("admin-settings-sign-up-{policy}-hint")),
    });
    view! {
        <Choices name="sign_up" legend=t!("admin-settings-sign-up") choices=choices.into() />
        <TextArea
            name="domains"
            label=t!("admin-settings-domains")
            hint=t!("admin-settings-domains-hint")
            rows=3
        />
    }
    .into_any()
}
