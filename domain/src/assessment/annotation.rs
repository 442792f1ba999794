//! Comments on places in a learner's text.

use std::{collections::BTreeSet, ops::Range};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{FieldFault, FieldFaultCode, limits};

/// What an assessor says of a part of a text. Parts may overlap and lie in each
/// other: a remark on a word does not forbid one on its paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Annotation {
    /// Before how many of the text's characters (not bytes) it begins.
    pub start: usize,
    /// Before how many it has ended.
    pub end: usize,
    /// What is said, as plain text.
    pub comment: String,
}

impl Annotation {
    /// Characters in what is said.
    pub const LONGEST: usize = limits::NOTE;
    /// Annotations of one text.
    pub const MOST: usize = limits::NOTES;

    /// What is said of a text from one of its [`sentences`] to another, counted from 1;
    /// of no place if it does not have them.
    #[must_use]
    pub fn on_sentences(text: &str, first: usize, last: usize, comment: String) -> Self {
        let all = sentences(text);
        let at = |number: usize| all.get(number.checked_sub(1)?);
        let place = at(first).zip(at(last));
        Self {
            start: place.map_or(0, |(first, _)| first.start),
            end: place.map_or(0, |(_, last)| last.end),
            comment,
        }
    }

    /// What tells it from the others of its text, as one word: its place, and a digest
    /// of what it says.
    #[must_use]
    pub fn key(&self) -> String {
        let digest = Sha256::digest(self.comment.as_bytes());
        let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{}-{digest}", self.start, self.end)
    }

    /// What is wrong with it as one more on `text`, which has `others` already: at
    /// `from` where it lies, at `note` what it says.
    #[must_use]
    pub fn check(&self, text: &str, others: usize) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if self.start >= self.end || self.end > text.chars().count() {
            faults.push(FieldFault::new("from", FieldFaultCode::NoPlace));
        }
        if self.comment.trim().is_empty() {
            faults.push(FieldFault::new("note", FieldFaultCode::NoComment));
        }
        if self.comment.chars().count() > Self::LONGEST {
            faults.push(FieldFault::new("note", FieldFaultCode::TooLong).with("max", &Self::LONGEST));
        }
        if others >= Self::MOST {
            faults.push(FieldFault::new("note", FieldFaultCode::TooManyNotes).with("max", &Self::MOST));
        }
        faults
    }
}

/// A piece of a text within which nothing begins and nothing ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment<'text> {
    /// What it says.
    pub text: &'text str,
    /// The annotations that it lies in, by their places in their list.
    pub within: Vec<usize>,
    /// Those of them that end with it.
    pub ends: Vec<usize>,
}

/// A text in pieces, so that each annotation covers whole ones. Joined, they are
/// the text; what lies outside of it is left out.
#[must_use]
pub fn segments<'text>(text: &'text str, annotations: &[Annotation]) -> Vec<Segment<'text>> {
    let length = text.chars().count();
    let places: Vec<Range<usize>> = annotations
        .iter()
        .map(|it| it.start.min(length)..it.end.min(length))
        .collect();
    let cuts: BTreeSet<usize> = places
        .iter()
        .filter(|place| !place.is_empty())
        .flat_map(|place| [place.start, place.end])
        .collect();
    let bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    let cuts = bytes
        .enumerate()
        .filter(|(at, _)| *at == length || cuts.contains(at));
    let mut segments = Vec::new();
    let mut begun = (0, 0);
    for (at, byte) in cuts {
        if at > begun.0
            && let Some(piece) = text.get(begun.1..byte)
        {
            let covers = |place: &Range<usize>| place.start <= begun.0 && at <= place.end;
            let all = || places.iter().enumerate().filter(|(_, place)| covers(place));
            segments.push(Segment {
                text: piece,
                within: all().map(|(index, _)| index).collect(),
                ends: all()
                    .filter(|(_, place)| place.end == at)
                    .map(|(index, _)| index)
                    .collect(),
            });
        }
        begun = (at, byte);
    }
    segments
}

/// The sentences of a text, as places in characters: in order, apart, without the
/// white space around them. A line's end ends one too. No text has more than
/// [`limits::SENTENCES`]; the last has what is left.
///
/// Somebody without script says by their numbers where a comment belongs. That an
/// abbreviation ends one too does no harm there.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<char> = text.chars().collect();
    let trimmed = |from: usize, to: usize| {
        let blank = chars[from..to].iter().rev().take_while(|c| c.is_whitespace());
        from..to - blank.count()
    };
    let mut found = Vec::new();
    let mut begun = None;
    // Of the sentence that has begun, the last character that closes nothing.
    let mut last = None;
    for (at, c) in chars.iter().enumerate() {
        if begun.is_none() && !c.is_whitespace() {
            begun = Some(at);
            last = None;
        }
        if !CLOSING.contains(c) {
            last = Some(*c);
        }
        if let Some(from) = begun
            && found.len() + 1 < limits::SENTENCES
            && is_end(last, chars.get(at + 1).copied())
        {
            found.push(trimmed(from, at + 1));
            begun = None;
        }
    }
    if let Some(from) = begun {
        found.push(trimmed(from, chars.len()));
    }
    found
}

/// What may stand between a stop and the end of its sentence.
const CLOSING: [char; 9] = [
    '"', '\'', ')', ']', '\u{bb}', '\u{2019}', '\u{201d}', '\u{300d}', '\u{300f}',
];

/// Whether a sentence has ended, of which `last` is the last character that closes
/// nothing, when `next` follows.
fn is_end(last: Option<char>, next: Option<char>) -> bool {
    let Some(next) = next else {
        return true;
    };
    if next == '\n' {
        return true;
    }
    match last {
        Some('.' | '!' | '?' | '\u{2026}') => next.is_whitespace(),
        // Where no spaces are written, the stop is enough.
        Some('\u{3002}' | '\u{ff01}' | '\u{ff1f}') => !CLOSING.contains(&next),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on(start: usize, end: usize) -> Annotation {
        Annotation {
            start,
            end,
            comment: "Why?".to_owned(),
        }
    }

    fn said(text: &str) -> Vec<String> {
        let part = |range: Range<usize>| text.chars().skip(range.start).take(range.len()).collect();
        sentences(text).into_iter().map(part).collect()
    }

    #[test]
    fn annotations_that_cross_cut_the_text_where_they_begin_and_end() {
        let pieces = segments("na\u{ef}ve river", &[on(0, 8), on(6, 11)]);
        let pieces: Vec<_> = pieces
            .iter()
            .map(|piece| (piece.text, piece.within.as_slice(), piece.ends.as_slice()))
            .collect();
        let expected: [(&str, &[usize], &[usize]); 3] = [
            ("na\u{ef}ve ", &[0], &[]),
            ("ri", &[0, 1], &[0]),
            ("ver", &[1], &[1]),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn sentences_end_with_a_stop_or_a_line() {
        assert_eq!(
            said("It rose 1.5 m. \u{201c}Why?\u{201d} Rain!\nNo stop here \n\n  Last "),
            [
                "It rose 1.5 m.",
                "\u{201c}Why?\u{201d}",
                "Rain!",
                "No stop here",
                "Last"
            ]
        );
        assert_eq!(
            said("\u{96e8}\u{3002}\u{5ddd}\u{3002}"),
            ["\u{96e8}\u{3002}", "\u{5ddd}\u{3002}"]
        );
        assert_eq!(said(" \n "), Vec::<String>::new());
    }

    #[test]
    fn a_text_of_closing_characters_alone_is_one_sentence_and_takes_no_time() {
        let text = ")".repeat(50_000);
        let whole = 0..50_000;
        assert_eq!(sentences(&text), [whole]);
        let text = format!("Why? {text} So.{text}\nNo.");
        let lengths: Vec<_> = sentences(&text).iter().map(Range::len).collect();
        assert_eq!(lengths, [4, 50_004 + 50_000, 3]);
    }

    #[test]
    fn a_key_tells_an_annotation_from_all_others() {
        let it = on(3, 5);
        assert_eq!(it.key(), it.clone().key());
        assert!(it.key().chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        let says_more = Annotation {
            comment: "Why so?".to_owned(),
            ..it.clone()
        };
        for other in [on(3, 6), on(2, 5), on(35, 5), says_more] {
            assert_ne!(other.key(), it.key());
        }
    }

    #[test]
    fn a_place_is_told_by_the_numbers_of_sentences() {
        let place = |first, last| {
            let it = Annotation::on_sentences("One. Two. Three.", first, last, String::new());
            it.start..it.end
        };
        assert_eq!(place(2, 3), 5..16);
        assert_eq!(place(1, 1), 0..4);
        for (first, last) in [(0, 1), (1, 4), (4, 4)] {
            assert_eq!(place(first, last), 0..0);
        }
        assert!(place(3, 1).is_empty());
    }

    #[test]
    fn an_annotation_has_a_place_and_says_something() {
        let codes = |it: &Annotation, others| -> Vec<_> {
            it.check("r\u{ed}o", others)
                .iter()
                .map(|fault| fault.code)
                .collect()
        };
        assert_eq!(codes(&on(0, 3), 0), []);
        for (start, end) in [(0, 4), (1, 1), (2, 1)] {
            assert_eq!(codes(&on(start, end), 0), [FieldFaultCode::NoPlace]);
        }
        let comment = |comment: &str| Annotation {
            comment: comment.to_owned(),
            ..on(0, 1)
        };
        assert_eq!(codes(&comment(" \n"), 0), [FieldFaultCode::NoComment]);
        let long = "x".repeat(Annotation::LONGEST + 1);
        assert_eq!(codes(&comment(&long), 0), [FieldFaultCode::TooLong]);
        assert_eq!(codes(&on(0, 1), Annotation::MOST), [FieldFaultCode::TooManyNotes]);
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text_and_each_annotation_is_whole_ones(
            text in "\\PC{0,40}",
            places in prop::collection::vec((0_usize..50, 0_usize..50), 0..8),
        ) {
            let annotations: Vec<_> = places.iter().map(|(start, end)| on(*start, *end)).collect();
            let pieces = segments(&text, &annotations);
            let joined: String = pieces.iter().map(|piece| piece.text).collect();
            prop_assert_eq!(&joined, &text);
            for (index, annotation) in annotations.iter().enumerate() {
                let covered: String = pieces
                    .iter()
                    .filter(|piece| piece.within.contains(&index))
                    .map(|piece| piece.text)
                    .collect();
                let meant: String = text
                    .chars()
                    .skip(annotation.start)
                    .take(annotation.end.saturating_sub(annotation.start))
                    .collect();
                prop_assert_eq!(covered.as_str(), meant.as_str());
                let ends = pieces.iter().filter(|piece| piece.ends.contains(&index)).count();
                prop_assert_eq!(ends, usize::from(!meant.is_empty()));
            }
        }

        #[test]
        fn sentences_leave_out_nothing_but_white_space(text in "[a-z\u{e9}\u{96e8}.!?\u{3002}\"\u{201d} \n]{0,80}") {
            let chars: Vec<char> = text.chars().collect();
            let mut before = 0;
            for sentence in sentences(&text) {
                prop_assert!(before <= sentence.start && sentence.start < sentence.end);
                prop_assert!(chars[before..sentence.start].iter().all(|c| c.is_whitespace()));
                before = sentence.end;
            }
            prop_assert!(chars[before..].iter().all(|c| c.is_whitespace()));
        }

        #[test]
        fn a_text_has_no_more_sentences_than_can_be_shown(count in 0_usize..2_000) {
            let text = "a. ".repeat(count);
            let found = sentences(&text);
            prop_assert_eq!(found.len(), count.min(limits::SENTENCES));
            prop_assert_eq!(found.last().map_or(0, |last| last.end), text.trim_end().len());
        }
    }
}
