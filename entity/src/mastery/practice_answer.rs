//! An answer given in practice.

use domain::{
    Seed, Timestamp,
    id::{CompetencyId, ItemId, ItemVersionId, PersonId, ResponseId, TenantId},
};
use sea_orm::entity::prelude::*;

/// An answer given in practice.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "practice_answer")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ResponseId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Item id.
    pub item_id: ItemId,
    /// Item version id.
    pub item_version_id: ItemVersionId,
    /// Competency id.
    pub competency_id: CompetencyId,
    /// Seed.
    pub seed: Seed,
    /// Answer.
    pub answer: String,
    /// Score.
    pub score: String,
    /// Correct.
    pub correct: bool,
    /// At.
    pub at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
