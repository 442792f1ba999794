//! In which form a question comes from another system.

use std::collections::BTreeSet;

use super::{
    cartridge, moodle,
    qti::{self, Import, Refusal, xml::Element},
};
use crate::text::text_enum;

text_enum! {
    /// The form of a document that holds questions.
    pub enum SourceKind {
        /// One item of QTI 2 or 3.
        Qti = "qti",
        /// A question bank of Moodle.
        Moodle = "moodle",
        /// A question bank or an assessment of a Common Cartridge (QTI 1.2).
        Cartridge = "cartridge",
    }
}

impl SourceKind {
    /// The form of a document, by its outermost element; QTI where it is no other,
    /// which then says what is wrong.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        match outermost(bytes) {
            Some("quiz") => Self::Moodle,
            Some("questestinterop") => Self::Cartridge,
            _ => Self::Qti,
        }
    }

    /// Takes a document of one question apart.
    pub fn open(self, bytes: &[u8]) -> Result<Document, Refusal> {
        let root = match self {
            Self::Qti => Element::parse(bytes),
            Self::Moodle => moodle::document(bytes),
            Self::Cartridge => cartridge::document(bytes),
        };
        Ok(Document {
            kind: self,
            root: root?,
        })
    }
}

/// A document of one question, taken apart once, whatever is then asked of it and
/// however often.
#[derive(Debug)]
pub struct Document {
    kind: SourceKind,
    root: Element,
}

impl Document {
    /// Reads the question; see [`qti::read()`], [`moodle::read()`] and
    /// [`cartridge::read()`].
    pub fn read(&self, file: &mut dyn FnMut(&str) -> Option<String>) -> Result<Import, Refusal> {
        match self.kind {
            SourceKind::Qti => qti::read::item(&self.root, file),
            SourceKind::Moodle => moodle::item(&self.root, file),
            SourceKind::Cartridge => cartridge::item(&self.root, file),
        }
    }

    /// The bytes of a file that stands in the document, by the path under which
    /// [`Self::read`] asked for it. Only Moodle's have such.
    #[must_use]
    pub fn embedded(&self, path: &str) -> Option<Vec<u8>> {
        match self.kind {
            SourceKind::Moodle => moodle::embedded(&self.root, path),
            SourceKind::Qti | SourceKind::Cartridge => None,
        }
    }

    /// Whatever it may call a file by, whether it can be read or not.
    #[must_use]
    pub fn addresses(&self) -> BTreeSet<String> {
        qti::addresses(&self.root)
    }
}

/// The name of the outermost element, after what may stand before it.
fn outermost(bytes: &[u8]) -> Option<&str> {
    // What stands before it is short in every file that somebody means.
    let mut end = bytes.len().min(4096);
    let text = loop {
        match std::str::from_utf8(&bytes[..end]) {
            Ok(text) => break text,
            // A letter that was cut in two.
            Err(cause) if cause.error_len().is_none() => end = cause.valid_up_to(),
            Err(_) => return None,
        }
    };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = rest.strip_prefix('<')?;
        let end = match after.as_bytes().first()? {
            b'?' => "?>",
            b'!' if after.starts_with("!--") => "-->",
            b'!' => return None,
            _ => {
                let end = after.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
                let name = &after[..end.unwrap_or(after.len())];
                return Some(name.rsplit(':').next().unwrap_or(name));
            }
        };
        rest = after.split_once(end)?.1.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_known_by_its_outermost_element() {
        for (text, kind) in [
            (
                "\u{feff}<?xml version='1.0'?>\n<!-- <a> -->\n<quiz>",
                SourceKind::Moodle,
            ),
            ("<quiz/>", SourceKind::Moodle),
            ("<questestinterop xmlns='x'>", SourceKind::Cartridge),
            ("<q:assessmentItem>", SourceKind::Qti),
            ("<!DOCTYPE quiz><quiz>", SourceKind::Qti),
            ("<quizzes>", SourceKind::Qti),
            ("", SourceKind::Qti),
        ] {
            assert_eq!(SourceKind::of(text.as_bytes()), kind, "{text}");
        }
        assert_eq!(SourceKind::of(b"<\xff"), SourceKind::Qti);
    }
}
