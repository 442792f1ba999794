use domain::{id::AchievementId, program::Achievement};
use entity::program::{achievement, achievement_version};

use crate::{
    Ctx, Result, draft,
    paging::{PAGE_SIZE, Paged, Window},
};

/// A badge that can be earned, in a list for anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its id.
    pub id: AchievementId,
    /// What it is called.
    pub name: String,
    /// What whoever holds it can do.
    pub description: String,
}

/// The tenant's achievements that can be earned now, a page at a time, the
/// longest there first. Anybody may ask.
pub async fn published(ctx: &Ctx, page: u32) -> Result<Paged<Published>> {
    let tx = ctx.read().await?;
    let found = draft::all_in_force::<achievement::Entity>(&tx);
    let window = Window::new(page, found.clone().count().await?);
    let rows = found
        .asc(achievement_version::Column::AchievementId)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all()
        .await?;
    let rows = rows.into_iter().map(|row| {
        let achievement: Achievement = serde_json::from_str(&row.content)?;
        Ok(Published {
            id: row.achievement_id,
            name: achievement.name,
            description: achievement.description,
        })
    });
    Ok(window.of(rows.collect::<Result<_>>()?))
}
