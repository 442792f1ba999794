//! The tree's hashes, as they are kept.

use std::collections::{BTreeMap, BTreeSet};

use domain::log::{Hash, Stored, tree};
use entity::log::log_hash;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::{Error, Result};

/// Those of `wanted` that are kept.
pub(super) async fn load(
    tx: &DatabaseTransaction,
    wanted: &BTreeSet<Stored>,
) -> Result<BTreeMap<Stored, Hash>> {
    let mut by_level: BTreeMap<u8, Vec<i64>> = BTreeMap::new();
    for place in wanted {
        by_level
            .entry(place.level)
            .or_default()
            .push(column(place.position));
    }
    let mut found = BTreeMap::new();
    for (level, positions) in by_level {
        let rows = log_hash::Entity::find()
            .filter(log_hash::Column::Level.eq(i64::from(level)))
            .filter(log_hash::Column::Position.is_in(positions))
            .all(tx)
            .await?;
        for row in rows {
            let position = u64::try_from(row.position).map_err(|_| broken())?;
            let hash = row.hash.try_into().map_err(|_| broken())?;
            found.insert(Stored { level, position }, hash);
        }
    }
    Ok(found)
}

/// The root of the tree of the first `size` entries.
pub(super) async fn root(tx: &DatabaseTransaction, size: u64) -> Result<Hash> {
    let wanted = tree::needed(|look| {
        tree::root(size, look);
    });
    let kept = load(tx, &wanted).await?;
    tree::root(size, &mut |place| kept.get(&place).copied()).ok_or_else(broken)
}

/// A place as its column has it.
pub(super) fn column(place: u64) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

/// Something that the log has to have is not there, or not what it was.
pub(super) fn broken() -> Error {
    Error::Unsignable("the public log is damaged".to_owned())
}
