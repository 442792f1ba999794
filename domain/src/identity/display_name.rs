use unicode_normalization::UnicodeNormalization;

use crate::text::{is_unprintable, text_type};

/// How a person is called on pages, in mails and on badges: 1 to 80
/// characters on one line, in Unicode NFC, with single spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String"))]
pub struct DisplayName(String);

/// Why a name was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// Nothing, or nothing that can be seen.
    #[error("name-empty")]
    Empty,
    /// More than [`DisplayName::MAX_CHARS`] characters.
    #[error("name-too-long")]
    TooLong,
    /// A control or direction character; see [`is_unprintable`].
    #[error("name-unprintable")]
    Unprintable,
}

impl DisplayName {
    /// The most characters (Unicode scalar values) that a name may have.
    pub const MAX_CHARS: usize = 80;

    /// Trims, joins runs of white space, and checks.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        // A character takes at most four bytes, and normalising what is far too long is work for nothing.
        if text.trim().len() > Self::MAX_CHARS * 4 {
            return Err(NameProblem::TooLong);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let name: String = words.join(" ").nfc().collect();
        if name.chars().any(is_unprintable) {
            return Err(NameProblem::Unprintable);
        }
        if !name.chars().any(char::is_alphanumeric) {
            return Err(NameProblem::Empty);
        }
        if name.chars().count() > Self::MAX_CHARS {
            return Err(NameProblem::TooLong);
        }
        Ok(Self(name))
    }
}

text_type!(DisplayName, NameProblem);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_keeps_its_letters_and_loses_its_padding() {
        for (typed, kept) in [
            ("  Ada  Lovelace-Byron ", "Ada Lovelace-Byron"),
            ("Zoe\u{308}", "Zoë"),
            ("李小明", "李小明"),
            // The zero-width non-joiner belongs to Persian spelling.
            ("نگار\u{200c}سادات", "نگار\u{200c}سادات"),
        ] {
            assert_eq!(DisplayName::parse(typed).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn a_name_that_deceives_or_says_nothing_is_refused() {
        for (typed, problem) in [
            ("", NameProblem::Empty),
            (" \t\n", NameProblem::Empty),
            ("--", NameProblem::Empty),
            ("\u{200c}\u{200d}", NameProblem::Empty),
            ("Ada\u{202e}nimdA", NameProblem::Unprintable),
            ("Ada\u{0}", NameProblem::Unprintable),
            ("\u{2067}Ada", NameProblem::Unprintable),
        ] {
            assert_eq!(DisplayName::parse(typed), Err(problem), "{typed:?}");
        }
        assert_eq!(DisplayName::parse(&"a".repeat(81)), Err(NameProblem::TooLong));
        assert!(DisplayName::parse(&"ü".repeat(80)).is_ok());
    }

    proptest! {
        #[test]
        fn what_was_taken_once_is_taken_again_unchanged(text in ".{0,100}") {
            if let Ok(name) = DisplayName::parse(&text) {
                prop_assert_eq!(DisplayName::parse(name.as_str()), Ok(name.clone()));
            }
        }
    }
}
