//! What the attempts so far say about an assessment.

use std::collections::BTreeMap;

use super::{
    moments::count,
    tally::{AssessmentTally, BANDS, ItemTally},
};
use crate::{
    id::ItemVersionId,
    mastery::{Percent, Rule},
};

/// What the attempts so far say about an assessment, by classical test theory.
#[derive(Debug, Clone, PartialEq)]
pub struct AssessmentAnalysis {
    /// How many attempts there are.
    pub attempts: u64,
    /// The mean part of its points that an attempt earned, from 0 to 1.
    pub mean: Option<f64>,
    /// The standard deviation of that; none of fewer than two attempts.
    pub spread: Option<f64>,
    /// How many attempts earned less than 5 %, less than 10 % … and from 95 % up.
    pub bands: [u64; BANDS],
    /// How many passed by the assessment's own rule.
    pub passed: u64,
    /// How many did not.
    pub failed: u64,
    /// Half of the attempts took no longer, in minutes.
    pub median_minutes: Option<u64>,
    /// How alike another form of the same items would order the learners.
    pub reliability: Reliability,
}

/// How much of a score can be relied on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reliability {
    /// Fewer than [`FEWEST`](super::FEWEST) attempts, or scores that never vary.
    TooLittleKnown,
    /// Attempts asked different numbers of items: a gate stops when it knows
    /// enough, and is judged by how rarely it errs instead.
    LengthsDiffer,
    /// As many items for everybody.
    Known {
        /// Cronbach's α. Where learners got different items, the items' variances
        /// are those of the items that each one got, on average. At most 1; below
        /// 0 where the items have nothing in common.
        alpha: f64,
        /// The standard error of measurement, as a part of all points.
        error: f64,
        /// The part of learners of whom another form would decide the same
        /// (Peng and Subkoviak, 1980: scores taken as normal); none without a cut.
        consistency: Option<f64>,
    },
}

impl AssessmentTally {
    /// What it says, together with the tallies of the items. `rule` is the one
    /// by which the assessment is passed.
    #[must_use]
    pub fn analysis(
        &self,
        items: &BTreeMap<ItemVersionId, ItemTally>,
        rule: Option<&Rule>,
    ) -> AssessmentAnalysis {
        AssessmentAnalysis {
            attempts: self.score.n(),
            mean: self.score.mean(),
            spread: self.score.variance().map(f64::sqrt),
            bands: self.bands,
            passed: self.passed,
            failed: self.failed,
            median_minutes: self.median_minutes(),
            reliability: self.reliability(items, rule),
        }
    }

    fn median_minutes(&self) -> Option<u64> {
        let all: u64 = self.minutes.values().sum();
        let mut so_far = 0;
        self.minutes
            .iter()
            .find(|(_, attempts)| {
                so_far += **attempts;
                so_far * 2 >= all
            })
            .map(|(minutes, _)| *minutes)
    }

    fn reliability(&self, items: &BTreeMap<ItemVersionId, ItemTally>, rule: Option<&Rule>) -> Reliability {
        if self.lengths.len() > 1 {
            return Reliability::LengthsDiffer;
        }
        let length = self.lengths.keys().next().copied().unwrap_or_default();
        let variance = self.mean.variance().filter(|variance| *variance > f64::EPSILON);
        let (Some(variance), true) = (variance, length > 1 && self.mean.n() >= super::FEWEST) else {
            return Reliability::TooLittleKnown;
        };
        let length = count(length as u64);
        // What the items of one form vary by together, on average.
        let of_items: f64 = items
            .values()
            .map(|item| item.share.variance().unwrap_or_default() * count(item.share.n()))
            .sum::<f64>()
            / count(self.mean.n());
        let alpha = length / (length - 1.0) * (1.0 - of_items / (variance * length * length));
        let spread = self.score.variance().unwrap_or_default().sqrt();
        let reliable = alpha.clamp(0.0, 1.0);
        let consistency = cut(rule)
            .zip(self.score.mean())
            .filter(|_| spread > f64::EPSILON)
            .map(|(cut, mean)| same_decision((f64::from(cut.get()) / 100.0 - mean) / spread, reliable));
        Reliability::Known {
            alpha,
            error: spread * (1.0 - reliable).sqrt(),
            consistency,
        }
    }
}

fn cut(rule: Option<&Rule>) -> Option<Percent> {
    match rule? {
        Rule::CutScore { cut, .. } => Some(*cut),
        _ => None,
    }
}

/// How likely two normal scores with this correlation fall on the same side of
/// a cut that is so many standard deviations above the mean.
///
/// With Owen's T, `P(both below) = Φ(h) − 2 T(h, a)` for `a = √((1−ρ)/(1+ρ))`,
/// so that the two part with a probability of `4 T(h, a)`.
fn same_decision(cut: f64, correlation: f64) -> f64 {
    1.0 - 4.0 * owens_t(cut, ((1.0 - correlation) / (1.0 + correlation)).sqrt())
}

/// Owen's T function for `0 ≤ a ≤ 1`, by Simpson's rule: its integrand is
/// smooth there, and 64 pieces give ten digits.
fn owens_t(h: f64, a: f64) -> f64 {
    const PIECES: u32 = 64;
    let integrand = |x: f64| (-h * h * (1.0 + x * x) / 2.0).exp() / (1.0 + x * x);
    let width = a / f64::from(PIECES);
    let sum: f64 = (0..=PIECES)
        .map(|at| {
            let weight = match at {
                0 | PIECES => 1.0,
                odd if odd % 2 == 1 => 4.0,
                _ => 2.0,
            };
            weight * integrand(f64::from(at) * width)
        })
        .sum();
    sum * width / 3.0 / std::f64::consts::TAU
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_that_have_nothing_in_common_agree_as_often_as_two_coins_would() {
        for (cut, below) in [(0.0, 0.5), (1.0, 0.841_344_746), (-2.0, 0.022_750_132)] {
            let both: f64 = below * below + (1.0 - below) * (1.0 - below);
            assert!((same_decision(cut, 0.0) - both).abs() < 1e-8, "{cut}");
        }
    }

    #[test]
    fn a_score_that_repeats_itself_always_decides_the_same() {
        assert!((same_decision(0.3, 1.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn half_of_what_lies_at_the_mean_is_decided_by_the_angle_between_the_scores() {
        // Sheppard's formula.
        let agree = 0.5 + 0.6_f64.asin() / std::f64::consts::PI;
        assert!((same_decision(0.0, 0.6) - agree).abs() < 1e-9);
    }
}
