//! One drawn item of an attempt, and the answer to it.

use domain::{
    Seed, Timestamp,
    id::{AttemptId, CompetencyId, ItemId, ItemVersionId, TenantId},
};
use sea_orm::entity::prelude::*;

/// One drawn item of an attempt, and the answer to it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "response")]
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
    /// Item id.
    pub item_id: ItemId,
    /// Item version id.
    pub item_version_id: ItemVersionId,
    /// Competency id.
    pub competency_id: CompetencyId,
    /// JSON; none while unanswered.
    pub answer: Option<String>,
    /// The newest save wins, not the last to arrive.
    pub sequence: i64,
    /// Flagged.
    pub flagged: bool,
    /// Saved at.
    pub saved_at: Option<Timestamp>,
    /// JSON, with the reason of each point.
    pub score: Option<String>,
    /// What the variant that is asked was made with, where the item is a template.
    pub variant: Option<Seed>,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// JSON: a late answer that counts in place of `answer`, which stays as it is.
    pub late: Option<String>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
