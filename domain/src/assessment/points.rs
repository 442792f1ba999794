//! Points, exactly.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, Sub},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Points in hundredths, so that adding and comparing them is exact.
///
/// A score that doesn't come out even (one of three options right) is rounded
/// once, to the nearest hundredth, where it arises ([`Points::share`]); nothing
/// drifts after that. JSON has the decimal (`1.5`), and a number finer than
/// hundredths is refused when read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

/// A million points: no document means more.
const LIMIT: i64 = 100_000_000;

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);
    /// One point.
    pub const ONE: Self = Self(100);

    /// So many hundredths of a point, kept within a million points either way.
    #[must_use]
    pub const fn from_hundredths(hundredths: i64) -> Self {
        if hundredths > LIMIT {
            Self(LIMIT)
        } else if hundredths < -LIMIT {
            Self(-LIMIT)
        } else {
            Self(hundredths)
        }
    }

    /// The points nearest to a number, halves up by its shortest decimal, kept
    /// within a million points either way; none for what is no number.
    #[must_use]
    pub(super) fn nearest(number: f64) -> Self {
        let cents = (number * 100.0).clamp(-1e8, 1e8);
        // What binary fractions leave of 28.5 is 28.499999999999996.
        let nearest = (cents + 0.5 + 1e-7).floor();
        #[expect(clippy::cast_possible_truncation, reason = "whole, and at most 1e8")]
        Self::from_hundredths(if nearest.is_nan() { 0 } else { nearest as i64 })
    }

    /// The points in hundredths.
    #[must_use]
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// These points, at most `upper` and at least `lower`, which goes before it.
    #[must_use]
    pub(super) fn within(self, lower: Option<Self>, upper: Option<Self>) -> Self {
        let below = upper.map_or(self, |upper| self.min(upper));
        lower.map_or(below, |lower| below.max(lower))
    }

    /// `part` of `whole` of these points, to the nearest hundredth, halves up;
    /// nothing if `whole` is zero.
    #[must_use]
    pub fn share(self, part: i64, whole: i64) -> Self {
        if whole == 0 {
            return Self::ZERO;
        }
        let (product, whole) = (i128::from(self.0) * i128::from(part), i128::from(whole));
        let rounded = (2 * product + whole).div_euclid(2 * whole);
        Self::from_hundredths(i64::try_from(rounded).unwrap_or(if rounded < 0 { -LIMIT } else { LIMIT }))
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Points {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Points {
    /// `2`, `1.5`, `-0.33`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let sign = if self.0 < 0 { "-" } else { "" };
        match part {
            0 => write!(f, "{sign}{whole}"),
            part if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            part => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 100 == 0 {
            return serializer.serialize_i64(self.0 / 100);
        }
        let exact = i32::try_from(self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_f64(f64::from(exact) / 100.0)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hundredths = f64::deserialize(deserializer)? * 100.0;
        let nearest = hundredths.round();
        if (hundredths - nearest).abs() > 1e-6 || nearest.abs() > 1e8 {
            return Err(de::Error::custom("points: at most a million, in hundredths"));
        }
        #[expect(clippy::cast_possible_truncation, reason = "whole, and at most 1e8")]
        Ok(Self(nearest as i64))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn finer_than_hundredths_is_refused() {
        assert!(serde_json::from_str::<Points>("0.333").is_err());
        assert!(serde_json::from_str::<Points>("1e300").is_err());
    }

    #[test]
    fn points_read_as_people_write_them() {
        for (hundredths, text) in [(200, "2"), (150, "1.5"), (-33, "-0.33"), (105, "1.05"), (0, "0")] {
            assert_eq!(Points::from_hundredths(hundredths).to_string(), text);
        }
    }

    proptest! {
        #[test]
        fn json_and_back_is_the_same(hundredths in -LIMIT..=LIMIT) {
            let points = Points::from_hundredths(hundredths);
            let json = serde_json::to_string(&points).unwrap();
            prop_assert_eq!(&json, &points.to_string());
            prop_assert_eq!(serde_json::from_str::<Points>(&json).unwrap(), points);
        }

        #[test]
        fn a_share_is_within_half_a_hundredth_and_the_whole_is_whole(
            points in 0i64..1_000_000, part in 0i64..50, whole in 1i64..50,
        ) {
            let total = Points::from_hundredths(points);
            prop_assert_eq!(total.share(whole, whole), total);
            let off = total.share(part, whole).hundredths() * whole - points * part;
            prop_assert!(2 * off.abs() <= whole);
        }
    }
}
