//! What authors write as a draft, and publish as versions that never change.

use std::fmt::Display;

use domain::Timestamp;
use sea_orm::{IntoActiveModel, Value};

use crate::TenantOwned;

/// An id as a column's value and as a word.
pub trait Key: Copy + Display + Into<Value> + Send + Sync + 'static {}
impl<T: Copy + Display + Into<Value> + Send + Sync + 'static> Key for T {}

/// An entity whose rows are drafts: courses, items, assessments, achievements.
pub trait Drafted: TenantOwned<Model: Sync + IntoActiveModel<Self::ActiveModel>, ActiveModel: Send> {
    /// What the audit trail calls one of them.
    const NOUN: &'static str;
    /// The column of its id.
    const ID: Self::Column;
    /// The column of what is written.
    const DRAFT: Self::Column;
    /// The column that goes up with each save.
    const REVISION: Self::Column;
    /// The column that names the version in force.
    const IN_FORCE: Self::Column;
    /// The column that says since when it is withdrawn.
    const WITHDRAWN_AT: Self::Column;
    /// The column that says when it was last changed.
    const UPDATED_AT: Self::Column;
    /// Its id.
    type Id: Key;
    /// What it is published as.
    type Version: Version;

    /// What a row says of its draft.
    fn written(row: &Self::Model) -> Written<'_, Self::Id, VersionId<Self>>;
}

/// An entity whose rows are versions of an `E`; they never change.
pub trait Version: TenantOwned<Model: Sync + IntoActiveModel<Self::ActiveModel>, ActiveModel: Send> {
    /// The column of its id.
    const ID: Self::Column;
    /// The column of what was published.
    const CONTENT: Self::Column;
    /// Its id.
    type Id: Key;

    /// What a row says of itself.
    fn stated(row: &Self::Model) -> Stated<'_, Self::Id>;
}

/// The id of a version of `E`.
pub type VersionId<E> = <<E as Drafted>::Version as Version>::Id;

/// What a row says of its draft.
#[derive(Debug, Clone, Copy)]
pub struct Written<'row, I, V> {
    /// Its id.
    pub id: I,
    /// What is written, as JSON.
    pub draft: &'row str,
    /// Goes up with each save.
    pub revision: i64,
    /// The version in force; none while only a draft.
    pub in_force: Option<V>,
    /// Since when it is withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What a version says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'row, V> {
    /// Its id.
    pub id: V,
    /// 1, 2, 3 ….
    pub number: i64,
    /// What was published, as JSON.
    pub content: &'row str,
    /// When.
    pub published_at: Timestamp,
}

/// Marks the entity of the module it stands in as a draft.
macro_rules! drafted {
    ($noun:literal, $id:ty, $version:path, $withdrawn:ident as $column:ident) => {
        impl crate::Drafted for Entity {
            const NOUN: &'static str = $noun;
            const ID: Column = Column::Id;
            const DRAFT: Column = Column::Draft;
            const REVISION: Column = Column::DraftRevision;
            const IN_FORCE: Column = Column::PublishedVersionId;
            const WITHDRAWN_AT: Column = Column::$column;
            const UPDATED_AT: Column = Column::UpdatedAt;
            type Id = $id;
            type Version = $version;

            fn written(row: &Model) -> crate::Written<'_, $id, crate::VersionId<Self>> {
                crate::Written {
                    id: row.id,
                    draft: &row.draft,
                    revision: row.draft_revision,
                    in_force: row.published_version_id,
                    withdrawn_at: row.$withdrawn,
                    updated_at: row.updated_at,
                }
            }
        }
    };
}
pub(crate) use drafted;

/// Marks the entity of the module it stands in as a version of a draft.
macro_rules! version {
    ($id:ty) => {
        impl crate::Version for Entity {
            const ID: Column = Column::Id;
            const CONTENT: Column = Column::Content;
            type Id = $id;

            fn stated(row: &Model) -> crate::Stated<'_, $id> {
                crate::Stated {
                    id: row.id,
                    number: row.number,
                    content: &row.content,
                    published_at: row.published_at,
                }
            }
        }
    };
}
pub(crate) use version;
