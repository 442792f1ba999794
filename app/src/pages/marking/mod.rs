//! Marking: what waits, one piece of work with its rubric, what assessors say again
//! and again, and how far they agree. Nothing on these pages says whose work it is.

mod agreement;
mod annotated;
mod appeal;
mod comments;
mod late;
mod piece;
mod queue;
mod scheme;

use axum::routing::get;

use crate::routes::Routes;

pub(crate) use annotated::Annotated;
pub(crate) use piece::mark;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/teach/marking", get(queue::show).post(queue::take))
        .route(
            "/t/{tenant}/teach/marking/comments",
            get(comments::show).post(comments::send),
        )
        .route(
            "/t/{tenant}/teach/marking/{marking}",
            get(piece::show).post(piece::send),
        )
        .route(
            "/t/{tenant}/teach/marking/{marking}/files/{file}/{name}",
            get(piece::file),
        )
        .route(
            "/t/{tenant}/teach/appeals/{appeal}/files/{file}/{name}",
            get(appeal::file),
        )
        .route(
            "/t/{tenant}/teach/appeals/{appeal}",
            get(appeal::show).post(appeal::send),
        )
        .route(
            "/t/{tenant}/teach/late/{attempt}",
            get(late::show).post(late::send),
        )
        .route(
            "/t/{tenant}/teach/assessments/{assessment}/marking",
            get(scheme::show).post(scheme::send),
        )
        .route(
            "/t/{tenant}/teach/assessments/{assessment}/agreement",
            get(agreement::show),
        )
}
