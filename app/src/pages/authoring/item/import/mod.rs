//! Bringing items of other systems, and what was not taken of them.

mod bring;
mod kept;
mod report;

use axum::routing::{get, post};
use domain::assessment::Purpose;
use leptos::prelude::*;
use service::{
    Ctx, Error,
    assessment::item::{Destination, MOST_UPLOADED},
    competency,
};

use crate::{
    form::Form,
    i18n::t,
    routes::Routes,
    ui::{Choice, Choices, Select},
    upload::limit,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/t/{tenant}/teach/items/import",
            get(bring::show).post(bring::send).layer(limit(MOST_UPLOADED)),
        )
        .route("/t/{tenant}/teach/items/import/refused", get(kept::show))
        .route(
            "/t/{tenant}/teach/items/import/refused/{refused}",
            get(kept::one).post(kept::again),
        )
        .route(
            "/t/{tenant}/teach/items/import/refused/{refused}/forget",
            post(kept::forget),
        )
}

/// The fields that say where items go.
const FIELDS: [&str; 3] = ["competency", "purpose", "duplicates"];

/// The codes of competencies to choose from, each with its statement.
async fn codes(ctx: &Ctx) -> Result<Vec<(String, String)>, Error> {
    let all = competency::list(ctx).await?;
    Ok(all
        .into_iter()
        .map(|(_, one)| (one.code.clone(), format!("{} {}", one.code, one.statement)))
        .collect())
}

/// Where the items go, as the form says. Fields: `competency`, `purpose`.
fn destination(form: &Form) -> Result<Destination, Error> {
    Ok(Destination {
        competency: form.text("competency").to_owned(),
        purpose: form
            .parsed("purpose")
            .ok_or_else(|| Error::field("purpose", "item-purpose"))?,
        duplicates: form.ticked("duplicates"),
    })
}

#[component]
fn Where(codes: Vec<(String, String)>) -> AnyView {
    let purposes = Purpose::ALL
        .iter()
        .map(|purpose| Choice {
            text: t!(&format!("item-purpose-{purpose}")),
            hint: t!(&format!("item-purpose-{purpose}-hint")),
            value: purpose.to_string(),
        })
        .collect();
    view! {
        <Select name="competency" label=t!("item-competency") hint=t!("import-competency-hint") options=codes />
        <Choices name="purpose" legend=t!("item-purpose-question") choices=purposes />
    }
    .into_any()
}
