//! Courses: written as a draft, published as versions that never change, taken
//! by learners who stay on the version that they began.

mod archive;
mod catalogue;
mod create;
mod draft;
mod enrol;
mod list;
mod move_on;
mod open;
mod parts;
mod place;
mod progress;
mod publish;
mod save;
mod show;
mod way;

pub use archive::{archive, restore};
pub use catalogue::{CatalogueEntry, Taken, catalogue, mine, title};
pub use create::{NewCourse, create};
pub use draft::{Draft, draft};
pub use enrol::enrol;
pub use list::{Listed, list};
pub use move_on::move_on;
pub use open::{Neighbour, Opened, open};
pub use parts::{ModuleDetails, Part, add_activity, add_module, remove, save_activity, save_module, shift};
pub use progress::complete;
pub(crate) use progress::{complete_activity, complete_assessment, practice_draws};
pub use publish::{problems, publish};
pub use save::{Basics, edit, save, save_basics};
pub use show::{CoursePage, Enrolment, Target, show};
pub(crate) use way::{Way, enter, way_to};
