//! An organisation: its address, its people's roles, who may join, its looks.

mod accent;
mod badge_image;
mod colour;
mod lettering;
mod role;
mod sign_up;
mod slug;

pub use accent::{Accent, AccentProblem, Palette, Shades};
pub use badge_image::BadgeImage;
pub use colour::Colour;
pub use role::{Permission, Role};
pub use sign_up::SignUpPolicy;
pub use slug::{Slug, SlugProblem};
