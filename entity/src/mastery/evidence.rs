//! What supports a decision.

use domain::{
    Timestamp,
    id::{AttemptId, CompetencyId, EvidenceId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// What supports a decision.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvidenceId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Competency id.
    pub competency_id: CompetencyId,
    /// Attempt id.
    pub attempt_id: Option<AttemptId>,
    /// Kind.
    pub kind: String,
    /// JSON.
    pub content: String,
    /// At.
    pub at: Timestamp,
    /// When other evidence took its place; none while it counts.
    pub superseded_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
