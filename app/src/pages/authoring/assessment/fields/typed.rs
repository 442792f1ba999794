//! Numbers as people type them, and as they are shown again. What can't be read is said at
//! its field.

use domain::mastery::Percent;
use service::FieldErrors;

use crate::form::Form;

pub(super) fn percent(form: &Form, name: &str, errors: &mut FieldErrors) -> Option<Percent> {
    let typed = number::<u8>(form, name, errors)?;
    match Percent::try_from(typed) {
        Ok(percent) => Some(percent),
        Err(_) => {
            errors.add(name, "assessment-percent");
            None
        }
    }
}

/// A difficulty in logits, with decimals, in hundredths.
pub(super) fn difficulty(form: &Form, name: &str, errors: &mut FieldErrors) -> Option<i16> {
    let typed = form.text(name).trim().replace(',', ".").replace('\u{2212}', "-");
    if typed.is_empty() {
        return None;
    }
    match typed.parse::<f64>() {
        Ok(logit) if (-6.0..=6.0).contains(&logit) => {
            #[expect(clippy::cast_possible_truncation, reason = "from -600 to 600")]
            let hundredths = (logit * 100.0).round() as i16;
            Some(hundredths)
        }
        _ => {
            errors.add(name, "item-difficulty");
            None
        }
    }
}

pub(super) fn number<T: std::str::FromStr>(form: &Form, name: &str, errors: &mut FieldErrors) -> Option<T> {
    let typed = form.text(name).trim();
    if typed.is_empty() {
        return None;
    }
    let number = typed.parse().ok();
    if number.is_none() {
        errors.add(name, "item-whole-number");
    }
    number
}

/// A pause in hours, with decimals, as seconds.
pub(super) fn seconds(form: &Form, errors: &mut FieldErrors) -> u32 {
    let typed = form.text("cooldown").trim().replace(',', ".");
    if typed.is_empty() {
        return 0;
    }
    match typed.parse::<f64>() {
        Ok(hours) if (0.0..=9_000.0).contains(&hours) => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 0 to 32,400,000"
            )]
            let seconds = (hours * 3_600.0).round() as u32;
            seconds
        }
        _ => {
            errors.add("cooldown", "item-number");
            0
        }
    }
}

pub(super) fn hours(seconds: u32) -> String {
    decimal(f64::from(seconds) / 3_600.0)
}

/// With as many decimals as it has, up to two.
pub(super) fn decimal(number: f64) -> String {
    format!("{number:.2}")
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}
