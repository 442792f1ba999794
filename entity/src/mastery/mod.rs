//! Estimates, evidence and decisions.

pub mod ability;
pub mod decision;
pub mod evidence;
pub mod mastery;
pub mod practice_answer;
