//! What the newest decision says.

use domain::{
    Timestamp,
    id::{CompetencyId, DecisionId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// What the newest decision says.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mastery")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// Competency id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub competency_id: CompetencyId,
    /// Outcome.
    pub outcome: String,
    /// Decision id.
    pub decision_id: DecisionId,
    /// Since.
    pub since: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
