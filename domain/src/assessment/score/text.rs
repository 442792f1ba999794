//! Taking away what doesn't matter in a text.

use unicode_normalization::UnicodeNormalization;

use crate::assessment::{Comparison, WhiteSpace};

/// How texts are made comparable.
#[derive(Debug, Clone, Copy)]
pub(in crate::assessment) struct Normal {
    ignore_case: bool,
    ignore_accents: bool,
    white_space: Option<WhiteSpace>,
}

impl Normal {
    /// The strictest there is.
    pub(in crate::assessment) const fn strict() -> Self {
        Self {
            ignore_case: false,
            ignore_accents: false,
            white_space: None,
        }
    }

    /// The same, but for case.
    pub(in crate::assessment) const fn without_case() -> Self {
        Self {
            ignore_case: true,
            ..Self::strict()
        }
    }

    /// The rules of a comparison; for all but texts, the strictest.
    pub(in crate::assessment) fn of(comparison: &Comparison) -> Self {
        match comparison {
            Comparison::Text(rules) => Self {
                ignore_case: rules.ignore_case,
                ignore_accents: rules.ignore_accents,
                white_space: Some(rules.white_space),
            },
            Comparison::Exact | Comparison::Number(_) => Self::strict(),
        }
    }

    /// The text in its comparable form: two texts are the same if these are.
    pub(in crate::assessment) fn form(self, text: &str) -> String {
        let text = self.untrimmed(text);
        match self.white_space {
            None => text.trim().to_owned(),
            Some(WhiteSpace::Collapse) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Some(WhiteSpace::Ignore) => text,
        }
    }

    /// The same with the white space that it has outside and between words.
    pub(in crate::assessment) fn untrimmed(self, text: &str) -> String {
        let mut text: String = text
            .chars()
            .filter(|c| !invisible(*c))
            .map(plain)
            .nfkc()
            // A ligature may hold what keyboards put in: ŉ is ʼ and n.
            .map(plain)
            .collect();
        if self.white_space == Some(WhiteSpace::Ignore) {
            // First of all: a mark that stood alone, after a space, belongs to the
            // letter before it now.
            text = text.split_whitespace().collect::<String>().nfkc().collect();
        }
        if self.ignore_case {
            // Upper case first: ß becomes SS, and ſ and ς become what they are.
            // The dot that İ leaves behind goes with the case.
            let lower = text.to_uppercase().to_lowercase().replace("i\u{307}", "i");
            text = lower.nfkc().collect();
        }
        if self.ignore_accents {
            text = text.nfd().filter(|c| !accent(*c)).nfc().collect();
        }
        text
    }
}

/// Soft hyphens, joiners, direction marks: pasted along, never meant.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// The typewriter's form of what keyboards put in by themselves.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | 'ʼ' | '´' => '\'',
        '“' | '”' | '„' => '"',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        c => c,
    }
}

/// Marks on Latin, Greek and Cyrillic letters. Not every combining mark: vowel
/// signs of Indic scripts are letters.
fn accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::assessment::TextRules;

    fn same(a: &str, b: &str, rules: &TextRules) -> bool {
        let normal = Normal::of(&Comparison::Text(rules.clone()));
        normal.form(a) == normal.form(b)
    }

    #[test]
    fn what_a_keyboard_or_a_paste_puts_in_never_matters() {
        let rules = TextRules {
            ignore_case: false,
            ..TextRules::default()
        };
        for (a, b) in [
            ("don’t", "don't"),
            (" two  words ", "two\u{a0}words"),
            ("e\u{301}", "é"),
            ("ﬁne", "fine"),
            ("soft\u{ad}ly", "softly"),
            ("a–b", "a-b"),
            ("ŉ", "'n"),
        ] {
            assert!(same(a, b, &rules), "{a:?} and {b:?}");
        }
        assert!(!same("Paris", "paris", &rules));
    }

    #[test]
    fn case_and_accents_are_ignored_only_where_the_author_says_so() {
        let case = TextRules::default();
        for (a, b) in [
            ("PARIS", "paris"),
            ("STRASSE", "straße"),
            ("ΟΔΟΣ", "οδος"),
            ("İstanbul", "istanbul"),
        ] {
            assert!(same(a, b, &case), "{a:?} and {b:?}");
        }
        assert!(!same("café", "cafe", &case));
        let accents = TextRules {
            ignore_accents: true,
            ..TextRules::default()
        };
        assert!(same("Café", "cafe", &accents));
        assert!(!same("कि", "क", &accents), "a vowel sign is a letter");
    }

    #[test]
    fn white_space_can_be_left_out_of_account() {
        let ignore = TextRules {
            white_space: WhiteSpace::Ignore,
            ..TextRules::default()
        };
        assert!(same("x + 1", "x+1", &ignore));
        assert!(!same("x + 1", "x+1", &TextRules::default()));
        // In its compatible form, a mark that stands alone has a space before it.
        for (apart, together) in [("E¨", "ë"), ("i˙", "i")] {
            assert!(same(apart, together, &ignore), "{apart}");
        }
    }

    proptest! {
        #[test]
        fn a_comparable_form_is_its_own_form(
            text in ".{0,40}", ignore_case: bool, ignore_accents: bool, ignore_space: bool,
        ) {
            let white_space = if ignore_space { WhiteSpace::Ignore } else { WhiteSpace::Collapse };
            let rules = TextRules { variants: Vec::new(), ignore_case, ignore_accents, white_space };
            let normal = Normal::of(&Comparison::Text(rules));
            let once = normal.form(&text);
            prop_assert_eq!(normal.form(&once), once);
        }
    }
}
