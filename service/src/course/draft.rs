use domain::{
    Timestamp,
    course::Content,
    id::{CourseId, CourseVersionId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    course::{course, course_version, enrolment},
};
use sea_orm::{ColumnTrait, DbErr};

use crate::{Ctx, Error, Result};

/// A course as its authors see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which one.
    pub id: CourseId,
    /// Its part of the address.
    pub slug: String,
    /// What a save has to name.
    pub revision: i64,
    /// The draft itself.
    pub content: Content,
    /// The version in force, if it was published.
    pub published: Option<Published>,
    /// Whether the draft is other than the version in force.
    pub is_changed: bool,
    /// Whether it was put away.
    pub is_archived: bool,
    /// How many learners take it, or took it.
    pub learners: u64,
}

/// A version in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Which one.
    pub version: CourseVersionId,
    /// 1, 2, 3 ….
    pub number: i64,
    /// Since when.
    pub at: Timestamp,
}

/// A course and its draft, for its authors.
pub async fn draft(ctx: &Ctx, id: CourseId) -> Result<Draft> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let row = row(&tx, id).await?;
    let version = match row.published_version_id {
        Some(version) => Some(self::version(&tx, version).await?),
        None => None,
    };
    let learners = tx
        .rows::<enrolment::Entity>()
        .filter(enrolment::Column::CourseId.eq(id))
        .count()
        .await?;
    Ok(Draft {
        id,
        slug: row.slug,
        revision: row.draft_revision,
        content: serde_json::from_str(&row.draft)?,
        is_changed: version
            .as_ref()
            .is_none_or(|version| version.content != row.draft),
        published: version.map(|version| Published {
            version: version.id,
            number: version.number,
            at: version.published_at,
        }),
        is_archived: row.archived_at.is_some(),
        learners,
    })
}

/// A course's row.
pub(super) async fn row(tx: &TenantTx, id: CourseId) -> Result<course::Model> {
    tx.rows::<course::Entity>()
        .filter(course::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)
}

/// A course's row, held until the transaction ends, if its draft is still at `revision`.
pub(super) async fn row_at(tx: &TenantTx, id: CourseId, revision: i64) -> Result<course::Model> {
    let row = tx
        .rows::<course::Entity>()
        .filter(course::Column::Id.eq(id))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    if row.draft_revision == revision {
        Ok(row)
    } else {
        Err(Error::Stale)
    }
}

/// A version's row.
pub(super) async fn version(tx: &TenantTx, id: CourseVersionId) -> Result<course_version::Model> {
    tx.rows::<course_version::Entity>()
        .filter(course_version::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)
}

/// A version's content.
pub(super) async fn content(tx: &TenantTx, id: CourseVersionId) -> Result<Content> {
    Ok(serde_json::from_str(&version(tx, id).await?.content)?)
}

/// A broken constraint as a reason at the form's field.
pub(super) fn slug_taken(cause: DbErr) -> Error {
    let error = Error::from(cause);
    if error.is_taken("course_slug_taken", "course.slug") {
        Error::field("slug", "address-taken")
    } else {
        error
    }
}

/// A course's subject in the audit trail.
pub(super) fn subject(id: CourseId) -> String {
    format!("course:{id}")
}
