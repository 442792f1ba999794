use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    id::{EvidenceId, PersonId},
};

/// One thing that was found on the way to a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// Which part of the rule found it: `of.0.of.2`; empty for the whole.
    pub path: String,
    /// What was found.
    pub finding: Finding,
}

/// What was found, in figures: a page says it in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum Finding {
    /// A try at the gate ended in a pass.
    GatePassed {
        /// The attempt.
        evidence: EvidenceId,
        /// Which try, from 1.
        number: u8,
        /// After how many answers.
        answered: u8,
        /// How many of them were right.
        correct: u8,
    },
    /// A try at the gate ended when a pass was out of reach.
    GateFailed {
        /// The attempt.
        evidence: EvidenceId,
        /// Which try, from 1.
        number: u8,
        /// After how many answers.
        answered: u8,
        /// How many of them were right.
        correct: u8,
    },
    /// A try at the gate ended before it was certain either way; it is not passed.
    GateUnfinished {
        /// The attempt.
        evidence: EvidenceId,
        /// Which try, from 1.
        number: u8,
        /// After how many answers.
        answered: u8,
        /// How many of them were right.
        correct: u8,
    },
    /// An attempt at the gate did not count: it ended because the gate was decided,
    /// and what was put right since has undone that.
    GateCutShort {
        /// The attempt.
        evidence: EvidenceId,
        /// How many of its items were put right since, or dropped.
        amended: u16,
        /// How many answers count.
        answered: u8,
        /// How many of them were right.
        correct: u8,
    },
    /// A try at a form reached the cut.
    FormPassed {
        /// The attempt.
        evidence: EvidenceId,
        /// Which try, from 1.
        number: u8,
        /// Hundredths of a point earned.
        earned: u64,
        /// Hundredths of a point there were.
        possible: u64,
    },
    /// A try at a form stayed below the cut.
    FormFailed {
        /// The attempt.
        evidence: EvidenceId,
        /// Which try, from 1.
        number: u8,
        /// Hundredths of a point earned.
        earned: u64,
        /// Hundredths of a point there were.
        possible: u64,
    },
    /// A try at a form had too few items to be one; it is not passed.
    FormIncomplete {
        /// The attempt.
        evidence: EvidenceId,
        /// Which try, from 1.
        number: u8,
        /// How many items it had.
        items: u16,
        /// How many a form has.
        needed: u16,
    },
    /// What the scores of the attempts make together.
    Combined {
        /// Hundredths of a percent.
        percent: u16,
        /// The percentage that is enough.
        needed: u8,
    },
    /// An attempt did not count, because it began before the pause after the
    /// one before was over.
    TooSoon {
        /// The attempt.
        evidence: EvidenceId,
        /// When it could have begun.
        open_from: Timestamp,
    },
    /// Answers of an attempt did not count, because their items had been
    /// answered before.
    SeenBefore {
        /// The attempt.
        evidence: EvidenceId,
        /// How many answers.
        answers: u16,
    },
    /// An attempt did not count, because no try was left.
    NoTryLeft {
        /// The attempt.
        evidence: EvidenceId,
        /// How many tries there are.
        tries: u8,
    },
    /// The best run of answers.
    BestRun {
        /// The most right answers in any run.
        correct: u16,
        /// How long a run is, at most.
        m: u16,
        /// How many would be enough.
        needed: u16,
        /// How many answers were looked at.
        answered: u16,
    },
    /// An assessor's mark on the rubric.
    Marked {
        /// The mark.
        evidence: EvidenceId,
        /// Who marked.
        assessor: PersonId,
        /// The level given.
        level: u8,
        /// The level that is enough.
        needed: u8,
    },
    /// An assessor's judgement.
    Judged {
        /// The judgement.
        evidence: EvidenceId,
        /// Who judged.
        assessor: PersonId,
        /// What they said.
        demonstrated: bool,
    },
    /// How many assessors say yes.
    Assessors {
        /// So many do.
        agree: u8,
        /// So many must.
        needed: u8,
    },
    /// How many parts of a rule are met.
    Parts {
        /// So many are.
        met: u8,
        /// So many must be.
        needed: u8,
        /// Of so many.
        of: u8,
    },
    /// The rule has a problem, and decides nothing until it is put right.
    RuleUnsound {
        /// The problem's code.
        problem: String,
        /// The problem's place in the rule.
        at: String,
    },
}

impl Finding {
    /// The sentence to look up, and what it names.
    #[must_use]
    pub fn message(&self) -> (String, BTreeMap<String, String>) {
        let mut code = String::new();
        let mut args = BTreeMap::new();
        if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(self) {
            for (name, value) in fields {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                if name == "code" {
                    code = text;
                } else {
                    args.insert(name, text);
                }
            }
        }
        (code, args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_a_sentence_to_look_up_and_its_figures() {
        let (code, args) = Finding::Parts {
            met: 1,
            needed: 2,
            of: 3,
        }
        .message();
        assert_eq!(code, "parts");
        assert_eq!(args["needed"], "2");
        assert_eq!(args.len(), 3);
    }
}
