//! The pages, by area. Each area owns its routes.

mod catalogue;
pub(crate) mod course;
mod home;
mod styleguide;
mod teach;

use axum::routing::post;

use crate::{routes::Routes, server_functions};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(catalogue::routes())
        .merge(course::routes())
        .merge(home::routes())
        .merge(styleguide::routes())
        .merge(teach::routes())
        .route("/api/{*function}", post(server_functions::call))
}
