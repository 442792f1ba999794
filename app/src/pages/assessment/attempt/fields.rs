//! The fields of the page's form.

use crate::form::Form;

/// Before the names of a question's fields.
pub(in crate::pages::assessment) fn prefix(position: usize) -> String {
    format!("q{position}.")
}

/// The fields of one question's answer, as the question names them.
pub(super) fn fields_of(form: &Form, prefix: &str) -> Vec<(String, String)> {
    let named = form
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value)));
    let answers = named.filter(|(name, _)| name.starts_with("r."));
    answers
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form::filled(fields.iter().copied())
    }

    #[test]
    fn a_questions_fields_are_those_with_its_prefix() {
        let form = form(&[
            ("q1.r.1", "a"),
            ("q11.r.1", "b"),
            ("q1.sequence", "3"),
            ("go", "2"),
        ]);
        assert_eq!(fields_of(&form, &prefix(1)), [("r.1".to_owned(), "a".to_owned())]);
    }
}
