//! What the pressed button of a marking form asks for.

use domain::assessment::Identifier;

use crate::form::Form;

/// What the pressed button asks for (its field is `do`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deed {
    /// Give the mark.
    Mark,
    /// Give the piece back, and drop what was begun.
    Drop,
    /// Keep what was typed, and then something more.
    Keep(Then),
}

/// What is done once the draft is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Then {
    /// Nothing.
    Stay,
    /// Give the piece back.
    Release,
    /// Give it back, and take the one after it.
    Skip,
    /// Put a saved comment into the one on this response.
    Insert(Identifier),
    /// Save the comment on this response for another time.
    SaveComment(Identifier),
    /// Say something of a place in this response's text.
    Note(Identifier),
    /// Take back what was said of a place, by its key.
    RemoveNote(Identifier, String),
}

impl Deed {
    /// What the form asks for. A form without a button pressed gives the mark; with
    /// one that nobody knows, it is kept.
    pub(super) fn of(form: &Form) -> Self {
        let mut words = form.text("do").split(' ');
        let verb = words.next().unwrap_or_default();
        let response = words.next().and_then(|word| word.parse().ok());
        let key = words.next();
        let then = match (verb, response, key) {
            ("", ..) => return Self::Mark,
            ("drop", ..) => return Self::Drop,
            ("release", ..) => Then::Release,
            ("skip", ..) => Then::Skip,
            ("insert", Some(response), _) => Then::Insert(response),
            ("save", Some(response), _) => Then::SaveComment(response),
            ("note", Some(response), _) => Then::Note(response),
            ("remove-note", Some(response), Some(key)) => Then::RemoveNote(response, key.to_owned()),
            _ => Then::Stay,
        };
        Self::Keep(then)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_what_to_do_and_with_what() {
        let of = |said: &str| Deed::of(&Form::filled([("do", said)]));
        assert_eq!(Deed::of(&Form::default()), Deed::Mark);
        assert_eq!(of("skip"), Deed::Keep(Then::Skip));
        assert_eq!(of("note R"), Deed::Keep(Then::Note("R".parse().unwrap())));
        let remove = Then::RemoveNote("R".parse().unwrap(), "3-5-ab".to_owned());
        assert_eq!(of("remove-note R 3-5-ab"), Deed::Keep(remove));
        for unknown in ["dance", "draft", "note", "note 1x", "remove-note R"] {
            assert_eq!(of(unknown), Deed::Keep(Then::Stay), "{unknown}");
        }
    }
}
