use domain::{
    course::Content,
    id::{CourseId, CourseVersionId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    course::{course, course_version, enrolment},
};
use sea_orm::ColumnTrait;

use crate::{
    Ctx, Error, Result,
    draft::{self, Published, Stage},
};

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
    pub published: Option<Published<CourseVersionId>>,
    /// How far it is.
    pub stage: Stage,
    /// How many learners take it, or took it.
    pub learners: u64,
}

/// A course and its draft, for its authors.
pub async fn draft(ctx: &Ctx, id: CourseId) -> Result<Draft> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let row = draft::row::<course::Entity>(&tx, id).await?;
    let content = serde_json::from_str(&row.draft)?;
    let seen =
        draft::seen::<course::Entity, Content>(&tx, &row, content, |version| version.content != row.draft)
            .await?;
    let learners = tx
        .rows::<enrolment::Entity>()
        .filter(enrolment::Column::CourseId.eq(id))
        .count()
        .await?;
    Ok(Draft {
        id,
        slug: row.slug,
        revision: seen.revision,
        content: seen.content,
        published: seen.published,
        stage: seen.stage,
        learners,
    })
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
pub(super) fn slug_taken(error: Error) -> Error {
    if error.is_taken("course_slug_taken", "course.slug") {
        Error::field("slug", "address-taken")
    } else {
        error
    }
}
