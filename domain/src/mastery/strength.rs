use std::fmt;

use rand_chacha::rand_core::Rng;
use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::{Answer, Combine, Evidence, Gate, Observation, Outcome, Rule, decide, probability};
use crate::{
    Problem, Seed, Timestamp,
    id::{AssessmentId, AttemptId, EvidenceId, ItemId, ItemVersionId},
    text::text_enum,
};

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

const LEARNERS: u32 = 10_000;
/// With fewer, a rule would be judged by chance: with so many, a share of 5 % is
/// off by a standard error of 0.7 %.
const FEWEST_LEARNERS: u32 = 1_000;
/// About how many answers are simulated and weighed in all, so that a page with a
/// large rule comes in time.
const MOST_ANSWERS: u32 = 20_000_000;

/// How many learners were simulated, and which share of them passes. None if only
/// a few could be.
fn simulate(rule: &Rule, accuracies: &[f64]) -> Option<(u32, Vec<f64>)> {
    let sittings = sittings(rule);
    let mut answers: u32 = sittings.iter().map(|sitting| u32::from(sitting.items)).sum();
    if leaves(rule).iter().any(|leaf| can_be_lost(leaf)) {
        // Weighed anew after each attempt.
        let attempts = u32::try_from(sittings.len()).unwrap_or(u32::MAX);
        answers = answers.saturating_mul(attempts.saturating_add(1) / 2);
    }
    let each = answers.saturating_mul(u32::try_from(accuracies.len()).unwrap_or(u32::MAX));
    let learners = (MOST_ANSWERS / each.max(1)).min(LEARNERS);
    if learners < FEWEST_LEARNERS {
        return None;
    }
    let passes = accuracies.iter().map(|accuracy| {
        // Each accuracy has the same chances, so that the curve has no bumps.
        let mut rng = Seed(1).rng("rule-strength");
        let passed = (0..learners).filter(|_| {
            let evidence = sit(&sittings, *accuracy, &mut rng);
            passes_in_time(rule, &evidence)
        });
        passed.fold(0.0, |passed, _| passed + 1.0) / f64::from(learners)
    });
    Some((learners, passes.collect()))
}

/// Whether the rule is met after any of the attempts: it is asked after each.
fn passes_in_time(rule: &Rule, evidence: &[Evidence]) -> bool {
    let met = |so_far: &[Evidence]| decide(rule, so_far).outcome == Outcome::Mastered;
    if leaves(rule).iter().any(|leaf| can_be_lost(leaf)) {
        (1..=evidence.len()).any(|attempts| met(&evidence[..attempts]))
    } else {
        met(evidence)
    }
}

/// Whether an attempt can take away what those before it gave.
fn can_be_lost(leaf: &Rule) -> bool {
    matches!(
        leaf,
        Rule::CombinedScore {
            combine: Combine::Latest | Combine::DecayingAverage,
            ..
        }
    )
}

/// An attempt that every simulated learner makes.
struct Sitting {
    assessment: AssessmentId,
    items: u16,
}

fn sittings(rule: &Rule) -> Vec<Sitting> {
    let leaves = leaves(rule);
    let mut assessments: Vec<AssessmentId> = leaves.iter().filter_map(|leaf| source(leaf)).collect();
    assessments.sort_unstable();
    assessments.dedup();
    if assessments.is_empty() {
        assessments.push(AssessmentId(Uuid::nil()));
    }
    let of_one = |assessment: AssessmentId| {
        let reads = |leaf: &&&Rule| source(leaf).is_none_or(|source| source == assessment);
        let demands: Vec<(u8, u16)> = leaves.iter().filter(reads).map(|leaf| demand(leaf)).collect();
        let tries = demands.iter().map(|(tries, _)| *tries).max().unwrap_or(0);
        let items = demands.iter().map(|(_, items)| *items).max().unwrap_or(0);
        (0..tries).map(move |_| Sitting { assessment, items })
    };
    assessments.into_iter().flat_map(of_one).collect()
}

/// How many attempts a rule on answers permits, and how many items each needs.
fn demand(leaf: &Rule) -> (u8, u16) {
    match leaf {
        Rule::SequentialGate { tables, tries, .. } => {
            let longest = (1..=*tries)
                .filter_map(|n| Gate::of_try(*tables, n))
                .map(Gate::max_items)
                .max();
            (*tries, u16::from(longest.unwrap_or(0)))
        }
        Rule::CutScore { items, tries, .. } | Rule::CombinedScore { items, tries, .. } => (*tries, *items),
        Rule::NOfM { answers, .. } => (1, *answers),
        _ => (0, 0),
    }
}

fn sit(sittings: &[Sitting], accuracy: f64, rng: &mut impl Rng) -> Vec<Evidence> {
    let mut items = 0_u128;
    let mut answer = || {
        items += 1;
        let right = f64::from(rng.next_u32()) < accuracy * f64::from(u32::MAX);
        Answer {
            item: ItemId(Uuid::from_u128(items)),
            item_version: ItemVersionId(Uuid::from_u128(items)),
            earned: u32::from(right),
            possible: 1,
        }
    };
    let numbered = sittings.iter().zip(1_u32..);
    numbered
        .map(|(sitting, number)| {
            let id = Uuid::from_u128(u128::from(number));
            let at = Timestamp::from_unix_millis(i64::from(number));
            Evidence {
                id: EvidenceId(id),
                at,
                observation: Observation::Answers {
                    assessment: sitting.assessment,
                    attempt: AttemptId(id),
                    begun: at,
                    answers: (0..sitting.items).map(|_| answer()).collect(),
                },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mastery::samples::rule;

    fn of(json: &str) -> Strength {
        strength(&rule(json), ACCURACIES).unwrap()
    }

    fn at(strength: &Strength, accuracy: f64) -> f64 {
        strength.passes(accuracy).unwrap()
    }

    fn is(actual: f64, expected: f64, within: f64) {
        assert!((actual - expected).abs() < within, "{actual} is not {expected}");
    }

    const GATE: &str = r#"{"kind":"sequential-gate","tables":"gate-1","tries":4,"cooldown-hours":24}"#;
    const CUT: &str = r#"{"kind":"cut-score","items":10,"cut":80,"tries":3,"cooldown-hours":0}"#;

    fn named(leaf: &str, n: u8) -> String {
        leaf.replacen(
            ',',
            &format!(r#","assessment":"00000000-0000-0000-0000-00000000000{n}","#),
            1,
        )
    }

    #[test]
    fn what_the_design_says_of_its_rules_holds() {
        let gate = of(GATE);
        assert_eq!(gate.method, Method::Exact);
        assert!(at(&gate, 0.6) < 0.05);
        assert!(at(&gate, 0.9) > 0.999);
        is(at(&of(CUT), 0.6), 0.42, 0.005);
        let streak = rule(r#"{"kind":"n-of-m","n":3,"m":3,"answers":40}"#);
        is(strength(&streak, &[0.3]).unwrap().passing[0].passes, 0.54, 0.005);
    }

    #[test]
    fn parts_on_assessments_of_their_own_are_joined_exactly() {
        let (one, two) = (named(CUT, 1), named(CUT, 2));
        let (all, any) = (
            of(&format!(r#"{{"kind":"all","of":[{one},{two}]}}"#)),
            of(&format!(r#"{{"kind":"any","of":[{one},{two}]}}"#)),
        );
        let single = at(&of(CUT), 0.6);
        assert_eq!((all.method, any.method), (Method::Exact, Method::Exact));
        is(at(&all, 0.6), single * single, 1e-9);
        is(at(&any, 0.6), 1.0 - (1.0 - single) * (1.0 - single), 1e-9);
    }

    #[test]
    fn parts_on_the_same_answers_are_simulated() {
        // Twice the same condition is one condition, which no product of two would say.
        let twice = of(&format!(r#"{{"kind":"all","of":[{CUT},{CUT}]}}"#));
        assert_eq!(twice.method, Method::Simulated { learners: LEARNERS });
        is(at(&twice, 0.6), at(&of(CUT), 0.6), 0.02);
        assert_eq!(twice, of(&format!(r#"{{"kind":"all","of":[{CUT},{CUT}]}}"#)));
    }

    #[test]
    fn a_simulation_agrees_with_the_formula() {
        for leaf in [
            GATE,
            CUT,
            r#"{"kind":"n-of-m","n":5,"m":7,"answers":12}"#,
            r#"{"kind":"combined-score","combine":"highest","items":10,"cut":80,"tries":3}"#,
            r#"{"kind":"combined-score","combine":"latest","items":10,"cut":80,"tries":3}"#,
        ] {
            let leaf = on_answers(&rule(leaf)).unwrap();
            let (_, simulated) = simulate(&leaf, &[0.6]).unwrap();
            is(simulated[0], exact(&leaf, 0.6).unwrap(), 0.02);
        }
    }

    #[test]
    fn a_decaying_average_is_easier_than_one_form_and_harder_than_the_best_of_all() {
        let decaying =
            of(r#"{"kind":"combined-score","combine":"decaying-average","items":10,"cut":80,"tries":3}"#);
        assert!(matches!(decaying.method, Method::Simulated { .. }));
        let once = of(r#"{"kind":"cut-score","items":10,"cut":80,"tries":1,"cooldown-hours":0}"#);
        let (weak, best) = (at(&decaying, 0.6), at(&of(CUT), 0.6));
        assert!(at(&once, 0.6) < weak && weak < best, "{weak}");
    }

    #[test]
    fn assessors_are_taken_to_say_yes() {
        let judged = r#"{"kind":"marked-by-assessor","assessors":1}"#;
        let both = of(&format!(r#"{{"kind":"all","of":[{GATE},{judged}]}}"#));
        assert_eq!((both.method, both.judged), (Method::Exact, true));
        is(at(&both, 0.6), at(&of(GATE), 0.6), 1e-9);
        let either = of(&format!(r#"{{"kind":"any","of":[{GATE},{judged}]}}"#));
        assert_eq!((either.method, either.passing.len()), (Method::Judgement, 0));
        let two_of_three = of(&format!(
            r#"{{"kind":"at-least","n":2,"of":[{},{},{judged}]}}"#,
            named(CUT, 1),
            named(CUT, 2)
        ));
        is(
            at(&two_of_three, 0.6),
            at(
                &of(&format!(
                    r#"{{"kind":"any","of":[{},{}]}}"#,
                    named(CUT, 1),
                    named(CUT, 2)
                )),
                0.6,
            ),
            1e-9,
        );
    }

    #[test]
    fn a_rule_is_graded_by_who_passes_it_without_the_competence() {
        let passed = |passes| Strength {
            method: Method::Exact,
            judged: false,
            passing: vec![Passing {
                accuracy: LACKING,
                passes,
            }],
        };
        for (passes, grade) in [
            (0.049, Grade::Strong),
            (0.05, Grade::Fair),
            (0.199, Grade::Fair),
            (0.2, Grade::Weak),
        ] {
            assert_eq!(passed(passes).grade(), Some(grade), "{passes}");
        }
        assert_eq!(
            (of(GATE).grade(), of(CUT).grade()),
            (Some(Grade::Strong), Some(Grade::Weak))
        );
        let judged = of(r#"{"kind":"marked-by-assessor","assessors":1}"#);
        assert_eq!(judged.grade(), None);
    }

    #[test]
    fn a_rule_that_takes_too_many_answers_is_not_judged_by_a_few_learners() {
        let of_size = |tries: u8, items: u16| {
            of(&format!(
                r#"{{"kind":"combined-score","combine":"decaying-average","items":{items},"cut":80,"tries":{tries}}}"#
            ))
        };
        let few = of_size(2, 10).method;
        assert!(matches!(few, Method::Simulated { learners } if learners >= FEWEST_LEARNERS));
        let large = of_size(20, 200);
        assert_eq!((large.method, large.grade()), (Method::TooLarge, None));
        assert_eq!(serde_json::to_value(&large).unwrap()["method"], "too-large");
    }

    #[test]
    fn a_rule_with_a_problem_has_no_strength() {
        assert_eq!(
            strength(&Rule::All { of: vec![] }, ACCURACIES).unwrap_err()[0].code,
            "rule-empty"
        );
    }
}
