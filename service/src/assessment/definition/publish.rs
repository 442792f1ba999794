use domain::{
    assessment::Assessment,
    id::{AssessmentId, AssessmentVersionId},
    tenancy::Permission,
};
use entity::assessment::{assessment, assessment_version};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{load::in_force, locked, pool::shortages};
use crate::{Ctx, Error, Result, assessment::problems::blocking, audit};

/// Publishes the draft of `revision` as a version that never changes, and says
/// which. A draft that is in force already stays as it is.
///
/// What [`Assessment::check`] finds wrong, and pools that are too small for
/// every permitted try, come back as [`Error::Invalid`], each at its path in the
/// assessment's JSON.
pub async fn publish(ctx: &Ctx, id: AssessmentId, revision: i64) -> Result<AssessmentVersionId> {
    ctx.require(Permission::Author)?;
    let publisher = ctx.person()?;
    let tx = ctx.write().await?;
    let row = locked(&tx, id).await?;
    if row.draft_revision != revision {
        return Err(Error::Stale);
    }
    let content: Assessment = serde_json::from_str(&row.draft)?;
    blocking(content.check()).check()?;
    shortages(&tx, &content).await?.check()?;
    let before = match row.published_version_id {
        Some(version) => in_force(&tx, version).await?,
        None => None,
    };
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
    let (version_id, number) = (version.id, version.number);
    tx.insert::<assessment_version::Entity>(version).await?;
    tx.change::<assessment::Entity>()
        .filter(assessment::Column::Id.eq(id))
        .set(assessment::Column::PublishedVersionId, version_id)
        .apply()
        .await?;
    let detail = json!({ "version": number });
    audit::note(
        &tx,
        ctx,
        "assessment-published",
        format!("assessment:{id}"),
        detail,
    )
    .await?;
    tx.commit().await?;
    Ok(version_id)
}
