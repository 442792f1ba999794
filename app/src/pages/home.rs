//! The installation's front page.

use axum::{Router, routing::get};
use leptos::prelude::*;

use crate::{Site, i18n::t, page::Page, visit::Visit};

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/", get(show))
}

async fn show(visit: Visit) -> Page {
    visit.page(visit.t("home-title"), || {
        view! {
            <h1>{t!("home-title")}</h1>
            <p class="lead">{t!("home-lead")}</p>
        }
    })
}
