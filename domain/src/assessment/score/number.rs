//! Whether a number is near enough.

use std::num::NonZeroU64;

use bigdecimal::{BigDecimal, RoundingMode};
use unicode_normalization::UnicodeNormalization;

use super::ReasonCode;
use crate::assessment::{Comparison, NumberRules, Quantity, Tolerance};

/// Holds a number against the key, exactly: no binary rounding.
pub(super) fn judge(given: &Quantity, key: &Quantity, comparison: &Comparison) -> ReasonCode {
    let exact = NumberRules::default();
    let rules = match comparison {
        Comparison::Number(rules) => rules,
        Comparison::Exact | Comparison::Text(_) => &exact,
    };
    let number = match (&given.unit, &key.unit) {
        (None, None) => given.number.exact(),
        (None, Some(_)) => return ReasonCode::UnitMissing,
        (Some(unit), key_unit) => match factor(unit, key_unit.as_deref(), rules) {
            Some(factor) => given.number.exact() * factor,
            None => return ReasonCode::UnitUnknown,
        },
    };
    if near(&number, &key.number.exact(), &rules.tolerance) {
        ReasonCode::WithinTolerance
    } else {
        ReasonCode::OutsideTolerance
    }
}

/// How many of the key's unit one `unit` is.
fn factor(unit: &str, key_unit: Option<&str>, rules: &NumberRules) -> Option<BigDecimal> {
    let unit = normal_unit(unit);
    if key_unit.is_some_and(|key_unit| normal_unit(key_unit) == unit) {
        return Some(BigDecimal::from(1));
    }
    let known = rules
        .units
        .iter()
        .find(|known| normal_unit(&known.symbol) == unit)?;
    Some(known.factor.exact())
}

/// A unit without white space and with one character for µ, m² and Å. Case
/// stays: mW is not MW.
pub(in crate::assessment) fn normal_unit(unit: &str) -> String {
    unit.nfkc().filter(|c| !c.is_whitespace()).collect()
}

fn near(number: &BigDecimal, key: &BigDecimal, tolerance: &Tolerance) -> bool {
    let distance = || (number - key).abs();
    match tolerance {
        Tolerance::Exact => number == key,
        Tolerance::Absolute(by) => distance() <= by.exact(),
        Tolerance::Percent(percent) => distance() * BigDecimal::from(100) <= percent.exact() * key.abs(),
        Tolerance::SignificantFigures(figures) => {
            let figures = NonZeroU64::new(u64::from(*figures)).unwrap_or(NonZeroU64::MIN);
            let round = |x: &BigDecimal| x.with_precision_round(figures, RoundingMode::HalfUp);
            round(number) == round(key)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::assessment::Unit;

    fn quantity(number: &str, unit: Option<&str>) -> Quantity {
        Quantity {
            number: number.parse().unwrap(),
            unit: unit.map(str::to_owned),
        }
    }

    fn is_near(given: &str, key: &str, tolerance: Tolerance) -> bool {
        let rules = Comparison::Number(NumberRules {
            tolerance,
            units: Vec::new(),
        });
        judge(&quantity(given, None), &quantity(key, None), &rules) == ReasonCode::WithinTolerance
    }

    #[test]
    fn an_absolute_tolerance_includes_its_bounds_exactly() {
        let tenth = || Tolerance::Absolute("0.1".parse().unwrap());
        assert!(
            is_near("0.4", "0.3", tenth()),
            "0.4 - 0.3 > 0.1 in binary floating point"
        );
        assert!(is_near("0.2", "0.3", tenth()));
        assert!(!is_near("0.4000000000000001", "0.3", tenth()));
    }

    #[test]
    fn a_percentage_is_of_the_key() {
        let five = || Tolerance::Percent("5".parse().unwrap());
        assert!(is_near("-105", "-100", five()));
        assert!(!is_near("105.01", "100", five()));
        assert!(is_near("0", "0", five()));
        assert!(!is_near("1e-99", "0", five()));
        assert!(is_near("1.6e-19", "1.602e-19", five()));
    }

    #[test]
    fn significant_figures_round_both_sides() {
        let three = || Tolerance::SignificantFigures(3);
        for (given, key, same) in [
            ("3.14", "3.14159", true),
            ("3.1416", "3.14159", true),
            ("3.15", "3.14159", false),
            ("3.145", "3.15", true),
            ("-3.145", "-3.15", true),
            ("9.996", "10.0", true),
            ("6.02e23", "6.022e23", true),
            ("0.00123", "1.23e-3", true),
        ] {
            assert_eq!(is_near(given, key, three()), same, "{given} for {key}");
        }
    }

    #[test]
    fn units_are_converted_and_their_case_matters() {
        let unit = |symbol: &str, factor: &str| Unit {
            symbol: symbol.to_owned(),
            factor: factor.parse().unwrap(),
        };
        let rules = Comparison::Number(NumberRules {
            tolerance: Tolerance::Exact,
            units: vec![unit("km", "1000"), unit("cm", "0.01"), unit("µm", "1e-6")],
        });
        let key = quantity("1500", Some("m"));
        for (number, symbol, code) in [
            ("1500", Some("m"), ReasonCode::WithinTolerance),
            ("1.5", Some("km"), ReasonCode::WithinTolerance),
            ("150000", Some("cm"), ReasonCode::WithinTolerance),
            ("1.5e9", Some("μm"), ReasonCode::WithinTolerance),
            ("1500", Some("km"), ReasonCode::OutsideTolerance),
            ("1.5", Some("Km"), ReasonCode::UnitUnknown),
            ("1500", None, ReasonCode::UnitMissing),
        ] {
            assert_eq!(
                judge(&quantity(number, symbol), &key, &rules),
                code,
                "{number} {symbol:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_number_is_near_itself(
            number in "-?[0-9]{1,20}(\\.[0-9]{1,20})?(e-?[0-9]{1,2})?", figures in 0u8..=20,
        ) {
            for tolerance in [
                Tolerance::Exact,
                Tolerance::Absolute("0".parse().unwrap()),
                Tolerance::Percent("0".parse().unwrap()),
                Tolerance::SignificantFigures(figures),
            ] {
                prop_assert!(is_near(&number, &number, tolerance));
            }
        }
    }
}
