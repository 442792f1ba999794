//! An organisation.

use domain::{
    Timestamp,
    id::{FileId, TenantId},
};
use sea_orm::entity::prelude::*;

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TenantId,
    /// Slug.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Tagline.
    pub tagline: String,
    /// Markdown.
    pub description: String,
    /// JSON list of language tags, first is the default.
    pub languages: String,
    /// #rrggbb.
    pub accent: String,
    /// Logo file.
    pub logo_file: Option<FileId>,
    /// JSON: who may join.
    pub sign_up: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether its badges name a list of suspended ones from now on.
    pub allows_suspension: bool,
    /// Whether items are published only once they are approved.
    pub requires_review: bool,
}

/// Rows are joined by hand: every key has two or more columns.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
