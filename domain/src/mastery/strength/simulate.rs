//! Chances of passing, found by letting learners use every try.

use rand_chacha::rand_core::Rng;
use uuid::Uuid;

use super::{leaves, source};
use crate::{
    Seed, Timestamp,
    id::{AssessmentId, AttemptId, EvidenceId, ItemId, ItemVersionId},
    mastery::{Answer, Combine, Evidence, Gate, Observation, Outcome, Rule, decide},
};

/// No more learners of one accuracy are simulated.
pub(super) const LEARNERS: u32 = 10_000;
/// With fewer, a rule would be judged by chance: with so many, a share of 5 % is
/// off by a standard error of 0.7 %.
pub(super) const FEWEST_LEARNERS: u32 = 1_000;
/// About how many answers are simulated and weighed in all, so that a page with a
/// large rule comes in time.
const MOST_ANSWERS: u32 = 20_000_000;

/// How many learners were simulated, and which share of them passes. None if only
/// a few could be.
pub(super) fn simulate(rule: &Rule, accuracies: &[f64]) -> Option<(u32, Vec<f64>)> {
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
            amended: None,
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
