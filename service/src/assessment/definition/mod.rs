//! Assessments as their authors define them: drafts, and versions that never change.

mod archive;
mod list;
mod load;
mod pool;
mod publish;
mod strength;
mod write;

pub use archive::{archive, restore};
pub use list::{Row, choices, list};
pub use load::{Draft, load};
pub use pool::{Pools, pools};
pub use publish::publish;
pub use strength::strength;
pub use write::{create, save};
