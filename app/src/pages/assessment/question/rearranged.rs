//! Buttons inside a question, without script: they send the form, and the page
//! comes back with the answer rearranged. None of them gives an answer.

use crate::form::Form;

/// No question has room for more places.
const MOST: usize = 100;

/// The form after a row was moved or a picture was pressed, and whether one was.
pub(crate) fn rearranged(form: Form) -> (Form, bool) {
    let is_moved = form.ticked("move");
    let (form, is_placed) = placed(moved(form));
    (form, is_moved || is_placed)
}

/// A row's buttons: `move` says which row goes up or down.
fn moved(form: Form) -> Form {
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

/// A picture that was pressed at `r.1.at.272.204.x` and `.y`, in pixels of one that
/// is 272 by 204: the first place without numbers gets them, or else the last.
///
/// Enter in another field presses the form's first button, and if that is a
/// picture, in its corner: nobody means that place.
fn placed(form: Form) -> (Form, bool) {
    let mut fields = Vec::new();
    let mut pressed: Vec<(String, [u32; 2], bool, u32)> = Vec::new();
    for (name, value) in form.iter() {
        match in_picture(name) {
            Some((field, sides, down)) => {
                pressed.push((field.to_owned(), sides, down, value.parse().unwrap_or(0)));
            }
            None => fields.push((name.to_owned(), value.to_owned())),
        }
    }
    if pressed.is_empty() {
        return (form, false);
    }
    let at = |wanted: bool| pressed.iter().find(|(_, _, down, _)| *down == wanted);
    if let (Some((field, [width, height], _, x)), Some((.., y))) = (at(false), at(true))
        && (*x, *y) != (0, 0)
    {
        let is_there = |place: usize| {
            fields
                .iter()
                .any(|(name, _)| *name == format!("{field}.{place}.x"))
        };
        let is_open = |place: &usize| {
            let of = [format!("{field}.{place}.x"), format!("{field}.{place}.y")];
            fields
                .iter()
                .all(|(name, value)| !of.contains(name) || value.trim().is_empty())
        };
        let places: Vec<usize> = (1..=MOST).take_while(|place| is_there(*place)).collect();
        if let Some(place) = places.iter().copied().find(is_open).or(places.last().copied()) {
            let numbers = [("x", percent(*x, *width)), ("y", percent(*y, *height))];
            for (axis, number) in numbers {
                let name = format!("{field}.{place}.{axis}");
                fields.retain(|(known, _)| *known != name);
                fields.push((name, number));
            }
            return (Form::filled(fields), true);
        }
    }
    (Form::filled(fields), false)
}

/// The question's field, how large its picture is, and whether it is the number down.
fn in_picture(name: &str) -> Option<(&str, [u32; 2], bool)> {
    let (name, axis) = name.rsplit_once('.')?;
    let (name, height) = name.rsplit_once('.')?;
    let (name, width) = name.rsplit_once('.')?;
    let field = name.strip_suffix(".at")?;
    let sides = [width.parse().ok()?, height.parse().ok()?];
    matches!(axis, "x" | "y").then_some((field, sides, axis == "y"))
}

/// So many pixels of so many, in percent with one decimal.
fn percent(pixels: u32, side: u32) -> String {
    let tenths = u64::from(pixels.min(side)) * 1_000 / u64::from(side.max(1));
    match (tenths / 10, tenths % 10) {
        (whole, 0) => whole.to_string(),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
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
            let (form, is_rearranged) = rearranged(form(&sent));
            assert!(is_rearranged);
            assert_eq!(rows.map(|(name, _)| form.text(name).to_owned()), places, "{step}");
        }
        let sent = form(&[("q0.r.1.a", "2"), ("move", "up q9.r.1.z")]);
        assert_eq!(rearranged(sent).0.text("q0.r.1.a"), "2");
    }

    #[test]
    fn a_press_fills_the_first_open_place_and_else_the_last() {
        for (typed, expected) in [
            (["", "", "", ""], ["25", "50", "", ""]),
            (["1", "2", "", ""], ["1", "2", "25", "50"]),
            (["1", "", "", ""], ["1", "", "25", "50"]),
            (["1", "2", "3", "4"], ["1", "2", "25", "50"]),
        ] {
            let names = ["q0.r.1.1.x", "q0.r.1.1.y", "q0.r.1.2.x", "q0.r.1.2.y"];
            let fields = names.into_iter().zip(typed);
            let pressed = [("q0.r.1.at.272.204.x", "68"), ("q0.r.1.at.272.204.y", "102")];
            let (form, is_placed) = rearranged(form(&fields.chain(pressed).collect::<Vec<_>>()));
            assert!(is_placed);
            assert_eq!(
                names.map(|name| form.text(name).to_owned()),
                expected,
                "{typed:?}"
            );
            assert!(form.iter().all(|(name, _)| !name.contains(".at.")));
        }
    }

    #[test]
    fn enter_in_a_field_is_no_press_and_leaves_nothing_of_the_picture() {
        let sent = [
            ("r.1.1.x", "7"),
            ("r.1.1.y", "8"),
            ("r.1.at.272.204.x", "0"),
            ("r.1.at.272.204.y", "0"),
        ];
        let (form, is_placed) = rearranged(form(&sent));
        assert!(!is_placed);
        assert_eq!(
            form.iter().collect::<Vec<_>>(),
            [("r.1.1.x", "7"), ("r.1.1.y", "8")]
        );
    }

    #[test]
    fn no_press_leads_out_of_the_picture() {
        assert_eq!(percent(9_999, 272), "100");
        assert_eq!(percent(5, 0), "0");
        assert_eq!(percent(1, 272), "0.3");
    }
}
