//! What was changed in an attempt, and what stood there before.

use domain::{
    Timestamp,
    id::{AmendmentId, AppealId, AttemptId, RegradeId, TenantId},
};
use sea_orm::entity::prelude::*;

/// What was changed in an attempt, and what stood there before.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "amendment")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AmendmentId,
    /// Attempt id.
    pub attempt_id: AttemptId,
    /// By which regrade,
    pub regrade_id: Option<RegradeId>,
    /// in answer to which appeal,
    pub appeal_id: Option<AppealId>,
    /// or because an answer that came late counts: its 0-based place in the form.
    pub late_position: Option<i64>,
    /// JSON: the scores that were replaced, and the result.
    pub before: String,
    /// JSON: the result.
    pub after: String,
    /// At.
    pub at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
