//! Something that a person can do.

use domain::id::{CompetencyId, FrameworkId, TenantId};
use sea_orm::entity::prelude::*;

/// Something that a person can do.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "competency")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CompetencyId,
    /// Framework id.
    pub framework_id: FrameworkId,
    /// Parent id.
    pub parent_id: Option<CompetencyId>,
    /// Code.
    pub code: String,
    /// Statement.
    pub statement: String,
    /// Level.
    pub level: String,
    /// Position.
    pub position: i64,
    /// JSON: when it counts as shown.
    pub rule: String,
    /// Rule version.
    pub rule_version: i64,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
