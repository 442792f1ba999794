//! A number, with its tolerance and units.

use domain::assessment::{
    BaseType, Cardinality, Comparison, Decimal, Interaction, NumberRules, NumericEntryInteraction, Quantity,
    ResponseDeclaration, Scoring, Tolerance, Unit, UnitEntry, Value,
};
use service::FieldErrors;

use super::{Fields, Question, declaration, lines, pair, points, response, variables, whole};
use crate::{form::Form, pages::authoring::Rows};

const ROWS: Rows<'_> = Rows("unit");

pub(super) fn fill(it: &NumericEntryInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    let Scoring::MatchCorrect { points } = &declared.scoring else {
        return None;
    };
    let rules = rules_of(&declared.comparison)?;
    let mut fields = vec![pair("points", points)];
    match &declared.correct_response {
        Some(Value::Number(Quantity { number, unit })) => {
            fields.push(pair("answer", number));
            fields.push(pair("answer-unit", unit.as_deref().unwrap_or_default()));
        }
        None => {}
        Some(_) => return None,
    }
    fields.extend(fill_tolerance(&rules.tolerance));
    fields.extend(match &it.unit {
        UnitEntry::None => vec![pair("unit", "none")],
        UnitEntry::Shown(unit) => vec![pair("unit", "shown"), pair("unit-shown", unit)],
        UnitEntry::Typed => vec![pair("unit", "typed")],
    });
    for (row, unit) in rules.units.iter().enumerate() {
        fields.push(pair(ROWS.field(row, "symbol"), &unit.symbol));
        fields.push(pair(ROWS.field(row, "factor"), &unit.factor));
    }
    Some(fields)
}

pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> Option<Question> {
    let typed = form.text("unit") == "typed";
    let unit = form.text("answer-unit").trim();
    let number = decimal(form, "answer", errors);
    // The unit stands with a number, even where that is computed.
    let number = number.or_else(|| {
        let has_unit = typed && !unit.is_empty() && variables::compute_the_answer(form);
        has_unit.then(|| "0".parse().ok()).flatten()
    });
    let correct = number.map(|number| {
        Value::Number(Quantity {
            number,
            unit: (typed && !unit.is_empty()).then(|| unit.to_owned()),
        })
    });
    let tolerance = tolerance(form, errors);
    let units = if typed { units(form, errors) } else { Vec::new() };
    let points = points(form, "points", errors);
    let mut declaration = declaration(
        Cardinality::Single,
        BaseType::Float,
        correct,
        Scoring::MatchCorrect { points },
    )?;
    declaration.comparison = Comparison::Number(NumberRules { tolerance, units });
    Some(Question {
        interaction: Interaction::NumericEntry(NumericEntryInteraction {
            response: response()?,
            prompt: lines(form.text("prompt")),
            unit: match form.text("unit") {
                "shown" => UnitEntry::Shown(form.text("unit-shown").trim().to_owned()),
                "typed" => UnitEntry::Typed,
                _ => UnitEntry::None,
            },
        }),
        declaration,
        said: Vec::new(),
    })
}

/// How numbers are compared; none for texts.
pub(super) fn rules_of(comparison: &Comparison) -> Option<NumberRules> {
    match comparison {
        Comparison::Number(rules) => Some(rules.clone()),
        Comparison::Exact => Some(NumberRules::default()),
        Comparison::Text(_) => None,
    }
}

pub(super) fn fill_tolerance(tolerance: &Tolerance) -> Fields {
    match tolerance {
        Tolerance::Exact => vec![pair("tolerance", "exact")],
        Tolerance::Absolute(by) => vec![pair("tolerance", "absolute"), pair("tolerance-by", by)],
        Tolerance::Percent(by) => vec![pair("tolerance", "percent"), pair("tolerance-by", by)],
        Tolerance::SignificantFigures(figures) => {
            vec![pair("tolerance", "figures"), pair("tolerance-by", figures)]
        }
    }
}

pub(super) fn tolerance(form: &Form, errors: &mut FieldErrors) -> Tolerance {
    let by = |errors: &mut FieldErrors| {
        let by = decimal(form, "tolerance-by", errors);
        if by.is_none() && form.text("tolerance-by").trim().is_empty() {
            errors.add("tolerance-by", "item-number");
        }
        by
    };
    match form.text("tolerance") {
        "absolute" => by(errors).map_or(Tolerance::Exact, Tolerance::Absolute),
        "percent" => by(errors).map_or(Tolerance::Exact, Tolerance::Percent),
        "figures" => {
            whole(form, "tolerance-by", errors).map_or(Tolerance::Exact, Tolerance::SignificantFigures)
        }
        _ => Tolerance::Exact,
    }
}

fn units(form: &Form, errors: &mut FieldErrors) -> Vec<Unit> {
    let mut units = Vec::new();
    for row in 0..ROWS.count(form) {
        let symbol = form.text(&ROWS.field(row, "symbol")).trim();
        let factor = ROWS.field(row, "factor");
        if symbol.is_empty() && form.text(&factor).trim().is_empty() {
            continue;
        }
        match decimal(form, &factor, errors) {
            Some(factor) => units.push(Unit {
                symbol: symbol.to_owned(),
                factor,
            }),
            None if form.text(&factor).trim().is_empty() => errors.add(factor, "item-number"),
            None => {}
        }
    }
    units
}

/// A decimal number in a field; none if it is empty.
pub(super) fn decimal(form: &Form, name: &str, errors: &mut FieldErrors) -> Option<Decimal> {
    let typed = form.text(name).trim().replace(',', ".").replace('−', "-");
    if typed.is_empty() {
        return None;
    }
    let number = typed.parse().ok();
    if number.is_none() {
        errors.add(name, "item-number");
    }
    number
}
