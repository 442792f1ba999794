//! A question and its draft.

use domain::{
    Timestamp,
    id::{CompetencyId, ItemId, ItemVersionId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A question and its draft.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "item")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemId,
    /// Competency id.
    pub competency_id: CompetencyId,
    /// Title.
    pub title: String,
    /// The beginning of what it asks, in one line, to find it by.
    pub asked: String,
    /// Of what it asks; extended text if a person marks any of it.
    pub kind: String,
    /// Practice | assessment.
    pub purpose: String,
    /// Logit.
    pub difficulty: f64,
    /// JSON: the item.
    pub draft: String,
    /// Draft revision.
    pub draft_revision: i64,
    /// The version in force; none while only a draft.
    pub published_version_id: Option<ItemVersionId>,
    /// Whose pool the version in force is in.
    pub drawn_competency_id: Option<CompetencyId>,
    /// The kind of the version in force.
    pub drawn_kind: Option<String>,
    /// What the version in force is for.
    pub drawn_purpose: Option<String>,
    /// How hard the version in force is, as a logit.
    pub drawn_difficulty: Option<f64>,
    /// Who made it.
    pub created_by: PersonId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Retired at.
    pub retired_at: Option<Timestamp>,
    /// How far the draft's review is: a `ReviewState`, while it is not retired.
    pub review: String,
    /// The language of the draft.
    pub language: String,
    /// The words of the draft in small letters, to find it by.
    pub search: String,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();

crate::drafted!(
    "item",
    ItemId,
    super::item_version::Entity,
    retired_at as RetiredAt
);
