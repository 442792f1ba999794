//! Words set in lines. The typeface is `DejaVu` Serif: Latin, Greek and Cyrillic.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face as Shapes, UnicodeBuffer};

/// Words in a line that are weighed; no line of a page has as many.
const MOST_WORDS: usize = 4_000;

/// Why a text is not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotSet {
    /// The typeface has not all of its letters.
    #[error("the typeface lacks a letter")]
    Letter,
    /// The typeface itself cannot be read.
    #[error("the typeface cannot be read")]
    Typeface,
}

/// A weight of the typeface.
pub(super) struct Face {
    pub(super) font: Font,
    shapes: Shapes<'static>,
    units: f32,
}

/// A line of text, shaped.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// In parts of the letters' size.
    pub(super) width: f32,
}

impl Face {
    pub(super) fn regular() -> Result<Self, NotSet> {
        Self::read(dejavu::serif::regular())
    }

    pub(super) fn bold() -> Result<Self, NotSet> {
        Self::read(dejavu::serif::bold())
    }

    fn read(bytes: &'static [u8]) -> Result<Self, NotSet> {
        let font = Font::new(bytes.into(), 0).ok_or(NotSet::Typeface)?;
        Ok(Self {
            units: font.units_per_em(),
            shapes: Shapes::from_slice(bytes, 0).ok_or(NotSet::Typeface)?,
            font,
        })
    }

    /// `text` in one line, from left to right.
    pub(super) fn line(&self, text: &str) -> Result<Line, NotSet> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        // What is read from right to left has no letters in this typeface either.
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.shapes, &[], buffer);
        let starts: Vec<usize> = shaped
            .glyph_infos()
            .iter()
            .filter_map(|glyph| usize::try_from(glyph.cluster).ok())
            .collect();
        let glyphs: Vec<KrillaGlyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .zip(&starts)
            .map(|((glyph, position), start)| {
                let end = starts.iter().find(|next| *next > start).copied();
                KrillaGlyph::new(
                    GlyphId::new(glyph.glyph_id),
                    self.ems(position.x_advance),
                    self.ems(position.x_offset),
                    self.ems(position.y_offset),
                    self.ems(position.y_advance),
                    *start..end.unwrap_or(text.len()),
                    None,
                )
            })
            .collect();
        if shaped.glyph_infos().iter().any(|glyph| glyph.glyph_id == 0) {
            return Err(NotSet::Letter);
        }
        Ok(Line {
            width: glyphs.iter().map(|glyph| glyph.x_advance).sum(),
            text: text.to_owned(),
            glyphs,
        })
    }

    /// `text` in lines that are at most `width` wide, in parts of the letters' size.
    pub(super) fn lines(&self, text: &str, width: f32) -> Result<Vec<Line>, NotSet> {
        let space = self.line(" ")?.width;
        let mut lines: Vec<String> = Vec::new();
        let mut used = f32::INFINITY;
        for word in text.split_whitespace().take(MOST_WORDS) {
            for piece in self.pieces(word, width)? {
                let needed = self.line(&piece)?.width;
                match lines.last_mut() {
                    Some(line) if used + space + needed <= width => {
                        line.push(' ');
                        line.push_str(&piece);
                        used += space + needed;
                    }
                    _ => {
                        lines.push(piece);
                        used = needed;
                    }
                }
            }
        }
        let last = lines.len().saturating_sub(1);
        let lines = lines.into_iter().enumerate().map(|(at, mut line)| {
            // For whoever reads it out or copies it, a line's end separates words too.
            if at < last {
                line.push(' ');
            }
            self.line(&line)
        });
        lines.collect()
    }

    /// `word`, in several pieces if no line could hold it.
    fn pieces(&self, word: &str, width: f32) -> Result<Vec<String>, NotSet> {
        if self.line(word)?.width <= width {
            return Ok(vec![word.to_owned()]);
        }
        let mut pieces = vec![String::new()];
        let mut used = 0.0;
        for letter in word.chars() {
            let needed = self.line(letter.encode_utf8(&mut [0; 4]))?.width;
            if used + needed > width {
                pieces.push(String::new());
                used = 0.0;
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(letter);
            }
            used += needed;
        }
        Ok(pieces)
    }

    fn ems(&self, units: i32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "advances are a few thousand units")]
        let units = units as f32;
        units / self.units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_set_in_lines_that_fit_and_lose_no_letter() {
        let face = Face::regular().unwrap();
        let text = "Łucja Śródlądowa Αθηνά Ольга: finds a percentage of an amountwithoutanyspaceinit at last";
        let lines = face.lines(text, 12.0).unwrap();
        assert!(lines.len() > 3 && lines.iter().all(|line| line.width <= 12.5));
        let together: String = lines.iter().map(|line| line.text.replace(' ', "")).collect();
        assert_eq!(together, text.replace(' ', ""));
    }

    #[test]
    fn a_letter_that_the_typeface_lacks_is_not_made_a_box() {
        let face = Face::bold().unwrap();
        for text in ["مريم", "海", "Ada 🪁"] {
            assert_eq!(face.lines(text, 40.0).err(), Some(NotSet::Letter), "{text}");
        }
    }
}
