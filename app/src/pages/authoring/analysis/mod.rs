//! What the answers say about an assessment and its items.

mod export;
mod figures;
mod item;
mod whole;

use axum::routing::get;

pub(in crate::pages) use figures::{coefficient, part};

use crate::routes::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/t/{tenant}/teach/assessments/{assessment}/answers",
            get(whole::show),
        )
        .route(
            "/t/{tenant}/teach/assessments/{assessment}/answers.csv",
            get(export::show),
        )
        .route(
            "/t/{tenant}/teach/assessments/{assessment}/answers/{version}",
            get(item::show),
        )
}
