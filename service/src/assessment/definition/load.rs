use domain::{
    Timestamp,
    assessment::Assessment,
    id::{AssessmentId, AssessmentVersionId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{assessment, assessment_version},
};
use sea_orm::ColumnTrait;

use crate::{Ctx, Error, Result};

/// An assessment as its authors see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its id.
    pub id: AssessmentId,
    /// Goes up with each save.
    pub revision: i64,
    /// What is written.
    pub content: Assessment,
    /// What is in force; none while only a draft.
    pub published: Option<Published>,
    /// When it was put away.
    pub archived_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The published state of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its id.
    pub version: AssessmentVersionId,
    /// 1, 2, 3 …
    pub number: i64,
    /// When it was published.
    pub at: Timestamp,
    /// Whether the draft says something else by now.
    pub outdated: bool,
}

/// An assessment with its draft, for those who write or see drafts.
pub async fn load(ctx: &Ctx, id: AssessmentId) -> Result<Draft> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let row = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let published = match row.published_version_id {
        Some(version) => in_force(&tx, version).await?.map(|published| Published {
            version: published.id,
            number: published.number,
            at: published.published_at,
            outdated: published.content != row.draft,
        }),
        None => None,
    };
    Ok(Draft {
        id: row.id,
        revision: row.draft_revision,
        content: serde_json::from_str(&row.draft)?,
        published,
        archived_at: row.archived_at,
        updated_at: row.updated_at,
    })
}

pub(super) async fn in_force(
    tx: &TenantTx,
    version: AssessmentVersionId,
) -> Result<Option<assessment_version::Model>> {
    Ok(tx
        .rows::<assessment_version::Entity>()
        .filter(assessment_version::Column::Id.eq(version))
        .one()
        .await?)
}
