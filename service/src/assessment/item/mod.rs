//! Items: written as drafts, published as versions that never change.
//!
//! An assessment draws published versions; a learner keeps the version that
//! was drawn, whatever is published afterwards.

mod files;
mod list;
mod load;
mod preview;
mod publish;
mod retire;
mod write;

pub use files::files;
pub use list::{Filter, Row, State, list};
pub use load::{Draft, Published, load};
pub use preview::{Tried, try_out};
pub use publish::publish;
pub use retire::{restore, retire};
pub use write::{Content, create, save};

use domain::id::ItemId;
use entity::{TenantTx, assessment::item};
use sea_orm::ColumnTrait;

use crate::{Error, Result};

/// The row of an item that is about to be changed.
async fn locked(tx: &TenantTx, id: ItemId) -> Result<item::Model> {
    tx.rows::<item::Entity>()
        .filter(item::Column::Id.eq(id))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)
}
