//! An award whose ground is gone, for a person to review.

use domain::{
    Timestamp,
    id::{AppealId, AwardId, RegradeId, TenantId},
};
use sea_orm::entity::prelude::*;

/// An award whose ground is gone, for a person to review.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "groundless_award")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Award id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub award_id: AwardId,
    /// By which regrade,
    pub regrade_id: Option<RegradeId>,
    /// or in answer to which appeal.
    pub appeal_id: Option<AppealId>,
    /// Noted at.
    pub noted_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
