//! Assessments: the list, and the editor.

mod delivery;
mod editor;
mod fields;
mod list;
mod new;
mod put_away;

use axum::{
    extract::Path,
    routing::{get, post},
};
use domain::id::AssessmentId;
use service::{Error, Result};

use crate::routes::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/teach/assessments", get(list::show))
        .route(
            "/t/{tenant}/teach/assessments/new",
            get(new::show).post(new::send),
        )
        .route(
            "/t/{tenant}/teach/assessments/{assessment}",
            get(editor::show).post(editor::send),
        )
        .route(
            "/t/{tenant}/teach/assessments/{assessment}/delivery",
            get(delivery::show).post(delivery::send),
        )
        .route(
            "/t/{tenant}/teach/assessments/{assessment}/archive",
            post(put_away::archive),
        )
        .route(
            "/t/{tenant}/teach/assessments/{assessment}/restore",
            post(put_away::restore),
        )
}

/// The tenant and the assessment of an address.
pub(super) type AssessmentPath = Path<(String, String)>;

pub(super) fn assessment_id(text: &str) -> Result<AssessmentId> {
    text.parse().map_err(|_| Error::NotFound)
}
