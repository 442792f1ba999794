use domain::{
    Timestamp,
    id::{AchievementId, AchievementVersionId, FileId},
    tenancy::Permission,
};
use entity::program::achievement;
use sea_orm::ColumnTrait;

use super::{Content, in_force, references::resolved};
use crate::{Ctx, Error, Result};

/// An achievement as its authors see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: AchievementId,
    /// Goes up with each save.
    pub revision: i64,
    /// What is written.
    pub content: Content,
    /// Its own picture; none: drawn in the tenant's colour.
    pub picture: Option<FileId>,
    /// What is in force; none while only a draft.
    pub published: Option<Published>,
    /// When it was put away.
    pub archived_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The published state of an achievement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its id.
    pub version: AchievementVersionId,
    /// 1, 2, 3 …
    pub number: i64,
    /// When it was published.
    pub at: Timestamp,
    /// Whether publishing the draft would give another version.
    pub outdated: bool,
}

/// An achievement with its draft, for those who define them.
pub async fn load(ctx: &Ctx, id: AchievementId) -> Result<Draft> {
    ctx.require(Permission::DefineAchievements)?;
    let tx = ctx.read().await?;
    let row = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let content: Content = serde_json::from_str(&row.draft)?;
    let published = match in_force(&tx, &row).await? {
        Some(version) => Some(Published {
            version: version.id,
            number: version.number,
            at: version.published_at,
            outdated: version.image_file != row.image_file
                || version.content != serde_json::to_string(&resolved(&tx, ctx, &content).await?)?,
        }),
        None => None,
    };
    Ok(Draft {
        id: row.id,
        revision: row.draft_revision,
        content,
        picture: row.image_file,
        published,
        archived_at: row.archived_at,
        updated_at: row.updated_at,
    })
}
