//! Taking an assessment: what it is, the questions, a look over the answers,
//! the result.

mod appeal;
mod attempt;
mod brief;
mod check;
pub(crate) mod decision;
pub(crate) mod question;
mod result;
pub(crate) mod rule;
mod saving;
mod seen;

use axum::routing::{get, post};

use domain::assessment::Points;
use service::files::MAX_BYTES;

use crate::{
    i18n::{number, t},
    routes::Routes,
    upload::limit,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/t/{tenant}/assessments/{assessment}",
            get(brief::show).post(brief::begin),
        )
        .route(
            "/t/{tenant}/attempts/{attempt}",
            get(attempt::show).post(attempt::send),
        )
        .route(
            "/t/{tenant}/attempts/{attempt}/file",
            get(attempt::file::show)
                .post(attempt::file::send)
                .layer(limit(MAX_BYTES)),
        )
        .route(
            "/t/{tenant}/attempts/{attempt}/files/{file}/{name}",
            get(attempt::file::deliver_own),
        )
        .route("/t/{tenant}/attempts/{attempt}/go-on", post(attempt::go_on))
        .route(
            "/t/{tenant}/attempts/{attempt}/check",
            get(check::show).post(check::submit),
        )
        .route("/t/{tenant}/attempts/{attempt}/result", get(result::show))
        .route("/t/{tenant}/attempts/{attempt}/answers", post(result::look))
        .route(
            "/t/{tenant}/attempts/{attempt}/appeal",
            get(appeal::show).post(appeal::send),
        )
}

/// What was earned, and of how many.
pub(crate) fn points_of(points: Points, max: Points) -> String {
    t!("question-points", points = number(points), max = number(max))
}
