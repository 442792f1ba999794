//! Rules: what an item works out by itself (QTI 3 §2.8 response processing,
//! §2.9 template processing).
//!
//! Both are lists of rules of one shape, which differ in what a rule does; both
//! run on the interpreter of [`expression`](super::expression).

mod check;
mod model;
mod response;
mod run;
#[cfg(test)]
mod tests;

pub(super) use check::{Visit, each};
pub(super) use response::{
    check as check_processing, max as max_by_rules, score as score_by_rules, score_within,
};
pub(super) use run::{Flow, Perform, run};

pub use model::{
    Branch, Condition, LookupRow, LookupTable, ResponseAction, ResponseProcessing, ResponseRule, Rule,
};
