use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    assessment::{Amendment, Remedy},
    id::{AssessmentId, AttemptId, EvidenceId, ItemId, ItemVersionId, PersonId},
};

/// Something that supports, or speaks against, one person's claim to one
/// competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Evidence {
    /// Which one.
    pub id: EvidenceId,
    /// When it was complete: submitted, marked, received.
    pub at: Timestamp,
    /// What was seen.
    pub observation: Observation,
}

/// What was seen, in the form in which rules take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum Observation {
    /// The scored answers of one attempt to this competency's items, in the
    /// order in which they were drawn; what was left open earned nothing.
    Answers {
        /// The assessment that was attempted.
        assessment: AssessmentId,
        /// Which attempt.
        attempt: AttemptId,
        /// When the attempt began: what a cooldown is held against.
        begun: Timestamp,
        /// The answers.
        answers: Vec<Answer>,
    },
    /// A person's mark by a rubric.
    RubricMark {
        /// Who marked.
        assessor: PersonId,
        /// The item answered, where it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item_version: Option<ItemVersionId>,
        /// The lowest level given on any criterion; 0 is the rubric's lowest.
        level: u8,
    },
    /// An assessor's judgement of documents, work samples or badges.
    Judgement {
        /// Who judged.
        assessor: PersonId,
        /// Whether what was shown demonstrates the competency.
        demonstrated: bool,
        /// The evidence judged.
        about: Vec<EvidenceId>,
    },
    /// A document, work sample or badge from elsewhere. It decides nothing
    /// until an assessor has judged it.
    External {
        /// What it is, as an address or the id of a verified credential.
        reference: String,
    },
}

/// One scored answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answer {
    /// The item, over all its versions: to know it when it comes again.
    pub item: ItemId,
    /// The version that was answered.
    pub item_version: ItemVersionId,
    /// What was earned, in hundredths of a point.
    pub earned: u32,
    /// What could have been earned, in hundredths of a point.
    pub possible: u32,
    /// What was put right about its score, so that the record names it; none if
    /// it stands as it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amended: Option<Amendment>,
}

impl Answer {
    /// Whether the answer is right: all that could be earned was.
    #[must_use]
    pub const fn is_correct(&self) -> bool {
        self.possible > 0 && self.earned >= self.possible
    }

    /// Whether its item was dropped: then it counts neither for nor against, and a
    /// gate goes by the answers around it.
    #[must_use]
    pub const fn is_dropped(&self) -> bool {
        matches!(self.amended, Some(Amendment::Regrade(Remedy::Drop)))
    }
}
