//! What a person can do, and how such statements hang together.

mod code;
mod tree;

pub use code::{Code, CodeProblem, Level, LevelOutOfRange};
pub use tree::{Competency, Tree, TreeProblem};
