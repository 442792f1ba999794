use unicode_normalization::UnicodeNormalization;

use crate::text::text_type;

/// What authors call a file when they put it into a text: `images/tides.svg`.
/// Up to 100 letters, digits and `. - _`, in folders if wanted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

/// Why a file name was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileNameProblem {
    /// Nothing.
    #[error("file-name-empty")]
    Empty,
    /// More than [`FileName::MAX_CHARS`] characters.
    #[error("file-name-too-long")]
    TooLong,
    /// A character that does not belong into a file name, or a part without any letter or digit.
    #[error("file-name-character")]
    Character,
}

impl FileName {
    /// The most characters.
    pub const MAX_CHARS: usize = 100;

    /// Normalises (NFC) and checks.
    pub fn parse(text: &str) -> Result<Self, FileNameProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FileNameProblem::Empty);
        }
        if text.len() > Self::MAX_CHARS * 4 {
            return Err(FileNameProblem::TooLong);
        }
        let name: String = text.nfc().collect();
        if name.chars().count() > Self::MAX_CHARS {
            return Err(FileNameProblem::TooLong);
        }
        let is_part = |part: &str| {
            part.starts_with(char::is_alphanumeric)
                && part.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c))
        };
        if name.split('/').all(is_part) {
            Ok(Self(name))
        } else {
            Err(FileNameProblem::Character)
        }
    }

    /// A name made of what a browser sent along with a file: the last part of a
    /// path, other characters than those of a name as hyphens.
    pub fn tidy(text: &str) -> Result<Self, FileNameProblem> {
        let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
        let mut name = String::new();
        for c in last.nfc() {
            if c.is_alphanumeric() || ".-_".contains(c) {
                name.push(c);
            } else if !name.ends_with('-') {
                name.push('-');
            }
        }
        Self::parse(name.trim_matches(|c| ".-_".contains(c)))
    }

    /// The name with another ending.
    #[must_use]
    pub fn with_ending(&self, ending: &str) -> Self {
        Self(format!("{}.{ending}", self.stem()))
    }

    /// The name without its ending.
    #[must_use]
    pub fn stem(&self) -> &str {
        match self.0.rsplit_once('.') {
            Some((stem, ending)) if !ending.contains('/') => stem,
            _ => &self.0,
        }
    }

    /// The ending, in lower case: `svg`. Empty if there is none.
    #[must_use]
    pub fn ending(&self) -> String {
        self.0[self.stem().len()..]
            .trim_start_matches('.')
            .to_ascii_lowercase()
    }
}

text_type!(FileName, FileNameProblem);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_letters_digits_and_few_marks_in_folders() {
        for text in ["images/tides.svg", "Übung_1.pdf", "a", "v1.2/intro.mp4"] {
            assert_eq!(FileName::parse(text).unwrap().as_str(), text);
        }
        for (text, problem) in [
            ("", FileNameProblem::Empty),
            ("../secret", FileNameProblem::Character),
            ("/etc/passwd", FileNameProblem::Character),
            ("images//x.svg", FileNameProblem::Character),
            (".htaccess", FileNameProblem::Character),
            ("a b.png", FileNameProblem::Character),
            ("x\u{202e}gpj.exe", FileNameProblem::Character),
        ] {
            assert_eq!(FileName::parse(text), Err(problem), "{text:?}");
        }
        assert_eq!(FileName::parse(&"a".repeat(101)), Err(FileNameProblem::TooLong));
    }

    #[test]
    fn what_a_browser_sends_becomes_a_name() {
        for (sent, name) in [
            ("C:\\Pictures\\My holiday (1).JPG", "My-holiday-1-.JPG"),
            ("../../etc/passwd", "passwd"),
            ("  ", ""),
            ("...", ""),
        ] {
            let tidy = FileName::tidy(sent);
            assert_eq!(tidy.map(|name| name.to_string()).unwrap_or_default(), name);
        }
    }

    #[test]
    fn a_name_has_a_stem_and_an_ending() {
        let name = FileName::parse("v1.2/intro.MP4").unwrap();
        assert_eq!((name.stem(), name.ending().as_str()), ("v1.2/intro", "mp4"));
        assert_eq!(name.with_ending("vtt").as_str(), "v1.2/intro.vtt");
        let bare = FileName::parse("v1.2/intro").unwrap();
        assert_eq!((bare.stem(), bare.ending().as_str()), ("v1.2/intro", ""));
    }
}
