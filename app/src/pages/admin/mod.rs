//! A tenant's administration.

mod accommodation;
mod audit;
pub(super) mod frame;
mod invitations;
mod logo;
mod overview;
mod people;
mod person;
mod settings;

use axum::routing::{get, post};

use service::files::Emblem;

use crate::{routes::Routes, upload::limit};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/admin", get(overview::show))
        .route(
            "/t/{tenant}/admin/settings",
            get(settings::show).post(settings::send),
        )
        .route(
            "/t/{tenant}/admin/settings/logo",
            get(logo::show).post(logo::send).layer(limit(Emblem::MOST_BYTES)),
        )
        .route("/t/{tenant}/admin/people", get(people::show))
        .route(
            "/t/{tenant}/admin/people/{membership}",
            get(person::show).post(person::change_role),
        )
        .route("/t/{tenant}/admin/people/{membership}/end", post(person::end))
        .route(
            "/t/{tenant}/admin/people/{membership}/accommodation",
            get(accommodation::show).post(accommodation::send),
        )
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
