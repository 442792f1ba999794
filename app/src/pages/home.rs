//! The installation's front page.

use axum::{
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::prelude::*;

use super::identity::first_run;
use crate::{failure::Failure, i18n::t, routes::Routes, visit::Visit};

pub(super) fn routes() -> Routes {
    Routes::new().route("/", get(show))
}

async fn show(visit: Visit) -> Result<Response, Failure> {
    if let Some(set_up) = first_run(&visit).await? {
        return Ok(set_up);
    }
    let page = visit.page(visit.t("home-title"), || {
        view! {
            <h1>{t!("home-title")}</h1>
            <p class="lead">{t!("home-lead")}</p>
        }
    });
    Ok(page.into_response())
}
