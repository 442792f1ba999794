//! An Elo-style model of ability: cheap, online, good at choosing the next
//! item, and no ground for an award.
//!
//! Pelánek, "Applications of the Elo rating system in adaptive educational
//! systems", Computers & Education 98 (2016): a logistic expectation, and
//! steps that shrink as answers come in. Figures are floating-point and may
//! differ in their last digits between machines, which is one more reason why
//! nothing here decides anything.

/// What one person seems able to do in one competency, in logits: 0 answers
/// an item of difficulty 0 right half of the time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Ability {
    /// The estimate.
    pub logits: f64,
    /// How many practice answers it comes from.
    pub answers: u32,
}

/// How hard an item seems to be, on the same scale.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Difficulty {
    /// The estimate; higher is harder.
    pub logits: f64,
    /// How many answers it comes from.
    pub answers: u32,
    /// How often pure guessing is right: 0.25 with four choices, 0 where
    /// there is nothing to choose from. Between 0 and 0.5.
    pub guessing: f64,
}

/// The first step; later ones are `FIRST_STEP / (1 + DECAY · answers)`.
const FIRST_STEP: f64 = 1.0;
const DECAY: f64 = 0.05;

/// Estimates stay within this many logits: beyond, an answer is all but certain.
const BOUND: f64 = 8.0;

/// The success at which practice teaches most without discouraging: between 0.7 and 0.8.
const TARGET: f64 = 0.75;

/// Over how many answers since then an item counts as recently seen.
const RECENT: f64 = 20.0;

/// How likely this person is to get this item right, between 0 and 1.
#[must_use]
pub fn expected(ability: Ability, difficulty: Difficulty) -> f64 {
    let knows = 1.0 / (1.0 + (difficulty.logits - ability.logits).exp());
    let guessing = difficulty.guessing.clamp(0.0, 0.5);
    guessing + (1.0 - guessing) * knows
}

/// Both estimates after one practice answer. `share` is how much of the
/// item's points it earned, from 0 to 1.
///
/// Each estimate moves by its own step, which shrinks with the answers behind
/// it: a newcomer settles in a dozen answers, and one learner's bad day does
/// not move an item that thousands have answered.
#[must_use]
pub fn after_answer(ability: Ability, difficulty: Difficulty, share: f64) -> (Ability, Difficulty) {
    let surprise = share.clamp(0.0, 1.0) - expected(ability, difficulty);
    let moved = |logits: f64, answers: u32, by: f64| {
        (logits + by * FIRST_STEP / (1.0 + DECAY * f64::from(answers))).clamp(-BOUND, BOUND)
    };
    (
        Ability {
            logits: moved(ability.logits, ability.answers, surprise),
            answers: ability.answers.saturating_add(1),
        },
        Difficulty {
            logits: moved(difficulty.logits, difficulty.answers, -surprise),
            answers: difficulty.answers.saturating_add(1),
            ..difficulty
        },
    )
}

/// An item that could come next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// How hard it is.
    pub difficulty: Difficulty,
    /// How many practice answers ago this person last saw it, if ever.
    pub seen: Option<u32>,
}

/// How well an item would suit as the next one, at most 1: best at an expected
/// success of 0.75, and worse the more recently it was seen.
#[must_use]
pub fn suitability(ability: Ability, candidate: &Candidate) -> f64 {
    let success = expected(ability, candidate.difficulty);
    // Certain failure and certain success are equally far off.
    let furthest = if success < TARGET { TARGET } else { 1.0 - TARGET };
    let off_target = (success - TARGET).abs() / furthest;
    let staleness = candidate
        .seen
        .map_or(0.0, |ago| 1.0 / (1.0 + f64::from(ago) / RECENT));
    1.0 - off_target - staleness
}

/// The index of the candidate that suits best; the first of equals. The
/// caller shuffles candidates if equals should take turns.
#[must_use]
pub fn choose_next(ability: Ability, candidates: &[Candidate]) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (index, candidate) in candidates.iter().enumerate() {
        let suits = suitability(ability, candidate);
        if best.is_none_or(|(_, most)| suits > most) {
            best = Some((index, suits));
        }
    }
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand_chacha::rand_core::Rng;

    use super::*;
    use crate::Seed;

    fn item(logits: f64) -> Difficulty {
        Difficulty {
            logits,
            ..Difficulty::default()
        }
    }

    #[test]
    fn expectation_is_one_half_between_equals_and_never_below_guessing() {
        assert!((expected(Ability::default(), item(0.0)) - 0.5).abs() < 1e-12);
        let choice = Difficulty {
            logits: 8.0,
            guessing: 0.25,
            answers: 0,
        };
        assert!(expected(Ability::default(), choice) > 0.25);
    }

    #[test]
    fn the_estimate_finds_a_steady_learner() {
        let truth = Ability {
            logits: 1.2,
            answers: 0,
        };
        let mut rng = Seed(11).rng("elo-test");
        let mut seen = Ability::default();
        for n in 0..400_i32 {
            let asked = Difficulty {
                logits: f64::from(n % 5) - 2.0,
                answers: 10_000,
                guessing: 0.0,
            };
            let right = f64::from(rng.next_u32()) / f64::from(u32::MAX) < expected(truth, asked);
            seen = after_answer(seen, asked, f64::from(u8::from(right))).0;
        }
        assert!((seen.logits - truth.logits).abs() < 0.4, "{seen:?}");
    }

    #[test]
    fn the_next_item_is_neither_easy_nor_hard_nor_just_seen() {
        let fresh = |logits| Candidate {
            difficulty: item(logits),
            seen: None,
        };
        let candidates = [fresh(-4.0), fresh(2.0), fresh(-1.1), fresh(0.0)];
        assert_eq!(choose_next(Ability::default(), &candidates), Some(2));
        let mut again = candidates;
        again[2].seen = Some(1);
        assert_eq!(choose_next(Ability::default(), &again), Some(3));
        assert_eq!(choose_next(Ability::default(), &[]), None);
    }

    proptest! {
        #[test]
        fn a_right_answer_never_lowers_ability_and_never_hardens_the_item(
            ability in -8.0..8.0_f64, logits in -8.0..8.0_f64, guessing in 0.0..0.5_f64, answers in 0..1000_u32
        ) {
            let before = Ability { logits: ability, answers };
            let asked = Difficulty { logits, answers, guessing };
            let (after, easier) = after_answer(before, asked, 1.0);
            prop_assert!(after.logits >= before.logits && easier.logits <= asked.logits);
            let (after, harder) = after_answer(before, asked, 0.0);
            prop_assert!(after.logits <= before.logits && harder.logits >= asked.logits);
        }

        #[test]
        fn steps_shrink_with_experience(answers in 0..1000_u32) {
            let step = |answers| after_answer(Ability { logits: 0.0, answers }, item(0.0), 1.0).0.logits;
            prop_assert!(step(answers + 1) < step(answers));
        }
    }
}
