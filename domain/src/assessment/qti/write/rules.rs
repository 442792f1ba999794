//! Rules as they are.

use super::{Xml, escaped};
use crate::assessment::{
    Area, Expression, FloatRef, IntegerRef, Item, Literal, LookupTable, Operator, OutcomeDeclaration, Points,
    ResponseAction, ResponseProcessing, Rule,
};

/// The outcomes of an item with rules of its own. Its maximum is always stated,
/// but where each variant may have another.
pub(super) fn outcomes(xml: &mut Xml, item: &Item, max: Points) {
    let max = item.template.is_none().then_some(max);
    for declared in &item.outcomes {
        let normal = declared.normal_maximum.as_ref().map(ToString::to_string);
        let mut attributes = vec![
            ("identifier", declared.identifier.as_str()),
            ("cardinality", declared.cardinality.as_str()),
            ("base-type", declared.base_type.as_str()),
        ];
        attributes.extend(normal.as_deref().map(|normal| ("normal-maximum", normal)));
        xml.open("qti-outcome-declaration", &attributes);
        let values = defaults(declared, max);
        if !values.is_empty() {
            let value = |text: String| format!("<qti-value>{}</qti-value>", escaped(&text));
            let values: String = values.into_iter().map(value).collect();
            xml.hold("qti-default-value", &[], &values);
        }
        if let Some(of) = &declared.lookup_table {
            table(xml, of);
        }
        xml.close("qti-outcome-declaration");
    }
}

fn defaults(declared: &OutcomeDeclaration, max: Option<Points>) -> Vec<String> {
    if declared.identifier.as_str() == "MAXSCORE"
        && let Some(max) = max
    {
        return vec![max.to_string()];
    }
    declared.default_value.iter().map(text).collect()
}

fn table(xml: &mut Xml, table: &LookupTable) {
    let name = if table.exact { "match" } else { "interpolation" };
    let default = table.default_value.as_ref().map(text);
    let default = default.as_deref().map(|default| ("default-value", default));
    let default: Vec<_> = default.into_iter().collect();
    xml.open(&format!("qti-{name}-table"), &default);
    for row in &table.rows {
        let target = text(&row.target);
        let mut attributes = vec![("source-value", row.source.as_str())];
        if !table.exact && !row.include_boundary {
            attributes.push(("include-boundary", "false"));
        }
        attributes.push(("target-value", &target));
        xml.empty(&format!("qti-{name}-table-entry"), &attributes);
    }
    xml.close(&format!("qti-{name}-table"));
}

/// The rules. An exit at their end keeps whoever reads them from taking them for
/// a sum over responses.
pub(super) fn processing(xml: &mut Xml, processing: &ResponseProcessing) {
    xml.open("qti-response-processing", &[]);
    rules(xml, "response", &processing.rules, &action);
    if processing.rules.last() != Some(&Rule::Exit) {
        xml.empty("qti-exit-response", &[]);
    }
    xml.close("qti-response-processing");
}

fn action(xml: &mut Xml, action: &ResponseAction) {
    let (name, identifier, value) = match action {
        ResponseAction::SetOutcomeValue { identifier, value } => ("set", identifier, value),
        ResponseAction::LookupOutcomeValue { identifier, value } => ("lookup", identifier, value),
    };
    set(
        xml,
        &format!("qti-{name}-outcome-value"),
        identifier.as_str(),
        value,
    );
}

/// Something that gives a variable a value.
pub(super) fn set(xml: &mut Xml, name: &str, identifier: &str, value: &Expression) {
    xml.open(name, &[("identifier", identifier)]);
    expression(xml, value);
    xml.close(name);
}

/// Rules of either kind of processing.
pub(super) fn rules<A>(xml: &mut Xml, word: &str, rules: &[Rule<A>], action: &impl Fn(&mut Xml, &A)) {
    for rule in rules {
        match rule {
            Rule::Do(it) => action(xml, it),
            Rule::Exit => xml.empty(&format!("qti-exit-{word}"), &[]),
            Rule::Fragment(inner) => {
                let name = format!("qti-{word}-processing-fragment");
                xml.open(&name, &[]);
                self::rules(xml, word, inner, action);
                xml.close(&name);
            }
            Rule::Condition(condition) => {
                let name = format!("qti-{word}-condition");
                xml.open(&name, &[]);
                for (index, branch) in condition.branches.iter().enumerate() {
                    let step = if index == 0 { "if" } else { "else-if" };
                    let name = format!("qti-{word}-{step}");
                    xml.open(&name, &[]);
                    expression(xml, &branch.when);
                    self::rules(xml, word, &branch.then, action);
                    xml.close(&name);
                }
                if !condition.otherwise.is_empty() {
                    let name = format!("qti-{word}-else");
                    xml.open(&name, &[]);
                    self::rules(xml, word, &condition.otherwise, action);
                    xml.close(&name);
                }
                xml.close(&name);
            }
        }
    }
}

pub(super) fn expression(xml: &mut Xml, it: &Expression) {
    let mut named = |name: &str, identifier: &str| xml.empty(name, &[("identifier", identifier)]);
    match it {
        Expression::Variable(name) => named("qti-variable", name.as_str()),
        Expression::Correct(name) => named("qti-correct", name.as_str()),
        Expression::Default(name) => named("qti-default", name.as_str()),
        Expression::MapResponse(name) => named("qti-map-response", name.as_str()),
        Expression::MapResponsePoint(name) => named("qti-map-response-point", name.as_str()),
        Expression::BaseValue(literal) => {
            let base = [("base-type", literal.base_type().as_str())];
            xml.say("qti-base-value", &base, &text(literal));
        }
        Expression::Null => xml.empty("qti-null", &[]),
        Expression::MathConstant(name) => xml.empty("qti-math-constant", &[("name", name.as_str())]),
        Expression::RandomInteger { min, max, step } => {
            let [min, max, step] = [min, max, step].map(integer);
            let attributes = [("min", min.as_str()), ("max", &max), ("step", &step)];
            xml.empty("qti-random-integer", &attributes);
        }
        Expression::RandomFloat { min, max } => {
            let [min, max] = [min, max].map(float);
            xml.empty("qti-random-float", &[("min", min.as_str()), ("max", &max)]);
        }
        Expression::Operation(operation) => {
            let name = format!("qti-{}", operation.operator.name());
            let attributes = attributes(&operation.operator);
            let attributes: Vec<_> = attributes
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            if operation.of.is_empty() {
                xml.empty(&name, &attributes);
                return;
            }
            xml.open(&name, &attributes);
            for part in &operation.of {
                expression(xml, part);
            }
            xml.close(&name);
        }
    }
}

fn attributes(operator: &Operator) -> Vec<(&'static str, String)> {
    match operator {
        Operator::Index { n } => vec![("n", integer(n))],
        Operator::FieldValue { field_identifier } => vec![("field-identifier", field_identifier.to_string())],
        Operator::Substring { case_sensitive } => vec![("case-sensitive", case_sensitive.to_string())],
        Operator::AnyN { min, max } => vec![("min", integer(min)), ("max", integer(max))],
        Operator::StringMatch {
            case_sensitive,
            substring,
        } => {
            let mut attributes = vec![("case-sensitive", case_sensitive.to_string())];
            attributes.extend(substring.then(|| ("substring", substring.to_string())));
            attributes
        }
        Operator::PatternMatch { pattern } => vec![("pattern", pattern.clone())],
        Operator::Equal {
            tolerance_mode,
            tolerance,
            include_lower_bound,
            include_upper_bound,
        } => {
            let mut attributes = vec![("tolerance-mode", tolerance_mode.to_string())];
            let by: Vec<_> = tolerance.iter().map(float).collect();
            attributes.extend((!by.is_empty()).then(|| ("tolerance", by.join(" "))));
            for (name, is_included) in [
                ("include-lower-bound", include_lower_bound),
                ("include-upper-bound", include_upper_bound),
            ] {
                attributes.extend((!is_included).then(|| (name, "false".to_owned())));
            }
            attributes
        }
        Operator::EqualRounded {
            rounding_mode,
            figures,
        }
        | Operator::RoundTo {
            rounding_mode,
            figures,
        } => {
            vec![
                ("rounding-mode", rounding_mode.to_string()),
                ("figures", integer(figures)),
            ]
        }
        Operator::Inside { area } => {
            let (shape, coords) = self::area(area);
            vec![("shape", shape.to_owned()), ("coords", coords)]
        }
        Operator::Repeat { number_repeats } => vec![("number-repeats", integer(number_repeats))],
        Operator::MathOperator { name } => vec![("name", name.to_string())],
        Operator::StatsOperator { name } => vec![("name", name.to_string())],
        _ => Vec::new(),
    }
}

fn area(area: &Area) -> (&'static str, String) {
    let (shape, coords) = match area {
        Area::Default => ("default", Vec::new()),
        Area::Rect(coords) => ("rect", coords.to_vec()),
        Area::Circle(coords) => ("circle", coords.to_vec()),
        Area::Ellipse(coords) => ("ellipse", coords.to_vec()),
        Area::Poly(corners) => ("poly", corners.concat()),
    };
    let coords: Vec<_> = coords.iter().map(ToString::to_string).collect();
    (shape, coords.join(","))
}

fn integer(number: &IntegerRef) -> String {
    match number {
        IntegerRef::Value(number) => number.to_string(),
        IntegerRef::Variable(name) => name.to_string(),
    }
}

fn float(number: &FloatRef) -> String {
    match number {
        FloatRef::Value(number) => number.to_string(),
        FloatRef::Variable(name) => name.to_string(),
    }
}

/// A value as text.
pub(super) fn text(literal: &Literal) -> String {
    let ends = |[one, other]: [&dyn ToString; 2]| format!("{} {}", one.to_string(), other.to_string());
    match literal {
        Literal::Identifier(name) => name.to_string(),
        Literal::Boolean(truth) => truth.to_string(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) | Literal::Duration(number) => number.to_string(),
        Literal::String(text) | Literal::Uri(text) => text.clone(),
        Literal::Point([across, down]) => ends([across, down]),
        Literal::Pair(pair) => {
            let [one, other] = pair.ends();
            ends([one, other])
        }
        Literal::DirectedPair(pair) => ends([&pair.source, &pair.target]),
    }
}
