//! A new item: its kind, and what it shows.

use axum::response::{IntoResponse, Response};
use domain::{
    assessment::{ItemKind, Purpose},
    id::ItemId,
};
use leptos::prelude::*;
use service::{Error, FieldErrors, assessment::item};

use super::{competencies, fields};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    pages::teach::{Desk, TeachFrame},
    ui::{Choice, Choices, Empty, ErrorSummary, Layout, Place, Select, TextField, value_of},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let id: ItemId = place.installation().new_id();
    let given = |name: &str| place.query(name).unwrap_or_default();
    let mut offered = place.tenant.languages.iter();
    let own = place.locale.tag();
    let language = offered
        .clone()
        .find(|tag| **tag == own)
        .or_else(|| offered.next());
    let form = Form::filled([
        ("id", id.to_string()),
        ("kind", ItemKind::SingleChoice.to_string()),
        ("competency", given("competency")),
        ("purpose", Purpose::Assessment.to_string()),
        ("language", language.cloned().unwrap_or(own)),
    ]);
    Ok(page(&place).await?.filled(form))
}

pub(super) async fn send(Author(place): Author, form: Form) -> Result<Response, Failure> {
    let mut errors = FieldErrors::default();
    let kind: Option<ItemKind> = form.parsed("kind");
    if form.text("title").trim().is_empty() {
        errors.add("title", "document-empty");
    }
    if kind.is_none() {
        errors.add("kind", "item-kind");
    }
    let made = match (form.parsed::<ItemId>("id"), kind) {
        (Some(id), Some(kind)) if errors.is_empty() => match fields::read(&fields::blank(kind, &form)) {
            Ok(content) => item::create(&place.ctx, id, content).await.map(|()| id),
            Err(errors) => Err(Error::Invalid(errors)),
        },
        _ => Err(Error::Invalid(errors)),
    };
    match made {
        Ok(id) => Ok(see_other(&Desk::new(&place).path(&format!("/items/{id}")))),
        Err(Error::Invalid(errors)) => Ok(page(&place).await?.returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

async fn page(place: &Member) -> Result<Page, Failure> {
    let known: Vec<(String, String)> = competencies(&place.ctx)
        .await?
        .into_iter()
        .map(|(id, text)| (id.to_string(), text))
        .collect();
    let desk = Desk::new(place);
    let above = vec![Place::new(desk.path("/items"), place.t("item-list-title"))];
    let page = place.page(place.t("item-new"), move || {
        let frameworks = desk.path("/competencies");
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <h1>{t!("item-new")}</h1>
                {if known.is_empty() {
                    view! {
                        <Empty title=t!("item-no-competencies")>
                            <p>{t!("item-no-competencies-text")}</p>
                            <a class="button" href=frameworks>{t!("item-to-competencies")}</a>
                        </Empty>
                    }
                    .into_any()
                } else {
                    form(known)
                }}
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

fn form(known: Vec<(String, String)>) -> AnyView {
    let described = |prefix: &str, value: String| Choice {
        text: t!(&format!("{prefix}-{value}")),
        hint: t!(&format!("{prefix}-{value}-hint")),
        value,
    };
    let kinds = ItemKind::ALL
        .iter()
        .map(|kind| described("item-kind", kind.to_string()))
        .collect();
    let purposes = Purpose::ALL
        .iter()
        .map(|purpose| described("item-purpose", purpose.to_string()))
        .collect();
    view! {
        <form method="post">
            <input type="hidden" name="id" value=value_of("id") />
            <input type="hidden" name="language" value=value_of("language") />
            <TextField name="title" label=t!("item-title") hint=t!("item-title-hint") maxlength=200 />
            <Choices name="kind" legend=t!("item-kind-question") choices=kinds />
            <Select name="competency" label=t!("item-competency") hint=t!("item-competency-hint") options=known />
            <Choices name="purpose" legend=t!("item-purpose-question") choices=purposes />
            <div class="buttons"><button class="button">{t!("item-begin")}</button></div>
        </form>
    }
    .into_any()
}
