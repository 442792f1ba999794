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

/// A row's buttons, without script: `move` says which row goes up or down.
pub(super) fn moved(form: Form) -> Form {
    let Some((way, field)) = form.text("move").split_once(' ') else {
        return form;
    };
    let Some((group, _)) = field.rsplit_once('.') else {
        return form;
    };
    let mut rows: Vec<String> = form
        .iter()
        .filter(|(name, _)| name.rsplit_once('.').is_some_and(|(of, _)| of == group))
        .map(|(name, _)| name.to_owned())
        .collect();
    let Some(from) = rows.iter().position(|name| name == field) else {
        return form;
    };
    let to = if way == "up" {
        from.saturating_sub(1)
    } else {
        (from + 1).min(rows.len() - 1)
    };
    rows.swap(from, to);
    let place = |name: &str| {
        rows.iter()
            .position(|row| row == name)
            .map(|place| (place + 1).to_string())
    };
    let placed = form
        .iter()
        .map(|(name, value)| (name.to_owned(), place(name).unwrap_or_else(|| value.to_owned())));
    Form::filled(placed.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form::filled(fields.iter().copied())
    }

    #[test]
    fn a_rows_button_moves_it_one_place_and_numbers_all() {
        let rows = [("q0.r.1.a", ""), ("q0.r.1.b", ""), ("q0.r.1.c", "")];
        for (step, places) in [
            ("up q0.r.1.b", ["2", "1", "3"]),
            ("down q0.r.1.a", ["2", "1", "3"]),
            ("up q0.r.1.a", ["1", "2", "3"]),
            ("down q0.r.1.c", ["1", "2", "3"]),
        ] {
            let sent: Vec<_> = rows.iter().copied().chain([("move", step)]).collect();
            let form = moved(form(&sent));
            assert_eq!(rows.map(|(name, _)| form.text(name).to_owned()), places, "{step}");
        }
        assert_eq!(
            moved(form(&[("q0.r.1.a", "2"), ("move", "up q9.r.1.z")])).text("q0.r.1.a"),
            "2"
        );
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
