//! Assessments as their authors define them: drafts, and versions that never change.

mod archive;
mod list;
mod load;
mod pool;
mod publish;
mod strength;
mod write;

pub use archive::{archive, restore};
pub use list::{Row, State, choices, list};
pub use load::{Draft, Published, load};
pub use pool::{Pools, pools};
pub use publish::publish;
pub use strength::strength;
pub use write::{create, save};

use domain::id::AssessmentId;
use entity::{TenantTx, assessment::assessment};
use sea_orm::ColumnTrait;

use crate::{Error, Result};

/// The row of an assessment that is about to be changed.
async fn locked(tx: &TenantTx, id: AssessmentId) -> Result<assessment::Model> {
    tx.rows::<assessment::Entity>()
        .filter(assessment::Column::Id.eq(id))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)
}
