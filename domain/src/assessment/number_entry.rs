//! Numbers as people type them.

use super::{Decimal, Quantity, limits};

/// Primary languages that write 1,5 for one and a half.
const COMMA: &[&str] = &[
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr",
    "hu", "hy", "id", "is", "it", "ka", "kk", "ky", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt",
    "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi",
];

/// Regions that do not, though their language does.
const POINT: &[&str] = &[
    "de-ch", "de-li", "it-ch", "es-do", "es-gt", "es-hn", "es-mx", "es-ni", "es-pa", "es-pe", "es-pr",
    "es-sv", "es-us",
];

/// What stands before the decimals in that language (BCP 47): `,` or `.`.
pub(super) fn decimal_mark(language: &str) -> char {
    let language = language.to_ascii_lowercase();
    let primary = language.split('-').next().unwrap_or_default();
    if COMMA.contains(&primary) && !POINT.contains(&language.as_str()) {
        ','
    } else {
        '.'
    }
}

/// Reads a number and the unit after it, if any.
///
/// Takes either mark for decimals, and grouped thousands; only where that is
/// ambiguous (`1,500`) does the language decide. Takes `1.5e3` and `1.5 × 10^3`,
/// digits of other scripts and a typographic minus.
pub(super) fn parse(text: &str, language: &str) -> Option<Quantity> {
    if text.chars().count() > limits::NUMBER {
        return None;
    }
    let text: String = text.trim().chars().map(plain).collect();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (mantissa, rest) = split_mantissa(text);
    let (exponent, unit) = split_exponent(rest);
    let mut number = if negative {
        String::from("-")
    } else {
        String::new()
    };
    number += &without_groups(mantissa, decimal_mark(language))?;
    if let Some(exponent) = exponent {
        number = format!("{number}e{exponent}");
    }
    let unit = unit.trim();
    if unit.chars().count() > limits::UNIT
        || unit.starts_with(|c: char| c.is_ascii_digit() || ".,".contains(c))
    {
        return None;
    }
    Some(Quantity {
        number: number.parse().ok()?,
        unit: (!unit.is_empty()).then(|| unit.to_owned()),
    })
}

/// The quantity as it would be typed in that language.
pub(super) fn format(quantity: &Quantity, language: &str) -> String {
    let number = format_number(&quantity.number, language);
    match &quantity.unit {
        Some(unit) => format!("{number} {unit}"),
        None => number,
    }
}

/// The number as it would be typed in that language.
pub(super) fn format_number(number: &Decimal, language: &str) -> String {
    number.as_str().replace('.', &decimal_mark(language).to_string())
}

/// The ASCII character that means the same, in a number.
fn plain(c: char) -> char {
    let digit = |zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c);
    match c {
        '٠'..='٩' => digit('٠'),
        '۰'..='۹' => digit('۰'),
        '०'..='९' => digit('०'),
        '０'..='９' => digit('０'),
        '−' | '–' | '－' => '-',
        '٫' => '.',
        '٬' | '’' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Cuts off the digits and marks at the beginning. A space or apostrophe
/// belongs to them only between digits.
fn split_mantissa(text: &str) -> (&str, &str) {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next_is_digit = text[at + c.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
        match c {
            '0'..='9' | '.' | ',' => end = at + 1,
            ' ' | '\'' if next_is_digit && at == end => {}
            _ => break,
        }
    }
    text.split_at(end)
}

/// Cuts off an exponent at the beginning: `e3`, `×10^3`, `· 10⁻³`.
fn split_exponent(text: &str) -> (Option<String>, &str) {
    let after_e = text.strip_prefix(['e', 'E']).and_then(take_integer);
    let after_times = || {
        let power = text
            .trim_start()
            .strip_prefix(['×', '·', '*', 'x', '⋅'])?
            .trim_start()
            .strip_prefix("10")?;
        power
            .strip_prefix('^')
            .map_or_else(|| take_superscript(power), take_integer)
    };
    match after_e.or_else(after_times) {
        Some((exponent, rest)) => (Some(exponent), rest),
        None => (None, text),
    }
}

fn take_integer(text: &str) -> Option<(String, &str)> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    (end > 0).then(|| (format!("{sign}{}", &digits[..end]), &digits[end..]))
}

fn take_superscript(text: &str) -> Option<(String, &str)> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let mut exponent = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match RAISED.chars().zip('0'..='9').find(|(raised, _)| *raised == c) {
            Some((_, digit)) => exponent.push(digit),
            None if c == '⁻' && exponent.is_empty() => exponent.push('-'),
            None => break,
        }
        rest = &rest[c.len_utf8()..];
    }
    exponent
        .ends_with(|c: char| c.is_ascii_digit())
        .then_some((exponent, rest))
}

/// The mantissa with a decimal point and no other mark.
fn without_groups(mantissa: &str, decimal: char) -> Option<String> {
    let last_mark = mantissa.rfind(['.', ',']);
    let (whole, fraction) = match last_mark {
        Some(at) if is_decimal(mantissa, at, decimal) => (&mantissa[..at], Some(&mantissa[at + 1..])),
        _ => (mantissa, None),
    };
    let mut groups = whole.split([' ', '\'', '.', ',']);
    let first = groups.next()?;
    let groups: Vec<_> = groups.collect();
    // Thousands, or in India hundreds above them.
    let well_formed = groups.iter().all(|group| matches!(group.len(), 2 | 3))
        && groups
            .last()
            .is_none_or(|group| group.len() == 3 && (1..=3).contains(&first.len()));
    let one_mark = whole
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .collect::<std::collections::BTreeSet<_>>()
        .len()
        <= 1;
    let fraction_is_digits = fraction.is_none_or(|fraction| fraction.bytes().all(|b| b.is_ascii_digit()));
    let has_digits = mantissa.contains(|c: char| c.is_ascii_digit());
    if !(well_formed && one_mark && fraction_is_digits && has_digits) {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    Some(match fraction {
        None | Some("") => whole,
        Some(fraction) => format!("{whole}.{fraction}"),
    })
}

/// Whether the mark at `at`, the last in the mantissa, stands before decimals.
fn is_decimal(mantissa: &str, at: usize, decimal: char) -> bool {
    let (before, after) = (&mantissa[..at], &mantissa[at + 1..]);
    let mark = mantissa[at..].chars().next();
    if before.contains(|c: char| Some(c) == mark) {
        return false;
    }
    let grouped_otherwise = before.contains(|c: char| !c.is_ascii_digit());
    let could_be_group = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    mark == Some(decimal) || grouped_otherwise || !could_be_group
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, language: &str) -> Option<String> {
        parse(text, language).map(|quantity| match quantity.unit {
            Some(unit) => format!("{} {unit}", quantity.number),
            None => quantity.number.to_string(),
        })
    }

    #[test]
    fn either_decimal_mark_is_read_and_the_language_decides_only_what_is_ambiguous() {
        for (text, english, german) in [
            ("1.5", "1.5", "1.5"),
            ("1,5", "1.5", "1.5"),
            ("1,500", "1500", "1.500"),
            ("1.500", "1.500", "1500"),
            ("0,500", "0.500", "0.500"),
            ("1,234.5", "1234.5", "1234.5"),
            ("1.234,5", "1234.5", "1234.5"),
            ("1,234,567", "1234567", "1234567"),
            ("1 234 567", "1234567", "1234567"),
            ("1'234.5", "1234.5", "1234.5"),
            ("1\u{202f}234,500", "1234.500", "1234.500"),
            (".5", "0.5", "0.5"),
            ("5,", "5", "5"),
        ] {
            assert_eq!(read(text, "en").as_deref(), Some(english), "{text} in English");
            assert_eq!(read(text, "de").as_deref(), Some(german), "{text} in German");
        }
        assert_eq!(read("1.500", "de-CH").as_deref(), Some("1.500"));
    }

    #[test]
    fn signs_exponents_scripts_and_units_are_read() {
        for (text, expected) in [
            ("-3", "-3"),
            ("− 3", "-3"),
            ("+3", "3"),
            ("6.022e23", "6.022e23"),
            ("6.022E+23", "6.022e23"),
            ("6.022 × 10^23", "6.022e23"),
            ("1.6·10⁻¹⁹ C", "1.6e-19 C"),
            ("5 eV", "5 eV"),
            ("12km/h", "12 km/h"),
            ("1 500 kg", "1500 kg"),
            ("٣٫٥", "3.5"),
            ("１２", "12"),
        ] {
            assert_eq!(read(text, "en").as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", " ", "-", ".", ",", "abc", "NaN", "inf", "1.2.3", "1,23,4", "1 2", "--1", "1e999",
            "12 34 km", "1.5.", "1..5", "1'2,3.4",
        ] {
            assert_eq!(read(text, "en"), None, "{text:?}");
        }
        assert_eq!(read(&"1".repeat(61), "en"), None);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,80}", language in "[a-z]{2}(-[A-Z]{2})?") {
            let _ = parse(&text, &language);
        }

        #[test]
        fn what_is_shown_again_reads_the_same(
            number in "-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?(e-?[1-9])?",
            unit in proptest::option::of("[a-df-zA-DF-Z][a-z/]{0,5}"),
            language in "en|de|fr|es-MX",
        ) {
            let quantity = Quantity { number: number.parse().unwrap(), unit };
            prop_assert_eq!(parse(&format(&quantity, &language), &language), Some(quantity));
        }
    }
}
