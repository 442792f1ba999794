//! An item as one learner meets it.

use domain::{Seed, assessment::Item};

use crate::{Error, Result};

/// The item of a published version, made anew where it is a template. `seed` is
/// that of its view: it follows from what is stored with the learner's answer, so
/// that the same item is shown, scored and explained.
pub(crate) fn drawn(content: &str, seed: Seed) -> Result<Item> {
    let item: Item = serde_json::from_str(content)?;
    item.variant_for(seed)
        .map_err(|fault| Error::Outside(format!("no variant of an item could be made: {fault}")))
}
