//! Courses, their versions, who takes them, and their files.

pub mod activity_progress;
pub mod course;
pub mod course_version;
pub mod enrolment;
pub mod file;
