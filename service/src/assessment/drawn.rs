//! An item as one learner meets it.

use domain::{Seed, assessment::Item};

use crate::{Error, Result};

/// The item of a published version, made anew with `variant` where it is a
/// template. That seed is chosen once ([`Item::seed_for`]) and stored with the
/// learner's answer, so that the same item is shown, scored and explained.
pub(crate) fn drawn(content: &str, variant: Seed) -> Result<Item> {
    let item: Item = serde_json::from_str(content)?;
    item.variant(variant)
        .map_err(|fault| Error::Outside(format!("no variant of an item could be made: {fault}")))
}
