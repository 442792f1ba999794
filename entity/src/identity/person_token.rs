//! A link sent by mail.

use domain::{Timestamp, id::PersonId};
use sea_orm::entity::prelude::*;

/// A link sent by mail.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_token")]
pub struct Model {
    /// SHA-256; the token itself is only in the mail.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    /// Whose it is.
    pub person_id: PersonId,
    /// Purpose.
    pub purpose: String,
    /// The new address, when that is what is verified.
    pub email: Option<String>,
    /// Expires at.
    pub expires_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
