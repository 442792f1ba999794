//! A person's badges.

mod item;
mod list;
mod offer;

use axum::routing::get;

use crate::routes::Routes;

pub(super) use item::{picture, text};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/wallet", get(list::show))
        .route("/wallet/{credential}", get(item::show).post(item::share))
        .route("/wallet/{credential}/badge.json", get(item::download))
        .route("/wallet/{credential}/offer", get(offer::ask).post(offer::make))
}
