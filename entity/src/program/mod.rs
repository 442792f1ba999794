//! Badge definitions and who has earned them.

pub mod achievement;
pub mod achievement_version;
pub mod award;
pub mod groundless_award;
