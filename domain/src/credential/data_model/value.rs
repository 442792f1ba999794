//! Values as the data model writes them.

use serde_json::{Map, Value};
use url::Url;

/// One URL, written as one (§4.4).
pub(super) fn is_url(value: &Value) -> bool {
    let text = value.as_str();
    // What a browser would forgive and cut off is no part of an identifier.
    text.is_some_and(|text| {
        !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
            && Url::parse(text).is_ok()
    })
}

/// The types of an object: at least one, each a term or an address (§4.5).
pub(super) fn types(types: Option<&Value>) -> Option<Vec<&str>> {
    let types: Option<Vec<&str>> = list(types).iter().map(Value::as_str).collect();
    types.filter(|types| !types.is_empty() && types.iter().all(|name| !name.trim().is_empty()))
}

pub(super) fn has_type(members: &Map<String, Value>, name: &str) -> bool {
    types(members.get("type")).is_some_and(|types| types.contains(&name))
}

/// A string, a language value object, or several of these in several languages
/// (§4.6 and §11.1).
pub(super) fn is_text(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Object(members) => {
            let fits = |name: &str, value: &Value| match name {
                "@value" | "@language" => value.is_string(),
                "@direction" => value == "ltr" || value == "rtl",
                _ => false,
            };
            members.contains_key("@value") && members.iter().all(|(name, value)| fits(name, value))
        }
        Value::Array(texts) => {
            !texts.is_empty() && texts.iter().all(|text| !text.is_array() && is_text(text))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The values of a property that may have one or several.
pub(in crate::credential) fn list(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
}
