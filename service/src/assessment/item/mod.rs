//! Items: written as drafts, published as versions that never change.
//!
//! An assessment draws published versions; a learner keeps the version that
//! was drawn, whatever is published afterwards.

mod export;
mod files;
mod import;
mod list;
mod load;
mod preview;
mod publish;
mod purpose;
mod retire;
mod review;
mod tags;
mod usage;
mod write;

pub use export::export;
pub use files::files;
pub use import::{
    Destination, ExchangeError, MOST_BYTES, MOST_KEPT, MOST_UPLOADED, Outcome, Refused, Report, Source,
    forget, import, refused, refused_one, retry,
};
pub use list::{Filter, Row, list};
pub use load::{Draft, load};
pub use preview::{Tried, try_out};
pub use publish::publish;
pub use retire::{restore, retire};
pub use review::{Review, ReviewForm, Said, review, reviewed};
pub use usage::{CourseWith, Usage, Use, Way, usage};
pub use write::{Content, create, save};
