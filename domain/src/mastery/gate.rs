//! The sequential gate: a test of competence with a stated error rate that
//! ends as soon as its end is certain (a truncated sequential test after
//! Wald).

use std::collections::BTreeMap;

use crate::text::text_enum;

text_enum! {
    /// Which tables a gate goes by. A table is never edited, because decisions
    /// of the past are replayed by it; a better one gets a name of its own.
    pub enum GateTables {
        /// The first: four tries, together below 5 % for a true accuracy of 0.6.
        Gate1 = "gate-1",
    }
}

/// A point at which a gate may be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// After how many answers.
    pub answered: u8,
    /// How many of them must have been right.
    pub correct: u8,
}

/// One try's table of checkpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    checkpoints: &'static [Checkpoint],
}

/// Where a try at a gate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// More answers are needed.
    Continue {
        /// Answers so far.
        answered: u8,
        /// How many of them were right.
        correct: u8,
        /// The soonest point at which it can still be passed.
        next: Checkpoint,
        /// How many wrong answers it can still bear.
        spare: u8,
    },
    /// Passed, after that many answers.
    Passed {
        /// Answers it took.
        answered: u8,
        /// How many of them were right.
        correct: u8,
    },
    /// A pass is out of reach.
    Failed {
        /// Answers until that was certain.
        answered: u8,
        /// How many of them were right.
        correct: u8,
    },
}

const fn at(answered: u8, correct: u8) -> Checkpoint {
    Checkpoint { answered, correct }
}

/// Passed by 3.2 % at a true accuracy of 0.6, by 88.9 % at 0.9.
const FIRST: &[Checkpoint] = &[at(9, 9), at(13, 12), at(16, 14), at(20, 17)];

/// Passed by 0.6 % at 0.6, by 87.9 % at 0.9: longer rather than less fair, so
/// that three retakes add 1.7 points to the first try's 3.2 and no more.
const AGAIN: &[Checkpoint] = &[at(14, 14), at(18, 17), at(25, 22), at(27, 23)];

impl Gate {
    /// The most tries, the first one included, over which the tables keep
    /// their promise.
    pub const MAX_TRIES: u8 = 4;

    /// The gate of a first try: 9 of 9, 12 of 13, 14 of 16 or 17 of 20.
    #[must_use]
    pub const fn standard() -> Self {
        Self { checkpoints: FIRST }
    }

    /// The gate of the `n`th retake, from 1: 14 of 14, 17 of 18, 22 of 25 or
    /// 23 of 27. `None` for 0, and when there are no more.
    #[must_use]
    pub const fn retake(n: u8) -> Option<Self> {
        if n == 0 || n >= Self::MAX_TRIES {
            return None;
        }
        Some(Self { checkpoints: AGAIN })
    }

    /// The gate of the `n`th try, from 1.
    #[must_use]
    pub const fn of_try(tables: GateTables, n: u8) -> Option<Self> {
        match (tables, n) {
            (GateTables::Gate1, 1) => Some(Self::standard()),
            (GateTables::Gate1, _) => Self::retake(n.saturating_sub(1)),
        }
    }

    /// Its checkpoints, soonest first.
    #[must_use]
    pub const fn checkpoints(self) -> &'static [Checkpoint] {
        self.checkpoints
    }

    /// The most answers that a try can take: so many fresh items must be there.
    #[must_use]
    pub fn max_items(self) -> u8 {
        self.checkpoints.last().map_or(0, |last| last.answered)
    }

    /// Where a try stands after these answers, in order. Answers after a pass
    /// or fail change nothing.
    #[must_use]
    pub fn state(self, answers: &[bool]) -> Progress {
        let (mut answered, mut correct) = (0, 0);
        for right in answers {
            answered += 1;
            correct += u8::from(*right);
            match self.after(answered, correct) {
                Progress::Continue { .. } => {}
                end => return end,
            }
        }
        self.after(answered, correct)
    }

    /// How often a learner who gets each answer right with probability
    /// `accuracy` passes, and how many answers a try takes on average:
    /// exact, by going through all states.
    #[must_use]
    pub fn pass_probability(self, accuracy: f64) -> (f64, f64) {
        let (mut passes, mut length) = (0.0, 0.0);
        let mut open = BTreeMap::from([(0_u8, 1.0_f64)]);
        for answered in 1..=self.max_items() {
            length += open.values().sum::<f64>();
            let mut still_open = BTreeMap::new();
            for (before, likely) in open {
                for (correct, likely) in [
                    (before, likely * (1.0 - accuracy)),
                    (before + 1, likely * accuracy),
                ] {
                    match self.after(answered, correct) {
                        Progress::Passed { .. } => passes += likely,
                        Progress::Failed { .. } => {}
                        Progress::Continue { .. } => *still_open.entry(correct).or_insert(0.0) += likely,
                    }
                }
            }
            open = still_open;
        }
        (passes, length)
    }

    fn after(self, answered: u8, correct: u8) -> Progress {
        let passed = |point: &Checkpoint| point.answered == answered && correct >= point.correct;
        if self.checkpoints.iter().any(passed) {
            return Progress::Passed { answered, correct };
        }
        let wrong = answered - correct;
        let may_bear = |point: &Checkpoint| point.answered - point.correct;
        let reachable = || {
            let ahead = self
                .checkpoints
                .iter()
                .filter(move |point| point.answered > answered);
            ahead.filter(move |point| wrong <= may_bear(point))
        };
        match (reachable().next(), reachable().map(may_bear).max()) {
            (Some(next), Some(bearable)) => Progress::Continue {
                answered,
                correct,
                next: *next,
                spare: bearable - wrong,
            },
            _ => Progress::Failed { answered, correct },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn answers(marks: &str) -> Vec<bool> {
        marks.chars().map(|mark| mark == '+').collect()
    }

    #[test]
    fn the_gate_passes_at_its_four_points_and_nowhere_else() {
        for (marks, passed_after) in [
            ("+++++++++", Some(9)),
            ("-++++++++++++", Some(13)),
            ("++++++++-++++", Some(13)),
            ("--++++++++++++++", Some(16)),
            ("+++---++++++++++++++", Some(20)),
            ("++++++++", None),
            ("-++++++++", None),
            ("-+++++++++++", None),
        ] {
            match (Gate::standard().state(&answers(marks)), passed_after) {
                (Progress::Passed { answered, .. }, Some(n)) => assert_eq!(answered, n, "{marks}"),
                (Progress::Continue { .. }, None) => {}
                other => panic!("{marks}: {other:?}"),
            }
        }
    }

    #[test]
    fn the_gate_stops_as_soon_as_a_pass_is_out_of_reach() {
        let gate = Gate::standard();
        assert_eq!(
            gate.state(&answers("----")),
            Progress::Failed {
                answered: 4,
                correct: 0
            }
        );
        assert_eq!(
            gate.state(&answers("---")),
            Progress::Continue {
                answered: 3,
                correct: 0,
                next: at(20, 17),
                spare: 0
            }
        );
        assert_eq!(
            gate.state(&[]),
            Progress::Continue {
                answered: 0,
                correct: 0,
                next: at(9, 9),
                spare: 3
            }
        );
    }

    #[test]
    fn the_first_try_errs_as_often_as_stated() {
        for (accuracy, passes) in [
            (0.5, 0.0046),
            (0.6, 0.0323),
            (0.7, 0.1530),
            (0.8, 0.4743),
            (0.9, 0.8894),
        ] {
            let (exact, length) = Gate::standard().pass_probability(accuracy);
            assert!((exact - passes).abs() < 5e-5, "{accuracy}: {exact}");
            if accuracy >= 0.6 {
                assert!((9.7..14.0).contains(&length), "{accuracy}: {length}");
            }
        }
    }

    #[test]
    fn all_permitted_tries_together_stay_below_five_percent() {
        let fails: f64 = (1..=Gate::MAX_TRIES)
            .map(|n| {
                1.0 - Gate::of_try(GateTables::Gate1, n)
                    .unwrap()
                    .pass_probability(0.6)
                    .0
            })
            .product();
        assert!(1.0 - fails < 0.05, "{}", 1.0 - fails);
        assert_eq!(Gate::of_try(GateTables::Gate1, 0), None);
        assert_eq!(Gate::of_try(GateTables::Gate1, Gate::MAX_TRIES + 1), None);
    }

    #[test]
    fn a_retake_is_stricter_on_those_who_cannot_and_hardly_on_those_who_can() {
        let retake = Gate::retake(1).unwrap();
        assert!(retake.pass_probability(0.6).0 < Gate::standard().pass_probability(0.6).0 / 5.0);
        assert!(retake.pass_probability(0.9).0 > 0.87);
    }

    #[test]
    fn the_exact_figure_is_what_counting_all_outcomes_gives() {
        let gate = Gate::standard();
        let outcomes = 1_u32 << 20;
        let passed = (0..outcomes).filter(|bits| {
            let marks: Vec<bool> = (0..20).map(|n| bits >> n & 1 == 1).collect();
            matches!(gate.state(&marks), Progress::Passed { .. })
        });
        let counted = f64::from(u32::try_from(passed.count()).unwrap()) / f64::from(outcomes);
        assert!((counted - gate.pass_probability(0.5).0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn an_end_is_an_end(marks in prop::collection::vec(any::<bool>(), 0..40), retake in any::<bool>()) {
            let gate = if retake { Gate::retake(1).unwrap() } else { Gate::standard() };
            let mut end = None;
            for n in 0..=marks.len() {
                let now = gate.state(&marks[..n]);
                if let Some(end) = end {
                    prop_assert_eq!(now, end);
                } else if !matches!(now, Progress::Continue { .. }) {
                    end = Some(now);
                }
            }
            prop_assert!(marks.len() < usize::from(gate.max_items()) || end.is_some());
        }

        #[test]
        fn what_can_still_be_passed_is_passed_by_right_answers(marks in prop::collection::vec(any::<bool>(), 0..20)) {
            let gate = Gate::standard();
            if let Progress::Continue { .. } = gate.state(&marks) {
                let mut all_right = marks.clone();
                all_right.extend([true; 20]);
                let passes = matches!(gate.state(&all_right), Progress::Passed { .. });
                prop_assert!(passes);
            }
        }
    }
}
