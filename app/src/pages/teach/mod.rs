//! Where instructors work: courses, competencies, files.

mod competency;
mod course;
mod files;
mod frame;
mod overview;

use axum::routing::get;

pub(super) use frame::{Desk, TeachFrame};

use service::files::MAX_BYTES;

use crate::{routes::Routes, upload::limit};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/teach", get(overview::show))
        .route(
            "/t/{tenant}/teach/files",
            get(files::show).post(files::upload).layer(limit(MAX_BYTES)),
        )
        .merge(course::routes())
        .merge(competency::routes())
}
