//! Items, assessments, attempts and the answers in them.

pub mod adjustment;
pub mod amendment;
pub mod answer_file;
pub mod appeal;
pub mod assessment;
pub mod assessment_tally;
pub mod assessment_version;
pub mod attempt;
pub mod double_marking;
pub mod exposure;
pub mod item;
pub mod item_facility;
pub mod item_review;
pub mod item_tag;
pub mod item_tally;
pub mod item_version;
pub mod item_writer;
pub mod late_answer;
pub mod marking;
pub mod marking_draft;
pub mod refused_item;
pub mod regrade;
pub mod response;
pub mod saved_comment;
