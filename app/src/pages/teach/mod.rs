//! Where instructors work: courses, competencies, files.

mod competency;
mod course;
mod files;
mod frame;
mod overview;

use axum::routing::get;

pub(super) use frame::{Desk, TeachFrame};

use crate::routes::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/teach", get(overview::show))
        .route(
            "/t/{tenant}/teach/files",
            get(files::show).post(files::upload).layer(files::limit()),
        )
        .merge(course::routes())
        .merge(competency::routes())
}
