//! Running sums, from which means, spreads and correlations follow.

use serde::{Deserialize, Serialize};

/// What is kept of a row of numbers, most from 0 to 1.
///
/// Such numbers are added up without trouble: after a million of them, the mean
/// is right to about ten digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::assessment) struct Moments {
    n: u64,
    sum: f64,
    squares: f64,
}

impl Moments {
    pub(in crate::assessment) fn add(&mut self, value: f64) {
        self.n += 1;
        self.sum += value;
        self.squares += value * value;
    }

    /// Takes back what was added.
    pub(super) fn remove(&mut self, value: f64) {
        if self.n <= 1 {
            // What is left of nothing is nothing, to the last digit.
            *self = Self::default();
            return;
        }
        self.n -= 1;
        self.sum -= value;
        self.squares -= value * value;
    }

    pub(in crate::assessment) const fn n(self) -> u64 {
        self.n
    }

    pub(super) const fn sum(self) -> f64 {
        self.sum
    }

    /// None of nothing.
    pub(in crate::assessment) fn mean(self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / count(self.n))
    }

    /// The sample's variance (with n − 1); none of fewer than two.
    pub(in crate::assessment) fn variance(self) -> Option<f64> {
        let mean = self.mean().filter(|_| self.n > 1)?;
        let scatter = self.squares - self.sum * mean;
        Some((scatter / count(self.n - 1)).max(0.0))
    }

    /// How far its mean may be from that of all who could have answered.
    pub(in crate::assessment) fn error_squared(self) -> Option<f64> {
        Some(self.variance()? / count(self.n))
    }
}

/// What is kept of pairs of numbers from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Paired {
    one: Moments,
    other: Moments,
    products: f64,
}

impl Paired {
    pub(super) fn add(&mut self, one: f64, other: f64) {
        self.one.add(one);
        self.other.add(other);
        self.products += one * other;
    }

    /// Takes back what was added.
    pub(super) fn remove(&mut self, one: f64, other: f64) {
        self.one.remove(one);
        self.other.remove(other);
        if self.n() == 0 {
            self.products = 0.0;
        } else {
            self.products -= one * other;
        }
    }

    pub(super) const fn n(self) -> u64 {
        self.one.n
    }

    /// Pearson's r; none where one of the two never varies.
    pub(super) fn correlation(self) -> Option<f64> {
        let (one, other) = (self.one.variance()?, self.other.variance()?);
        let spread = (one * other).sqrt();
        if spread < f64::EPSILON {
            return None;
        }
        let covariance = (self.products - self.one.sum * self.other.mean()?) / count(self.one.n - 1);
        Some((covariance / spread).clamp(-1.0, 1.0))
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody has answered 2⁵³ times")]
pub(in crate::assessment) const fn count(n: u64) -> f64 {
    n as f64
}
