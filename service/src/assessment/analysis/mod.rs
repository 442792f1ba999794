//! What the answers say about assessments and their items.

mod count;
mod facility;
mod show;

pub(crate) use count::{Recount, count};
pub(super) use facility::facilities;
pub(super) use show::whole;
pub use show::{AnalysedItem, Analysis, analysis, item_analysis};
