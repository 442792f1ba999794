use domain::{
    assessment::Assessment,
    id::{AssessmentId, AssessmentVersionId},
    tenancy::Permission,
};
use entity::assessment::{assessment, assessment_version};
use serde_json::json;

use super::pool::shortages;
use crate::{Ctx, Result, assessment::problems::blocking, draft};

/// Publishes the draft of `revision` as a version that never changes, and says
/// which. A draft that is in force already stays as it is.
///
/// What [`Assessment::check`] finds wrong, and pools that are too small for
/// every permitted try, come back as [`Error::Invalid`](crate::Error::Invalid), each at its path in the
/// assessment's JSON.
pub async fn publish(ctx: &Ctx, id: AssessmentId, revision: i64) -> Result<AssessmentVersionId> {
    ctx.require(Permission::Author)?;
    let publisher = ctx.person()?;
    let tx = ctx.write().await?;
    let row = draft::held_at::<assessment::Entity>(&tx, id, revision).await?;
    let content: Assessment = serde_json::from_str(&row.draft)?;
    blocking(content.check()).check()?;
    shortages(&tx, &content).await?.check()?;
    let before = draft::in_force::<assessment::Entity>(&tx, &row).await?;
    if let Some(before) = before.as_ref().filter(|before| before.content == row.draft) {
        return Ok(before.id);
    }
    let version = assessment_version::Model {
        tenant_id: ctx.tenant(),
        id: ctx.new_id(),
        assessment_id: id,
        number: before.map_or(0, |before| before.number) + 1,
        content: row.draft,
        published_by: publisher,
        published_at: ctx.now(),
    };
    let version = draft::put_in_force::<assessment::Entity>(ctx, &tx, id, version, json!({})).await?;
    tx.commit().await?;
    Ok(version)
}
