//! Response declarations: keys and mappings.

use std::collections::BTreeMap;

use super::{
    super::{
        report::{ChangeCode, Refusal, RefusalCode},
        xml::Element,
    },
    Reader,
    graphic::area_mapping,
    mapping::{equal_shares, mapping, text_comparison},
    own::has_key_made,
    scoring::{Rule, Rules},
};
use crate::assessment::{
    BaseType, Cardinality, Comparison, Decimal, DirectedPair, Identifier, Interaction, Item, MapKey, Pair,
    Point, Points, Quantity, ResponseDeclaration, Scoring, Value,
};

/// What the file declares of a response.
pub(super) struct Declared<'a> {
    pub(super) element: &'a Element,
    pub(super) cardinality: &'a str,
    pub(super) base_type: &'a str,
    /// The correct response's values.
    pub(super) correct: Vec<String>,
    pub(super) mapping: Option<&'a Element>,
    pub(super) area_mapping: Option<&'a Element>,
}

pub(super) type Declarations<'a> = BTreeMap<&'a str, Declared<'a>>;

pub(super) fn declared(root: &Element) -> Result<Declarations<'_>, Refusal> {
    let mut declarations = Declarations::new();
    for element in root.all("response-declaration") {
        let name = element.attribute("identifier").unwrap_or_default();
        let declared = Declared {
            element,
            cardinality: element.attribute("cardinality").unwrap_or_default(),
            base_type: element.attribute("base-type").unwrap_or_default(),
            correct: element.first("correct-response").map(values).unwrap_or_default(),
            mapping: element.first("mapping"),
            area_mapping: element.first("area-mapping"),
        };
        if declarations.insert(name, declared).is_some() {
            return Err(element.refuse(RefusalCode::Invalid));
        }
    }
    Ok(declarations)
}

/// The texts of the values in an element.
pub(super) fn values(element: &Element) -> Vec<String> {
    element
        .all("value")
        .map(|value| value.text().trim().to_owned())
        .collect()
}

/// The most points, as the file names it.
pub(super) fn maximum(root: &Element) -> Option<Points> {
    let outcome = |name: &'static str| {
        root.all("outcome-declaration")
            .find(move |outcome| outcome.attribute("identifier") == Some(name))
    };
    let stated = outcome("MAXSCORE").and_then(|outcome| outcome.first("default-value"));
    let stated = stated.map(Element::text);
    let normal = || outcome("SCORE").and_then(|it| it.attribute("normal-maximum").map(str::to_owned));
    points(&stated.or_else(normal)?)
}

/// Points, if the number is one of hundredths.
pub(in crate::assessment) fn points(text: &str) -> Option<Points> {
    let hundredths = text.trim().parse::<f64>().ok()? * 100.0;
    let nearest = hundredths.round();
    if (hundredths - nearest).abs() > 1e-6 || nearest.abs() > 1e8 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole, and at most 1e8")]
    Some(Points::from_hundredths(nearest as i64))
}

/// A number as XML Schema writes it.
pub(in crate::assessment) fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim().replace('E', "e").replace("e+", "e");
    let text = text.strip_prefix('+').unwrap_or(&text);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let zero = if digits.starts_with('.') { "0" } else { "" };
    let digits = digits.strip_suffix('.').unwrap_or(digits);
    format!("{sign}{zero}{digits}").parse().ok()
}

impl Reader<'_> {
    /// The declarations of an item's responses, in the order of its interactions.
    pub(super) fn declarations(
        &mut self,
        root: &Element,
        item: &Item,
        declared: &Declarations<'_>,
        rules: &Rules<'_>,
    ) -> Result<Vec<ResponseDeclaration>, Refusal> {
        let mut responses = Vec::new();
        for interaction in item.interactions() {
            let name = interaction.response().as_str();
            let declaration = declared.get(name);
            let declaration = declaration.ok_or_else(|| root.refuse(RefusalCode::Invalid))?;
            responses.push(self.declaration(root, interaction, declaration, rules)?);
        }
        Ok(responses)
    }

    fn declaration(
        &mut self,
        root: &Element,
        interaction: &Interaction,
        declared: &Declared<'_>,
        rules: &Rules<'_>,
    ) -> Result<ResponseDeclaration, Refusal> {
        let (cardinality, base_type) = types(interaction, declared)?;
        let name = interaction.response();
        let mut it = ResponseDeclaration {
            identifier: name.clone(),
            cardinality,
            base_type,
            correct_response: value(interaction, declared.element, &declared.correct)?,
            comparison: Comparison::Exact,
            mapping: None,
            area_mapping: None,
            scoring: Scoring::MapResponse,
        };
        let unsupported = || declared.element.refuse(RefusalCode::UnsupportedScoring);
        let is_made = has_key_made(root, name.as_str());
        if rules.own.is_some() {
            return by_rules(it, interaction, declared);
        }
        let rule = rules.of.get(name.as_str());
        // A key that is made would take the place of what these rules name themselves.
        let names_its_own = match rule {
            Some(Rule::Map(_) | Rule::MapPoint | Rule::PerOption { .. }) => true,
            Some(Rule::Match { key, .. }) => key.is_some(),
            None => false,
        };
        if is_made && names_its_own {
            return Err(unsupported());
        }
        match rule {
            _ if interaction.is_for_a_person() => {
                it.scoring = Scoring::Rubric(self.rubric(root, name)?);
            }
            Some(Rule::Match {
                points,
                comparison,
                key,
            }) => {
                it.comparison = comparison.clone();
                it.scoring = Scoring::MatchCorrect { points: *points };
                if let Some(key) = key {
                    it.correct_response = value(interaction, declared.element, key)?;
                }
            }
            Some(Rule::Map(comparison)) => {
                let mapping = declared.mapping.ok_or_else(unsupported)?;
                self.map_response(&mut it, interaction, mapping, comparison.as_ref())?;
            }
            Some(Rule::MapPoint) => {
                let known = declared.area_mapping.zip(interaction.max_points());
                let (mapping, most) = known.ok_or_else(unsupported)?;
                self.map_response_point(&mut it, mapping, most)?;
            }
            Some(Rule::PerOption { points, penalty }) => {
                let (points, penalty) = (*points, *penalty);
                it.scoring = Scoring::PerOption { points, penalty };
            }
            None if rules.of.is_empty() && (it.correct_response.is_some() || is_made) => {
                self.note(ChangeCode::ScoringAssumed, declared.element);
                it.scoring = Scoring::MatchCorrect { points: Points::ONE };
            }
            None => return Err(unsupported()),
        }
        let needs_key = matches!(
            it.scoring,
            Scoring::MatchCorrect { .. } | Scoring::PerOption { .. }
        );
        if needs_key && it.correct_response.is_none() && !is_made {
            return Err(unsupported());
        }
        Ok(it)
    }

    fn map_response_point(
        &mut self,
        it: &mut ResponseDeclaration,
        element: &Element,
        room: u16,
    ) -> Result<(), Refusal> {
        let map = area_mapping(element, room)?;
        let is_negative =
            map.default_value < Points::ZERO || map.entries.iter().any(|entry| entry.value < Points::ZERO);
        if is_negative && map.lower_bound.is_none_or(|bound| bound < Points::ZERO) {
            self.note(ChangeCode::NeverBelowZero, element);
        }
        it.scoring = Scoring::MapResponsePoint;
        it.area_mapping = Some(map);
        Ok(())
    }

    fn map_response(
        &mut self,
        it: &mut ResponseDeclaration,
        interaction: &Interaction,
        element: &Element,
        comparison: Option<&Comparison>,
    ) -> Result<(), Refusal> {
        let unsupported = || element.refuse(RefusalCode::UnsupportedScoring);
        if let Some(points) = equal_shares(element, it) {
            it.scoring = Scoring::PerOption { points, penalty: 0 };
            return Ok(());
        }
        let map = mapping(element, interaction)?;
        match interaction {
            Interaction::Order(_)
            | Interaction::GraphicOrder(_)
            | Interaction::Slider(_)
            | Interaction::ExtendedText(_)
            | Interaction::Upload(_)
            | Interaction::SelectPoint(_)
            | Interaction::PositionObject(_) => {
                return Err(unsupported());
            }
            // One number that is worth something: the same as a key.
            Interaction::NumericEntry(_) => {
                let [entry] = map.entries.as_slice() else {
                    return Err(unsupported());
                };
                let (MapKey::Text(key), true) = (&entry.key, map.default_value <= Points::ZERO) else {
                    return Err(unsupported());
                };
                it.correct_response = value(interaction, element, std::slice::from_ref(key))?;
                let most = map.upper_bound.unwrap_or(entry.value);
                it.scoring = Scoring::MatchCorrect {
                    points: entry.value.min(most),
                };
                return Ok(());
            }
            _ => {}
        }
        if matches!(interaction, Interaction::TextEntry(_)) {
            it.comparison = match comparison {
                Some(comparison) => comparison.clone(),
                None => text_comparison(element)?,
            };
        }
        let is_negative =
            map.default_value < Points::ZERO || map.entries.iter().any(|entry| entry.value < Points::ZERO);
        if is_negative && map.lower_bound.is_none_or(|bound| bound < Points::ZERO) {
            self.note(ChangeCode::NeverBelowZero, element);
        }
        it.mapping = Some(map);
        Ok(())
    }
}

/// The declaration of a response that an item's own rules read.
fn by_rules(
    mut it: ResponseDeclaration,
    interaction: &Interaction,
    declared: &Declared<'_>,
) -> Result<ResponseDeclaration, Refusal> {
    let is_other = it.cardinality.as_str() != declared.cardinality;
    // A value before there is an answer could be read by rules, and is not kept.
    let is_preset = declared.element.first("default-value").is_some();
    if is_other || is_preset || interaction.is_for_a_person() {
        return Err(declared.element.refuse(RefusalCode::UnsupportedScoring));
    }
    if declared.base_type == BaseType::Integer.as_str() {
        it.base_type = BaseType::Integer;
    }
    it.scoring = Scoring::ByRules;
    if let Some(element) = declared.mapping {
        it.mapping = Some(mapping(element, interaction)?);
        if matches!(interaction, Interaction::TextEntry(_)) {
            it.comparison = text_comparison(element)?;
        }
    }
    if let Some(element) = declared.area_mapping {
        let room = interaction.max_points();
        let room = room.ok_or_else(|| element.refuse(RefusalCode::UnsupportedScoring))?;
        it.area_mapping = Some(area_mapping(element, room)?);
    }
    Ok(it)
}

/// The cardinality and base type that an interaction fills, if the file's suit.
fn types(interaction: &Interaction, declared: &Declared<'_>) -> Result<(Cardinality, BaseType), Refusal> {
    let unsupported = || declared.element.refuse(RefusalCode::UnsupportedType);
    let expect = |suits: bool, types| if suits { Ok(types) } else { Err(unsupported()) };
    let base = declared.base_type;
    match interaction {
        Interaction::Choice(_) | Interaction::Hottext(_) | Interaction::Hotspot(_) => {
            let cardinality = match declared.cardinality {
                "single" => Cardinality::Single,
                "multiple" => Cardinality::Multiple,
                _ => return Err(unsupported()),
            };
            expect(base == "identifier", (cardinality, BaseType::Identifier))
        }
        Interaction::InlineChoice(_) => expect(
            (declared.cardinality, base) == ("single", "identifier"),
            (Cardinality::Single, BaseType::Identifier),
        ),
        Interaction::Order(_) | Interaction::GraphicOrder(_) => expect(
            (declared.cardinality, base) == ("ordered", "identifier"),
            (Cardinality::Ordered, BaseType::Identifier),
        ),
        Interaction::Match(_) | Interaction::GapMatch(_) | Interaction::GraphicGapMatch(_) => expect(
            matches!(declared.cardinality, "single" | "multiple") && base == "directedPair",
            (Cardinality::Multiple, BaseType::DirectedPair),
        ),
        Interaction::Associate(_) | Interaction::GraphicAssociate(_) => expect(
            matches!(declared.cardinality, "single" | "multiple") && base == "pair",
            (Cardinality::Multiple, BaseType::Pair),
        ),
        // Their types were looked at when they were told from each other.
        Interaction::NumericEntry(_) | Interaction::Slider(_) => expect(
            declared.cardinality == "single",
            (Cardinality::Single, BaseType::Float),
        ),
        Interaction::TextEntry(_) | Interaction::ExtendedText(_) => expect(
            declared.cardinality == "single" && base == "string",
            (Cardinality::Single, BaseType::String),
        ),
        Interaction::Upload(_) => expect(
            declared.cardinality == "single" && base == "file",
            (Cardinality::Single, BaseType::File),
        ),
        Interaction::SelectPoint(_) | Interaction::PositionObject(_) => {
            let one = interaction.max_points() == Some(1);
            let cardinality = match declared.cardinality {
                "single" if one => Cardinality::Single,
                "multiple" => Cardinality::Multiple,
                _ => return Err(unsupported()),
            };
            expect(base == "point", (cardinality, BaseType::Point))
        }
    }
}

/// A key for an interaction; none if there are no values.
fn value(interaction: &Interaction, element: &Element, values: &[String]) -> Result<Option<Value>, Refusal> {
    let invalid = || element.refuse(RefusalCode::Invalid);
    let Some(first) = values.first() else {
        return Ok(None);
    };
    let names = || {
        let names = values.iter().map(|text| text.parse::<Identifier>());
        names.collect::<Result<Vec<_>, _>>().map_err(|_| invalid())
    };
    let pairs = || {
        let pairs = values.iter().map(|text| ends(text));
        pairs.collect::<Option<Vec<_>>>().ok_or_else(invalid)
    };
    Ok(Some(match interaction {
        Interaction::Choice(_)
        | Interaction::InlineChoice(_)
        | Interaction::Hottext(_)
        | Interaction::Hotspot(_) => Value::Identifiers(names()?),
        Interaction::Order(_) | Interaction::GraphicOrder(_) => {
            Value::Order(names()?.into_iter().map(Some).collect())
        }
        Interaction::Match(_) | Interaction::GapMatch(_) | Interaction::GraphicGapMatch(_) => {
            Value::DirectedPairs(pairs()?.into_iter().map(DirectedPair::from).collect())
        }
        Interaction::Associate(_) | Interaction::GraphicAssociate(_) => {
            Value::Pairs(pairs()?.into_iter().map(Pair::from).collect())
        }
        Interaction::SelectPoint(_) | Interaction::PositionObject(_) => {
            let places = values.iter().map(|text| place(text));
            Value::Points(places.collect::<Option<_>>().ok_or_else(invalid)?)
        }
        Interaction::TextEntry(_) | Interaction::ExtendedText(_) => Value::Text(first.clone()),
        // A file as a key would be compared with by nobody.
        Interaction::Upload(_) => return Err(invalid()),
        Interaction::NumericEntry(_) | Interaction::Slider(_) => {
            let (number, unit) = match first.split_once(char::is_whitespace) {
                Some((number, unit)) => (number, Some(unit.trim().to_owned())),
                None => (first.as_str(), None),
            };
            let number = decimal(number).ok_or_else(invalid)?;
            Value::Number(Quantity { number, unit })
        }
    }))
}

/// `120 80`.
fn place(text: &str) -> Option<Point> {
    let (x, y) = text.trim().split_once(char::is_whitespace)?;
    Some(Point {
        x: x.parse().ok()?,
        y: y.trim().parse().ok()?,
    })
}

pub(super) fn ends(text: &str) -> Option<[Identifier; 2]> {
    let (one, other) = text.trim().split_once(char::is_whitespace)?;
    Some([one.parse().ok()?, other.trim().parse().ok()?])
}
