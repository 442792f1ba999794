//! Chances of passing, worked out exactly.

use super::{Gate, GateTables, Percent};

/// Passing a gate in any of so many tries.
pub(super) fn gate(tables: GateTables, tries: u8, accuracy: f64) -> f64 {
    let gates = (1..=tries).filter_map(|number| Gate::of_try(tables, number));
    1.0 - gates
        .map(|gate| 1.0 - gate.pass_probability(accuracy).0)
        .product::<f64>()
}

/// Reaching the cut of a form of `items`, each worth the same, in any of so many tries.
pub(super) fn cut_score(items: u16, cut: Percent, tries: u8, accuracy: f64) -> f64 {
    let needed = (1..=items)
        .find(|n| cut.is_reached_by(u64::from(*n), u64::from(items)))
        .unwrap_or(items);
    1.0 - (1.0 - at_least(needed, items, accuracy)).powi(i32::from(tries))
}

/// At least `n` right among some `m` in a row of `answers`. Exact where the
/// states can be gone through: short windows, streaks, and windows that hold
/// all answers; `None` otherwise.
pub(super) fn run(n: u16, m: u16, answers: u16, accuracy: f64) -> Option<f64> {
    if m >= answers {
        Some(at_least(n, answers, accuracy))
    } else if n == m {
        Some(streak(n, answers, accuracy))
    } else if m <= LONGEST_WINDOW {
        Some(window(n, m, answers, accuracy))
    } else {
        None
    }
}

/// At least `needed` of parts that happen independently of each other.
pub(super) fn at_least_of(needed: usize, parts: &[f64]) -> f64 {
    // How likely it is that so many have happened.
    let mut counts = vec![1.0];
    for part in parts {
        counts.push(0.0);
        for count in (0..counts.len()).rev() {
            let one_less = if count == 0 { 0.0 } else { counts[count - 1] };
            counts[count] = counts[count] * (1.0 - part) + one_less * part;
        }
    }
    counts.iter().skip(needed).sum()
}

fn at_least(needed: u16, items: u16, accuracy: f64) -> f64 {
    at_least_of(usize::from(needed), &vec![accuracy; usize::from(items)])
}

fn streak(length: u16, answers: u16, accuracy: f64) -> f64 {
    // How likely the current streak is so long, without any full one so far.
    let mut streaks = vec![0.0; usize::from(length)];
    streaks[0] = 1.0;
    let mut passed = 0.0;
    for _ in 0..answers {
        let broken = streaks.iter().sum::<f64>() * (1.0 - accuracy);
        passed += streaks.last().unwrap_or(&0.0) * accuracy;
        streaks.rotate_right(1);
        for likely in &mut streaks {
            *likely *= accuracy;
        }
        streaks[0] = broken;
    }
    passed
}

/// A window's state is one bit for each answer but the oldest.
const LONGEST_WINDOW: u16 = 12;

fn window(n: u16, m: u16, answers: u16, accuracy: f64) -> f64 {
    let mask = (1_usize << (m - 1)) - 1;
    let mut states = vec![0.0; mask + 1];
    states[0] = 1.0;
    let mut passed = 0.0;
    for _ in 0..answers {
        let mut next = vec![0.0; mask + 1];
        for (last, likely) in states.iter().enumerate().filter(|(_, likely)| **likely > 0.0) {
            next[last << 1 & mask] += likely * (1.0 - accuracy);
            if last.count_ones() + 1 >= u32::from(n) {
                passed += likely * accuracy;
            } else {
                next[(last << 1 | 1) & mask] += likely * accuracy;
            }
        }
        states = next;
    }
    passed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 5e-4, "{actual} is not {expected}");
    }

    #[test]
    fn known_figures_come_out() {
        // Eight of ten in three tries, by a learner who has 60 % right.
        is(cut_score(10, Percent::try_from(80).unwrap(), 1, 0.6), 0.1673);
        is(cut_score(10, Percent::try_from(80).unwrap(), 3, 0.6), 0.4226);
        // Three in a row somewhere in forty, by a guesser.
        is(run(3, 3, 40, 0.3).unwrap(), 0.5403);
        is(run(5, 10, 10, 0.5).unwrap(), 0.6230);
        is(at_least_of(2, &[0.5, 0.5, 0.5]), 0.5);
        is(at_least_of(0, &[]), 1.0);
    }

    #[test]
    fn a_cut_between_two_scores_asks_for_the_higher() {
        is(cut_score(3, Percent::try_from(50).unwrap(), 1, 0.5), 0.5);
        is(cut_score(3, Percent::try_from(100).unwrap(), 1, 0.5), 0.125);
    }

    proptest! {
        #[test]
        fn streaks_and_windows_agree(n in 1..=8_u16, answers in 9..40_u16, accuracy in 0.0..1.0_f64) {
            prop_assert!((streak(n, answers, accuracy) - window(n, n, answers, accuracy)).abs() < 1e-9);
        }

        #[test]
        fn a_window_is_what_counting_all_outcomes_gives(n in 1..=6_u16, more in 0..4_u16) {
            let (m, answers) = (n + more, 12_u16);
            let passes = (0..1_u32 << answers).filter(|bits| {
                (0..answers).any(|start| (bits >> start & ((1 << m) - 1)).count_ones() >= u32::from(n))
            });
            let counted = f64::from(u32::try_from(passes.count()).unwrap()) / f64::from(1_u32 << answers);
            prop_assert!((window(n, m, answers, 0.5) - counted).abs() < 1e-9);
        }

        #[test]
        fn knowing_more_never_hurts(n in 1..=6_u16, more in 0..5_u16, accuracy in 0.0..0.99_f64) {
            let passes = |accuracy| run(n, n + more, 30, accuracy).unwrap();
            prop_assert!(passes(accuracy + 0.01) >= passes(accuracy) - 1e-12);
        }
    }
}
