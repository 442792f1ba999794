//! The pages, by area. Each area owns its routes.

mod home;
mod styleguide;

use crate::routes::Routes;

pub(crate) fn routes() -> Routes {
    Routes::new().merge(home::routes()).merge(styleguide::routes())
}
