//! A human being, over all tenants.

use domain::{Timestamp, id::PersonId};
use sea_orm::entity::prelude::*;

/// A human being, over all tenants.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    /// Email.
    pub email: String,
    /// The address as it is compared.
    pub email_key: String,
    /// Email verified at.
    pub email_verified_at: Option<Timestamp>,
    /// Argon2id, PHC string.
    pub password_hash: String,
    /// Display name.
    pub display_name: String,
    /// Chosen language; else Accept-Language.
    pub locale: Option<String>,
    /// Theme.
    pub theme: String,
    /// Is operator.
    pub is_operator: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
