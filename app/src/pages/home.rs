//! The installation's front page.

use axum::routing::get;
use leptos::prelude::*;

use crate::{i18n::t, page::Page, routes::Routes, visit::Visit};

pub(super) fn routes() -> Routes {
    Routes::new().route("/", get(show))
}

async fn show(visit: Visit) -> Page {
    visit.page(visit.t("home-title"), || {
        view! {
            <h1>{t!("home-title")}</h1>
            <p class="lead">{t!("home-lead")}</p>
        }
    })
}
