use std::collections::BTreeSet;

use super::Checker;
use crate::assessment::{
    Cardinality, DirectedPair, Identifier, Interaction, MapKey, Mapping, Pair, Points, ProblemCode,
    ResponseDeclaration,
    code::args,
    limits,
    score::{mapping, text::Normal},
};

/// Whether a mapping's keys can be answered and its points be had.
pub(super) fn check(
    checker: &mut Checker,
    path: &str,
    map: &Mapping,
    it: &ResponseDeclaration,
    interaction: &Interaction,
) {
    checker.count(
        &format!("{path}.entries"),
        map.entries.len(),
        1,
        limits::CHOICES * limits::CHOICES,
    );
    let normal = Normal::of(&it.comparison);
    let mut known = BTreeSet::new();
    for (index, entry) in map.entries.iter().enumerate() {
        let path = format!("{path}.entries[{index}].key");
        let form = match (&entry.key, interaction) {
            (MapKey::DirectedPair(pair), _) if let Some([sources, targets]) = interaction.associables() => {
                for (name, known) in [(&pair.source, sources), (&pair.target, targets)] {
                    if !known.iter().any(|(identifier, _)| *identifier == name) {
                        checker.unknown(&path, name);
                    }
                }
                let DirectedPair { source, target } = pair;
                format!("{source} {target}")
            }
            (MapKey::DirectedPair(pair), _) if interaction.pairable().is_some() => {
                let ends = Pair::from([pair.source.clone(), pair.target.clone()]);
                for name in ends.ends() {
                    if !interaction.choices().contains(&name) {
                        checker.unknown(&path, name);
                    }
                }
                ends.ends().each_ref().map(Identifier::as_str).join(" ")
            }
            (MapKey::Text(text), _) if interaction.is_chosen_from() => {
                let mut choices = interaction.choices().into_iter();
                if !choices.any(|choice| choice.as_str() == text) {
                    checker.unknown(&path, text);
                }
                text.clone()
            }
            (MapKey::Text(text), Interaction::TextEntry(_)) => {
                checker.text(&path, text, limits::LINE);
                normal.form(text)
            }
            _ => {
                checker.add(&path, ProblemCode::WrongKeyType);
                continue;
            }
        };
        if !known.insert(form) {
            checker.add(&path, ProblemCode::SameText);
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
        checker.add_with(
            &format!("{path}.defaultValue"),
            ProblemCode::OutOfRange,
            args([("max", &0)]),
        );
    }
    if mapping::max(it, Some(interaction)) <= Points::ZERO {
        checker.add(path, ProblemCode::NoPoints);
    } else if several && everything_scores(map, it, interaction) {
        checker.add(path, ProblemCode::EverythingScores);
    }
}

fn everything_scores(map: &Mapping, it: &ResponseDeclaration, interaction: &Interaction) -> bool {
    let choices = interaction.choices();
    let all: Points = choices.into_iter().map(|choice| map.of_choice(choice)).sum();
    interaction.lets_choose_everything() && all >= mapping::max(it, Some(interaction))
}
