//! A published state of a course; never changed.

use domain::{
    Timestamp,
    id::{CourseId, CourseVersionId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A published state of a course; never changed.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_version")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseVersionId,
    /// Course id.
    pub course_id: CourseId,
    /// 1, 2, 3 ….
    pub number: i64,
    /// What the catalogue says, as JSON.
    pub about: String,
    /// The document, as JSON.
    pub content: String,
    /// Who published it.
    pub published_by: PersonId,
    /// When it was published.
    pub published_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();

crate::version!(CourseVersionId);
