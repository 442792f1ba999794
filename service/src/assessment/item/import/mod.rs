//! Items of other systems, as drafts.

mod importer;
mod kept;
mod known;
mod reading;

pub use kept::{MOST_BYTES, MOST_KEPT, Refused, forget, refused, refused_one, retry};

use domain::{
    assessment::{
        Purpose,
        qti::{Change, PackageProblem, Place},
    },
    id::{CompetencyId, ItemId, RefusedItemId},
    tenancy::Permission,
};
use entity::competency::competency;
use importer::Importer;
use sea_orm::ColumnTrait;
use serde::Serialize;

use crate::{Ctx, Error, Result};

/// Bytes of a file that a person brings in the browser.
pub const MOST_UPLOADED: usize = 32 << 20;

/// Where imported items go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The code of the competency that they show.
    pub competency: String,
    /// Whose pool they are in.
    pub purpose: Purpose,
    /// Whether what asks the same as an item that is there is imported as well.
    pub duplicates: bool,
}

/// What is imported.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// What the file is called.
    pub name: &'a str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What became of one item of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Its path in the package; empty where the file is no package.
    pub path: String,
    /// Its own identifier.
    pub identifier: String,
    /// The category that the file has it in; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It is a draft now, and as it was in the file where no change is named.
    Imported {
        /// The draft.
        item: ItemId,
        /// What is not as it was in the file.
        changes: Vec<Change>,
    },
    /// The same item was imported before, and stays as it is now.
    AlreadyThere {
        /// It.
        item: ItemId,
    },
    /// An item for this competency asks the same and scores it alike.
    Duplicate {
        /// It.
        item: ItemId,
    },
    /// It was not taken.
    Refused {
        /// Why: a code of [`RefusalCode`](domain::assessment::qti::RefusalCode), of a
        /// form's field, or `package`.
        code: String,
        /// Where in the item's file, or which field or file.
        place: Place,
        /// Under which it is kept to be tried again; none where there is nothing to
        /// keep, it is too large, or no more are kept.
        #[serde(skip_serializing_if = "Option::is_none")]
        kept: Option<RefusedItemId>,
    },
}

/// Imports a QTI item, a package of items with the files that they name, or a
/// question bank of Moodle, as drafts. Which it is, its content says. Every item
/// goes its own way: one that is refused keeps no other out, and is kept to be
/// tried again.
///
/// An item is known again by its identifier and its bytes: the same file twice
/// makes no second draft for a competency, and nothing that was changed since is lost.
/// One that asks what another item for the competency asks already is not made a second
/// time either, unless that is wanted.
pub async fn import(ctx: &Ctx, to: &Destination, source: Source<'_>) -> Result<Vec<Report>, ExchangeError> {
    ctx.require(Permission::Author)?;
    Importer::new(ctx, to, source.name)
        .await?
        .whole(source.bytes)
        .await
}

/// Why nothing was imported or exported.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The package could not be opened or made.
    #[error(transparent)]
    Package(#[from] PackageProblem),
    /// The use case failed.
    #[error(transparent)]
    Service(#[from] Error),
}

/// The competency with that code. Refused at the field `competency`.
pub(super) async fn competency_of(ctx: &Ctx, code: &str) -> Result<CompetencyId> {
    let tx = ctx.read().await?;
    let found = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Code.eq(code))
        .one()
        .await?;
    found
        .map(|row| row.id)
        .ok_or_else(|| Error::field("competency", "competency-unknown"))
}
