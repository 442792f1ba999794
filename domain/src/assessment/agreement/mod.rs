//! How far two assessors who marked the same work agree.
//!
//! Percent agreement counts what chance would bring as well; Cohen's κ takes it
//! off. κ treats all differences alike, weighted κ those between far levels as
//! graver than those between neighbours.

mod kappa;
mod leaning;

use super::{Mark, Rubric};

pub use kappa::{Crossed, FEWEST, Kappa, Strength, Weights};
pub use leaning::{FEWEST as FEWEST_OF_ONE, Leaning};

/// How far first and second marks agree on one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionAgreement {
    /// What the criterion is called.
    pub title: String,
    /// How many pieces have two levels for it.
    pub pieces: u64,
    /// For how many the two are the same.
    pub same: u64,
    /// Cohen's κ; none where it is not defined.
    pub nominal: Option<Kappa>,
    /// κ with quadratic weights, by the order of the levels; none where it is not
    /// defined.
    pub weighted: Option<Kappa>,
}

/// How far the `pairs` of first and second marks agree, criterion by criterion.
#[must_use]
pub fn agreement(rubric: &Rubric, pairs: &[(&Mark, &Mark)]) -> Vec<CriterionAgreement> {
    let of = |criterion: &super::Criterion| {
        let mut crossed = Crossed::new(criterion.levels.len());
        for (first, second) in pairs {
            let rank = |mark: &Mark| criterion.rank(mark.levels.get(&criterion.identifier)?);
            if let (Some(first), Some(second)) = (rank(first), rank(second)) {
                crossed.add(first, second);
            }
        }
        CriterionAgreement {
            title: criterion.title.clone(),
            pieces: crossed.pieces(),
            same: crossed.same(),
            nominal: crossed.kappa(Weights::Nominal),
            weighted: crossed.kappa(Weights::Quadratic),
        }
    };
    rubric.criteria.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn levels_are_ordered_by_what_they_are_worth() {
        let level = |name: &str, points: u8| json!({ "identifier": name, "title": name, "descriptor": "", "points": points });
        // The best is shown first.
        let rubric: Rubric = serde_json::from_value(json!({ "criteria": [{
            "identifier": "C", "title": "Clear",
            "levels": [level("high", 4), level("low", 0), level("middle", 2)],
        }]}))
        .unwrap();
        let mark =
            |level: &str| -> Mark { serde_json::from_value(json!({ "levels": { "C": level } })).unwrap() };
        let (high, middle, low) = (mark("high"), mark("middle"), mark("low"));
        let near = [(&high, &middle), (&low, &low), (&high, &high), (&middle, &low)];
        let far = [(&high, &low), (&low, &low), (&high, &high), (&middle, &middle)];
        let weighted = |pairs: &[(&Mark, &Mark)]| {
            let found = agreement(&rubric, pairs);
            found[0].weighted.unwrap().value
        };
        assert!(weighted(&near) > weighted(&far));
        let partial = Mark::default();
        let found = agreement(&rubric, &[(&high, &high), (&high, &partial)]);
        assert_eq!((found[0].pieces, found[0].same), (1, 1));
        assert_eq!(found[0].nominal, None);
    }
}
