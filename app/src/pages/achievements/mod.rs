//! Achievements: how they are defined, and the page that a badge points to.

mod editor;
mod fields;
mod image;
mod list;
mod new;
mod picture;
mod programs;
mod put_away;
mod view;

use axum::{
    extract::Path,
    routing::{get, post},
};
use domain::id::AchievementId;
use service::{Error, Result, files::Emblem};

use crate::{routes::Routes, upload::limit};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/achievements/{achievement}", get(view::show))
        .route(
            "/t/{tenant}/achievements/{achievement}/image.svg",
            get(image::svg),
        )
        .route(
            "/t/{tenant}/achievements/{achievement}/image.png",
            get(image::png),
        )
        .route("/t/{tenant}/admin/programs", get(programs::show))
        .route("/t/{tenant}/admin/achievements", get(list::show))
        .route(
            "/t/{tenant}/admin/achievements/new",
            get(new::show).post(new::send),
        )
        .route(
            "/t/{tenant}/admin/achievements/{achievement}",
            get(editor::show).post(editor::send),
        )
        .route(
            "/t/{tenant}/admin/achievements/{achievement}/picture",
            get(picture::show)
                .post(picture::send)
                .layer(limit(Emblem::MOST_BYTES)),
        )
        .route(
            "/t/{tenant}/admin/achievements/{achievement}/archive",
            post(put_away::archive),
        )
        .route(
            "/t/{tenant}/admin/achievements/{achievement}/restore",
            post(put_away::restore),
        )
}

/// The tenant and the achievement of an address.
type AchievementPath = Path<(String, String)>;

fn achievement_id(text: &str) -> Result<AchievementId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// The address of an achievement's picture in a tenant.
pub(super) fn image_path(id: AchievementId) -> String {
    format!("/achievements/{id}/image.svg")
}
