//! Marking by two: which pieces, and what follows from their marks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Identifier, Mark, Points, Rubric};
use crate::{Problem, id::MarkingId, text::text_enum};

text_enum! {
    /// Whose turn it is with a piece of work.
    pub enum MarkingStage {
        /// Nobody has marked it.
        First = "first",
        /// A second assessor has to, who does not see the first mark.
        Second = "second",
        /// The two do not agree: somebody else gives the mark.
        Moderation = "moderation",
        /// The mark stands.
        Settled = "settled",
    }
}

/// How much of what people mark at an assessment is marked by two, unseen by each
/// other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DoubleMarking {
    /// The share of pieces, in percent.
    pub share: u8,
    /// How many points the two may be apart in all and still agree. With none, they
    /// agree when they give the same level for each criterion.
    pub tolerance: Points,
}

impl DoubleMarking {
    /// The widest tolerance: beyond that, nothing would be compared.
    pub const MAX_TOLERANCE: Points = Points::from_hundredths(100_000);

    /// What is out of range: at `share`, `tolerance`.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.share > 100 {
            problems.push(Problem::at("share", "share-out-of-range"));
        }
        if self.tolerance < Points::ZERO || self.tolerance > Self::MAX_TOLERANCE {
            let most = Self::MAX_TOLERANCE;
            problems.push(Problem::at("tolerance", "tolerance-out-of-range").with("most", most));
        }
        problems
    }

    /// Whether a piece is in the sample. Its id alone says so, which nobody chooses:
    /// who marks has no hand in what is looked at twice.
    #[must_use]
    pub fn draws(&self, piece: MarkingId) -> bool {
        let mut hash = Sha256::new();
        hash.update(b"double marking");
        hash.update(piece.0.as_bytes());
        let drawn = hash
            .finalize()
            .iter()
            .take(8)
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        drawn % 100 < u64::from(self.share)
    }

    /// Whether two marks agree. They do with the same level for each criterion, or
    /// where the points that they are apart, added up over all criteria, are within
    /// the tolerance. Two levels that are worth the same differ in something of which
    /// points say nothing: there is no tolerance for that.
    ///
    /// Where they agree, the first mark stands as it is. A mean would be a mark that
    /// nobody gave, and for which no level says what it means.
    pub fn agree<'rubric>(
        &self,
        rubrics: impl IntoIterator<Item = (&'rubric Identifier, &'rubric Rubric)>,
        first: &BTreeMap<Identifier, Mark>,
        second: &BTreeMap<Identifier, Mark>,
    ) -> bool {
        let mut apart = Points::ZERO;
        for (response, rubric) in rubrics {
            for criterion in &rubric.criteria {
                let level = |marks: &BTreeMap<Identifier, Mark>| {
                    let name = marks.get(response)?.levels.get(&criterion.identifier)?;
                    criterion.level(name).cloned()
                };
                let (Some(one), Some(other)) = (level(first), level(second)) else {
                    return false;
                };
                if one.identifier == other.identifier {
                    continue;
                }
                if one.points == other.points {
                    return false;
                }
                apart = apart + one.points.max(other.points) - one.points.min(other.points);
            }
        }
        apart <= self.tolerance
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn rubric() -> Rubric {
        let level = |name: &str, points: u8| json!({ "identifier": name, "title": name, "descriptor": "", "points": points });
        let criterion = |name: &str, levels: serde_json::Value| json!({ "identifier": name, "title": name, "levels": levels });
        let rubric = json!({ "criteria": [
            criterion("argument", json!([level("none", 0), level("thin", 1), level("sound", 2)])),
            criterion("tone", json!([level("dry", 1), level("warm", 1), level("rude", 0)])),
        ]});
        serde_json::from_value(rubric).unwrap()
    }

    fn agree(tolerance: i64, first: [&str; 2], second: [&str; 2]) -> bool {
        let given = |[argument, tone]: [&str; 2]| {
            let mark = json!({ "levels": { "argument": argument, "tone": tone } });
            BTreeMap::from([("R".parse().unwrap(), serde_json::from_value(mark).unwrap())])
        };
        let double = DoubleMarking {
            share: 100,
            tolerance: Points::from_hundredths(tolerance),
        };
        let response = "R".parse().unwrap();
        double.agree([(&response, &rubric())], &given(first), &given(second))
    }

    #[test]
    fn without_a_tolerance_two_marks_agree_by_every_level() {
        assert!(agree(0, ["thin", "dry"], ["thin", "dry"]));
        assert!(!agree(0, ["thin", "dry"], ["sound", "dry"]));
        assert!(!agree(0, ["thin", "dry"], ["none", "nowhere"]));
    }

    #[test]
    fn what_they_are_apart_adds_up_and_never_cancels_out() {
        assert!(agree(100, ["thin", "dry"], ["sound", "dry"]));
        assert!(!agree(100, ["none", "dry"], ["sound", "dry"]));
        // As many points in all, a point apart on each criterion.
        assert!(!agree(100, ["thin", "rude"], ["none", "dry"]));
        assert!(agree(200, ["thin", "rude"], ["none", "dry"]));
    }

    #[test]
    fn levels_worth_the_same_are_not_the_same() {
        assert!(!agree(1_000, ["thin", "dry"], ["thin", "warm"]));
    }

    #[test]
    fn the_sample_is_the_share_and_follows_from_the_ids() {
        let pieces: Vec<MarkingId> = (0..10_000_u128).map(|n| MarkingId(Uuid::from_u128(n))).collect();
        let drawn = |share: u8| -> Vec<MarkingId> {
            let double = DoubleMarking {
                share,
                ..DoubleMarking::default()
            };
            pieces.iter().copied().filter(|id| double.draws(*id)).collect()
        };
        assert_eq!((drawn(0).len(), drawn(100).len()), (0, 10_000));
        let twenty = drawn(20);
        assert!((1_850..2_150).contains(&twenty.len()), "{}", twenty.len());
        assert_eq!(drawn(20), twenty);
        let thirty = drawn(30);
        assert!(
            twenty.iter().all(|id| thirty.contains(id)),
            "a larger share only adds"
        );
    }

    #[test]
    fn a_share_is_a_percentage_and_a_tolerance_not_negative() {
        let paths = |share, tolerance| -> Vec<String> {
            let double = DoubleMarking {
                share,
                tolerance: Points::from_hundredths(tolerance),
            };
            double.check().into_iter().map(|problem| problem.path).collect()
        };
        assert_eq!(paths(100, 0), Vec::<String>::new());
        assert_eq!(paths(101, -1), ["share", "tolerance"]);
        assert_eq!(paths(0, 100_001), ["tolerance"]);
    }
}
