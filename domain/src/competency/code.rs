use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::text::text_type;

/// The short name of a competency or framework (CASE `humanCodingScheme`), as
/// people cite it: `HYG.2.b`. 1 to 40 letters, digits and `. - _ / :`, with a
/// letter or digit at each end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String"))]
pub struct Code(String);

/// Why a code was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeProblem {
    /// Nothing but white space.
    #[error("code-empty")]
    Empty,
    /// More than [`Code::MAX_CHARS`] characters.
    #[error("code-too-long")]
    TooLong,
    /// White space, or a mark that does not belong into a code or to its ends.
    #[error("code-character")]
    Character,
}

impl Code {
    /// The most characters a code may have.
    pub const MAX_CHARS: usize = 40;

    /// Trims, normalises (NFC) and checks.
    pub fn parse(text: &str) -> Result<Self, CodeProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(CodeProblem::Empty);
        }
        if text.len() > Self::MAX_CHARS * 4 {
            return Err(CodeProblem::TooLong);
        }
        let code: String = text.nfc().collect();
        if code.chars().count() > Self::MAX_CHARS {
            return Err(CodeProblem::TooLong);
        }
        let ends_well = code.starts_with(char::is_alphanumeric) && code.ends_with(char::is_alphanumeric);
        if ends_well && code.chars().all(|c| c.is_alphanumeric() || ".-_/:".contains(c)) {
            Ok(Self(code))
        } else {
            Err(CodeProblem::Character)
        }
    }
}

text_type!(Code, CodeProblem);

/// How demanding something is, from 1 (basic) to 8 (the forefront of a
/// field): the levels of the European Qualifications Framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

/// Not a level from 1 to 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("level-out-of-range")]
pub struct LevelOutOfRange;

impl Level {
    /// The highest level.
    pub const MAX: Self = Self(8);

    /// The level as a number from 1 to 8.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Level {
    type Error = LevelOutOfRange;

    fn try_from(level: u8) -> Result<Self, LevelOutOfRange> {
        if (1..=Self::MAX.0).contains(&level) {
            Ok(Self(level))
        } else {
            Err(LevelOutOfRange)
        }
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_what_people_cite() {
        for (typed, kept) in [
            (" HYG.2.b ", "HYG.2.b"),
            ("K-5/CC:NBT", "K-5/CC:NBT"),
            ("É1", "É1"),
            ("7", "7"),
        ] {
            assert_eq!(Code::parse(typed).unwrap().as_str(), kept);
        }
        for (typed, problem) in [
            ("  ", CodeProblem::Empty),
            ("A B", CodeProblem::Character),
            (".A", CodeProblem::Character),
            ("A-", CodeProblem::Character),
            ("A\u{202e}B", CodeProblem::Character),
            ("<b>", CodeProblem::Character),
        ] {
            assert_eq!(Code::parse(typed), Err(problem), "{typed:?}");
        }
        assert_eq!(Code::parse(&"A".repeat(41)), Err(CodeProblem::TooLong));
    }

    #[test]
    fn levels_run_from_one_to_eight() {
        assert!(Level::try_from(0).is_err());
        assert_eq!(Level::try_from(8).map(Level::get), Ok(8));
        assert!(Level::try_from(9).is_err());
        assert!(serde_json::from_str::<Level>("9").is_err());
    }
}
