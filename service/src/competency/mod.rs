//! What people can do: frameworks of competencies, and the rule by which each
//! counts as shown.

mod create;
mod details;
mod framework;
mod list;
mod public;
mod remove;
mod save;
mod shift;
mod tree;

pub use create::{NewCompetency, create};
pub use details::{Details, standard_rule};
pub use framework::{
    Framework, FrameworkDetails, create_framework, frameworks, remove_framework, save_framework,
};
pub use list::{Competency, list, load};
pub use public::{BadgeFor, CompetencyPage, CourseFor, Relative, show};
pub use remove::remove;
pub use save::save;
pub use shift::shift;
pub use tree::{FrameworkTree, framework};
