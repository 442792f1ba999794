//! Whether an assessor gives more or fewer points than others do for the same work.

use super::super::{Points, analysis::moments::Moments};

/// With fewer pieces than that nothing is said: it would be chance, and would tell
/// who gave which mark.
pub const FEWEST: u64 = 10;

/// How many points an assessor gave more (or fewer: below zero) than the other one
/// of each piece.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Leaning(Moments);

impl Leaning {
    /// One more piece: what they gave, and what the other did.
    pub fn add(&mut self, own: Points, other: Points) {
        #[expect(clippy::cast_precision_loss, reason = "points are at most a million")]
        self.0.add((own - other).hundredths() as f64 / 100.0);
    }

    /// How many pieces there are.
    #[must_use]
    pub const fn pieces(&self) -> u64 {
        self.0.n()
    }

    /// Whether there are enough pieces to say anything.
    #[must_use]
    pub const fn is_enough(&self) -> bool {
        self.pieces() >= FEWEST
    }

    /// The mean difference in points; none without pieces.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        self.0.mean()
    }

    /// Its standard error; none of fewer than two pieces.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.0.error_squared().map(f64::sqrt)
    }

    /// The mean difference, if it is more than chance would bring 19 times of 20.
    #[must_use]
    pub fn telling(&self) -> Option<f64> {
        let (mean, error) = (self.mean()?, self.standard_error()?);
        (self.is_enough() && mean.abs() > f64::EPSILON && mean.abs() > 1.96 * error).then_some(mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(differences: impl IntoIterator<Item = i64>) -> Leaning {
        let mut leaning = Leaning::default();
        for difference in differences {
            leaning.add(
                Points::from_hundredths(500 + difference),
                Points::from_hundredths(500),
            );
        }
        leaning
    }

    #[test]
    fn the_mean_difference_and_its_error_are_as_worked_out_by_hand() {
        // −1, 0, −2, −1: mean −1, variance 2/3, error √(1/6).
        let leaning = of([-100, 0, -200, -100]);
        assert_eq!((leaning.pieces(), leaning.mean()), (4, Some(-1.0)));
        let error = leaning.standard_error().unwrap();
        assert!((error - (1.0_f64 / 6.0).sqrt()).abs() < 1e-12, "{error}");
    }

    #[test]
    fn only_a_difference_beyond_chance_in_enough_pieces_tells() {
        assert_eq!(of([-100; 10]).telling(), Some(-1.0));
        assert_eq!(of([-100; 9]).telling(), None, "too few");
        assert!(of([0; 10]).is_enough() && !of([0; 9]).is_enough());
        assert_eq!(of([-100, 100].repeat(10)).telling(), None);
        assert_eq!(of([0; 20]).telling(), None);
        assert_eq!(Leaning::default().telling(), None);
        // −1 and 0 in turns: mean −0.5, error about 0.115.
        assert_eq!(of([-100, 0].repeat(10)).telling(), Some(-0.5));
    }
}
