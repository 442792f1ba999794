use domain::{assessment::Assessment, id::AssessmentId, tenancy::Permission};
use entity::assessment::assessment;
use serde_json::json;

use crate::{Ctx, Error, Result, draft};

/// A stored assessment takes at most so many bytes.
const MOST_BYTES: usize = 128 * 1024;
/// So many characters of its title are stored.
const MOST_TITLE: usize = 200;

/// Makes an assessment under `id`. Made twice, it is one: the second call
/// changes nothing.
pub async fn create(ctx: &Ctx, id: AssessmentId, content: &Assessment) -> Result<()> {
    ctx.require(Permission::Author)?;
    let author = ctx.person()?;
    let draft = written(content)?;
    let tx = ctx.write().await?;
    let now = ctx.now();
    let row = assessment::Model {
        tenant_id: ctx.tenant(),
        id,
        title: content.title.trim().to_owned(),
        draft,
        draft_revision: 1,
        published_version_id: None,
        created_by: author,
        created_at: now,
        updated_at: now,
        archived_at: None,
        opens_at: None,
        closes_at: None,
        access_code: None,
    };
    draft::make::<assessment::Entity>(ctx, &tx, row, json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Saves a draft over the one of `revision`, and says which revision it now is.
pub async fn save(ctx: &Ctx, id: AssessmentId, revision: i64, content: &Assessment) -> Result<i64> {
    ctx.require(Permission::Author)?;
    let draft = written(content)?;
    let tx = ctx.write().await?;
    draft::held_at::<assessment::Entity>(&tx, id, revision).await?;
    let title = (assessment::Column::Title, content.title.trim().into());
    let revision = draft::store::<assessment::Entity>(ctx, &tx, id, revision, draft, [title]).await?;
    tx.commit().await?;
    Ok(revision)
}

/// The draft as it is stored, within its bounds.
fn written(content: &Assessment) -> Result<String> {
    let title = content.title.trim().chars().count();
    if title == 0 {
        return Err(Error::field("title", "document-empty"));
    }
    let draft = serde_json::to_string(content)?;
    if title > MOST_TITLE || draft.len() > MOST_BYTES {
        return Err(Error::field("title", "assessment-too-large"));
    }
    Ok(draft)
}
