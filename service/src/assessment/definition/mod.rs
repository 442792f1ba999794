//! Assessments as their authors define them: drafts, and versions that never change.

mod archive;
mod delivery;
mod list;
mod load;
mod pool;
mod publish;
mod strength;
mod write;

pub use archive::{archive, restore};
pub use delivery::{Delivery, LONGEST_CODE, delivery, set_delivery};
pub(crate) use delivery::{is_code, window_of};
pub use list::{Row, choices, list};
pub use load::{Draft, load};
pub use pool::{Pools, pools};
pub use publish::publish;
pub use strength::strength;
pub use write::{create, save};
