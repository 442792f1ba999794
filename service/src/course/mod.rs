//! Courses: written, published, taken.

mod complete_activity;

pub(crate) use complete_activity::complete_activity;
