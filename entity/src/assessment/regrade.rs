//! A remedy for an item version, as an assessment asked it.

use domain::{
    Timestamp,
    assessment::RegradeState,
    id::{AssessmentId, ItemVersionId, PersonId, RegradeId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A remedy for an item version, as an assessment asked it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "regrade")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegradeId,
    /// Assessment id.
    pub assessment_id: AssessmentId,
    /// The version that was asked.
    pub item_version_id: ItemVersionId,
    /// JSON.
    pub remedy: String,
    /// Why, for the record.
    pub reason: String,
    /// Why, for the learners.
    pub told: String,
    /// How far it has come.
    pub state: RegradeState,
    /// The last person who was looked at.
    pub reached: Option<PersonId>,
    /// How many attempts were looked at so far.
    pub looked_at: i64,
    /// How many there were at the beginning.
    pub attempts: i64,
    /// JSON: what would change.
    pub preview: String,
    /// JSON: what has changed.
    pub changes: String,
    /// Proposed by.
    pub proposed_by: PersonId,
    /// Proposed at.
    pub proposed_at: Timestamp,
    /// Applied by.
    pub applied_by: Option<PersonId>,
    /// When it came into force.
    pub applied_at: Option<Timestamp>,
    /// When every attempt had been looked at.
    pub finished_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
