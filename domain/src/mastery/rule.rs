use serde::{Deserialize, Serialize};

use super::{Gate, GateTables};
use crate::{Problem, id::AssessmentId, text::text_enum};

/// When competence counts as shown. Written by instructors, stored as JSON,
/// kept in every decision made by it.
///
/// Rules on answers read those of one assessment where it is named, else all
/// there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum Rule {
    /// The sequential gate (see [`Gate`]): each attempt is one try. Answers to
    /// items that the learner has answered before do not count.
    SequentialGate {
        /// The assessment whose attempts are tries.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessment: Option<AssessmentId>,
        /// Which tables.
        tables: GateTables,
        /// How many tries, from 1 to [`Gate::MAX_TRIES`].
        tries: u8,
        /// Hours between the end of a try and the beginning of the next.
        cooldown_hours: u16,
    },
    /// A share of the points of a form of so many items: each attempt is one
    /// try, and the best one counts.
    CutScore {
        /// The assessment whose attempts are tries.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessment: Option<AssessmentId>,
        /// How many items the form has. An attempt with fewer fails; of a longer one the first count.
        items: u16,
        /// The share of the points that is enough.
        cut: Percent,
        /// How many tries.
        tries: u8,
        /// Hours between the end of a try and the beginning of the next.
        cooldown_hours: u16,
    },
    /// The scores of the first attempts at a form of so many items, made into one
    /// that has to reach the cut. What only a later attempt can take away (the
    /// latest score, an average) stands until that attempt is made; a badge that
    /// was given for it stands.
    CombinedScore {
        /// The assessment whose attempts count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessment: Option<AssessmentId>,
        /// How several scores become one.
        combine: Combine,
        /// How many items the form has. An attempt with fewer scores nothing; of a longer one the first count.
        items: u16,
        /// The share of the points that is enough.
        cut: Percent,
        /// How many attempts count.
        tries: u8,
    },
    /// At least `n` right among `m` answers in a row, anywhere among the first
    /// `answers` to items new to the learner. Without that bound everybody
    /// would pass in the end.
    NOfM {
        /// The assessment whose answers count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessment: Option<AssessmentId>,
        /// How many must be right.
        n: u16,
        /// Of how many in a row.
        m: u16,
        /// How many answers count at all.
        answers: u16,
    },
    /// A level on every criterion of a rubric, by so many assessors; each one's
    /// latest mark counts.
    RubricLevel {
        /// The lowest level that is enough; 0 is the rubric's lowest.
        level: u8,
        /// How many assessors must have given it, or a higher one.
        assessors: u8,
    },
    /// So many assessors who judge that evidence demonstrates it; each one's
    /// latest judgement counts.
    MarkedByAssessor {
        /// How many assessors must say so.
        assessors: u8,
    },
    /// Every one of these.
    All {
        /// The parts.
        of: Vec<Rule>,
    },
    /// One of these.
    Any {
        /// The parts.
        of: Vec<Rule>,
    },
    /// At least `n` of these.
    AtLeast {
        /// How many.
        n: u8,
        /// The parts.
        of: Vec<Rule>,
    },
}

text_enum! {
    /// How the scores of several attempts become one.
    pub enum Combine {
        /// The best of them.
        Highest = "highest",
        /// The last of them.
        Latest = "latest",
        /// The last counts 65 %, the average of those before it, made in the same way, 35 %.
        DecayingAverage = "decaying-average",
    }
}

/// Whole hundredths, from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Percent(u8);

/// Not from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("percent-out-of-range")]
pub struct PercentOutOfRange;

impl Percent {
    /// The number of hundredths.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Whether `part` is at least this share of `whole`; never of nothing.
    #[must_use]
    pub const fn is_reached_by(self, part: u64, whole: u64) -> bool {
        whole > 0 && part as u128 * 100 >= whole as u128 * self.0 as u128
    }
}

impl TryFrom<u8> for Percent {
    type Error = PercentOutOfRange;

    fn try_from(percent: u8) -> Result<Self, PercentOutOfRange> {
        if percent <= 100 {
            Ok(Self(percent))
        } else {
            Err(PercentOutOfRange)
        }
    }
}

impl From<Percent> for u8 {
    fn from(percent: Percent) -> Self {
        percent.0
    }
}

impl Rule {
    /// How deep rules may be nested.
    pub const MAX_DEPTH: usize = 5;
    /// How many parts one rule may join.
    pub const MAX_PARTS: usize = 20;
    /// How many rules a rule may be made of, itself included.
    pub const MAX_RULES: usize = 40;
    /// The most items of a form, and answers of a window.
    pub const MAX_ITEMS: u16 = 200;
    /// The most tries at a form, and assessors.
    pub const MAX_TRIES: u8 = 20;

    /// What its author has to put right before it can decide anything.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.check_at("", 1, &mut problems);
        if problems.is_empty() && self.size() > Self::MAX_RULES {
            problems.push(Problem::at("", "rule-too-large").with("most", Self::MAX_RULES));
        }
        problems
    }

    /// The rules that this one joins; none for a rule on evidence.
    #[must_use]
    pub fn parts(&self) -> &[Rule] {
        match self {
            Self::All { of } | Self::Any { of } | Self::AtLeast { of, .. } => of,
            _ => &[],
        }
    }

    /// Whether it, or a part of it, goes by the levels that assessors give, and not by
    /// points.
    #[must_use]
    pub fn weighs_marks(&self) -> bool {
        matches!(self, Self::RubricLevel { .. }) || self.parts().iter().any(Self::weighs_marks)
    }

    fn size(&self) -> usize {
        1 + self.parts().iter().map(Self::size).sum::<usize>()
    }

    fn check_at(&self, path: &str, depth: usize, problems: &mut Vec<Problem>) {
        let field = |name: &str| {
            if path.is_empty() {
                name.to_owned()
            } else {
                format!("{path}.{name}")
            }
        };
        let mut within = |name: &str, value: u16, least: u16, most: u16| {
            if !(least..=most).contains(&value) {
                let problem = Problem::at(field(name), "rule-number-out-of-range");
                problems.push(problem.with("least", least).with("most", most));
            }
        };
        let (items, tries) = (Self::MAX_ITEMS, u16::from(Self::MAX_TRIES));
        match self {
            Self::SequentialGate { tries, .. } => {
                within("tries", u16::from(*tries), 1, u16::from(Gate::MAX_TRIES));
            }
            Self::CutScore {
                items: form,
                cut,
                tries: permitted,
                ..
            }
            | Self::CombinedScore {
                items: form,
                cut,
                tries: permitted,
                ..
            } => {
                within("items", *form, 1, items);
                within("cut", u16::from(cut.get()), 1, 100);
                within("tries", u16::from(*permitted), 1, tries);
            }
            Self::NOfM { n, m, answers, .. } => {
                within("answers", *answers, 1, items);
                within("m", *m, 1, (*answers).clamp(1, items));
                within("n", *n, 1, (*m).clamp(1, items));
            }
            Self::RubricLevel { assessors, .. } | Self::MarkedByAssessor { assessors } => {
                within("assessors", u16::from(*assessors), 1, tries);
            }
            Self::AtLeast { n, of } => {
                let parts = u16::try_from(of.len()).unwrap_or(u16::MAX);
                within("n", u16::from(*n), 1, parts.max(1));
            }
            Self::All { .. } | Self::Any { .. } => {}
        }
        if matches!(self, Self::All { .. } | Self::Any { .. } | Self::AtLeast { .. }) {
            self.check_parts(&field("of"), depth, problems);
        }
    }

    fn check_parts(&self, path: &str, depth: usize, problems: &mut Vec<Problem>) {
        let parts = self.parts();
        if parts.is_empty() {
            problems.push(Problem::at(path, "rule-empty"));
        } else if parts.len() > Self::MAX_PARTS {
            problems.push(Problem::at(path, "rule-too-many-parts").with("most", Self::MAX_PARTS));
        } else if depth >= Self::MAX_DEPTH {
            problems.push(Problem::at(path, "rule-too-deep").with("most", Self::MAX_DEPTH));
        } else {
            for (index, part) in parts.iter().enumerate() {
                part.check_at(&format!("{path}.{index}"), depth + 1, problems);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rule(json: serde_json::Value) -> Rule {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_rule_is_written_as_it_is_read() {
        for text in [
            r#"{"kind":"sequential-gate","tables":"gate-1","tries":2,"cooldown-hours":24}"#,
            r#"{"kind":"cut-score","items":10,"cut":80,"tries":3,"cooldown-hours":0}"#,
            r#"{"kind":"combined-score","combine":"decaying-average","items":10,"cut":80,"tries":5}"#,
            r#"{"kind":"n-of-m","n":3,"m":3,"answers":40}"#,
            r#"{"kind":"any","of":[{"kind":"marked-by-assessor","assessors":2},{"kind":"all","of":[{"kind":"rubric-level","level":3,"assessors":1}]}]}"#,
            r#"{"kind":"at-least","n":1,"of":[{"kind":"rubric-level","level":3,"assessors":1}]}"#,
        ] {
            let rule: Rule = serde_json::from_str(text).unwrap();
            assert_eq!(rule.check(), [], "{text}");
            assert_eq!(serde_json::to_string(&rule).unwrap(), text);
        }
    }

    #[test]
    fn what_no_rule_knows_is_not_read() {
        for text in [
            r#"{"kind":"lucky","tries":1}"#,
            r#"{"kind":"marked-by-assessor","assessors":2,"exept":"mondays"}"#,
            r#"{"kind":"cut-score","items":10,"cut":101,"tries":3,"cooldown-hours":0}"#,
            r#"{"kind":"cut-score","items":-1,"cut":80,"tries":3,"cooldown-hours":0}"#,
        ] {
            assert!(serde_json::from_str::<Rule>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_problem_names_its_place() {
        for (json, code, path) in [
            (
                json!({"kind": "sequential-gate", "tables": "gate-1", "tries": 5, "cooldown-hours": 1}),
                "rule-number-out-of-range",
                "tries",
            ),
            (
                json!({"kind": "cut-score", "items": 0, "cut": 80, "tries": 1, "cooldown-hours": 0}),
                "rule-number-out-of-range",
                "items",
            ),
            (
                json!({"kind": "cut-score", "items": 9, "cut": 0, "tries": 1, "cooldown-hours": 0}),
                "rule-number-out-of-range",
                "cut",
            ),
            (
                json!({"kind": "n-of-m", "n": 4, "m": 3, "answers": 40}),
                "rule-number-out-of-range",
                "n",
            ),
            (
                json!({"kind": "n-of-m", "n": 3, "m": 3, "answers": 2}),
                "rule-number-out-of-range",
                "m",
            ),
            (json!({"kind": "all", "of": []}), "rule-empty", "of"),
            (
                json!({"kind": "any", "of": [{"kind": "all", "of": [{"kind": "marked-by-assessor", "assessors": 0}]}]}),
                "rule-number-out-of-range",
                "of.0.of.0.assessors",
            ),
            (
                json!({"kind": "at-least", "n": 2, "of": [{"kind": "marked-by-assessor", "assessors": 1}]}),
                "rule-number-out-of-range",
                "n",
            ),
        ] {
            let problems = rule(json.clone()).check();
            assert_eq!(problems.len(), 1, "{json}: {problems:?}");
            assert_eq!(
                (problems[0].code, problems[0].path.as_str()),
                (code, path),
                "{json}"
            );
        }
    }

    #[test]
    fn a_rule_too_deep_or_too_broad_is_a_problem_and_no_panic() {
        let mut deep = Rule::MarkedByAssessor { assessors: 1 };
        for _ in 0..100 {
            deep = Rule::All { of: vec![deep] };
        }
        assert_eq!(deep.check()[0].code, "rule-too-deep");
        let broad = Rule::Any {
            of: vec![Rule::MarkedByAssessor { assessors: 1 }; 21],
        };
        assert_eq!(broad.check()[0].code, "rule-too-many-parts");
    }

    #[test]
    fn a_share_is_reached_exactly_or_not_at_all() {
        let cut = Percent::try_from(80).unwrap();
        assert!(cut.is_reached_by(8, 10));
        assert!(!cut.is_reached_by(799, 1000));
        assert!(!cut.is_reached_by(0, 0));
        assert!(cut.is_reached_by(u64::MAX, u64::MAX));
    }
}
