//! An invitation by mail.

use domain::{
    Timestamp,
    id::{InvitationId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// An invitation by mail.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvitationId,
    /// Email.
    pub email: String,
    /// Email key.
    pub email_key: String,
    /// Role.
    pub role: String,
    /// Token hash.
    pub token_hash: Vec<u8>,
    /// Invited by.
    pub invited_by: PersonId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Expires at.
    pub expires_at: Timestamp,
    /// Accepted at.
    pub accepted_at: Option<Timestamp>,
    /// Revoked at.
    pub revoked_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
