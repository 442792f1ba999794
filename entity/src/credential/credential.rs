//! A signed badge.

use domain::{
    Timestamp,
    id::{AchievementId, AwardId, CredentialId, PersonId, StatusListId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A signed badge.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CredentialId,
    /// Award id.
    pub award_id: AwardId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Achievement id.
    pub achievement_id: AchievementId,
    /// As signed, byte for byte.
    pub document: String,
    /// Status list id.
    pub status_list_id: StatusListId,
    /// Status index.
    pub status_index: i64,
    /// Issued at.
    pub issued_at: Timestamp,
    /// Valid until.
    pub valid_until: Option<Timestamp>,
    /// Revoked at.
    pub revoked_at: Option<Timestamp>,
    /// Revoked reason.
    pub revoked_reason: Option<String>,
    /// The list for suspending it; none if it is from before there was one.
    pub suspension_list_id: Option<StatusListId>,
    /// Its place in that list.
    pub suspension_index: Option<i64>,
    /// Suspended at, while it is.
    pub suspended_at: Option<Timestamp>,
    /// Suspended reason.
    pub suspended_reason: Option<String>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
