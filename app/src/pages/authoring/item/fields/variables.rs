//! What an item draws and computes anew for each learner.

use domain::assessment::{
    BaseType, Decimal, Formula, FormulaError, Identifier, Interaction, ItemKind, NumberRange, RangeFault,
    VariableSource, VariableTypes, Variables, is_variable_name,
};
use service::{FieldError, FieldErrors};

use super::{Fields, numeric::decimal, pair};
use crate::{form::Form, pages::authoring::Rows};

const ROWS: Rows<'_> = Rows("variable");
const CONSTRAINTS: Rows<'_> = Rows("constraint");
const KEY: &str = "key-formula";

pub(super) fn fill(all: &Variables) -> Fields {
    let mut fields = Fields::new();
    for (row, (name, source)) in all.variables.iter().enumerate() {
        let mut own = |part: &str, value: String| fields.push(pair(ROWS.field(row, part), value));
        own("is", kind_of(source).to_owned());
        own("name", name.to_string());
        match source {
            VariableSource::Range(range) => {
                for (part, number) in ["from", "to", "step"].into_iter().zip(range.written()) {
                    own(part, number);
                }
            }
            VariableSource::Numbers(numbers) => {
                let lines: Vec<&str> = numbers.iter().map(Decimal::as_str).collect();
                own("values", lines.join("\n"));
            }
            VariableSource::Texts(texts) => own("values", texts.join("\n")),
            VariableSource::Formula(formula) => own("formula", formula.to_string()),
        }
    }
    for (row, formula) in all.constraints.iter().enumerate() {
        fields.push(pair(CONSTRAINTS.field(row, "formula"), formula));
    }
    fields.extend(all.key.iter().map(|formula| pair(KEY, formula)));
    fields
}

fn kind_of(source: &VariableSource) -> &'static str {
    match source {
        VariableSource::Range(range) if range.is_whole() => "whole",
        VariableSource::Range(_) => "decimal",
        VariableSource::Numbers(_) => "numbers",
        VariableSource::Texts(_) => "texts",
        VariableSource::Formula(_) => "formula",
    }
}

/// The field in which the value of a variable is said.
pub(super) fn value_field(row: usize, source: &VariableSource) -> String {
    let part = match source {
        VariableSource::Range(_) => "from",
        VariableSource::Numbers(_) | VariableSource::Texts(_) => "values",
        VariableSource::Formula(_) => "formula",
    };
    ROWS.field(row, part)
}

/// Whether the right answer is computed, rather than typed.
pub(super) fn compute_the_answer(form: &Form) -> bool {
    !form.text(KEY).trim().is_empty()
}

/// Whether the item has a template of which this editor shows nothing.
pub(super) fn are_kept(form: &Form) -> bool {
    form.text("template") == "kept"
}

/// Whether an item of that kind keeps its meaning when its fields are numbered
/// anew beside a template that stays as it is: where no rule can name a choice.
pub(super) const fn can_be_kept(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Numeric | ItemKind::Text | ItemKind::Slider | ItemKind::ExtendedText
    )
}

/// `asked` is what the item asks, where it asks one thing.
pub(super) fn read(form: &Form, asked: Option<&Interaction>, errors: &mut FieldErrors) -> Variables {
    let mut all = Variables::default();
    let mut known = VariableTypes::new();
    for row in 0..ROWS.count(form) {
        if ["name", "from", "to", "values", "formula"]
            .iter()
            .all(|part| form.text(&ROWS.field(row, part)).trim().is_empty())
        {
            continue;
        }
        let source = source(form, row, &known, errors);
        let Some(name) = name(form, row, &known, errors) else {
            continue;
        };
        // What could not be read is said once, and not again wherever it is named.
        let base = source
            .as_ref()
            .map_or_else(|| likely(form, row), VariableSource::base_type);
        known.insert(name.clone(), base);
        all.variables.extend(source.map(|source| (name, source)));
    }
    for row in 0..CONSTRAINTS.count(form) {
        let field = CONSTRAINTS.field(row, "formula");
        if !form.text(&field).trim().is_empty() {
            all.constraints
                .extend(formula(form, &field, Some(BaseType::Boolean), &known, errors));
        }
    }
    let key = asked.and_then(Variables::key_type);
    if key.is_some() && compute_the_answer(form) {
        all.key = formula(form, KEY, key, &known, errors);
        if !form.text("answer").trim().is_empty() {
            errors.add("answer", "item-answer-twice");
        }
    }
    all
}

fn name(form: &Form, row: usize, known: &VariableTypes, errors: &mut FieldErrors) -> Option<Identifier> {
    let field = ROWS.field(row, "name");
    let typed = form.text(&field).trim();
    let name: Option<Identifier> = typed.parse().ok().filter(|_| is_variable_name(typed));
    match name {
        None => errors.add(field, "item-variable-name"),
        Some(name) if known.contains_key(&name) => errors.add(field, "item-variable-twice"),
        Some(name) => return Some(name),
    }
    None
}

/// The type of what a row seems to mean.
fn likely(form: &Form, row: usize) -> BaseType {
    match form.text(&ROWS.field(row, "is")) {
        "decimal" | "numbers" | "formula" => BaseType::Float,
        "texts" => BaseType::String,
        _ => BaseType::Integer,
    }
}

fn source(
    form: &Form,
    row: usize,
    known: &VariableTypes,
    errors: &mut FieldErrors,
) -> Option<VariableSource> {
    match form.text(&ROWS.field(row, "is")) {
        "decimal" => range(form, row, NumberRange::decimal, errors),
        "numbers" => numbers(form, row, errors),
        "texts" => {
            let texts = values(form, row, errors)?;
            Some(VariableSource::Texts(
                texts.into_iter().map(str::to_owned).collect(),
            ))
        }
        "formula" => {
            formula(form, &ROWS.field(row, "formula"), None, known, errors).map(VariableSource::Formula)
        }
        _ => range(form, row, NumberRange::whole, errors),
    }
}

fn range(
    form: &Form,
    row: usize,
    made: fn(&Decimal, &Decimal, &Decimal) -> Result<NumberRange, RangeFault>,
    errors: &mut FieldErrors,
) -> Option<VariableSource> {
    let step = ROWS.field(row, "step");
    let mut bound = |part: &str| {
        let field = ROWS.field(row, part);
        if form.text(&field).trim().is_empty() {
            errors.add(field, "item-number");
            return None;
        }
        decimal(form, &field, errors)
    };
    let (from, to) = (bound("from"), bound("to"));
    let step = if form.text(&step).trim().is_empty() {
        "1".parse().ok()
    } else {
        decimal(form, &step, errors)
    };
    match made(&from?, &to?, &step?) {
        Ok(range) => Some(VariableSource::Range(range)),
        Err(fault) => {
            let part = if fault == RangeFault::NoStep { "step" } else { "to" };
            errors.add(ROWS.field(row, part), format!("range-{fault}"));
            None
        }
    }
}

/// The lines that are not empty.
fn values<'f>(form: &'f Form, row: usize, errors: &mut FieldErrors) -> Option<Vec<&'f str>> {
    let field = ROWS.field(row, "values");
    let lines = form.text(&field).lines().map(str::trim);
    let values: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    if values.is_empty() {
        errors.add(field, "document-empty");
        return None;
    }
    if values.iter().any(|value| value.contains(char::is_control)) {
        errors.add(field, "text-unprintable");
        return None;
    }
    if values.len() > VariableSource::MAX_VALUES {
        let max = VariableSource::MAX_VALUES.to_string();
        errors.add_with(field, "document-too-many", [("max", max)]);
        return None;
    }
    Some(values)
}

fn numbers(form: &Form, row: usize, errors: &mut FieldErrors) -> Option<VariableSource> {
    let values = values(form, row, errors)?.into_iter();
    let numbers = values.map(|line| line.replace(',', ".").replace('−', "-").parse::<Decimal>());
    match numbers.collect() {
        Ok(numbers) => Some(VariableSource::Numbers(numbers)),
        Err(_) => {
            let field = ROWS.field(row, "values");
            errors.add(field, "item-numbers");
            None
        }
    }
}

fn formula(
    form: &Form,
    field: &str,
    wanted: Option<BaseType>,
    known: &VariableTypes,
    errors: &mut FieldErrors,
) -> Option<Formula> {
    let read = Formula::parse(form.text(field), known);
    let read = match wanted {
        Some(wanted) => read.and_then(|formula| formula.wanted(wanted)),
        None => read,
    };
    read.map_err(|error| errors.push(at_field(field, error))).ok()
}

/// What is wrong with a formula, at the field that it was typed into.
fn at_field(field: &str, error: FormulaError) -> FieldError {
    let mut args = error.args;
    let named = ["found", "name", "count", "max"].into_iter();
    let named = named.filter_map(|name| Some((name, args.remove(name)?)));
    FieldError {
        field: field.to_owned(),
        code: format!("formula-{}", error.code),
        args: [("at", error.at.to_string())].into_iter().chain(named).collect(),
    }
}

#[cfg(test)]
mod tests {
    use domain::assessment::FormulaFault;

    use super::*;
    use crate::i18n::{Args, Locale};

    fn typed(fields: &[(&str, &str)]) -> (Variables, Vec<String>) {
        let asked: Interaction = serde_json::from_value(serde_json::json!({
            "kind": "numericEntry", "response": "RESPONSE", "prompt": "?",
        }))
        .unwrap();
        let mut errors = FieldErrors::default();
        let read = read(&Form::filled(fields.iter().copied()), Some(&asked), &mut errors);
        let said = errors.iter().map(|error| {
            let at = error.args.get("at").map(|at| format!(" {at}"));
            format!("{} {}{}", error.field, error.code, at.unwrap_or_default())
        });
        (read, said.collect())
    }

    #[test]
    fn variables_go_through_the_form_unchanged() {
        let fields = [
            ("variable-0-is", "whole"),
            ("variable-0-name", "a"),
            ("variable-0-from", "2"),
            ("variable-0-to", "12"),
            ("variable-0-step", "2"),
            ("variable-1-is", "decimal"),
            ("variable-1-name", "price"),
            ("variable-1-from", "1.50"),
            ("variable-1-to", "9.00"),
            ("variable-1-step", "0.25"),
            ("variable-2-is", "numbers"),
            ("variable-2-name", "n"),
            ("variable-2-values", "3\n5\n7"),
            ("variable-3-is", "texts"),
            ("variable-3-name", "word"),
            ("variable-3-values", "boat\ntwo tents"),
            ("variable-4-is", "formula"),
            ("variable-4-name", "total"),
            ("variable-4-formula", "if(word = \"boat\", a * price, n)"),
            ("constraint-0-formula", "a != n"),
            ("key-formula", "round(total, 2)"),
        ];
        let (read, errors) = typed(&fields);
        assert_eq!(errors, [""; 0]);
        let shown = fill(&read);
        let shown: Vec<(&str, &str)> = shown
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(shown, fields);
    }

    #[test]
    fn what_is_wrong_with_a_variable_is_said_at_its_field() {
        let one = |changes: &[(&'static str, &'static str)]| {
            let mut fields = vec![
                ("variable-0-name", "a"),
                ("variable-0-from", "1"),
                ("variable-0-to", "9"),
            ];
            fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
            fields.extend(changes);
            typed(&fields).1
        };
        assert_eq!(one(&[]), [""; 0]);
        assert_eq!(
            one(&[("variable-0-name", "mod")]),
            ["variable-0-name item-variable-name"]
        );
        assert_eq!(one(&[("variable-0-from", "")]), ["variable-0-from item-number"]);
        assert_eq!(one(&[("variable-0-to", "0")]), ["variable-0-to range-reversed"]);
        assert_eq!(
            one(&[("variable-0-to", "2.5")]),
            ["variable-0-to range-not-whole"]
        );
        assert_eq!(
            one(&[("variable-0-step", "0")]),
            ["variable-0-step range-no-step"]
        );
        assert_eq!(
            one(&[
                ("variable-1-name", "a"),
                ("variable-1-is", "texts"),
                ("variable-1-values", "x")
            ]),
            ["variable-1-name item-variable-twice"]
        );
        assert_eq!(
            one(&[
                ("variable-1-name", "b"),
                ("variable-1-is", "numbers"),
                ("variable-1-values", "1\nx")
            ]),
            ["variable-1-values item-numbers"]
        );
        assert_eq!(
            one(&[
                ("variable-1-name", "b"),
                ("variable-1-is", "formula"),
                ("variable-1-formula", "a + + 2")
            ]),
            ["variable-1-formula formula-unexpected 5"]
        );
        assert_eq!(
            one(&[("constraint-0-formula", "a")]),
            ["constraint-0-formula formula-not-a-truth 1"]
        );
        assert_eq!(
            one(&[("key-formula", "a = 2")]),
            ["key-formula formula-not-a-number 1"]
        );
        assert_eq!(
            one(&[("key-formula", "a"), ("answer", "3")]),
            ["answer item-answer-twice"]
        );
    }

    #[test]
    fn a_variable_that_cannot_be_read_is_not_said_to_be_missing_as_well() {
        let (_, errors) = typed(&[
            ("variable-0-name", "a"),
            ("variable-1-name", "b"),
            ("variable-1-is", "formula"),
            ("variable-1-formula", "a mod 2"),
        ]);
        assert_eq!(
            errors,
            ["variable-0-from item-number", "variable-0-to item-number"]
        );
    }

    #[test]
    fn every_fault_of_a_formula_or_a_range_has_its_sentence() {
        let english = Locale::choose(None, None);
        let formulas = FormulaFault::ALL
            .iter()
            .map(|code| format!("error-formula-{code}"));
        let ranges = RangeFault::ALL.iter().map(|code| format!("error-range-{code}"));
        for key in formulas.chain(ranges) {
            let args = ["at", "found", "name", "count", "max"].map(|name| (name.into(), "7".into()));
            let args: Args = args.into_iter().collect();
            assert!(english.find(&key, &args).is_some(), "{key}");
        }
    }
}
