//! Shuffling and drawing from a seed's generator.
//!
//! Written out rather than taken from `rand`: a stored seed must give the same
//! draw in every later version, and `rand` promises that for its generators
//! but not for its shuffles.

use rand_chacha::rand_core::Rng;

/// A number below `bound`, each equally likely; 0 if `bound` is 0.
pub(super) fn below(rng: &mut impl Rng, bound: usize) -> usize {
    let Ok(bound @ 1..) = u64::try_from(bound) else {
        return 0;
    };
    // The largest multiple of `bound` that fits: numbers from there on would favour the small.
    let fair = u64::MAX - u64::MAX % bound;
    loop {
        let number = rng.next_u64();
        if number < fair {
            return usize::try_from(number % bound).unwrap_or(0);
        }
    }
}

/// Puts `things` in an order of which each is equally likely (Fisher–Yates).
pub(super) fn shuffle<T>(rng: &mut impl Rng, things: &mut [T]) {
    for last in (1..things.len()).rev() {
        things.swap(last, below(rng, last + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seed;

    #[test]
    fn a_shuffle_never_changes_between_versions() {
        let mut numbers = [0, 1, 2, 3, 4, 5, 6, 7];
        shuffle(&mut Seed(1).rng("test"), &mut numbers);
        assert_eq!(numbers, [1, 3, 4, 6, 0, 2, 7, 5]);
    }

    #[test]
    fn every_order_of_three_comes_about_equally_often() {
        let mut counts = std::collections::BTreeMap::new();
        for seed in 0..6_000 {
            let mut three = ['a', 'b', 'c'];
            shuffle(&mut Seed(seed).rng("test"), &mut three);
            *counts.entry(three).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 6);
        assert!(
            counts.values().all(|count| (850..1150).contains(count)),
            "{counts:?}"
        );
    }
}
