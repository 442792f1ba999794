//! The variables of an item of the demo.

use std::{fmt::Display, str::FromStr};

use domain::assessment::{BaseType, Decimal, Formula, NumberRange, Template, VariableSource, Variables};
use serde::de::Error as _;
use serde_json::Error;

use super::content::{ItemText, VariableText};

/// The template of an item whose response is called so; none without variables.
pub(super) fn template(text: &ItemText, response: &str) -> Result<Option<Template>, Error> {
    let mut all = Variables::default();
    for variable in &text.variables {
        let source = source(variable, &all)?;
        all.variables.push((read(&variable.name)?, source));
    }
    for condition in &text.until {
        let condition = formula(condition, &all, Some(BaseType::Boolean))?;
        all.constraints.push(condition);
    }
    if let Some(answer) = &text.answer_formula {
        all.key = Some(formula(answer, &all, Some(BaseType::Float))?);
    }
    Ok(all.template(&read(response)?))
}

fn source(variable: &VariableText, before: &Variables) -> Result<VariableSource, Error> {
    let [from, to, step] = variable.range.as_slice() else {
        return formula(&variable.formula, before, None).map(VariableSource::Formula);
    };
    let has_decimals = variable.range.iter().any(|number| number.contains('.'));
    let made = if has_decimals {
        NumberRange::decimal
    } else {
        NumberRange::whole
    };
    let [from, to, step]: [Decimal; 3] = [read(from)?, read(to)?, read(step)?];
    let range = made(&from, &to, &step).map_err(|fault| wrong(&variable.name, fault))?;
    Ok(VariableSource::Range(range))
}

fn formula(text: &str, before: &Variables, wanted: Option<BaseType>) -> Result<Formula, Error> {
    let read = Formula::parse(text, &before.known()).and_then(|formula| match wanted {
        Some(base) => formula.wanted(base),
        None => Ok(formula),
    });
    read.map_err(|error| wrong(text, format!("{} at {}", error.code, error.at)))
}

fn read<T: FromStr<Err: Display>>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|cause| wrong(text, cause))
}

fn wrong(what: &str, why: impl Display) -> Error {
    Error::custom(format!("{what}: {why}"))
}
