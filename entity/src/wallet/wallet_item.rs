//! A badge in its holder's wallet.

use domain::{
    Timestamp,
    id::{CredentialId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A badge in its holder's wallet.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wallet_item")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// The tenant that owns the row.
    pub tenant_id: TenantId,
    /// Credential id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub credential_id: CredentialId,
    /// Is public.
    pub is_public: bool,
    /// Shows evidence.
    pub shows_evidence: bool,
    /// Added at.
    pub added_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
