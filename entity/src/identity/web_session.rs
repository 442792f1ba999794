//! A browser that is signed in, or has a form open.

use domain::{
    Timestamp,
    id::{PersonId, SessionId},
};
use sea_orm::entity::prelude::*;

/// A browser that is signed in, or has a form open.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "web_session")]
pub struct Model {
    /// SHA-256 of the cookie's value.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Names the session on the account page.
    pub public_id: SessionId,
    /// Whose it is.
    pub person_id: Option<PersonId>,
    /// Data.
    pub data: String,
    /// User agent.
    pub user_agent: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Seen at.
    pub seen_at: Timestamp,
    /// Expires at.
    pub expires_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
