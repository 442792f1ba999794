//! How one is called, one's language and theme, and where one belongs.

use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use service::{
    Error,
    identity::{self, Profile, Theme},
    tenancy::{self, Belonging},
};

use super::account_frame::{self, PROFILE};
use crate::{
    failure::Failure,
    form::Form,
    i18n::{Args, Locale, t},
    page::{Page, see_done},
    ui::{Choice, Choices, ErrorSummary, Select, Tag, TextField},
    visit::SignedIn,
};

pub(super) async fn show(visit: SignedIn) -> Result<Page, Failure> {
    let form = Form::filled([
        ("name", visit.person.name.as_str()),
        ("locale", visit.person.locale.as_deref().unwrap_or_default()),
        ("theme", visit.person.theme.as_str()),
    ]);
    Ok(page(&visit).await?.filled(form))
}

pub(super) async fn send(visit: SignedIn, form: Form) -> Result<Response, Failure> {
    let locale = form.text("locale");
    let profile = Profile {
        name: form.text("name"),
        locale: (!locale.is_empty()).then_some(locale),
        theme: form.text("theme"),
    };
    let is_known = |tag: &str| Locale::all().any(|locale| locale.tag() == tag);
    match identity::change_profile(&visit.ctx(), profile, is_known).await {
        Ok(()) => Ok(see_done("/account", "saved")),
        Err(Error::Invalid(errors)) => Ok(page(&visit).await?.returned(form, errors).into_response()),
        Err(error) => Err(error.into()),
    }
}

async fn page(visit: &SignedIn) -> Result<Page, Failure> {
    let belongings = tenancy::mine(&visit.ctx()).await?;
    let is_operator = visit.person.is_operator;
    Ok(account_frame::page(visit, PROFILE, move || {
        view! {
            <ErrorSummary />
            <h1>{t!("account-profile-title")}</h1>
            <ProfileForm />
            <Belongings belongings is_operator />
        }
    }))
}

#[component]
fn ProfileForm() -> AnyView {
    let browsers = (String::new(), t!("account-locale-browser"));
    let languages = Locale::all().map(|locale| (locale.tag(), locale.text("language-name", &Args::new())));
    let themes = Theme::ALL.map(|theme| Choice {
        value: theme.as_str().to_owned(),
        text: t!(&format!("account-theme-{}", theme.as_str())),
        hint: String::new(),
    });
    view! {
        <form method="post" action="/account">
            <TextField name="name" label=t!("field-name") hint=t!("field-name-hint") autocomplete="name" />
            <Select
                name="locale"
                label=t!("account-locale")
                options=std::iter::once(browsers).chain(languages).collect()
            />
            <Choices name="theme" legend=t!("account-theme") choices=themes.into() />
            <div class="buttons"><button class="button">{t!("form-save")}</button></div>
        </form>
    }
    .into_any()
}

#[component]
fn Belongings(belongings: Vec<Belonging>, is_operator: bool) -> AnyView {
    let rows = belongings
        .iter()
        .map(|belonging| {
            let tenant = &belonging.tenant;
            view! {
                <li>
                    <a href=format!("/t/{}", tenant.slug)>{tenant.name.clone()}</a>
                    " "
                    <Tag text=t!(&format!("role-{}", belonging.role)) />
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{t!("account-tenants")}</h2>
            {if belongings.is_empty() {
                view! { <p class="muted">{t!("account-tenants-none")}</p> }.into_any()
            } else {
                view! { <ul>{rows}</ul> }.into_any()
            }}
            {is_operator.then(|| view! { <p><a href="/operator">{t!("account-operator")}</a></p> })}
        </section>
    }
    .into_any()
}
