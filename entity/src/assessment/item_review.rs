//! What was said and decided about an item, in order.

use domain::{
    Timestamp,
    id::{ItemId, ItemReviewId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// What was said and decided about an item, in order.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_review")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemReviewId,
    /// About which item.
    pub item_id: ItemId,
    /// 1, 2, 3 …, for each item.
    pub number: i64,
    /// What was done: a `ReviewStep`.
    pub step: String,
    /// The revision of the draft that it was about.
    pub revision: i64,
    /// What was said; may be empty.
    pub comment: String,
    /// By whom.
    pub person_id: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
