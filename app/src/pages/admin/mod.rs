//! A tenant's administration.

mod audit;
pub(super) mod frame;
mod invitations;
mod overview;
mod people;
mod person;
mod settings;

use axum::routing::{get, post};

use crate::routes::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/admin", get(overview::show))
        .route(
            "/t/{tenant}/admin/settings",
            get(settings::show).post(settings::send),
        )
        .route("/t/{tenant}/admin/people", get(people::show))
        .route(
            "/t/{tenant}/admin/people/{membership}",
            get(person::show).post(person::change_role),
        )
        .route("/t/{tenant}/admin/people/{membership}/end", post(person::end))
        .route(
            "/t/{tenant}/admin/invitations",
            get(invitations::show).post(invitations::send),
        )
        .route(
            "/t/{tenant}/admin/invitations/{invitation}/revoke",
            post(invitations::revoke),
        )
        .route("/t/{tenant}/admin/audit", get(audit::show))
}
