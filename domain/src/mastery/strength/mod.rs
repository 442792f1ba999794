mod simulate;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Serialize, Serializer};

use self::simulate::simulate;
use super::{Combine, Rule, probability};
use crate::{Problem, id::AssessmentId, text::text_enum};

/// The true accuracies for which a rule's strength is shown.
pub const ACCURACIES: &[f64] = &[0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/// The true accuracy of a learner who does not have the competence: 6 in 10 right.
/// A rule is judged by how often such a learner passes it.
pub const LACKING: f64 = 0.6;

/// The true accuracy of a learner who has it: 9 in 10 right.
pub const HAVING: f64 = 0.9;

/// A learner who lacks the competence passes a strong rule in less than so many
/// cases, all tries counted: the error that a gate is built to keep under.
const STRONG_BELOW: f64 = 0.05;

/// And a fair one in less than so many: one of five awards to such learners is more
/// than a badge can bear.
const FAIR_BELOW: f64 = 0.2;

text_enum! {
    /// What a strength comes to, in a word.
    pub enum Grade {
        /// Who lacks the competence passes in less than 5 % of cases.
        Strong = "strong",
        /// In less than 20 %.
        Fair = "fair",
        /// Or more often.
        Weak = "weak",
    }
}

/// What a rule is worth: how often learners would pass it who get each item
/// right with the same probability, independently, and who use every try that
/// they are permitted.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Strength {
    /// How the figures were found.
    pub method: Method,
    /// Whether assessors have a say as well. The figures then are for learners
    /// of whom every assessor says yes, so that none passes more often.
    pub judged: bool,
    /// The figures, by true accuracy. Empty if assessors alone decide, or the rule
    /// is too large.
    pub passing: Vec<Passing>,
}

/// How often learners of one true accuracy pass.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Passing {
    /// The probability with which they get an item right.
    pub accuracy: f64,
    /// The share of them that passes in the end, from 0 to 1.
    pub passes: f64,
}

/// How a strength was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By a formula or by going through all states; right to the last digit shown.
    Exact,
    /// By so many simulated learners of each accuracy; off by a standard error
    /// of at most `0.5 / √learners`.
    Simulated {
        /// How many.
        learners: u32,
    },
    /// Not at all: assessors decide, and this model has no figure for them.
    Judgement,
    /// Not at all: it asks for so many answers that too few learners could be
    /// simulated to say anything.
    TooLarge,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact => f.write_str("exact"),
            Self::Simulated { learners } => write!(f, "simulated-{learners}"),
            Self::Judgement => f.write_str("judgement"),
            Self::TooLarge => f.write_str("too-large"),
        }
    }
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Strength {
    /// How often learners of this true accuracy pass, if that was asked.
    #[must_use]
    pub fn passes(&self, accuracy: f64) -> Option<f64> {
        let asked = |passing: &&Passing| (passing.accuracy - accuracy).abs() < 1e-9;
        self.passing.iter().find(asked).map(|passing| passing.passes)
    }

    /// What it comes to; none where there is no figure for [`LACKING`].
    #[must_use]
    pub fn grade(&self) -> Option<Grade> {
        self.passes(LACKING).map(|passes| {
            if passes < STRONG_BELOW {
                Grade::Strong
            } else if passes < FAIR_BELOW {
                Grade::Fair
            } else {
                Grade::Weak
            }
        })
    }
}

/// The strength of a rule at each of these accuracies ([`ACCURACIES`], as a
/// rule). The same rule always gets the same figures. A rule with problems has
/// none.
///
/// Parts of a rule are taken as independent of each other when each reads an
/// assessment of its own. Where parts read the same answers, learners are
/// simulated: they make as many attempts as the part with the most tries
/// permits, each as long as the longest part asks for. That takes up to seconds.
pub fn strength(rule: &Rule, accuracies: &[f64]) -> Result<Strength, Vec<Problem>> {
    let problems = rule.check();
    if !problems.is_empty() {
        return Err(problems);
    }
    let judged = leaves(rule).iter().any(|leaf| is_judgement(leaf));
    let Some(rule) = on_answers(rule) else {
        return Ok(Strength {
            method: Method::Judgement,
            judged,
            passing: Vec::new(),
        });
    };
    let (method, passes) = match exact_on_answers(&rule, accuracies) {
        Some(passes) => (Method::Exact, passes),
        None => match simulate(&rule, accuracies) {
            Some((learners, passes)) => (Method::Simulated { learners }, passes),
            None => (Method::TooLarge, Vec::new()),
        },
    };
    let passing = accuracies.iter().zip(passes);
    Ok(Strength {
        method,
        judged,
        passing: passing
            .map(|(accuracy, passes)| Passing {
                accuracy: *accuracy,
                passes,
            })
            .collect(),
    })
}

/// How often learners of these accuracies pass, where a formula says so: what a
/// page can afford that anybody may ask for. `None` for a rule with problems, or
/// on which assessors have a say, or that has to be simulated.
#[must_use]
pub fn exact_strength(rule: &Rule, accuracies: &[f64]) -> Option<Vec<f64>> {
    let is_judged = leaves(rule).iter().any(|leaf| is_judgement(leaf));
    if is_judged || !rule.check().is_empty() {
        return None;
    }
    exact_on_answers(&on_answers(rule)?, accuracies)
}

fn exact_on_answers(rule: &Rule, accuracies: &[f64]) -> Option<Vec<f64>> {
    if !sources_differ(&leaves(rule)) {
        return None;
    }
    accuracies.iter().map(|accuracy| exact(rule, *accuracy)).collect()
}

fn leaves(rule: &Rule) -> Vec<&Rule> {
    if rule.parts().is_empty() {
        vec![rule]
    } else {
        rule.parts().iter().flat_map(leaves).collect()
    }
}

fn is_judgement(leaf: &Rule) -> bool {
    matches!(leaf, Rule::RubricLevel { .. } | Rule::MarkedByAssessor { .. })
}

/// What is left of a rule once all assessors have said yes, without pauses;
/// `None` if that is enough to pass.
fn on_answers(rule: &Rule) -> Option<Rule> {
    let mut rule = rule.clone();
    let needed = match &mut rule {
        Rule::SequentialGate { cooldown_hours, .. } | Rule::CutScore { cooldown_hours, .. } => {
            *cooldown_hours = 0;
            return Some(rule);
        }
        Rule::NOfM { .. } | Rule::CombinedScore { .. } => return Some(rule),
        Rule::RubricLevel { .. } | Rule::MarkedByAssessor { .. } => return None,
        Rule::All { of } => of.len(),
        Rule::Any { .. } => 1,
        Rule::AtLeast { n, .. } => usize::from(*n),
    };
    let of: Vec<Rule> = rule.parts().iter().filter_map(on_answers).collect();
    let needed = needed.saturating_sub(rule.parts().len() - of.len());
    let n = u8::try_from(needed).unwrap_or(u8::MAX);
    (n > 0).then_some(Rule::AtLeast { n, of })
}

fn source(leaf: &Rule) -> Option<AssessmentId> {
    match leaf {
        Rule::SequentialGate { assessment, .. }
        | Rule::CutScore { assessment, .. }
        | Rule::CombinedScore { assessment, .. }
        | Rule::NOfM { assessment, .. } => *assessment,
        _ => None,
    }
}

/// Whether no two of these read the same answers.
fn sources_differ(leaves: &[&Rule]) -> bool {
    leaves.iter().enumerate().all(|(index, leaf)| {
        leaves[..index]
            .iter()
            .all(|earlier| match (source(leaf), source(earlier)) {
                (Some(one), Some(other)) => one != other,
                _ => false,
            })
    })
}

fn exact(rule: &Rule, accuracy: f64) -> Option<f64> {
    match rule {
        Rule::SequentialGate { tables, tries, .. } => Some(probability::gate(*tables, *tries, accuracy)),
        // Whoever reaches the cut at any time has passed, whatever comes after.
        Rule::CutScore {
            items, cut, tries, ..
        }
        | Rule::CombinedScore {
            combine: Combine::Highest | Combine::Latest,
            items,
            cut,
            tries,
            ..
        } => Some(probability::cut_score(*items, *cut, *tries, accuracy)),
        Rule::NOfM { n, m, answers, .. } => probability::run(*n, *m, *answers, accuracy),
        Rule::AtLeast { n, of } => {
            let parts: Option<Vec<f64>> = of.iter().map(|part| exact(part, accuracy)).collect();
            Some(probability::at_least_of(usize::from(*n), &parts?))
        }
        _ => None,
    }
}
