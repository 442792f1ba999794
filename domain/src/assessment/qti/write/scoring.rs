//! What is right, and what it is worth.

use std::collections::BTreeSet;

use super::{super::extension, Xml, escaped};
use crate::assessment::{
    AreaMapping, BaseType, Cardinality, Comparison, DirectedPair, Interaction, Item, MapKey, Mapping, Pair,
    Points, Quantity, ResponseDeclaration, Scoring, TextRules, Tolerance, UnitEntry, Value, WhiteSpace,
};

pub(super) fn declarations(xml: &mut Xml, item: &Item) {
    for declared in &item.responses {
        let base_type = match declared.base_type {
            BaseType::Float if has_typed_unit(item, declared) => "string",
            base_type => base_type.as_str(),
        };
        let attributes = [
            ("identifier", declared.identifier.as_str()),
            ("cardinality", declared.cardinality.as_str()),
            ("base-type", base_type),
        ];
        xml.open("qti-response-declaration", &attributes);
        let key = declared.correct_response.as_ref().map(texts).unwrap_or_default();
        if !key.is_empty() {
            xml.open("qti-correct-response", &[]);
            for value in &key {
                xml.say("qti-value", &[], value);
            }
            xml.close("qti-correct-response");
        }
        match (&declared.scoring, &declared.mapping) {
            (Scoring::MapResponse, Some(map)) => {
                mapping(
                    xml,
                    map,
                    Some(never_below_zero(map.lower_bound)),
                    &declared.comparison,
                );
            }
            (Scoring::ByRules, Some(map)) => mapping(xml, map, map.lower_bound, &declared.comparison),
            (Scoring::PerOption { penalty, .. }, _) if is_counted(declared) => counting(xml, &key, *penalty),
            _ => {}
        }
        if let Some(map) = &declared.area_mapping {
            let lower = match declared.scoring {
                Scoring::ByRules => map.lower_bound,
                _ => Some(never_below_zero(map.lower_bound)),
            };
            areas(xml, map, lower);
        }
        xml.close("qti-response-declaration");
    }
}

/// Never below zero is a rule of Cairn, and not of QTI.
fn never_below_zero(lower: Option<Points>) -> Points {
    lower.unwrap_or_default().max(Points::ZERO)
}

fn has_typed_unit(item: &Item, declared: &ResponseDeclaration) -> bool {
    item.interactions().any(|it| {
        *it.response() == declared.identifier
            && matches!(it, Interaction::NumericEntry(entry) if entry.unit == UnitEntry::Typed)
    })
}

/// A key's values, each once.
fn texts(value: &Value) -> Vec<String> {
    let pair =
        |one: &dyn ToString, other: &dyn ToString| format!("{} {}", one.to_string(), other.to_string());
    match value {
        Value::Identifiers(names) => distinct(names.iter().map(ToString::to_string)),
        Value::Order(names) => names.iter().flatten().map(ToString::to_string).collect(),
        Value::Text(text) => vec![text.clone()],
        Value::File(file) => vec![file.to_string()],
        Value::Number(Quantity { number, unit: None }) => vec![number.to_string()],
        Value::Number(Quantity {
            number,
            unit: Some(unit),
        }) => vec![format!("{number} {unit}")],
        Value::DirectedPairs(pairs) => distinct(
            pairs
                .iter()
                .map(|DirectedPair { source, target }| pair(source, target)),
        ),
        Value::Points(points) => distinct(points.iter().map(|it| pair(&it.x, &it.y))),
        Value::Pairs(pairs) => distinct(pairs.iter().map(Pair::ends).map(|[one, other]| pair(one, other))),
    }
}

fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = BTreeSet::new();
    texts.filter(|text| known.insert(text.clone())).collect()
}

fn mapping(xml: &mut Xml, map: &Mapping, lower: Option<Points>, comparison: &Comparison) {
    open_mapping(xml, "qti-mapping", map.default_value, [lower, map.upper_bound]);
    let ignores_case = matches!(
        comparison,
        Comparison::Text(TextRules {
            ignore_case: true,
            ..
        })
    );
    for entry in &map.entries {
        let key = match &entry.key {
            MapKey::Text(text) => text.clone(),
            MapKey::DirectedPair(pair) => format!("{} {}", pair.source, pair.target),
        };
        let value = entry.value.to_string();
        let mut attributes = vec![("map-key", key.as_str()), ("mapped-value", value.as_str())];
        attributes.extend(ignores_case.then_some(("case-sensitive", "false")));
        xml.empty("qti-map-entry", &attributes);
    }
    xml.close("qti-mapping");
}

/// Opens a mapping of either kind, between two bounds.
fn open_mapping(xml: &mut Xml, name: &str, default: Points, bounds: [Option<Points>; 2]) {
    let [lower, upper] = bounds.map(|bound| bound.map(|bound| bound.to_string()));
    let default = default.to_string();
    let mut attributes = vec![("default-value", default.as_str())];
    attributes.extend(lower.as_deref().map(|lower| ("lower-bound", lower)));
    attributes.extend(upper.as_deref().map(|upper| ("upper-bound", upper)));
    xml.open(name, &attributes);
}

/// What places in a picture are worth.
fn areas(xml: &mut Xml, map: &AreaMapping, lower: Option<Points>) {
    open_mapping(
        xml,
        "qti-area-mapping",
        map.default_value,
        [lower, map.upper_bound],
    );
    for entry in &map.entries {
        let (coords, value) = (entry.shape.coords(), entry.value.to_string());
        let attributes = [
            ("shape", entry.shape.name()),
            ("coords", &coords),
            ("mapped-value", &value),
        ];
        xml.empty("qti-area-map-entry", &attributes);
    }
    xml.close("qti-area-mapping");
}

/// One for each part of the key, less the penalty for each other: how many are right.
fn counting(xml: &mut Xml, key: &[String], penalty: u8) {
    let default = Points::from_hundredths(-i64::from(penalty)).to_string();
    xml.open(
        "qti-mapping",
        &[("default-value", &default), ("lower-bound", "0")],
    );
    for part in key {
        xml.empty("qti-map-entry", &[("map-key", part), ("mapped-value", "1")]);
    }
    xml.close("qti-mapping");
}

/// Whether a mapping can count the right parts: not those of an order.
fn is_counted(declared: &ResponseDeclaration) -> bool {
    matches!(
        declared.correct_response,
        Some(Value::Identifiers(_) | Value::DirectedPairs(_) | Value::Pairs(_))
    )
}

pub(super) fn outcomes(xml: &mut Xml, item: &Item, max: Points) {
    let by_hand = item.is_marked_by_a_person();
    let max = max.to_string();
    for (name, value) in [("SCORE", "0"), ("MAXSCORE", &max)] {
        let mut attributes = vec![
            ("identifier", name),
            ("cardinality", "single"),
            ("base-type", "float"),
        ];
        attributes.extend((by_hand && name == "SCORE").then_some(("external-scored", "human")));
        xml.open("qti-outcome-declaration", &attributes);
        let value = format!("<qti-value>{value}</qti-value>");
        xml.hold("qti-default-value", &[], &value);
        xml.close("qti-outcome-declaration");
    }
    let said = |name: &str, cardinality: &str| {
        format!(
            "<qti-outcome-declaration identifier=\"{name}\" cardinality=\"{cardinality}\" base-type=\"identifier\"/>\n"
        )
    };
    xml.raw(&said("FEEDBACK", "single"));
    for declared in chosen(item) {
        xml.raw(&said(
            &format!("FEEDBACK_{}", declared.identifier),
            declared.cardinality.as_str(),
        ));
    }
}

/// The responses whose choices have messages of their own.
fn chosen(item: &Item) -> impl Iterator<Item = &ResponseDeclaration> {
    let has_message = |it: &&ResponseDeclaration| {
        item.feedback
            .choices
            .iter()
            .any(|said| said.response == it.identifier)
    };
    item.responses.iter().filter(has_message)
}

pub(super) fn processing(xml: &mut Xml, item: &Item) {
    xml.open("qti-response-processing", &[]);
    for declared in &item.responses {
        xml.raw(&scored(item, declared));
    }
    let said = &item.feedback;
    if said.correct.is_some() || said.partly.is_some() || said.incorrect.is_some() {
        let partly = if said.partly.is_some() {
            let condition = format!("<qti-gt>{}{}</qti-gt>", variable("SCORE"), float("0"));
            format!(
                "<qti-response-else-if>{condition}{}</qti-response-else-if>",
                say("partly")
            )
        } else {
            String::new()
        };
        let all = format!("<qti-gte>{}{}</qti-gte>", variable("SCORE"), variable("MAXSCORE"));
        xml.raw(&format!(
            "<qti-response-condition><qti-response-if>{all}{}</qti-response-if>{partly}\
             <qti-response-else>{}</qti-response-else></qti-response-condition>\n",
            say("correct"),
            say("incorrect"),
        ));
    }
    for declared in chosen(item) {
        let name = declared.identifier.as_str();
        xml.raw(&set(&format!("FEEDBACK_{name}"), &variable(name)));
    }
    xml.close("qti-response-processing");
}

/// The rule that adds one response's points.
fn scored(item: &Item, declared: &ResponseDeclaration) -> String {
    let name = declared.identifier.as_str();
    match &declared.scoring {
        Scoring::Rubric(_) | Scoring::ByRules => String::new(),
        Scoring::MapResponse => {
            let mapped = format!("<qti-map-response identifier=\"{name}\"/>");
            add(&match &declared.comparison {
                Comparison::Text(rules) => with_operators(&mapped, rules, !rules.ignore_case),
                _ => mapped,
            })
        }
        Scoring::MapResponsePoint => add(&format!("<qti-map-response-point identifier=\"{name}\"/>")),
        Scoring::PerOption { points, penalty } if declared.cardinality != Cardinality::Single => {
            let key = declared.correct_response.as_ref().map(texts).unwrap_or_default();
            let right = if is_counted(declared) {
                format!("<qti-map-response identifier=\"{name}\"/>")
            } else {
                let penalty = float(&penalty.to_string());
                operator(
                    extension::RIGHT_POSITIONS,
                    &[variable(name), correct(name), penalty].concat(),
                )
            };
            let all = float(&key.len().to_string());
            let share = format!("<qti-divide>{right}{all}</qti-divide>");
            add(&format!(
                "<qti-product>{}{share}</qti-product>",
                float(&points.to_string())
            ))
        }
        Scoring::MatchCorrect { points } | Scoring::PerOption { points, .. } => {
            let condition = is_right(item, declared);
            let added = add(&float(&points.to_string()));
            format!(
                "<qti-response-condition><qti-response-if>{condition}{added}</qti-response-if>\
                 </qti-response-condition>\n"
            )
        }
    }
}

fn is_right(item: &Item, declared: &ResponseDeclaration) -> String {
    let name = declared.identifier.as_str();
    let both = [variable(name), correct(name)].concat();
    match &declared.comparison {
        Comparison::Text(rules) => {
            let case = if rules.ignore_case { "false" } else { "true" };
            let keys = std::iter::once(correct(name)).chain(rules.variants.iter().map(|text| string(text)));
            let tests: Vec<_> = keys
                .map(|key| {
                    let variable = variable(name);
                    format!("<qti-string-match case-sensitive=\"{case}\">{variable}{key}</qti-string-match>")
                })
                .collect();
            let test = match tests.as_slice() {
                [only] => only.clone(),
                several => format!("<qti-or>{}</qti-or>", several.concat()),
            };
            with_operators(&test, rules, false)
        }
        Comparison::Exact if declared.base_type != BaseType::Float => {
            format!("<qti-match>{both}</qti-match>")
        }
        Comparison::Exact | Comparison::Number(_) => number_is_right(item, declared),
    }
}

fn number_is_right(item: &Item, declared: &ResponseDeclaration) -> String {
    let name = declared.identifier.as_str();
    let both = [correct(name), variable(name)].concat();
    let (tolerance, units) = match &declared.comparison {
        Comparison::Number(rules) => (&rules.tolerance, rules.units.as_slice()),
        Comparison::Exact | Comparison::Text(_) => (&Tolerance::Exact, &[][..]),
    };
    let equal = |mode: &str, by: &str| format!("<qti-equal tolerance-mode=\"{mode}\"{by}>{both}</qti-equal>");
    let by = |by: &dyn ToString| format!(" tolerance=\"{0} {0}\"", by.to_string());
    let test = match tolerance {
        Tolerance::Exact => equal("exact", ""),
        Tolerance::Absolute(distance) => equal("absolute", &by(distance)),
        Tolerance::Percent(percent) => equal("relative", &by(percent)),
        Tolerance::SignificantFigures(figures) => format!(
            "<qti-equal-rounded rounding-mode=\"significantFigures\" figures=\"{figures}\">{both}</qti-equal-rounded>"
        ),
    };
    if !has_typed_unit(item, declared) {
        return test;
    }
    let units = units
        .iter()
        .map(|unit| string(&unit.symbol) + &float(unit.factor.as_str()));
    operator(extension::QUANTITY, &(test + &units.collect::<String>()))
}

/// Around an expression, the operators that take away what does not matter in texts.
fn with_operators(expression: &str, rules: &TextRules, says_collapsed: bool) -> String {
    let mut expression = expression.to_owned();
    let ignores_space = rules.white_space == WhiteSpace::Ignore;
    for (wanted, class) in [
        (rules.ignore_accents, extension::WITHOUT_ACCENTS),
        (ignores_space, extension::WITHOUT_WHITE_SPACE),
        (
            says_collapsed && !ignores_space && !rules.ignore_accents,
            extension::COLLAPSED_WHITE_SPACE,
        ),
    ] {
        if wanted {
            expression = operator(class, &expression);
        }
    }
    expression
}

fn operator(class: &str, of: &str) -> String {
    format!("<qti-custom-operator class=\"{class}\">{of}</qti-custom-operator>")
}

fn add(expression: &str) -> String {
    set(
        "SCORE",
        &format!("<qti-sum>{}{expression}</qti-sum>", variable("SCORE")),
    )
}

fn set(outcome: &str, expression: &str) -> String {
    format!("<qti-set-outcome-value identifier=\"{outcome}\">{expression}</qti-set-outcome-value>\n")
}

fn say(message: &str) -> String {
    let name = format!("<qti-base-value base-type=\"identifier\">{message}</qti-base-value>");
    set("FEEDBACK", &name)
}

fn variable(name: &str) -> String {
    format!("<qti-variable identifier=\"{name}\"/>")
}

fn correct(name: &str) -> String {
    format!("<qti-correct identifier=\"{name}\"/>")
}

fn float(number: &str) -> String {
    format!("<qti-base-value base-type=\"float\">{number}</qti-base-value>")
}

fn string(text: &str) -> String {
    format!(
        "<qti-base-value base-type=\"string\">{}</qti-base-value>",
        escaped(text)
    )
}
