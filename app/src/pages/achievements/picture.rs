//! A badge's own picture.

use axum::{
    extract::{Multipart, Path},
    response::{IntoResponse, Response},
};
use domain::{
    id::{AchievementId, FileId},
    tenancy::Permission,
};
use leptos::prelude::*;
use service::{Error, files::Emblem, program::achievement};

use super::{AchievementPath, achievement_id};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::admin::frame::{self, ACHIEVEMENTS},
    ui::{Crumbs, EmblemForm, ErrorSummary, Place},
    upload::Uploaded,
    visit::{InTenant, Member},
};

pub(super) async fn show(Member(place): Member, Path((_, id)): AchievementPath) -> Result<Page, Failure> {
    page(&place, achievement_id(&id)?).await
}

pub(super) async fn send(
    Member(place): Member,
    Path((_, id)): AchievementPath,
    parts: Multipart,
) -> Result<Response, Failure> {
    // Before a large body is read, not after.
    place.ctx.require(Permission::DefineAchievements)?;
    let id = achievement_id(&id)?;
    match store(&place, id, parts).await {
        Ok(()) => Ok(see_done(
            &place.path(&format!("{}/{id}", ACHIEVEMENTS.0)),
            "achievement-picture",
        )),
        Err(Error::Invalid(errors)) => {
            let again = page(&place, id).await?;
            Ok(again.returned(Form::default(), errors).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn store(place: &InTenant, id: AchievementId, parts: Multipart) -> Result<(), Error> {
    let sent = Uploaded::read(parts, &["id", "remove"], Emblem::MOST_BYTES)
        .await
        .map_err(|refused| refused.errors)?;
    if sent.form.ticked("remove") {
        return achievement::remove_picture(&place.ctx, id).await;
    }
    let file = sent.form.parsed("id").ok_or(Error::NotFound)?;
    achievement::set_picture(&place.ctx, id, file, sent.bytes).await
}

async fn page(place: &InTenant, achievement: AchievementId) -> Result<Page, Failure> {
    let draft = achievement::load(&place.ctx, achievement).await?;
    let picture = achievement::picture(&place.ctx, achievement).await?;
    let id: FileId = place.installation().new_id();
    let id = id.to_string();
    let name = draft.content.achievement.name.clone();
    let all = Place::new(place.path(ACHIEVEMENTS.0), place.t(ACHIEVEMENTS.1));
    let own = Place::new(place.path(&format!("{}/{}", ACHIEVEMENTS.0, draft.id)), name);
    let now = picture.map(|file| place.path(&format!("/files/{file}")));
    let title = place.t("achievement-picture");
    Ok(frame::page(place, ACHIEVEMENTS, title, move || {
        view! {
            <Crumbs places=vec![all, own] />
            <ErrorSummary />
            <h1>{t!("achievement-picture")}</h1>
            <p class="lead">{t!("achievement-picture-lead")}</p>
            <EmblemForm id now hint=t!("achievement-picture-hint") remove=t!("achievement-picture-remove") />
        }
    }))
}
