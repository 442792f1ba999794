//! An estimate of what a learner can do.

use domain::{
    Timestamp,
    id::{CompetencyId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// An estimate of what a learner can do.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ability")]
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
    /// Logit.
    pub theta: f64,
    /// Answers.
    pub answers: i64,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
