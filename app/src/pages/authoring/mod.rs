//! Where instructors write items and assessments.

mod analysis;
mod assessment;
pub(super) mod draft;
mod item;
mod regrade;
mod rows;
mod strength;

pub(super) use analysis::{coefficient, part};
pub(super) use item::competencies;
pub(super) use rows::{Deed, Rows};
pub(super) use strength::{RuleStrength, Worth};

use crate::routes::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(item::routes())
        .merge(assessment::routes())
        .merge(analysis::routes())
        .merge(regrade::routes())
}
