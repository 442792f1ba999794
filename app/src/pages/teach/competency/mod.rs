//! Frameworks, competencies, and when they count as shown.

mod edit;
mod framework;
mod frameworks;
mod remove;
mod rule;
mod rule_form;

use axum::routing::{get, post};
use domain::id::{CompetencyId, FrameworkId};
use service::Error;

use crate::routes::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/teach/competencies", get(frameworks::show))
        .route(
            "/t/{tenant}/teach/competencies/new",
            get(frameworks::new).post(frameworks::create),
        )
        .route(
            "/t/{tenant}/teach/competencies/frameworks/{framework}",
            get(framework::show),
        )
        .route(
            "/t/{tenant}/teach/competencies/frameworks/{framework}/edit",
            get(frameworks::edit).post(frameworks::save),
        )
        .route(
            "/t/{tenant}/teach/competencies/frameworks/{framework}/new",
            get(edit::new).post(edit::create),
        )
        .route(
            "/t/{tenant}/teach/competencies/frameworks/{framework}/remove",
            post(remove::framework),
        )
        .route(
            "/t/{tenant}/teach/competencies/{competency}",
            get(edit::show).post(edit::save),
        )
        .route(
            "/t/{tenant}/teach/competencies/{competency}/order",
            post(framework::order),
        )
        .route(
            "/t/{tenant}/teach/competencies/{competency}/rule",
            get(rule::show).post(rule::save),
        )
        .route(
            "/t/{tenant}/teach/competencies/{competency}/remove",
            get(remove::ask).post(remove::competency),
        )
}

fn framework_id(id: &str) -> Result<FrameworkId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

fn competency_id(id: &str) -> Result<CompetencyId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
