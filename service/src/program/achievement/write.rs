use domain::{
    id::{AchievementId, CompetencyId},
    program::Achievement,
    tenancy::Permission,
};
use entity::program::achievement;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Ctx, Error, Result, draft};

/// What an author writes of an achievement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Content {
    /// The badge definition. Its alignments are those with frameworks of others.
    pub achievement: Achievement,
    /// The tenant's competencies that it attests. Published, they become
    /// alignments too, with the words that they have then.
    #[serde(default)]
    pub competencies: Vec<CompetencyId>,
}

impl Content {
    /// A stored achievement takes at most so many bytes.
    const MOST_BYTES: usize = 128 * 1024;

    /// The draft as it is stored, within its bounds.
    fn written(&self) -> Result<String> {
        let name = self.achievement.name.trim().chars().count();
        if name == 0 {
            return Err(Error::field("name", "badge-text-empty"));
        }
        let draft = serde_json::to_string(self)?;
        if name > Achievement::MAX_NAME || draft.len() > Self::MOST_BYTES {
            return Err(Error::field("name", "badge-too-large"));
        }
        Ok(draft)
    }
}

/// Makes an achievement under `id`. Made twice, it is one: the second call
/// changes nothing.
pub async fn create(ctx: &Ctx, id: AchievementId, content: &Content) -> Result<()> {
    ctx.require(Permission::DefineAchievements)?;
    let author = ctx.person()?;
    let draft = content.written()?;
    let tx = ctx.write().await?;
    let now = ctx.now();
    let row = achievement::Model {
        tenant_id: ctx.tenant(),
        id,
        name: content.achievement.name.trim().to_owned(),
        draft,
        draft_revision: 1,
        image_file: None,
        published_version_id: None,
        created_by: author,
        created_at: now,
        updated_at: now,
        archived_at: None,
    };
    draft::make::<achievement::Entity>(ctx, &tx, row, json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Saves a draft over the one of `revision`, and says which revision it now is.
pub async fn save(ctx: &Ctx, id: AchievementId, revision: i64, content: &Content) -> Result<i64> {
    ctx.require(Permission::DefineAchievements)?;
    let draft = content.written()?;
    let tx = ctx.write().await?;
    draft::held_at::<achievement::Entity>(&tx, id, revision).await?;
    let name = (achievement::Column::Name, content.achievement.name.trim().into());
    let revision = draft::store::<achievement::Entity>(ctx, &tx, id, revision, draft, [name]).await?;
    tx.commit().await?;
    Ok(revision)
}
