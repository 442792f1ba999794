//! `map_response_point`: points for places in a picture.

use std::collections::BTreeSet;

use super::{Reason, ReasonCode, mapping::bounded};
use crate::assessment::{AreaMapping, Cardinality, Interaction, Point, Points, ResponseDeclaration, Value};

/// The sum of what the places are worth, within the mapping's bounds.
pub(super) fn sum(declaration: &ResponseDeclaration, given: &Value) -> (Points, Vec<Reason>) {
    let (Some(mapping), Value::Points(points)) = (&declaration.area_mapping, given) else {
        return (Points::ZERO, Vec::new());
    };
    let mut total = Points::ZERO;
    let mut reasons = Vec::new();
    for (point, worth) in mapping.worth(points) {
        total = total + worth;
        let place = format!("{} {}", point.x, point.y);
        reasons.push(Reason::new(
            ReasonCode::Mapped,
            [("point", &place), ("points", &worth)],
        ));
    }
    bounded(total, mapping.bound(total), reasons)
}

/// The most that an area mapping can give for as many places as the interaction takes.
pub(in crate::assessment) fn max(
    declaration: &ResponseDeclaration,
    interaction: Option<&Interaction>,
) -> Points {
    let Some(mapping) = &declaration.area_mapping else {
        return Points::ZERO;
    };
    let single = declaration.cardinality == Cardinality::Single;
    let room = interaction.and_then(Interaction::max_points).unwrap_or(1);
    let room = usize::from(if single { 1 } else { room });
    let mut worth: Vec<_> = mapping.entries.iter().map(|entry| entry.value).collect();
    // Places outside of all areas may be worth something, too, each by itself.
    worth.extend(std::iter::repeat_n(mapping.default_value, room));
    worth.retain(|points| *points > Points::ZERO);
    worth.sort_unstable_by(|a, b| b.cmp(a));
    worth.truncate(room);
    mapping.bound(worth.into_iter().sum())
}

impl AreaMapping {
    /// The first area that a place lies in.
    pub(in crate::assessment) fn area_of(&self, point: Point) -> Option<usize> {
        self.entries.iter().position(|entry| entry.shape.contains(point))
    }

    /// What each of these places is worth, before the sum is kept within bounds.
    pub(in crate::assessment) fn worth(&self, points: &[Point]) -> Vec<(Point, Points)> {
        let mut counted = BTreeSet::new();
        let points: BTreeSet<Point> = points.iter().copied().collect();
        let worth = points.into_iter().map(|point| {
            let worth = match self.area_of(point) {
                // Its points were given for another place in it.
                Some(area) if !counted.insert(area) => Points::ZERO,
                Some(area) => self.entries[area].value,
                None => self.default_value,
            };
            (point, worth)
        });
        worth.collect()
    }

    /// Never below zero: a learner's other answers are not charged for this one.
    fn bound(&self, total: Points) -> Points {
        total.within(self.lower_bound, self.upper_bound).max(Points::ZERO)
    }
}
