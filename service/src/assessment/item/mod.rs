//! Items: written as drafts, published as versions that never change.
//!
//! An assessment draws published versions; a learner keeps the version that
//! was drawn, whatever is published afterwards.

mod files;
mod list;
mod load;
mod preview;
mod publish;
mod purpose;
mod retire;
mod write;

pub use files::files;
pub use list::{Filter, Row, list};
pub use load::{Draft, load};
pub use preview::{Tried, try_out};
pub use publish::publish;
pub use retire::{restore, retire};
pub use write::{Content, create, save};
