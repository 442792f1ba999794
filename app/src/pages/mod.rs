//! The pages, by area. Each area owns its routes.

mod home;

use axum::Router;

use crate::Site;

pub(crate) fn router() -> Router<Site> {
    Router::new().merge(home::routes())
}
