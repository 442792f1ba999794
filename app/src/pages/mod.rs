//! The pages, by area. Each area owns its routes.

mod achievements;
mod admin;
mod assessment;
mod authoring;
mod catalogue;
mod competency;
pub(crate) mod course;
mod credential;
mod home;
mod identity;
pub(crate) mod marking;
mod operator;
mod practice;
mod progress;
mod styleguide;
mod teach;
mod tenancy;
mod wallet;

use axum::routing::post;

use crate::{routes::Routes, server_functions};

/// Where all server functions answer.
pub(crate) const FUNCTIONS: &str = "/api/{*function}";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(home::routes())
        .merge(identity::routes())
        .merge(tenancy::routes())
        .merge(catalogue::routes())
        .merge(course::routes())
        .merge(competency::routes())
        .merge(practice::routes())
        .merge(assessment::routes())
        .merge(progress::routes())
        .merge(wallet::routes())
        .merge(credential::routes())
        .merge(teach::routes())
        .merge(authoring::routes())
        .merge(marking::routes())
        .merge(admin::routes())
        .merge(achievements::routes())
        .merge(operator::routes())
        .merge(styleguide::routes())
        .route(FUNCTIONS, post(server_functions::call))
}
