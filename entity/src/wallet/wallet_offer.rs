//! A badge that its holder puts into another wallet.

use domain::{
    Timestamp,
    id::{CredentialId, PersonId, TenantId, WalletOfferId},
};
use sea_orm::entity::prelude::*;

/// A badge that its holder puts into another wallet.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wallet_offer")]
pub struct Model {
    /// Its id; also what a wallet names it by when it tells what became of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WalletOfferId,
    /// Whose it is.
    pub person_id: PersonId,
    /// The tenant that issued the badge.
    pub tenant_id: TenantId,
    /// Which badge.
    pub credential_id: CredentialId,
    /// SHA-256 of the pre-authorised code.
    pub code_hash: Vec<u8>,
    /// SHA-256 of the transaction code; none if none is asked for.
    pub pin_hash: Option<Vec<u8>>,
    /// How often a wrong one was given.
    pub wrong_pins: i64,
    /// Until when the code is good; once it was taken, the token.
    pub expires_at: Timestamp,
    /// SHA-256 of the token; none until the code was taken.
    pub token_hash: Option<Vec<u8>>,
    /// What the wallet said became of it.
    pub told: Option<String>,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
