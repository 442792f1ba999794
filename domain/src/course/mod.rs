//! Courses: modules of activities, what leads to what, and the text of lessons.

mod check;
mod content;
mod edit;
mod file_name;
pub mod markdown;
mod outline;
mod practice;

pub use content::{
    About, Activity, Content, Draw, Language, Module, Prerequisite, UnknownLanguage, Work, WorkKind,
};
pub use edit::{NewActivity, Way};
pub use file_name::{FileName, FileNameProblem};
pub use outline::{ActivityOutline, Done, ModuleOutline, Outline, State, outline};
pub use practice::Practised;
