//! Forms with rows that the author adds, moves and takes away. Each of these is
//! a submit button: the page comes back with what was typed, one row more or
//! less, and nothing stored.
//!
//! The fields of a row are named `PREFIX-NUMBER-PART`, from 0 and without gaps.

use crate::form::Form;

/// No form has more rows of a kind.
const MOST: usize = 60;

/// What the pressed button of an editor says (its field is `do`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Store the draft.
    Save,
    /// Store the draft and put it in force.
    Publish,
    /// Show what was typed, and store nothing.
    Show,
    /// A row more at the end of these.
    Add(String),
    /// Without that row.
    Remove(String, usize),
    /// That row one place further up.
    Up(String, usize),
    /// That row one place further down.
    Down(String, usize),
}

impl Deed {
    /// What the form asks for. A form without a button pressed is saved.
    pub(crate) fn of(form: &Form) -> Self {
        let said = form.text("do");
        let mut words = said.split(' ');
        let (verb, prefix) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default().to_owned(),
        );
        let row = words.next().and_then(|row| row.parse().ok());
        match (verb, row) {
            ("publish", _) => Self::Publish,
            ("show", _) => Self::Show,
            ("add", _) if !prefix.is_empty() => Self::Add(prefix),
            ("remove", Some(row)) => Self::Remove(prefix, row),
            ("up", Some(row)) => Self::Up(prefix, row),
            ("down", Some(row)) => Self::Down(prefix, row),
            _ => Self::Save,
        }
    }

    /// The form after a row was added, moved or taken away. A deed that is none
    /// of these changes nothing.
    pub(crate) fn done_to(&self, form: &Form) -> Form {
        match self {
            Self::Save | Self::Publish | Self::Show => form.clone(),
            Self::Add(prefix) => Rows(prefix).added(form),
            Self::Remove(prefix, gone) => Rows(prefix).moved(form, |row| {
                (row != *gone).then(|| if row > *gone { row - 1 } else { row })
            }),
            Self::Up(prefix, row) => Rows(prefix).swapped(form, row.wrapping_sub(1), *row),
            Self::Down(prefix, row) => Rows(prefix).swapped(form, *row, row.wrapping_add(1)),
        }
    }
}

/// The rows whose fields begin with this.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a>(pub(crate) &'a str);

impl Rows<'_> {
    /// How many rows the form has.
    pub(crate) fn count(self, form: &Form) -> usize {
        form.iter()
            .filter_map(|(name, _)| self.split(name))
            .map(|(row, _)| row + 1)
            .max()
            .unwrap_or(0)
    }

    /// The name of a field in a row.
    pub(crate) fn field(self, row: usize, part: &str) -> String {
        format!("{}-{row}-{part}", self.0)
    }

    /// The row and the part that a field's name says, if it is one of these.
    fn split<'n>(&self, name: &'n str) -> Option<(usize, &'n str)> {
        let (row, part) = name.strip_prefix(self.0)?.strip_prefix('-')?.split_once('-')?;
        row.parse().ok().filter(|row| *row < MOST).map(|row| (row, part))
    }

    fn added(self, form: &Form) -> Form {
        let row = self.count(form);
        let fields = form
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let new = (row < MOST).then(|| (self.field(row, "is"), String::new()));
        Form::filled(fields.chain(new))
    }

    fn swapped(self, form: &Form, upper: usize, lower: usize) -> Form {
        if lower == 0 || lower >= self.count(form) || upper >= lower {
            return form.clone();
        }
        self.moved(form, |row| {
            Some(match row {
                _ if row == upper => lower,
                _ if row == lower => upper,
                other => other,
            })
        })
    }

    /// Each row's fields under the number that `to` gives; without those rows for
    /// which it gives none. A field named `PREFIX` holds row numbers: the ticked
    /// one of radio buttons that go through all rows.
    fn moved(self, form: &Form, to: impl Fn(usize) -> Option<usize>) -> Form {
        let fields = form.iter().filter_map(|(name, value)| {
            if name == self.0 {
                let row = value.parse().ok().and_then(&to)?;
                return Some((name.to_owned(), row.to_string()));
            }
            match self.split(name) {
                Some((row, part)) => Some((self.field(to(row)?, part), value.to_owned())),
                None => Some((name.to_owned(), value.to_owned())),
            }
        });
        Form::filled(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        Form::filled([
            ("title", "T"),
            ("choice", "2"),
            ("choice-0-text", "a"),
            ("choice-1-text", "b"),
            ("choice-2-text", "c"),
            ("choice-2-level-0-text", "deep"),
        ])
    }

    fn after(deed: &str) -> (String, String) {
        let asked = Form::filled([("do", deed)]);
        let done = Deed::of(&asked).done_to(&form());
        let rows = Rows("choice").count(&done);
        let texts: Vec<_> = (0..rows)
            .map(|row| done.text(&format!("choice-{row}-text")).to_owned())
            .collect();
        (texts.join(","), done.text("choice").to_owned())
    }

    #[test]
    fn rows_are_added_removed_and_moved_with_all_that_was_typed() {
        for (deed, texts, chosen) in [
            ("add choice", "a,b,c,", "2"),
            ("remove choice 0", "b,c", "1"),
            ("remove choice 2", "a,b", ""),
            ("up choice 2", "a,c,b", "1"),
            ("down choice 0", "b,a,c", "2"),
            ("up choice 0", "a,b,c", "2"),
            ("down choice 2", "a,b,c", "2"),
            ("down choice 99", "a,b,c", "2"),
            ("save", "a,b,c", "2"),
            ("remove other 0", "a,b,c", "2"),
        ] {
            assert_eq!(after(deed), (texts.to_owned(), chosen.to_owned()), "{deed}");
        }
    }

    #[test]
    fn a_row_moves_with_the_rows_inside_it() {
        let asked = Form::filled([("do", "up choice 2")]);
        let moved = Deed::of(&asked).done_to(&form());
        assert_eq!(moved.text("choice-1-level-0-text"), "deep");
        assert_eq!(Rows("choice-1-level").count(&moved), 1);
    }

    #[test]
    fn no_form_grows_without_end() {
        let mut form = form();
        for _ in 0..100 {
            form = Deed::Add("choice".to_owned()).done_to(&form);
        }
        assert_eq!(Rows("choice").count(&form), MOST);
        let far = Form::filled([("choice-99999999-text", "x")]);
        assert_eq!(Rows("choice").count(&far), 0);
    }
}
