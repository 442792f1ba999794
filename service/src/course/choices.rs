use domain::{id::AssessmentId, tenancy::Permission};
use entity::assessment::assessment;
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::{Ctx, Result};

const MOST: u64 = 500;

/// An assessment that a course can hold.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct AssessmentChoice {
    /// Which one.
    pub id: AssessmentId,
    /// What it is called.
    pub title: String,
}

/// The published assessments, by title, for authors to choose from.
pub async fn assessments(ctx: &Ctx) -> Result<Vec<AssessmentChoice>> {
    ctx.require(Permission::Author)?;
    Ok(ctx
        .read()
        .await?
        .rows::<assessment::Entity>()
        .filter(assessment::Column::PublishedVersionId.is_not_null())
        .filter(assessment::Column::ArchivedAt.is_null())
        .asc(assessment::Column::Title)
        .limit(MOST)
        .columns([assessment::Column::Id, assessment::Column::Title])
        .await?)
}
