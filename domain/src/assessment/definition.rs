//! What an assessment is made of and how it is taken.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{LatePolicy, Narrowing, Problem, ProblemCode, check::Checker, code::args, limits};
use crate::{
    id::{CompetencyId, ItemVersionId},
    mastery::{Gate, Rule},
};

/// An assessment as its author defined it (QTI 3 `qti-assessment-test`, with
/// what QTI leaves to the delivery engine).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Assessment {
    /// What it is called.
    pub title: String,
    /// What is said before it starts, as Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instructions: String,
    /// What learners agree to before they begin, as Markdown; empty: nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub honour: String,
    /// What is asked, part by part.
    pub sections: Vec<Section>,
    /// How items follow each other, and when it ends.
    pub mode: Mode,
    /// How long an attempt may take, in seconds; absent: as long as it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<u32>,
    /// How many attempts a learner has; absent: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u16>,
    /// How long after the end of one attempt the next may start, in seconds.
    #[serde(default)]
    pub cooldown: u32,
    /// Whether items may come again.
    #[serde(default)]
    pub unseen: Unseen,
    /// What learners are told about their answers.
    pub feedback: FeedbackPolicy,
    /// Whether each learner gets the items of a section in an order of their own.
    #[serde(default)]
    pub shuffle: bool,
    /// How items are laid out.
    #[serde(default)]
    pub layout: Layout,
    /// Whether learners may go back.
    #[serde(default)]
    pub navigation: Navigation,
    /// What becomes of answers that come when the time is up.
    #[serde(default, skip_serializing_if = "LatePolicy::is_default")]
    pub late: LatePolicy,
    /// When it counts as passed; absent: practice, which decides nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_rule: Option<Rule>,
}

/// A part of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Section {
    /// Its heading; may be empty if there is one section only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Where its items come from.
    pub selection: Selection,
}

/// Where a section's items come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Selection {
    /// These, for everyone.
    Items(Vec<ItemVersionId>),
    /// So many from the pools of these competencies, as evenly as it comes out.
    #[serde(rename_all = "camelCase")]
    Pool {
        /// Whose pools.
        competencies: Vec<CompetencyId>,
        /// How many items in all; for a sequential gate, the most that it may ask.
        count: u16,
        /// Which of their items; by default, any.
        #[serde(default, skip_serializing_if = "Narrowing::is_default")]
        narrowing: Narrowing,
    },
}

/// How items follow each other, and when an attempt ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// All items, freely moved between, until the learner submits.
    FixedForm,
    /// One item after another without return, until the gate's table says pass or fail.
    SequentialGate,
}

/// Whether a learner may get an item again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unseen {
    /// It doesn't matter.
    Any,
    /// Only when the unseen ones are used up.
    #[default]
    Preferred,
    /// Never: without enough unseen items there is no attempt.
    Required,
}

/// What learners are told about their answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FeedbackPolicy {
    /// When.
    pub when: FeedbackTime,
    /// Whether correct answers are shown with it.
    #[serde(default)]
    pub correct_answers: bool,
}

/// When learners are told about their answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FeedbackTime {
    /// After each answer, which then stands.
    AtOnce,
    /// After the attempt.
    AtEnd,
    /// When the assessment has closed and nobody sits at it any more.
    AfterWindow,
    /// Never: the result only.
    Never,
}

/// How items are laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Layout {
    /// Each on a page of its own.
    #[default]
    OneItemPerPage,
    /// All on one page.
    OnePage,
}

/// Whether learners may go back to items that they have left (QTI 3 §`navigation-mode`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Navigation {
    /// They move freely.
    #[default]
    Nonlinear,
    /// On only: an item that was left is not seen again.
    Linear,
}

impl Assessment {
    /// Everything that keeps the assessment from being published, and some
    /// warnings ([`ProblemCode::is_warning`]). Paths are those of its JSON.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        let mut checker = Checker::default();
        checker.text("title", &self.title, limits::TITLE);
        checker.length("instructions", &self.instructions, limits::MARKDOWN);
        checker.length("honour", &self.honour, limits::MARKDOWN);
        self.check_sections(&mut checker);
        self.check_rules(&mut checker);
        checker.found()
    }

    /// How many items a form has; at a gate, at most.
    #[must_use]
    pub fn length(&self) -> usize {
        let lengths = self.sections.iter().map(|section| match &section.selection {
            Selection::Items(items) => items.len(),
            Selection::Pool { count, .. } => usize::from(*count),
        });
        lengths.sum()
    }

    /// How many items the `n`th try has, from 1; at a gate, at most. A gate's
    /// later tries can be longer than its first.
    #[must_use]
    pub fn length_of_try(&self, n: usize) -> usize {
        let gate = match self.pass_rule {
            Some(Rule::SequentialGate { tables, .. }) => {
                u8::try_from(n).ok().and_then(|n| Gate::of_try(tables, n))
            }
            _ => None,
        };
        gate.map_or(usize::MAX, |gate| usize::from(gate.max_items()))
            .min(self.length())
    }

    fn check_sections(&self, checker: &mut Checker) {
        checker.count("sections", self.sections.len(), 1, limits::SECTIONS);
        let mut fixed = BTreeSet::new();
        for (index, section) in self.sections.iter().enumerate() {
            let path = format!("sections[{index}]");
            checker.length(&format!("{path}.title"), &section.title, limits::TITLE);
            if self.sections.len() > 1 && section.title.trim().is_empty() {
                checker.add(&format!("{path}.title"), ProblemCode::Empty);
            }
            match &section.selection {
                Selection::Items(items) => {
                    let path = format!("{path}.selection.items");
                    checker.count(&path, items.len(), 1, limits::ITEMS);
                    for item in items.iter().filter(|item| !fixed.insert(**item)) {
                        checker.add_with(
                            &path,
                            ProblemCode::DuplicateIdentifier,
                            args([("identifier", item)]),
                        );
                    }
                }
                Selection::Pool {
                    competencies,
                    count,
                    narrowing,
                } => {
                    let path = format!("{path}.selection.pool");
                    check_narrowing(checker, &format!("{path}.narrowing"), narrowing);
                    let count = usize::from(*count);
                    checker.count(
                        &format!("{path}.count"),
                        count,
                        competencies.len().max(1),
                        limits::ITEMS,
                    );
                    checker.count(
                        &format!("{path}.competencies"),
                        competencies.len(),
                        1,
                        limits::ITEMS,
                    );
                    let mut known = BTreeSet::new();
                    for twice in competencies
                        .iter()
                        .filter(|competency| !known.insert(**competency))
                    {
                        let named = args([("identifier", twice)]);
                        checker.add_with(
                            &format!("{path}.competencies"),
                            ProblemCode::DuplicateIdentifier,
                            named,
                        );
                    }
                }
            }
        }
        checker.count(
            "sections",
            self.length(),
            self.longest_gate().unwrap_or(0),
            limits::ITEMS,
        );
    }

    fn check_rules(&self, checker: &mut Checker) {
        const YEAR: u32 = 366 * 24 * 60 * 60;
        let gate = self.mode == Mode::SequentialGate;
        if gate && self.unseen != Unseen::Required {
            checker.add("unseen", ProblemCode::GateNeedsUnseen);
        }
        if gate && self.layout != Layout::OneItemPerPage {
            checker.add("layout", ProblemCode::GateNeedsSingleItems);
        }
        self.check_pass_rule(checker, gate);
        for problem in self.pass_rule.iter().flat_map(Rule::check) {
            let problem = problem.within("passRule");
            checker.add_with(
                &problem.path,
                ProblemCode::UnsoundRule,
                args([("problem", &problem.code)]),
            );
        }
        let fixed = |section: &Section| matches!(section.selection, Selection::Items(_));
        let again = self.attempts != Some(1);
        if again && self.unseen == Unseen::Required && self.sections.iter().any(fixed) {
            checker.add("unseen", ProblemCode::FixedItemsRepeat);
        }
        let decides_on_seen = self.pass_rule.is_some() && self.unseen != Unseen::Required;
        if again
            && decides_on_seen
            && self.feedback.correct_answers
            && matches!(self.feedback.when, FeedbackTime::AtOnce | FeedbackTime::AtEnd)
        {
            checker.add("feedback.correctAnswers", ProblemCode::AnswersBeforeRetake);
        }
        let mut range = |path: &str, value: Option<u32>, min: u32, max: u32| {
            if value.is_some_and(|value| !(min..=max).contains(&value)) {
                checker.add_with(
                    path,
                    ProblemCode::OutOfRange,
                    args([("min", &min), ("max", &max)]),
                );
            }
        };
        range("timeLimit", self.time_limit, 30, YEAR);
        range("attempts", self.attempts.map(u32::from), 1, 1_000);
        range("cooldown", Some(self.cooldown), 0, YEAR);
        if let LatePolicy::CountWithin(minutes) = self.late {
            range("late", Some(minutes.into()), 1, LatePolicy::LONGEST.into());
        }
    }
}

fn check_narrowing(checker: &mut Checker, path: &str, narrowing: &Narrowing) {
    let (least, most) = Narrowing::DIFFICULTY;
    let from = narrowing.least_difficulty.unwrap_or(least);
    let mut range = |name: &str, value: Option<i16>, min: i16| {
        if value.is_some_and(|value| !(min..=most).contains(&value)) {
            let logit = |hundredths: i16| f64::from(hundredths) / 100.0;
            let bounds = args([("min", &logit(min)), ("max", &logit(most))]);
            checker.add_with(&format!("{path}.{name}"), ProblemCode::OutOfRange, bounds);
        }
    };
    range("leastDifficulty", narrowing.least_difficulty, least);
    range("mostDifficulty", narrowing.most_difficulty, from.max(least));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn gate() -> Json {
        json!({
            "title": "Final", "mode": "sequentialGate", "unseen": "required", "passRule": {
                "kind": "sequential-gate", "tables": "gate-1", "tries": 3, "cooldown-hours": 24,
            },
            "attempts": 3, "cooldown": 86400, "feedback": { "when": "atEnd" },
            "sections": [{ "selection": { "pool": {
                "competencies": ["00000000-0000-7000-8000-000000000001"], "count": 27,
            } } }],
        })
    }

    #[test]
    fn a_good_assessment_has_no_problems() {
        let assessment: Assessment = serde_json::from_value(gate()).unwrap();
        assert_eq!(assessment.check(), []);
        let json = serde_json::to_value(&assessment).unwrap();
        assert_eq!(serde_json::from_value::<Assessment>(json).unwrap(), assessment);
    }

    #[test]
    fn each_problem_is_found_where_it_is() {
        let id = "00000000-0000-7000-8000-000000000001";
        for (field, value, path, code) in [
            ("title", json!(""), "title", "empty"),
            ("sections", json!([]), "sections", "too-few"),
            ("unseen", json!("preferred"), "unseen", "gate-needs-unseen"),
            ("layout", json!("onePage"), "layout", "gate-needs-single-items"),
            ("passRule", json!(null), "passRule", "no-pass-rule"),
            (
                "passRule",
                json!({ "kind": "marked-by-assessor", "assessors": 0 }),
                "passRule.assessors",
                "unsound-rule",
            ),
            ("timeLimit", json!(1), "timeLimit", "out-of-range"),
            ("attempts", json!(0), "attempts", "out-of-range"),
            ("late", json!({ "countWithin": 0 }), "late", "out-of-range"),
            ("late", json!({ "countWithin": 1_441 }), "late", "out-of-range"),
            ("attempts", json!(2), "passRule", "rule-differs"),
            ("mode", json!("fixedForm"), "passRule", "wrong-pass-rule"),
            (
                "sections",
                json!([{ "selection": { "pool": { "competencies": [id], "count": 20 } } }]),
                "sections",
                "too-few",
            ),
            (
                "sections",
                json!([{ "selection": { "items": [id] } }]),
                "unseen",
                "fixed-items-repeat",
            ),
            (
                "sections",
                json!([{ "selection": { "items": [id, id] } }]),
                "sections[0].selection.items",
                "duplicate-identifier",
            ),
            (
                "sections",
                json!([{ "selection": { "pool": {
                    "competencies": [id], "count": 27, "narrowing": { "leastDifficulty": -601 },
                } } }]),
                "sections[0].selection.pool.narrowing.leastDifficulty",
                "out-of-range",
            ),
            (
                "sections",
                json!([{ "selection": { "pool": {
                    "competencies": [id], "count": 27,
                    "narrowing": { "leastDifficulty": 100, "mostDifficulty": 99 },
                } } }]),
                "sections[0].selection.pool.narrowing.mostDifficulty",
                "out-of-range",
            ),
            (
                "sections",
                json!([{ "selection": { "pool": { "competencies": [id], "count": 0 } } }]),
                "sections[0].selection.pool.count",
                "too-few",
            ),
        ] {
            let mut json = gate();
            json[field] = value;
            let problems = serde_json::from_value::<Assessment>(json).unwrap().check();
            let found = problems
                .iter()
                .any(|problem| problem.path == path && problem.code.as_str() == code);
            assert!(found, "{code} at {path} not in {problems:?}");
        }
    }
}
