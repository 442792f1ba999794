//! The installation's front page.

use std::sync::Arc;

use axum::{
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::prelude::*;
use service::{
    SystemCtx,
    tenancy::{self, Tenant},
};

use super::identity::first_run;
use crate::{failure::Failure, i18n::t, routes::Routes, ui::Card, visit::Visit};

pub(super) fn routes() -> Routes {
    Routes::new().route("/", get(show))
}

async fn show(visit: Visit) -> Result<Response, Failure> {
    if let Some(set_up) = first_run(&visit).await? {
        return Ok(set_up);
    }
    let tenants = tenancy::list(&SystemCtx::new(Arc::clone(visit.installation()))).await?;
    Ok(visit
        .page(visit.t("home-title"), move || view! { <Home tenants /> })
        .into_response())
}

#[component]
fn Home(tenants: Vec<Tenant>) -> AnyView {
    let cards = tenants
        .into_iter()
        .map(|tenant| {
            view! {
                <Card href=format!("/t/{}", tenant.slug) title=tenant.name>
                    <p>{tenant.tagline}</p>
                </Card>
            }
        })
        .collect_view();
    view! {
        <h1>{t!("home-title")}</h1>
        <p class="lead">{t!("home-lead")}</p>
        <section class="section">
            <h2>{t!("home-tenants")}</h2>
            <ul class="cards" role="list">{cards}</ul>
        </section>
        <p><a href="/verify">{t!("home-verify")}</a></p>
    }
    .into_any()
}
