//! What the answers say about assessments and their items.

mod count;
mod show;

pub(crate) use count::{Recount, count};
pub use show::{AnalysedItem, Analysis, analysis, item_analysis};
