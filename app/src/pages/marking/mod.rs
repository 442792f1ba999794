//! Marking: what waits, and one piece of work with its rubric. Nothing on
//! these pages says whose work it is.

mod appeal;
mod piece;
mod queue;

use axum::routing::get;

use crate::routes::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/teach/marking", get(queue::show).post(queue::take))
        .route(
            "/t/{tenant}/teach/marking/{marking}",
            get(piece::show).post(piece::send),
        )
        .route(
            "/t/{tenant}/teach/appeals/{appeal}",
            get(appeal::show).post(appeal::send),
        )
}
