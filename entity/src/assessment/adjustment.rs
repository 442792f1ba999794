//! What an assessor made of one answer on looking at it again.

use domain::{
    Timestamp,
    id::{AppealId, AttemptId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// What an assessor made of one answer on looking at it again: points, or a mark.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "adjustment")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Attempt id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt_id: AttemptId,
    /// 0-based place in the form.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// Points, in hundredths,
    pub points: Option<i64>,
    /// or what was said by the rubric, as JSON.
    pub mark: Option<String>,
    /// In answer to which appeal.
    pub appeal_id: AppealId,
    /// Set by.
    pub set_by: PersonId,
    /// Set at.
    pub set_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
