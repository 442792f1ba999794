//! Badge definitions: written as drafts, published as versions that never change.

mod archive;
mod image;
mod list;
mod load;
mod picture;
mod publish;
mod reach;
mod references;
mod view;
mod write;

pub use archive::{archive, restore};
pub use image::{Format, Image, draft_svg, image};
pub use list::{Row, State, choices, list};
pub use load::{Draft, Published, load};
pub use picture::{remove_picture, set_picture};
pub use publish::publish;
pub use reach::reach;
pub use view::{Part, Shown, view};
pub use write::{Content, create, save};

use domain::id::AchievementId;
use entity::{
    TenantTx,
    program::{achievement, achievement_version},
};
use sea_orm::ColumnTrait;

use crate::{Error, Result};

/// The row of an achievement that is about to be changed.
async fn locked(tx: &TenantTx, id: AchievementId) -> Result<achievement::Model> {
    tx.rows::<achievement::Entity>()
        .filter(achievement::Column::Id.eq(id))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)
}

/// The version of an achievement that is in force.
async fn in_force(tx: &TenantTx, row: &achievement::Model) -> Result<Option<achievement_version::Model>> {
    match row.published_version_id {
        Some(version) => Ok(tx
            .rows::<achievement_version::Entity>()
            .filter(achievement_version::Column::Id.eq(version))
            .one()
            .await?),
        None => Ok(None),
    }
}
