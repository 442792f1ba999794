//! Cohen's κ, plain and weighted, with its standard error.

use super::super::analysis::moments::count;
use crate::text::text_enum;

/// With fewer pieces than that, κ is shown with a warning: it may be anything.
pub const FEWEST: u64 = 30;

/// Two-sided 95 % of a normal distribution.
const Z: f64 = 1.96;

/// A spread below that is none, but for how numbers are rounded.
const NO_SPREAD: f64 = 1e-9;

text_enum! {
    /// What a κ says in a word (Altman, Practical Statistics for Medical Research,
    /// 1991, table 14.10).
    pub enum Strength {
        /// Up to 0.20: hardly more than chance.
        Poor = "poor",
        /// Up to 0.40.
        Fair = "fair",
        /// Up to 0.60.
        Moderate = "moderate",
        /// Up to 0.80.
        Good = "good",
        /// Above 0.80.
        VeryGood = "very-good",
    }
}

/// How grave it is to be so many levels apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// All differences are alike (Cohen 1960).
    Nominal,
    /// With the square of the distance (Cohen 1968, Fleiss & Cohen 1973).
    Quadratic,
}

/// A κ, from a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// 1: always the same; 0: as chance would have it; below: less than that.
    pub value: f64,
    /// Its standard error in large samples. None where the sample shows no spread at
    /// all, as where the two always agree or one of them gives a single level: that
    /// says nothing of how sure it is, and least of all that it is sure.
    pub standard_error: Option<f64>,
}

impl Kappa {
    /// Between what it lies, 19 times of 20; none without a standard error.
    #[must_use]
    pub fn interval(&self) -> Option<(f64, f64)> {
        let around = |error: f64| (self.value + error).clamp(-1.0, 1.0);
        self.standard_error
            .map(|error| (around(-Z * error), around(Z * error)))
    }

    /// What it says in a word.
    #[must_use]
    pub fn strength(&self) -> Strength {
        match self.value {
            value if value <= 0.2 => Strength::Poor,
            value if value <= 0.4 => Strength::Fair,
            value if value <= 0.6 => Strength::Moderate,
            value if value <= 0.8 => Strength::Good,
            _ => Strength::VeryGood,
        }
    }
}

/// How often which level met which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossed {
    levels: usize,
    /// By the first assessor's level, then by the second's.
    counts: Vec<u64>,
}

impl Crossed {
    /// Nothing yet, of so many levels.
    #[must_use]
    pub fn new(levels: usize) -> Self {
        Self {
            levels,
            counts: vec![0; levels * levels],
        }
    }

    /// One more piece. A level that is none is left out.
    pub fn add(&mut self, first: usize, second: usize) {
        if second < self.levels
            && let Some(count) = self.counts.get_mut(first * self.levels + second)
        {
            *count += 1;
        }
    }

    /// How many pieces there are.
    #[must_use]
    pub fn pieces(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// To how many both gave the same.
    #[must_use]
    pub fn same(&self) -> u64 {
        let same = self.cells().filter(|(first, second, _)| first == second);
        same.map(|(_, _, count)| count).sum()
    }

    /// Cohen's κ = (p₀ − pₑ) / (1 − pₑ), where p₀ is the weighted share of agreement
    /// that was seen and pₑ the one that the two would reach by chance, each with
    /// their own habits. Its variance in large samples is that of Fleiss, Cohen and
    /// Everitt (1969):
    ///
    /// (Σ pᵢⱼ (wᵢⱼ − (w̄ᵢ + w̄ⱼ)(1 − κ))² − (κ − pₑ(1 − κ))²) / (n (1 − pₑ)²)
    ///
    /// where w̄ᵢ is the mean weight of the first's level i over all that the second
    /// gave, and w̄ⱼ that of the second's level j over all that the first gave.
    ///
    /// None without pieces, and where both gave one and the same level to all: then
    /// chance could do no worse, and κ is not defined.
    #[must_use]
    pub fn kappa(&self, weights: Weights) -> Option<Kappa> {
        let n = self.pieces();
        let (rows, columns) = (self.margins(true), self.margins(false));
        let is_one_level = rows
            .iter()
            .zip(&columns)
            .any(|(row, column)| *row == n && *column == n);
        if n == 0 || is_one_level {
            return None;
        }
        let share = |some: u64| count(some) / count(n);
        let weight = |first: usize, second: usize| self.weight(weights, first, second);
        let over_second = |first: usize| -> f64 {
            let parts = columns.iter().enumerate();
            parts
                .map(|(second, some)| share(*some) * weight(first, second))
                .sum()
        };
        let over_first = |second: usize| -> f64 {
            let parts = rows.iter().enumerate();
            parts
                .map(|(first, some)| share(*some) * weight(first, second))
                .sum()
        };
        let seen: f64 = self
            .cells()
            .map(|(first, second, some)| share(some) * weight(first, second))
            .sum();
        let by_chance: f64 = rows
            .iter()
            .enumerate()
            .map(|(first, some)| share(*some) * over_second(first))
            .sum();
        let value = (seen - by_chance) / (1.0 - by_chance);
        let spread: f64 = self
            .cells()
            .map(|(first, second, some)| {
                let means = over_second(first) + over_first(second);
                share(some) * (weight(first, second) - means * (1.0 - value)).powi(2)
            })
            .sum();
        let centre = (value - by_chance * (1.0 - value)).powi(2);
        let spread = spread - centre;
        let variance = spread / (count(n) * (1.0 - by_chance).powi(2));
        Some(Kappa {
            value,
            standard_error: (spread > NO_SPREAD).then(|| variance.sqrt()),
        })
    }

    /// 1 for the same level, 0 for the farthest.
    fn weight(&self, weights: Weights, first: usize, second: usize) -> f64 {
        if first == second {
            return 1.0;
        }
        match weights {
            Weights::Nominal => 0.0,
            Weights::Quadratic => {
                let widest = self.levels.saturating_sub(1).max(1);
                let part = levels(first.abs_diff(second)) / levels(widest);
                1.0 - part * part
            }
        }
    }

    /// How often each level was given, by the first assessor or by the second.
    fn margins(&self, of_first: bool) -> Vec<u64> {
        let mut margins = vec![0; self.levels];
        for (first, second, some) in self.cells() {
            margins[if of_first { first } else { second }] += some;
        }
        margins
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize, u64)> {
        let place = |at: usize| (at / self.levels, at % self.levels);
        self.counts.iter().enumerate().map(move |(at, count)| {
            let (first, second) = place(at);
            (first, second, *count)
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rubric has a handful of levels")]
const fn levels(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn crossed<const N: usize>(counts: [[u64; N]; N]) -> Crossed {
        let counts = counts.concat();
        Crossed { levels: N, counts }
    }

    fn close(found: f64, by_hand: f64) {
        assert!((found - by_hand).abs() < 1e-9, "{found} is not {by_hand}");
    }

    /// By hand: p₀ = 35/50 = 0.7; pₑ = 0.5·0.6 + 0.5·0.4 = 0.5; κ = 0.2/0.5 = 0.4.
    /// Mean weights of rows 0.6, 0.4 and of columns 0.5, 0.5; with 1 − κ = 0.6:
    /// 0.4·(1 − 1.1·0.6)² + 0.1·(1.1·0.6)² + 0.2·(0.9·0.6)² + 0.3·(1 − 0.9·0.6)²
    /// = 0.04624 + 0.04356 + 0.05832 + 0.06348 = 0.2116; less (0.4 − 0.5·0.6)² = 0.01:
    /// 0.2016; over 50·0.25 = 12.5: variance 0.016128.
    #[test]
    fn of_two_levels_it_is_as_worked_out_by_hand() {
        let both = crossed([[20, 5], [10, 15]]);
        assert_eq!((both.pieces(), both.same()), (50, 35));
        for weights in [Weights::Nominal, Weights::Quadratic] {
            // With two levels there is only one distance.
            let kappa = both.kappa(weights).unwrap();
            close(kappa.value, 0.4);
            close(kappa.standard_error.unwrap(), 0.016_128_f64.sqrt());
            let (low, high) = kappa.interval().unwrap();
            close(low, 0.4 - 1.96 * 0.016_128_f64.sqrt());
            close(high, 0.4 + 1.96 * 0.016_128_f64.sqrt());
        }
    }

    /// By hand, 20 pieces, three levels. Rows 6, 8, 6; columns 7, 7, 6.
    /// Plain: p₀ = 14/20 = 0.7; pₑ = (42 + 56 + 36)/400 = 0.335; κ = 0.365/0.665.
    /// Quadratic weights 1, 0.75, 0. p₀ = 0.7 + 0.75·5/20 = 0.8875. Products of
    /// neighbours 6·7 + 8·7 + 8·6 + 6·7 = 188: pₑ = (134 + 0.75·188)/400 = 0.6875;
    /// κ = 0.2/0.3125 = 0.64.
    #[test]
    fn of_three_levels_far_ones_weigh_more() {
        let both = crossed([[5, 1, 0], [1, 5, 2], [1, 1, 4]]);
        close(both.kappa(Weights::Nominal).unwrap().value, 0.365 / 0.665);
        close(both.kappa(Weights::Quadratic).unwrap().value, 0.64);
    }

    #[test]
    fn always_the_same_is_one_and_always_the_other_is_less_than_chance() {
        let same = crossed([[4, 0], [0, 6]]).kappa(Weights::Nominal).unwrap();
        close(same.value, 1.0);
        let never = crossed([[0, 5], [5, 0]]).kappa(Weights::Nominal).unwrap();
        close(never.value, -1.0);
        // One always gives one level and the other always another: as chance has it.
        close(
            crossed([[0, 9], [0, 0]]).kappa(Weights::Nominal).unwrap().value,
            0.0,
        );
        // One of the two never tells levels apart.
        close(
            crossed([[3, 3], [0, 0]]).kappa(Weights::Nominal).unwrap().value,
            0.0,
        );
    }

    #[test]
    fn without_any_spread_there_is_no_error_and_no_interval() {
        let agree = [
            crossed([[4, 0, 0], [0, 6, 0], [0, 0, 7]]),
            crossed([[1, 0, 0], [0, 0, 0], [0, 0, 3]]),
        ];
        let constant_first = crossed([[0, 0, 0], [7, 11, 13], [0, 0, 0]]);
        let constant_second = crossed([[0, 3, 0], [0, 17, 0], [0, 9, 0]]);
        for both in agree.iter().chain([&constant_first, &constant_second]) {
            for weights in [Weights::Nominal, Weights::Quadratic] {
                let kappa = both.kappa(weights).unwrap();
                assert_eq!(kappa.standard_error, None, "{both:?}");
                assert_eq!(kappa.interval(), None, "{both:?}");
            }
        }
        // One piece of many that the two see differently is some.
        let nearly = crossed([[2_500, 1], [0, 2_499]]).kappa(Weights::Nominal).unwrap();
        let (low, high) = nearly.interval().unwrap();
        assert!(low < nearly.value && nearly.value < high);
    }

    #[test]
    fn it_is_not_defined_where_all_is_one_level_or_nothing() {
        for weights in [Weights::Nominal, Weights::Quadratic] {
            assert_eq!(crossed([[0, 0], [0, 12]]).kappa(weights), None);
            assert_eq!(Crossed::new(3).kappa(weights), None);
            assert_eq!(Crossed::new(0).kappa(weights), None);
            assert_eq!(crossed([[7]]).kappa(weights), None);
        }
    }

    #[test]
    fn a_level_that_is_none_is_left_out() {
        let mut both = Crossed::new(2);
        both.add(0, 2);
        both.add(2, 0);
        assert_eq!(both.pieces(), 0);
        both.add(1, 0);
        assert_eq!(both, crossed([[0, 0], [1, 0]]));
    }

    #[test]
    fn a_word_for_each_reach() {
        let word = |value| {
            Kappa {
                value,
                standard_error: None,
            }
            .strength()
        };
        assert_eq!(
            [-0.3, 0.2, 0.21, 0.6, 0.61, 0.81].map(word),
            [
                Strength::Poor,
                Strength::Poor,
                Strength::Fair,
                Strength::Moderate,
                Strength::Good,
                Strength::VeryGood,
            ]
        );
    }

    proptest! {
        #[test]
        fn it_is_a_number_from_minus_one_to_one(counts in prop::array::uniform9(0_u64..30)) {
            let both = Crossed { levels: 3, counts: counts.to_vec() };
            let (rows, columns) = (both.margins(true), both.margins(false));
            for weights in [Weights::Nominal, Weights::Quadratic] {
                let Some(kappa) = both.kappa(weights) else {
                    prop_assert!(rows.iter().zip(&columns).any(|(row, column)| row == column && *row == both.pieces()));
                    continue;
                };
                prop_assert!((-1.0 - 1e-9..=1.0 + 1e-9).contains(&kappa.value), "{kappa:?}");
                prop_assert!(kappa.standard_error.is_none_or(f64::is_finite));
            }
        }

        #[test]
        fn whose_mark_was_first_makes_no_difference(counts in prop::array::uniform9(0_u64..30)) {
            let turned = |at: usize| counts[at % 3 * 3 + at / 3];
            let one = Crossed { levels: 3, counts: counts.to_vec() };
            let other = Crossed { levels: 3, counts: (0..9).map(turned).collect() };
            for weights in [Weights::Nominal, Weights::Quadratic] {
                match (one.kappa(weights), other.kappa(weights)) {
                    (Some(one), Some(other)) => {
                        prop_assert!((one.value - other.value).abs() < 1e-9);
                        match (one.standard_error, other.standard_error) {
                            (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-6),
                            (one, other) => prop_assert_eq!(one, other),
                        }
                    }
                    (one, other) => prop_assert_eq!(one.is_some(), other.is_some()),
                }
            }
        }
    }
}
