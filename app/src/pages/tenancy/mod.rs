//! Coming to belong to a tenant.

mod invitation;
mod join;

use axum::routing::get;

use crate::routes::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/join", get(join::show).post(join::send))
        .route(
            "/invitations/{token}",
            get(invitation::show).post(invitation::accept),
        )
}
