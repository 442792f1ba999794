//! What learners have shown: evidence held against rules, decisions kept with
//! all that they took, and what there is of it to see.

mod decide;
mod progress;
mod replay;
mod view;

pub use progress::{
    CompetencyProgress, CompetencyRecord, EvidenceView, TenantProgress, everywhere, here, of_competency,
};
pub use replay::{Replayed, replay};
pub use view::{About, DecisionView};

pub(crate) use decide::{
    Sat, decide_assessment, decide_competency, decide_competency_anew, is_gate_over, is_passed, outcome_of,
    passed, spared,
};
