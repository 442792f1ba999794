//! Decimal numbers, exactly as written.

use std::{fmt, str::FromStr};

use bigdecimal::BigDecimal;
use serde::{Deserialize, Deserializer, Serialize, de};

/// A finite decimal number that remembers how it was written: `1.50` has three
/// significant figures, and 0.4 is within 0.1 of 0.3, which binary floating
/// point denies.
///
/// The text is `[-]digits[.digits][e[-]digits]`, with at most 40 digits and an
/// exponent from -99 to 99, so that no arithmetic on it can be made large.
/// JSON has it as a string; a JSON number is read too.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Decimal(String);

/// The text is not a decimal number, or is one of more than 40 digits or an
/// exponent beyond 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number")]
pub struct NotADecimal;

const DIGITS: usize = 40;
const EXPONENT: i32 = 99;

impl Decimal {
    /// The number as text, with a decimal point.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number's value.
    #[must_use]
    pub fn exact(&self) -> BigDecimal {
        // Every text that the constructor lets through is one.
        self.0.parse().unwrap_or_default()
    }

    /// Whether the number is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.exact() > BigDecimal::default()
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once('e') {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (unsigned, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let small = |exponent: &str| {
            digits(exponent.strip_prefix('-').unwrap_or(exponent))
                && exponent
                    .parse::<i32>()
                    .is_ok_and(|exponent| exponent.abs() <= EXPONENT)
        };
        let written = digits(whole)
            && fraction.is_none_or(digits)
            && exponent.is_none_or(small)
            && whole.len() + fraction.map_or(0, str::len) <= DIGITS;
        if written {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotADecimal)
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Text(String),
            Whole(i64),
            Float(f64),
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Text(text) => text,
            Written::Whole(number) => number.to_string(),
            Written::Float(number) => format!("{number}"),
        };
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_plain_finite_numbers_are_decimals() {
        for good in ["0", "-1.50", "6.022e23", "1e-19", "007"] {
            assert!(good.parse::<Decimal>().is_ok(), "{good}");
        }
        for bad in [
            "", ".", "1.", ".5", "+1", "1e", "1e100", "NaN", "inf", "1,5", "0x1", "1 ", "1e+5", "--1",
        ] {
            assert_eq!(bad.parse::<Decimal>(), Err(NotADecimal), "{bad}");
        }
        assert!("1".repeat(41).parse::<Decimal>().is_err());
    }

    #[test]
    fn an_author_may_write_a_json_number() {
        let number: Decimal = serde_json::from_str("9.81").unwrap();
        assert_eq!(number.exact(), "9.81".parse::<Decimal>().unwrap().exact());
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_taken_is_a_number(text in "[-0-9.e]{0,50}|.*") {
            if let Ok(number) = text.parse::<Decimal>() {
                prop_assert!(text.parse::<BigDecimal>().is_ok());
                prop_assert_eq!(number.as_str(), text);
            }
        }
    }
}
