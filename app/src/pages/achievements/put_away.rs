//! Putting an achievement away, and taking it out again.

use axum::{extract::Path, response::Response};
use service::program::achievement;

use super::{AchievementPath, achievement_id};
use crate::{failure::Failure, page::see_done, visit::Member};

pub(super) async fn archive(place: Member, Path((_, id)): AchievementPath) -> Result<Response, Failure> {
    achievement::archive(&place.ctx, achievement_id(&id)?).await?;
    Ok(done(&place, &id, "achievement-archived"))
}

pub(super) async fn restore(place: Member, Path((_, id)): AchievementPath) -> Result<Response, Failure> {
    achievement::restore(&place.ctx, achievement_id(&id)?).await?;
    Ok(done(&place, &id, "achievement-restored"))
}

fn done(place: &Member, id: &str, done: &str) -> Response {
    see_done(&place.path(&format!("/admin/achievements/{id}")), done)
}
