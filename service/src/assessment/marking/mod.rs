//! Marking by people: who takes what, and what they say. The one who marks
//! does not see whose work it is.

mod claim;
mod mark;
mod queue;

use std::collections::BTreeMap;

use domain::assessment::{Identifier, Mark};
use serde::{Deserialize, Serialize};

pub use claim::{Piece, Work, claim, claim_next, open, release};
pub use mark::mark;
pub use queue::{Queue, Waiting, queue};

pub(crate) use mark::{apply, rubrics};

/// A mark, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct StoredMark {
    /// What was said of each response that a person marks.
    pub marks: BTreeMap<Identifier, Mark>,
    /// The lowest level given on any criterion; 0 is a rubric's lowest.
    pub level: u8,
}

impl StoredMark {
    /// What the assessor wrote to the learner, as Markdown.
    #[must_use]
    pub fn comments(self) -> Vec<String> {
        let comments = self.marks.into_values().map(|mark| mark.comment);
        comments.filter(|comment| !comment.trim().is_empty()).collect()
    }
}
