//! What an issuer did with a badge.

use domain::{
    Timestamp,
    id::{CredentialId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// What an issuer did with a badge.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential_event")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Which badge.
    #[sea_orm(primary_key, auto_increment = false)]
    pub credential_id: CredentialId,
    /// 1, 2, 3 … of this badge.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Whose it is.
    pub person_id: PersonId,
    /// Issued | suspended | reinstated | revoked.
    pub step: String,
    /// Empty when issued.
    pub reason: String,
    /// Who took the step; none: Cairn itself, or not noted.
    pub taken_by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// Its place in the public log; none while it waits to be entered.
    pub log_index: Option<i64>,
    /// When it was entered.
    pub logged_at: Option<Timestamp>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
