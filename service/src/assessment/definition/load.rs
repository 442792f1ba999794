use domain::{
    assessment::Assessment,
    id::{AssessmentId, AssessmentVersionId},
    tenancy::Permission,
};
use entity::assessment::assessment;

use crate::{Ctx, Result, draft};

/// An assessment as its authors see it.
pub type Draft = draft::Draft<AssessmentId, AssessmentVersionId, Assessment>;

/// An assessment with its draft, for those who write or see drafts.
pub async fn load(ctx: &Ctx, id: AssessmentId) -> Result<Draft> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let row = draft::row::<assessment::Entity>(&tx, id).await?;
    let content = serde_json::from_str(&row.draft)?;
    draft::seen::<assessment::Entity, _>(&tx, &row, content, |version| version.content != row.draft).await
}
