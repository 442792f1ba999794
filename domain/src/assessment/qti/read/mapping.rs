//! Mappings: what single values are worth.

use super::{
    super::{
        report::{Refusal, RefusalCode},
        xml::Element,
    },
    declaration::{Declared, ends, points},
    expression::text,
};
use crate::assessment::{
    Cardinality, Comparison, Interaction, MapEntry, MapKey, Mapping, Points, ResponseDeclaration, TextRules,
    Value, limits,
};

pub(super) fn mapping(element: &Element, interaction: &Interaction) -> Result<Mapping, Refusal> {
    let unsupported = |element: &Element| element.refuse(RefusalCode::UnsupportedScoring);
    let bound = |name: &str| match element.attribute(name) {
        Some(text) => points(text).map(Some).ok_or_else(|| unsupported(element)),
        None => Ok(None),
    };
    let is_pair = interaction.associables().is_some() || interaction.pairable().is_some();
    if element.all("map-entry").count() > limits::CHOICES * limits::CHOICES {
        return Err(element.refuse(RefusalCode::TooLarge));
    }
    let mut entries = Vec::new();
    for entry in element.all("map-entry") {
        let key = entry.attribute("map-key").unwrap_or_default();
        let key = if is_pair {
            let ends = ends(key).ok_or_else(|| entry.refuse(RefusalCode::Invalid))?;
            MapKey::DirectedPair(ends.into())
        } else {
            MapKey::Text(key.to_owned())
        };
        let value = entry.attribute("mapped-value").and_then(points);
        let value = value.ok_or_else(|| unsupported(entry))?;
        entries.push(MapEntry { key, value });
    }
    let default_value = bound("default-value")?.unwrap_or_default();
    // In QTI it is for each value without an entry; that many can't be had here.
    if !is_single(interaction) && default_value > Points::ZERO {
        return Err(unsupported(element));
    }
    Ok(Mapping {
        lower_bound: bound("lower-bound")?,
        upper_bound: bound("upper-bound")?,
        default_value,
        entries,
    })
}

fn is_single(interaction: &Interaction) -> bool {
    matches!(
        interaction,
        Interaction::InlineChoice(_) | Interaction::TextEntry(_) | Interaction::NumericEntry(_)
    )
}

/// The comparison that a mapping of texts asks for.
pub(super) fn text_comparison(element: &Element) -> Result<Comparison, Refusal> {
    let mut cases = element
        .all("map-entry")
        .map(|entry| entry.flag("case-sensitive", true));
    let is_sensitive = cases.next().unwrap_or(true);
    if cases.any(|case| case != is_sensitive) {
        return Err(element.refuse(RefusalCode::UnsupportedScoring));
    }
    Ok(text(!is_sensitive))
}

/// The points of a mapping that gives each part of the key an equal share, where
/// the share itself is not a number of hundredths: thirds.
pub(super) fn equal_shares(element: &Element, it: &ResponseDeclaration) -> Option<Points> {
    let shares: Vec<&str> = element
        .all("map-entry")
        .filter_map(|entry| entry.attribute("mapped-value"))
        .collect();
    let first = *shares.first()?;
    if shares.iter().any(|share| *share != first) || points(first).is_some() {
        return None;
    }
    let only_shares = ["default-value", "lower-bound"].iter().all(|name| {
        element
            .attribute(name)
            .is_none_or(|value| points(value) == Some(Points::ZERO))
    });
    let mut keys: Vec<&str> = element
        .all("map-entry")
        .filter_map(|entry| entry.attribute("map-key"))
        .collect();
    let mut correct: Vec<String> = match &it.correct_response {
        Some(Value::Identifiers(names)) => names.iter().map(ToString::to_string).collect(),
        Some(Value::DirectedPairs(pairs)) => pairs
            .iter()
            .map(|pair| format!("{} {}", pair.source, pair.target))
            .collect(),
        _ => return None,
    };
    keys.sort_unstable();
    correct.sort_unstable();
    if !only_shares || it.cardinality == Cardinality::Single || keys != correct {
        return None;
    }
    let upper = element.attribute("upper-bound").and_then(points);
    let count = f64::from(u32::try_from(shares.len()).ok()?);
    let sum = (first.parse::<f64>().ok()? * count * 100.0).round() / 100.0;
    Some(points(&sum.to_string())?.min(upper.unwrap_or(Points::from_hundredths(i64::MAX))))
}

/// The penalty, in percent, of a mapping that counts right parts: one for each
/// part of the key, less the penalty for each other, and never below zero.
pub(super) fn counted(declared: &Declared<'_>) -> Option<u8> {
    let mapping = declared.mapping?;
    let number = |name: &str| mapping.attribute(name).map_or(Some(Points::ZERO), points);
    let mut keys = Vec::new();
    for entry in mapping.all("map-entry") {
        if points(entry.attribute("mapped-value")?)? != Points::ONE {
            return None;
        }
        keys.push(entry.attribute("map-key")?);
    }
    let mut correct: Vec<_> = declared.correct.iter().map(String::as_str).collect();
    keys.sort_unstable();
    correct.sort_unstable();
    if keys != correct || mapping.attribute("lower-bound").and_then(points) != Some(Points::ZERO) {
        return None;
    }
    u8::try_from(-number("default-value")?.hundredths())
        .ok()
        .filter(|penalty| *penalty <= 100)
}

/// Rules for texts, with the case that the mapping's entries say.
pub(super) fn with_case(rules: TextRules, declared: &Declared<'_>) -> Comparison {
    let entry = declared.mapping.and_then(|mapping| mapping.first("map-entry"));
    let ignore_case = entry.is_some_and(|entry| !entry.flag("case-sensitive", true));
    Comparison::Text(TextRules { ignore_case, ..rules })
}
