//! Words of an author's own to find items by.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::text::{is_unprintable, text_type};

/// A word, or a few, that items are found by: in small letters, with single spaces,
/// of 1 to 40 characters, none of them a comma.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

/// Why tags were not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TagProblem {
    /// There is nothing in it.
    #[error("tag-empty")]
    Empty,
    /// More than [`Tag::MAX_CHARS`] characters.
    #[error("tag-too-long")]
    TooLong,
    /// A comma, which stands between tags, or what cannot be seen.
    #[error("tag-character")]
    Character,
    /// More than [`Tag::MOST`] of them.
    #[error("tags-too-many")]
    TooMany,
}

impl Tag {
    /// The most characters.
    pub const MAX_CHARS: usize = 40;
    /// An item has at most so many.
    pub const MOST: usize = 20;

    /// Reads a tag. However it was typed, one word is one tag: letters are made small
    /// and composed (Unicode's NFKC), and spaces are made one.
    pub fn parse(text: &str) -> Result<Self, TagProblem> {
        // What is this long cannot become short enough, and is not worth the work.
        if text.len() > Self::MAX_CHARS * 16 {
            return Err(TagProblem::TooLong);
        }
        // Small letters of composed ones may be such that can be composed again.
        let composed: String = text.nfkc().collect();
        let small: String = composed.to_lowercase().nfkc().collect();
        let words: Vec<&str> = small.split_whitespace().collect();
        let tag = words.join(" ");
        if tag.is_empty() {
            return Err(TagProblem::Empty);
        }
        if tag.chars().any(|c| c == ',' || is_unprintable(c)) {
            return Err(TagProblem::Character);
        }
        if tag.chars().count() > Self::MAX_CHARS {
            return Err(TagProblem::TooLong);
        }
        Ok(Self(tag))
    }

    /// Reads tags with commas or line ends between them; each counts once.
    pub fn parse_all(text: &str) -> Result<BTreeSet<Self>, TagProblem> {
        let mut tags = BTreeSet::new();
        for typed in text.split([',', '\n']).filter(|typed| !typed.trim().is_empty()) {
            tags.insert(Self::parse(typed)?);
            if tags.len() > Self::MOST {
                return Err(TagProblem::TooMany);
            }
        }
        Ok(tags)
    }
}

text_type!(Tag, TagProblem);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_word_is_one_tag_however_it_is_typed() {
        let tags =
            Tag::parse_all("Rivers, rivers ,  RIVERS,\u{ff32}ivers\nOpen  water, ,caf\u{e9},cafe\u{301}");
        let tags: Vec<String> = tags.unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(tags, ["café", "open water", "rivers"]);
        assert!(Tag::parse_all(" \n, ").unwrap().is_empty());
    }

    #[test]
    fn tags_are_bounded_and_seen() {
        let long = "x".repeat(Tag::MAX_CHARS);
        assert!(Tag::parse(&long).is_ok());
        assert_eq!(Tag::parse(&format!("{long}x")), Err(TagProblem::TooLong));
        assert_eq!(Tag::parse(&"x".repeat(1 << 20)), Err(TagProblem::TooLong));
        assert_eq!(Tag::parse(" \u{3000} "), Err(TagProblem::Empty));
        assert_eq!(Tag::parse("a,b"), Err(TagProblem::Character));
        // What looks like a comma in full width is one in the end.
        assert_eq!(Tag::parse("a\u{ff0c}b"), Err(TagProblem::Character));
        assert_eq!(Tag::parse("a\u{202e}b"), Err(TagProblem::Character));
        let many = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(
            Tag::parse_all(&many(Tag::MOST)).map(|tags| tags.len()),
            Ok(Tag::MOST)
        );
        assert_eq!(Tag::parse_all(&many(Tag::MOST + 1)), Err(TagProblem::TooMany));
    }

    proptest! {
        #[test]
        fn a_tag_that_was_taken_is_taken_again_as_it_is(text in ".{0,60}") {
            if let Ok(tag) = Tag::parse(&text) {
                prop_assert_eq!(Tag::parse(tag.as_str()), Ok(tag.clone()));
                prop_assert!((1..=Tag::MAX_CHARS).contains(&tag.as_str().chars().count()));
            }
        }
    }
}
