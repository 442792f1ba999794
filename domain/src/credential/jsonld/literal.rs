//! JSON numbers as RDF writes them.

use serde_json::Number;

pub(super) const RDF_JSON: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";
pub(super) const XSD_BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";
const XSD_DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";
const XSD_INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";

/// The canonical form of a number, and the datatype that it has unless a
/// context says another (JSON-LD API 1.1 §8.6 and §8.3.3).
pub(super) fn number(number: &Number, datatype: Option<&str>) -> (String, &'static str) {
    if datatype != Some(XSD_DOUBLE) {
        if let Some(integer) = number.as_i64() {
            return (integer.to_string(), XSD_INTEGER);
        }
        if let Some(integer) = number.as_u64() {
            return (integer.to_string(), XSD_INTEGER);
        }
    }
    let double = number.as_f64().unwrap_or_default();
    if datatype != Some(XSD_DOUBLE) && double.fract() == 0.0 && double.abs() < 1e21 {
        // Adding zero turns minus zero into zero.
        return (format!("{:.0}", double + 0.0), XSD_INTEGER);
    }
    let text = format!("{double:.15E}");
    let (mantissa, exponent) = text.split_once('E').unwrap_or((&text, "0"));
    let mantissa = mantissa.trim_end_matches('0');
    let zero = if mantissa.ends_with('.') { "0" } else { "" };
    (format!("{mantissa}{zero}E{exponent}"), XSD_DOUBLE)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_have_one_form_each() {
        for (value, datatype, text) in [
            (json!(42), None, "42"),
            (json!(-7), None, "-7"),
            (json!(42.0), None, "42"),
            (json!(-0.0), None, "0"),
            (json!(4.5), None, "4.5E0"),
            (json!(0.1), None, "1.0E-1"),
            (json!(1e21), None, "1.0E21"),
            (json!(1e20), None, "100000000000000000000"),
            (json!(42), Some(XSD_DOUBLE), "4.2E1"),
            (
                json!(5.3),
                Some("http://www.w3.org/2001/XMLSchema#float"),
                "5.3E0",
            ),
            (json!(u64::MAX), None, "18446744073709551615"),
        ] {
            assert_eq!(number(value.as_number().unwrap(), datatype).0, text);
        }
    }
}
