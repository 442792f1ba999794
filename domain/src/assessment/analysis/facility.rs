//! How hard an item is by what learners earned with it, and how many have met it.

use super::tally::ItemTally;
use crate::text::text_enum;

text_enum! {
    /// How hard an item proved to be.
    pub enum Band {
        /// Three quarters of its points, or more, are earned.
        Easy = "easy",
        /// Something in between.
        Middling = "middling",
        /// Less than two fifths of its points are earned.
        Hard = "hard",
    }
}

/// What all answers to a version of an item earned. Sums of it are exact, in whatever
/// order they are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facility {
    /// How many answers there are.
    pub answers: i64,
    /// What they earned, in millionths of full points.
    pub earned: i64,
}

impl Band {
    /// What is earned of full points, on the mean and in millionths: from so much to
    /// less than so much; none: up to everything.
    #[must_use]
    pub const fn bounds(self) -> (i64, Option<i64>) {
        match self {
            Self::Easy => (750_000, None),
            Self::Middling => (400_000, Some(750_000)),
            Self::Hard => (0, Some(400_000)),
        }
    }
}

impl Facility {
    /// Of fewer answers nothing is said.
    pub const FEWEST: i64 = 20;

    /// How hard it proved to be; none of fewer than [`Facility::FEWEST`] answers.
    #[must_use]
    pub fn band(self) -> Option<Band> {
        if self.answers < Self::FEWEST {
            return None;
        }
        let is_within = |band: &&Band| {
            let (from, to) = band.bounds();
            self.earned >= from.saturating_mul(self.answers)
                && to.is_none_or(|to| self.earned < to.saturating_mul(self.answers))
        };
        Band::ALL.iter().find(is_within).copied()
    }

    /// What has come to it since it was `before`.
    #[must_use]
    pub const fn since(self, before: Self) -> Self {
        Self {
            answers: self.answers.saturating_sub(before.answers),
            earned: self.earned.saturating_sub(before.earned),
        }
    }
}

impl ItemTally {
    /// What all answers in it earned.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a sum of shares is not negative, and no more than the answers there are"
    )]
    pub fn facility(&self) -> Facility {
        Facility {
            answers: i64::try_from(self.share.n()).unwrap_or(i64::MAX),
            earned: (self.share.sum() * 1_000_000.0).round() as i64,
        }
    }

    /// How many answers are in it, those left open among them.
    #[must_use]
    pub const fn answers(&self) -> u64 {
        self.share.n()
    }
}

/// To how many of an assessment's attempts an item was shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exposure {
    /// To so many.
    pub shown: u64,
    /// Of so many.
    pub attempts: u64,
}

impl Exposure {
    /// Of fewer attempts nothing is said.
    pub const FEWEST: u64 = 20;
    /// More than so many in a hundred are many.
    pub const MANY: u64 = 40;

    /// Whether so many were shown it that those who come next may know it.
    #[must_use]
    pub const fn is_high(self) -> bool {
        self.attempts >= Self::FEWEST
            && self.shown.saturating_mul(100) > self.attempts.saturating_mul(Self::MANY)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_few_answers_nothing_is_said_and_of_more_in_which_band_they_lie() {
        let band = |answers: i64, share: i64| {
            let earned = share * answers;
            Facility { answers, earned }.band()
        };
        assert_eq!(band(0, 0), None);
        assert_eq!(band(19, 1_000_000), None);
        for (share, expected) in [
            (1_000_000, Band::Easy),
            (750_000, Band::Easy),
            (749_999, Band::Middling),
            (400_000, Band::Middling),
            (399_999, Band::Hard),
            (0, Band::Hard),
        ] {
            assert_eq!(band(20, share), Some(expected), "{share}");
        }
    }

    #[test]
    fn exposure_is_high_above_two_fifths_of_enough_attempts() {
        let high = |shown, attempts| Exposure { shown, attempts }.is_high();
        assert!(!high(19, 19), "too few to say");
        assert!(!high(8, 20), "two fifths are not more than two fifths");
        assert!(high(9, 20));
        assert!(!high(0, 0));
    }

    proptest! {
        #[test]
        fn every_mean_lies_in_one_band(answers in 20_i64..1_000_000, earned in 0_i64..=1_000_000) {
            let facility = Facility { answers, earned: earned * answers };
            let within = Band::ALL.iter().filter(|band| {
                let (from, to) = band.bounds();
                earned >= from && to.is_none_or(|to| earned < to)
            });
            prop_assert_eq!(within.count(), 1);
            prop_assert!(facility.band().is_some());
        }
    }
}
