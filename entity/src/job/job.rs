//! A unit of work in the outbox.

use domain::{
    Timestamp,
    id::{JobId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A unit of work in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// The tenant that owns the row.
    pub tenant_id: Option<TenantId>,
    /// Kind.
    pub kind: String,
    /// JSON.
    pub payload: String,
    /// Two jobs with the same are one.
    pub dedupe: Option<String>,
    /// Run at.
    pub run_at: Timestamp,
    /// Tries.
    pub tries: i64,
    /// Leased until.
    pub leased_until: Option<Timestamp>,
    /// Last error.
    pub last_error: Option<String>,
    /// Given up; an operator sees it.
    pub parked_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
