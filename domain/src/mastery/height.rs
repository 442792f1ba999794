//! How far somebody has come in a competency, for the eye.

use super::{Ability, Difficulty, Outcome, expected};

/// Each share of right answers that lays a stone.
const LAID_AT: [u8; 4] = [30, 50, 70, 85];

/// Of a hundred items of ordinary difficulty, how many would be answered right.
#[must_use]
pub fn percent_right(ability: Ability) -> u8 {
    let share = expected(ability, Difficulty::default());
    (0..=100)
        .rev()
        .find(|percent| f64::from(*percent) <= share * 100.0 + 0.5)
        .unwrap_or(0)
}

/// How high a cairn stands, from 0 to 5 stones: four by the estimate; the fifth
/// is laid by a decision alone, and then all are there.
#[must_use]
pub fn stones(outcome: Option<Outcome>, estimate: Option<Ability>) -> u8 {
    match (outcome, estimate) {
        (Some(Outcome::Mastered), _) => 5,
        (_, None) => 0,
        (_, Some(ability)) => LAID_AT
            .iter()
            .map(|at| u8::from(percent_right(ability) >= *at))
            .sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(logits: f64) -> Ability {
        Ability { logits, answers: 9 }
    }

    #[test]
    fn each_threshold_lays_a_stone() {
        for (logits, percent, height) in [
            (-8.0, 0, 0),
            (-1.0, 27, 0),
            (-0.8, 31, 1),
            (0.0, 50, 2),
            (0.84, 70, 3),
            (1.7, 85, 4),
            (8.0, 100, 4),
        ] {
            assert_eq!(percent_right(at(logits)), percent, "{logits}");
            assert_eq!(stones(None, Some(at(logits))), height, "{logits}");
        }
    }

    #[test]
    fn the_fifth_stone_is_laid_by_a_decision_alone() {
        assert_eq!(stones(Some(Outcome::NotYet), Some(at(8.0))), 4);
        assert_eq!(stones(Some(Outcome::Mastered), Some(at(-8.0))), 5);
        assert_eq!(stones(Some(Outcome::Mastered), None), 5);
        assert_eq!(stones(None, None), 0);
    }
}
