use std::collections::BTreeSet;

use super::{Checker, graphic};
use crate::assessment::{
    AreaMapping, Cardinality, Interaction, Point, Points, ProblemCode, ResponseDeclaration, code::args,
    limits, score::area,
};

/// Whether the areas lie in the picture, and their points can be had.
pub(super) fn check(
    checker: &mut Checker,
    path: &str,
    map: &AreaMapping,
    it: &ResponseDeclaration,
    interaction: &Interaction,
) {
    let (Some(frame), Some(room)) = (interaction.picture(), interaction.max_points()) else {
        checker.add(path, ProblemCode::WrongKeyType);
        return;
    };
    let entries = format!("{path}.entries");
    checker.count(&entries, map.entries.len(), 1, limits::CHOICES);
    // Who cannot point, tells a place in percent of the picture: also for them each
    // area must be there to be found, and whole percents are what one can read off.
    let told: BTreeSet<usize> = if map.entries.len() <= limits::CHOICES {
        frame
            .whole_percents()
            .filter_map(|point| map.area_of(point))
            .collect()
    } else {
        BTreeSet::new()
    };
    for (index, entry) in map.entries.iter().enumerate() {
        let path = format!("{entries}[{index}].shape");
        graphic::shape(checker, &path, &entry.shape, frame);
        if entry.value > Points::ZERO && !told.contains(&index) {
            checker.add(&path, ProblemCode::OutOfReach);
        }
    }
    if let (Some(lower), Some(upper)) = (map.lower_bound, map.upper_bound)
        && lower > upper
    {
        let bounds = args([("min", &lower), ("max", &upper)]);
        checker.add_with(&format!("{path}.lowerBound"), ProblemCode::MinOverMax, bounds);
    }
    let several = it.cardinality != Cardinality::Single;
    if several && map.default_value > Points::ZERO {
        let bounds = args([("max", &0)]);
        checker.add_with(&format!("{path}.defaultValue"), ProblemCode::OutOfRange, bounds);
    }
    let right = map
        .entries
        .iter()
        .filter(|entry| entry.value > Points::ZERO)
        .count();
    if area::max(it, Some(interaction)) <= Points::ZERO {
        checker.add(path, ProblemCode::NoPoints);
    } else if several && map.default_value == Points::ZERO && usize::from(room) > right {
        // There are more marks than areas, and a mark that is wrong costs nothing.
        checker.add(path, ProblemCode::EverythingScores);
    }
}

/// Places that are right: within the picture, and no more than there is room for.
pub(super) fn key(checker: &mut Checker, path: &str, key: &[Point], interaction: &Interaction) {
    let (Some(frame), Some(room)) = (interaction.picture(), interaction.max_points()) else {
        return;
    };
    if key.is_empty() {
        checker.add(path, ProblemCode::NoCorrectChoice);
    }
    if key.iter().any(|it| it.x > frame.width || it.y > frame.height) {
        let bounds = args([("width", &frame.width), ("height", &frame.height)]);
        checker.add_with(path, ProblemCode::OutsidePicture, bounds);
    }
    if key.len() > usize::from(room) {
        checker.add_with(path, ProblemCode::KeyExceedsLimit, args([("max", &room)]));
    }
}
