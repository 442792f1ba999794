//! JSON Canonicalization Scheme (RFC 8785): one text for each JSON value.

use std::fmt::Write;

use serde_json::{Number, Value};

/// `value` as canonical JSON.
///
/// Numbers are written as IEEE 754 doubles, as the scheme has it, so integers
/// beyond 2^53 are rounded.
#[must_use]
pub(crate) fn canonical_json(value: &Value) -> String {
    let mut out = String::new();
    write_value(&mut out, value);
    out
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            out.push('{');
            for (position, (name, value)) in members.into_iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write_string(out, name);
                out.push(':');
                write_value(out, value);
            }
            out.push('}');
        }
    }
}

fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => {
                // A String takes whatever is written to it.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// ECMAScript's `Number::toString`: the fewest digits that give the number
/// back, with an exponent from 1e21 up and below 1e-6.
fn write_number(out: &mut String, number: &Number) {
    let number = number.as_f64().unwrap_or_default();
    if number == 0.0 {
        out.push('0');
        return;
    }
    let shortest = format!("{number:e}");
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    if mantissa.starts_with('-') {
        out.push('-');
    }
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    match exponent {
        0..=20 if length <= exponent + 1 => {
            out.push_str(&digits);
            out.push_str(&zeros(exponent + 1 - length));
        }
        0..=20 => {
            let (whole, fraction) = digits.split_at(usize::try_from(exponent + 1).unwrap_or_default());
            out.push_str(whole);
            out.push('.');
            out.push_str(fraction);
        }
        -6..=-1 => {
            out.push_str("0.");
            out.push_str(&zeros(-exponent - 1));
            out.push_str(&digits);
        }
        _ => {
            let (first, rest) = digits.split_at(1);
            out.push_str(first);
            if !rest.is_empty() {
                out.push('.');
                out.push_str(rest);
            }
            let _ = write!(out, "e{exponent:+}");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_written_as_ecmascript_writes_them() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-1.5, "-1.5"),
            (0.1, "0.1"),
            (4.5e-5, "0.000045"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (1.25e-9, "1.25e-9"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (333_333_333.333_333_3, "333333333.3333333"),
            (9_007_199_254_740_992.0, "9007199254740992"),
        ] {
            assert_eq!(canonical_json(&json!(number)), text);
        }
    }

    #[test]
    fn members_are_sorted_by_utf16_and_controls_escaped() {
        let value = json!({"\u{fb33}": 1, "\u{1f600}": 2, "a": "\u{1}\n\"é", "\r": [true, null, {}]});
        let text = "{\"\\r\":[true,null,{}],\"a\":\"\\u0001\\n\\\"é\",\"\u{1f600}\":2,\"\u{fb33}\":1}";
        assert_eq!(canonical_json(&value), text);
    }
}
