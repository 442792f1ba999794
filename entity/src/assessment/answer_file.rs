//! A file that a learner answered with; the bytes are in the object store.

use domain::{
    Timestamp,
    id::{AnswerFileId, AttemptId, PersonId, TenantId},
};
use sea_orm::entity::prelude::*;

/// A file that a learner answered with; the bytes are in the object store.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer_file")]
pub struct Model {
    /// The tenant that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AnswerFileId,
    /// In which attempt.
    pub attempt_id: AttemptId,
    /// At which question of it.
    pub position: i64,
    /// Which response of that question it fills.
    pub response: String,
    /// Whose answer it is.
    pub person_id: PersonId,
    /// What it was called where it came from, tidied.
    pub name: String,
    /// Found from the content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Sha256.
    pub sha256: Vec<u8>,
    /// Where its bytes are. Each time a form comes they get a place of their own, so
    /// that what is done about one never touches those of another.
    pub place: Uuid,
    /// When it came.
    pub stored_at: Timestamp,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

crate::tenant_owned!();
