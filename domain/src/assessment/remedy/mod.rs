//! Putting right what was asked wrongly.
//!
//! A published item never changes, and neither does an answer. What changes is
//! what an answer is worth: by the key of another version, by full credit, or not
//! at all. It is always worked out from the answer itself ([`corrected()`]), so
//! that the order of remedies is no matter, and the same remedy twice is one.

mod compatible;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use compatible::{Difference, DifferenceCode, may_score};

use super::{Identifier, Item, Mark, Points, Response, Score, Scoring, Verdict, mark, score};
use crate::{id::ItemVersionId, text::text_enum};

text_enum! {
    /// How far a regrade has come.
    pub enum RegradeState {
        /// What it would change is being worked out.
        Previewing = "previewing",
        /// What it would change is known, and somebody has to say yes.
        Ready = "ready",
        /// It is in force, and attempts are being looked at one after another.
        Applying = "applying",
        /// Every attempt has been looked at.
        Done = "done",
        /// It was given up before it came into force.
        Discarded = "discarded",
    }
}

impl RegradeState {
    /// Whether another regrade of the same assessment has to wait for it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Previewing | Self::Ready | Self::Applying)
    }

    /// Whether answers are scored by it.
    #[must_use]
    pub const fn is_in_force(self) -> bool {
        matches!(self, Self::Applying | Self::Done)
    }
}

/// What is done about a version of an item that was asked in an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// Answers are scored by the key and the scoring of this version.
    KeyOf(ItemVersionId),
    /// Everybody to whom it was asked gets all its points.
    FullCredit,
    /// It counts neither for nor against: nothing to earn, and no evidence.
    Drop,
}

/// Why a score is another than the one that was first given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amendment {
    /// The item was regraded.
    Regrade(Remedy),
    /// An assessor set the points, in answer to an appeal.
    Appeal,
    /// An answer that came when the time was up counts in place of what was handed in.
    Late,
}

/// What goes in place of an answer's first score.
#[derive(Debug, Clone, Copy)]
pub enum Correction<'a> {
    /// The key and the scoring of this version, which [`may_score`].
    KeyOf(ItemVersionId, &'a Item),
    /// All points.
    FullCredit,
    /// Nothing to earn.
    Drop,
    /// So many points, of those that the item as it was asked has.
    Points(Points),
    /// What an assessor says of it on looking again, in place of what was said first.
    Marks(&'a BTreeMap<Identifier, Mark>),
    /// Nothing but what counts: the answer came late.
    Late,
}

/// What an answer to `asked` is worth, with what assessors said of it (by response)
/// and with what was put right since; without a correction, what it was worth first.
#[must_use]
pub fn corrected(
    asked: &Item,
    response: &Response,
    marks: &BTreeMap<Identifier, Mark>,
    correction: Option<Correction<'_>>,
) -> Score {
    let first = || marked(asked, response, marks);
    match correction {
        None => first(),
        Some(Correction::KeyOf(version, by)) => Score {
            amended: Some(Amendment::Regrade(Remedy::KeyOf(version))),
            ..marked(&asked.with_key_of(by), response, marks)
        },
        Some(Correction::FullCredit) => first().in_full(),
        Some(Correction::Drop) => first().dropped(),
        Some(Correction::Points(points)) => first().set_to(points),
        Some(Correction::Late) => Score {
            amended: Some(Amendment::Late),
            ..first()
        },
        Some(Correction::Marks(again)) => Score {
            amended: Some(Amendment::Appeal),
            ..marked(asked, response, again)
        },
    }
}

/// The score by the item's declarations, and by the marks where a person marks.
fn marked(item: &Item, response: &Response, marks: &BTreeMap<Identifier, Mark>) -> Score {
    item.responses
        .iter()
        .fold(score(item, response), |scored, declaration| {
            let (Scoring::Rubric(rubric), Some(given)) =
                (&declaration.scoring, marks.get(&declaration.identifier))
            else {
                return scored;
            };
            match mark(&declaration.identifier, rubric, given) {
                Ok(marked) => scored.with_mark(marked),
                Err(_) => scored,
            }
        })
}

impl Item {
    /// What this item asks, with the key, the scoring and the feedback of another.
    #[must_use]
    pub fn with_key_of(&self, other: &Self) -> Self {
        Self {
            responses: other.responses.clone(),
            outcomes: other.outcomes.clone(),
            processing: other.processing.clone(),
            feedback: other.feedback.clone(),
            ..self.clone()
        }
    }
}

impl Score {
    /// Whether the item was dropped: nothing of it counts.
    #[must_use]
    pub const fn is_dropped(&self) -> bool {
        matches!(self.amended, Some(Amendment::Regrade(Remedy::Drop)))
    }

    /// Whether points were given or taken for the item as a whole, so that how its
    /// parts were scored says nothing any more.
    #[must_use]
    pub fn is_as_whole(&self) -> bool {
        let sum: Points = self.responses.iter().map(|part| part.points).sum();
        self.is_dropped() || (self.amended == Some(Amendment::Appeal) && sum != self.points)
    }

    fn in_full(mut self) -> Self {
        for part in &mut self.responses {
            part.points = part.max;
            part.verdict = Verdict::Correct;
            part.reasons.clear();
        }
        self.forget_rules();
        Self {
            points: self.max,
            verdict: Verdict::Correct,
            amended: Some(Amendment::Regrade(Remedy::FullCredit)),
            ..self
        }
    }

    fn dropped(mut self) -> Self {
        // What is not counted waits for no mark.
        let settled = |verdict| match verdict {
            Verdict::NeedsMarking => Verdict::Unanswered,
            other => other,
        };
        for part in &mut self.responses {
            part.points = Points::ZERO;
            part.max = Points::ZERO;
            part.verdict = settled(part.verdict);
            part.reasons.clear();
        }
        self.forget_rules();
        Self {
            points: Points::ZERO,
            max: Points::ZERO,
            verdict: settled(self.verdict),
            amended: Some(Amendment::Regrade(Remedy::Drop)),
            ..self
        }
    }

    /// What the item's own rules made of the answer holds no longer.
    fn forget_rules(&mut self) {
        self.reasons.clear();
        self.outcomes.clear();
    }

    fn set_to(mut self, points: Points) -> Self {
        self.forget_rules();
        let points = points.clamp(Points::ZERO, self.max);
        Self {
            points,
            verdict: Verdict::of(points, self.max),
            amended: Some(Amendment::Appeal),
            ..self
        }
    }
}
