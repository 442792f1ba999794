//! Badge definitions: written as drafts, published as versions that never change.

mod archive;
mod image;
mod list;
mod load;
mod picture;
mod publish;
mod published;
mod reach;
mod references;
mod view;
mod write;

pub use archive::{archive, restore};
pub(crate) use image::picture_in;
pub use image::{Format, Image, draft_svg, image};
pub use list::{Row, choices, list};
pub use load::{Draft, load};
pub use picture::{picture, remove_picture, set_picture};
pub use publish::publish;
pub use published::{Published, published};
pub use reach::reach;
pub(super) use references::definitions_in_force;
pub(super) use view::parts;
pub use view::{Part, Shown, view};
pub use write::{Content, create, save};
