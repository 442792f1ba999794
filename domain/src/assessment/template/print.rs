//! Variables printed in texts.

use std::collections::BTreeMap;

use super::room::Room;
use crate::assessment::{
    Decimal, Fault, Identifier,
    expression::{Held, Rounding, Scalar, rounded},
    number_entry::format_number,
};

/// So many decimals can be printed: a double keeps no more figures.
pub(in crate::assessment) const MAX_PLACES: u8 = 15;

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::assessment) enum Piece<'t> {
    Text(&'t str),
    /// A variable, and how many decimals of it are printed if that is said.
    Variable(Identifier, Option<u8>),
}

/// A text's pieces: `{{x}}` and `{{x:.2}}` are variables.
pub(in crate::assessment) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut done, mut from) = (0, 0);
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("{{")) {
        let start = from + at;
        let inner = text.get(start + 2..).unwrap_or_default();
        let found = inner.find("}}").and_then(|end| {
            let (variable, places) = variable(inner.get(..end)?)?;
            Some((variable, places, start + 2 + end + 2))
        });
        match found {
            Some((variable, places, end)) => {
                let before = text.get(done..start).unwrap_or_default();
                pieces.extend((!before.is_empty()).then_some(Piece::Text(before)));
                pieces.push(Piece::Variable(variable, places));
                (done, from) = (end, end);
            }
            // In `{{{x}}}` the variable is in the inner ones.
            None => from = start + 1,
        }
    }
    let rest = text.get(done..).unwrap_or_default();
    pieces.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
    pieces
}

fn variable(inner: &str) -> Option<(Identifier, Option<u8>)> {
    // No name is longer than that.
    if inner.len() > 80 {
        return None;
    }
    match inner.split_once(":.") {
        Some((name, places)) => {
            let places = places
                .trim()
                .parse()
                .ok()
                .filter(|places| *places <= MAX_PLACES)?;
            Some((name.trim().parse().ok()?, Some(places)))
        }
        None => Some((inner.trim().parse().ok()?, None)),
    }
}

/// A text with the values of those variables that there are.
pub(super) fn print(
    text: &str,
    values: &BTreeMap<Identifier, Held>,
    language: &str,
    room: &mut Room,
) -> Result<String, Fault> {
    let mut printed = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => printed.push_str(text),
            Piece::Variable(name, places) => match values.get(&name) {
                Some(held) => printed.push_str(&value(held, places, language, room)?),
                None => printed.extend(["{{", name.as_str(), "}}"]),
            },
        }
    }
    Ok(printed)
}

/// A value as a text of Markdown has it; several with commas between.
fn value(held: &Held, places: Option<u8>, language: &str, room: &mut Room) -> Result<String, Fault> {
    let mut printed = String::new();
    for (index, scalar) in held.values().iter().enumerate() {
        let text = scalar_text(scalar, places, language);
        let comma = if index == 0 { "" } else { ", " };
        room.take(comma.len() + text.len())?;
        printed.extend([comma, &text]);
    }
    Ok(printed)
}

fn scalar_text(scalar: &Scalar, places: Option<u8>, language: &str) -> String {
    let number = |number: f64| {
        let fixed = places.and_then(|places| {
            let rounded = rounded(number, Rounding::DecimalPlaces, i64::from(places))?;
            let places = usize::from(places);
            format!("{rounded:.places$}").parse().ok()
        });
        let decimal: Option<Decimal> = fixed.or_else(|| decimal(number));
        decimal
            .map(|decimal| format_number(&decimal, language))
            .unwrap_or_default()
    };
    match scalar {
        Scalar::Integer(whole) if places.is_none() => whole.to_string(),
        Scalar::Integer(_) => scalar.as_float().map(number).unwrap_or_default(),
        Scalar::Float(it) | Scalar::Duration(it) => number(*it),
        Scalar::String(text) | Scalar::Uri(text) => escaped(text),
        Scalar::Identifier(name) => escaped(name.as_str()),
        Scalar::Boolean(truth) => truth.to_string(),
        Scalar::Point([across, down]) => format!("{across} {down}"),
        Scalar::Pair(pair) => {
            let [one, other] = pair.ends();
            escaped(&format!("{one} {other}"))
        }
        Scalar::DirectedPair(pair) => escaped(&format!("{} {}", pair.source, pair.target)),
    }
}

/// A number as it would be typed: to the fifteen figures that a double keeps, so
/// that a tenth and two tenths are three tenths. None for one beyond all sizes
/// that a decimal has.
pub(super) fn decimal(number: f64) -> Option<Decimal> {
    let rounded = rounded(number, Rounding::SignificantFigures, 15)?;
    let plain = format!("{rounded}").parse().ok();
    plain.or_else(|| format!("{rounded:e}").parse().ok())
}

/// A text whose marks mean nothing.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ';' | ':' | '\'' | '"' | '?' | '%' | '/') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
