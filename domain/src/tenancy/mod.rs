//! An organisation: its address, its people's roles, who may join, its looks.

mod role;
mod sign_up;
mod slug;

pub use role::{Permission, Role};
pub use sign_up::SignUpPolicy;
pub use slug::{Slug, SlugProblem};
