use std::collections::{BTreeMap, BTreeSet};

use super::{Checker, area, mapping, rubric};
use crate::assessment::{
    BaseType, Cardinality, Comparison, Decimal, DirectedPair, Identifier, Interaction, NumberRules, Pair,
    Points, ProblemCode, Quantity, ResponseDeclaration, Scoring, TextRules, Tolerance, UnitEntry, Value,
    code::args,
    limits,
    score::{number::normal_unit, text::Normal},
};

/// Whether key and scoring suit the interaction and each other.
pub(super) fn check(checker: &mut Checker, path: &str, it: &ResponseDeclaration, interaction: &Interaction) {
    if let Err(expected) = suits(it, interaction) {
        checker.add_with(path, ProblemCode::WrongType, args([("expected", &expected)]));
        return;
    }
    comparison(checker, &format!("{path}.comparison"), it);
    scoring(checker, path, it, interaction);
    match &it.correct_response {
        Some(value) => key(
            checker,
            &format!("{path}.correctResponse"),
            it,
            value,
            interaction,
        ),
        None if matches!(
            it.scoring,
            Scoring::MatchCorrect { .. } | Scoring::PerOption { .. }
        ) =>
        {
            checker.add(&format!("{path}.correctResponse"), ProblemCode::NoCorrectResponse);
        }
        None => {}
    }
    if let Some(map) = &it.mapping {
        mapping::check(checker, &format!("{path}.mapping"), map, it, interaction);
    }
    if let Some(map) = &it.area_mapping {
        area::check(checker, &format!("{path}.areaMapping"), map, it, interaction);
    }
}

/// The cardinality and base type that an interaction fills, if not these.
fn suits(it: &ResponseDeclaration, interaction: &Interaction) -> Result<(), &'static str> {
    use BaseType as Type;
    use Cardinality::{Multiple, Ordered, Single};
    let (suits, expected) = match interaction {
        Interaction::Choice(_) | Interaction::Hottext(_) | Interaction::Hotspot(_) => {
            let suits = matches!(
                (it.cardinality, it.base_type),
                (Single | Multiple, Type::Identifier)
            );
            (suits, "single or multiple identifier")
        }
        Interaction::InlineChoice(_) => (
            (it.cardinality, it.base_type) == (Single, Type::Identifier),
            "single identifier",
        ),
        Interaction::Order(_) | Interaction::GraphicOrder(_) => (
            (it.cardinality, it.base_type) == (Ordered, Type::Identifier),
            "ordered identifier",
        ),
        Interaction::Match(_) | Interaction::GapMatch(_) | Interaction::GraphicGapMatch(_) => (
            (it.cardinality, it.base_type) == (Multiple, Type::DirectedPair),
            "multiple directedPair",
        ),
        Interaction::Associate(_) | Interaction::GraphicAssociate(_) => (
            (it.cardinality, it.base_type) == (Multiple, Type::Pair),
            "multiple pair",
        ),
        Interaction::NumericEntry(_) | Interaction::Slider(_) => {
            let suits = matches!(
                (it.cardinality, it.base_type),
                (Single, Type::Float | Type::Integer)
            );
            (suits, "single float or integer")
        }
        Interaction::TextEntry(_) | Interaction::ExtendedText(_) => (
            (it.cardinality, it.base_type) == (Single, Type::String),
            "single string",
        ),
        Interaction::Upload(_) => (
            (it.cardinality, it.base_type) == (Single, Type::File),
            "single file",
        ),
        Interaction::SelectPoint(_) | Interaction::PositionObject(_) => {
            // One value is one place.
            let one = interaction.max_points() == Some(1);
            let suits = match it.cardinality {
                Single => one,
                Multiple => true,
                Ordered | Cardinality::Record => false,
            };
            (
                suits && it.base_type == Type::Point,
                if one {
                    "single or multiple point"
                } else {
                    "multiple point"
                },
            )
        }
    };
    if suits { Ok(()) } else { Err(expected) }
}

fn comparison(checker: &mut Checker, path: &str, it: &ResponseDeclaration) {
    match (&it.comparison, it.base_type) {
        (Comparison::Exact, _) => {}
        (Comparison::Text(rules), BaseType::String) => {
            text_rules(checker, &format!("{path}.text"), rules, it);
        }
        (Comparison::Number(rules), BaseType::Float | BaseType::Integer) => {
            number_rules(checker, &format!("{path}.number"), rules);
        }
        (Comparison::Text(_) | Comparison::Number(_), _) => checker.add(path, ProblemCode::WrongComparison),
    }
}

fn text_rules(checker: &mut Checker, path: &str, rules: &TextRules, it: &ResponseDeclaration) {
    checker.count(
        &format!("{path}.variants"),
        rules.variants.len(),
        0,
        limits::VARIANTS,
    );
    let normal = Normal::of(&it.comparison);
    let mut known = BTreeSet::new();
    if let Some(Value::Text(key)) = &it.correct_response {
        known.insert(normal.form(key));
    }
    for (index, variant) in rules.variants.iter().enumerate() {
        let path = format!("{path}.variants[{index}]");
        checker.text(&path, variant, limits::LINE);
        if !known.insert(normal.form(variant)) {
            checker.add(&path, ProblemCode::SameText);
        }
    }
}

fn number_rules(checker: &mut Checker, path: &str, rules: &NumberRules) {
    let bounds: Option<[(&str, &dyn ToString); 2]> = match &rules.tolerance {
        Tolerance::Absolute(by) if is_negative(by) => Some([("min", &0), ("max", &"")]),
        Tolerance::Percent(by) if is_negative(by) || by.exact() > 100 => Some([("min", &0), ("max", &100)]),
        Tolerance::SignificantFigures(figures) if !(1..=15).contains(figures) => {
            Some([("min", &1), ("max", &15)])
        }
        _ => None,
    };
    if let Some(bounds) = bounds {
        checker.add_with(
            &format!("{path}.tolerance"),
            ProblemCode::OutOfRange,
            args(bounds),
        );
    }
    checker.count(&format!("{path}.units"), rules.units.len(), 0, limits::VARIANTS);
    let mut known = BTreeSet::new();
    for (index, unit) in rules.units.iter().enumerate() {
        let path = format!("{path}.units[{index}]");
        checker.text(&format!("{path}.symbol"), &unit.symbol, limits::UNIT);
        if !unit.factor.is_positive() {
            checker.add_with(
                &format!("{path}.factor"),
                ProblemCode::OutOfRange,
                args([("min", &0)]),
            );
        }
        if !known.insert(normal_unit(&unit.symbol)) {
            checker.add(&format!("{path}.symbol"), ProblemCode::SameText);
        }
    }
}

fn is_negative(number: &Decimal) -> bool {
    number.exact() < 0
}

fn scoring(checker: &mut Checker, path: &str, it: &ResponseDeclaration, interaction: &Interaction) {
    let several = it.cardinality != Cardinality::Single;
    let suits = match (&it.scoring, interaction) {
        (Scoring::Rubric(_), interaction) => interaction.is_for_a_person(),
        (_, interaction) if interaction.is_for_a_person() => false,
        // Nobody hits one pixel: places are right within an area.
        (rule, _) if interaction.max_points().is_some() => {
            matches!(rule, Scoring::MapResponsePoint | Scoring::ByRules)
        }
        (Scoring::MapResponsePoint, _) => false,
        // A unit that is typed makes a number a text in QTI, and rules read it so.
        (Scoring::ByRules, Interaction::NumericEntry(entry)) => entry.unit != UnitEntry::Typed,
        (Scoring::MatchCorrect { .. } | Scoring::ByRules, _) => true,
        (Scoring::PerOption { .. }, _) => several,
        (Scoring::MapResponse, _) => !matches!(
            interaction,
            Interaction::Order(_)
                | Interaction::GraphicOrder(_)
                | Interaction::NumericEntry(_)
                | Interaction::Slider(_)
        ),
    };
    let path = format!("{path}.scoring");
    if !suits {
        checker.add(&path, ProblemCode::WrongScoring);
        return;
    }
    match &it.scoring {
        Scoring::Rubric(it) => rubric::check(checker, &path, it),
        Scoring::MapResponse if it.mapping.is_none() => checker.add(&path, ProblemCode::NoMapping),
        Scoring::MapResponsePoint if it.area_mapping.is_none() => checker.add(&path, ProblemCode::NoMapping),
        Scoring::MapResponse | Scoring::MapResponsePoint | Scoring::ByRules => {}
        Scoring::MatchCorrect { points } => positive(checker, &path, *points),
        Scoring::PerOption { points, penalty } => {
            positive(checker, &path, *points);
            if *penalty > 100 {
                let bounds = args([("min", &0), ("max", &100)]);
                checker.add_with(&format!("{path}.penalty"), ProblemCode::OutOfRange, bounds);
            }
            if *penalty == 0 && interaction.lets_choose_everything() {
                checker.add(&format!("{path}.penalty"), ProblemCode::EverythingScores);
            }
        }
    }
}

fn positive(checker: &mut Checker, path: &str, points: Points) {
    if points <= Points::ZERO {
        checker.add(&format!("{path}.points"), ProblemCode::NoPoints);
    }
}

fn key(
    checker: &mut Checker,
    path: &str,
    it: &ResponseDeclaration,
    value: &Value,
    interaction: &Interaction,
) {
    match (value, interaction) {
        (Value::Identifiers(key), _) if interaction.is_chosen_from() => {
            choice_key(checker, path, it, key, interaction);
        }
        (Value::Order(key), Interaction::Order(_) | Interaction::GraphicOrder(_)) => {
            let choices: BTreeSet<_> = interaction.choices().into_iter().collect();
            let placed: Vec<_> = key.iter().flatten().collect();
            for unknown in placed.iter().filter(|choice| !choices.contains(*choice)) {
                checker.unknown(path, unknown);
            }
            checker.distinct(placed.iter().map(|choice| (path.to_owned(), *choice)));
            if placed.len() < key.len() || placed.len() < choices.len() {
                checker.add(path, ProblemCode::IncompleteOrder);
            }
        }
        (Value::DirectedPairs(key), _) if interaction.associables().is_some() => {
            match_key(checker, path, key, interaction);
        }
        (Value::Text(key), Interaction::TextEntry(_)) => checker.text(path, key, limits::LINE),
        (Value::Text(key), Interaction::ExtendedText(_)) => checker.text(path, key, limits::ESSAY),
        (Value::Pairs(key), _) if let Some((choices, room)) = interaction.pairable() => {
            pair_key(checker, path, key, &choices, room);
        }
        (Value::Points(key), Interaction::SelectPoint(_) | Interaction::PositionObject(_)) => {
            area::key(checker, path, key, interaction);
        }
        (Value::Number(key), Interaction::Slider(slider)) => {
            number_key(checker, &format!("{path}.number"), key, &UnitEntry::None);
            if !slider.reaches(&key.number) {
                let bounds = args([("min", &slider.lower_bound), ("max", &slider.upper_bound)]);
                checker.add_with(path, ProblemCode::OutOfRange, bounds);
            } else if !slider.has_step_at(&key.number) {
                checker.add_with(path, ProblemCode::OffStep, args([("step", &slider.step)]));
            }
        }
        (Value::Number(key), Interaction::NumericEntry(interaction)) => {
            number_key(checker, &format!("{path}.number"), key, &interaction.unit);
        }
        _ => checker.add(path, ProblemCode::WrongKeyType),
    }
}

fn choice_key(
    checker: &mut Checker,
    path: &str,
    it: &ResponseDeclaration,
    key: &[Identifier],
    interaction: &Interaction,
) {
    let choices = interaction.choices();
    for choice in key.iter().filter(|choice| !choices.contains(choice)) {
        checker.unknown(path, choice);
    }
    checker.distinct(key.iter().map(|choice| (path.to_owned(), choice)));
    if key.is_empty() {
        checker.add(path, ProblemCode::NoCorrectChoice);
    }
    if it.cardinality == Cardinality::Single && key.len() > 1 {
        checker.add(path, ProblemCode::SeveralCorrect);
    }
    if let Some(max) = interaction
        .max_choices()
        .filter(|max| key.len() > usize::from(*max))
    {
        checker.add_with(path, ProblemCode::KeyExceedsLimit, args([("max", &max)]));
    }
}

fn match_key(checker: &mut Checker, path: &str, key: &[DirectedPair], interaction: &Interaction) {
    if key.is_empty() {
        checker.add(path, ProblemCode::NoCorrectChoice);
    }
    if key.iter().collect::<BTreeSet<_>>().len() < key.len() {
        checker.add(path, ProblemCode::SameText);
    }
    let [sources, targets] = interaction.associables().unwrap_or_default();
    let of_sources = one_side(checker, path, key.iter().map(|pair| &pair.source), &sources);
    let of_targets = one_side(checker, path, key.iter().map(|pair| &pair.target), &targets);
    if let Some(max) = of_sources.or(of_targets) {
        checker.add_with(path, ProblemCode::KeyExceedsLimit, args([("max", &max)]));
    }
}

fn pair_key(checker: &mut Checker, path: &str, key: &[Pair], known: &[(&Identifier, u16)], room: usize) {
    if key.is_empty() {
        checker.add(path, ProblemCode::NoCorrectChoice);
    }
    if key.iter().collect::<BTreeSet<_>>().len() < key.len() {
        checker.add(path, ProblemCode::SameText);
    }
    let exceeded = one_side(checker, path, key.iter().flat_map(Pair::ends), known);
    let exceeded = exceeded
        .map(usize::from)
        .or_else(|| (key.len() > room).then_some(room));
    if let Some(max) = exceeded {
        checker.add_with(path, ProblemCode::KeyExceedsLimit, args([("max", &max)]));
    }
}

/// The limit of one of `known` that stands in more pairs than it may, if one does.
fn one_side<'a>(
    checker: &mut Checker,
    path: &str,
    key: impl Iterator<Item = &'a Identifier>,
    known: &[(&Identifier, u16)],
) -> Option<u16> {
    let mut pairs = BTreeMap::<_, usize>::new();
    for name in key {
        *pairs.entry(name).or_default() += 1;
    }
    let is_known = |name: &Identifier| known.iter().any(|(identifier, _)| *identifier == name);
    for name in pairs.keys().filter(|name| !is_known(name)) {
        checker.unknown(path, name);
    }
    let exceeded = |(name, max): &&(&Identifier, u16)| {
        *max > 0 && pairs.get(name).is_some_and(|count| *count > usize::from(*max))
    };
    known.iter().find(exceeded).map(|(_, max)| *max)
}

fn number_key(checker: &mut Checker, path: &str, key: &Quantity, unit: &UnitEntry) {
    match (&key.unit, unit) {
        (None, UnitEntry::Typed) => checker.add(&format!("{path}.unit"), ProblemCode::Empty),
        (Some(unit), UnitEntry::Typed) => checker.text(&format!("{path}.unit"), unit, limits::UNIT),
        (Some(_), UnitEntry::None | UnitEntry::Shown(_)) => {
            checker.add(&format!("{path}.unit"), ProblemCode::WrongKeyType);
        }
        (None, UnitEntry::None | UnitEntry::Shown(_)) => {}
    }
}
