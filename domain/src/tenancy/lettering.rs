//! Text in a picture, for renderers of which nothing is known.

use std::fmt::{self, Display, Formatter};

use super::Colour;
use crate::text::is_unprintable;

/// A few centred lines in a badge's picture, in the largest size in which they fit.
pub(super) struct Lettering<'a> {
    pub(super) text: &'a str,
    /// The height in the picture around which the lines stand.
    pub(super) middle: f64,
    pub(super) colour: Colour,
}

impl Display for Lettering<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() {
            return Ok(());
        }
        let fits = SIZES.iter().find_map(|(size, most)| {
            let lines = wrap(self.text, WIDEST / size);
            (lines.len() <= *most).then_some((*size, lines))
        });
        let (size, lines) = fits.unwrap_or_else(|| (SMALLEST, cut(wrap(self.text, WIDEST / SMALLEST), 3)));
        let step = size * 1.16;
        let above = lines.iter().skip(1).map(|_| step / 2.0).sum::<f64>();
        // A baseline stands below the middle of its letters.
        let mut baseline = self.middle - above + size * 0.35;
        for line in lines {
            write!(
                f,
                r#"<text x="256" y="{baseline:.1}" text-anchor="middle" font-family="'Noto Sans','DejaVu Sans',sans-serif" font-weight="600" font-size="{size}" fill="{}">{}</text>"#,
                self.colour,
                Escaped(&line)
            )?;
            baseline += step;
        }
        Ok(())
    }
}

/// How wide a line may be, so that it stays inside the rim where the ground is narrowest.
const WIDEST: f64 = 350.0;
/// Sizes of letters, and how many lines there is room for in each.
const SIZES: [(f64, usize); 4] = [(40.0, 1), (32.0, 2), (26.0, 3), (SMALLEST, 3)];
const SMALLEST: f64 = 22.0;

/// Breaks a name into lines of at most `width` times the size of its letters,
/// inside a word only if that is longer than a line.
fn wrap(name: &str, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in name.split_whitespace() {
        let line = lines.last().map_or("", String::as_str);
        let joined = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if advance(&joined) <= width {
            lines.pop();
            lines.push(joined);
            continue;
        }
        if !line.is_empty() {
            lines.push(String::new());
        }
        for c in word.chars() {
            if lines
                .last()
                .is_some_and(|line| advance(line) + advance_of(c) > width)
            {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
        }
    }
    lines
}

fn cut(mut lines: Vec<String>, most: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

fn advance(text: &str) -> f64 {
    text.chars().map(advance_of).sum()
}

/// About how wide a letter is in a wide bold face, in sizes of the letter. No
/// font is at hand here, and another machine would have another.
fn advance_of(c: char) -> f64 {
    match c {
        'm' | 'w' | 'M' | 'W' | '—' | '@' => 0.95,
        '\u{1100}'.. => 1.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | ' ' => 0.36,
        c if c.is_uppercase() => 0.74,
        _ => 0.62,
    }
}

/// What may stand in an XML 1.0 document, and has a place in a line.
pub(super) fn is_xml_text(c: char) -> bool {
    !is_unprintable(c) && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Text in XML.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&apos;"),
            c => write!(f, "{c}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_inside_only_if_they_must() {
        assert_eq!(wrap("Tide tables", 20.0), ["Tide tables"]);
        assert_eq!(wrap("Tide tables", 5.0), ["Tide", "tables"]);
        assert_eq!(wrap("ooooooooo", 3.0), ["oooo", "oooo", "o"]);
        assert_eq!(wrap("a ooooooooo", 3.0), ["a", "oooo", "oooo", "o"]);
    }

    #[test]
    fn a_text_is_set_as_large_as_it_fits() {
        let size = |text| {
            let svg = Lettering {
                text,
                middle: 0.0,
                colour: Colour::WHITE,
            }
            .to_string();
            SIZES
                .iter()
                .find(|(size, _)| svg.contains(&format!(r#"font-size="{size}""#)))
                .unwrap()
                .0
                .to_string()
        };
        assert_eq!(size("Knots"), "40");
        assert_eq!(size("Kitchen hygiene and safety"), "32");
        assert_eq!(size(&"navigation ".repeat(30)), "22");
    }
}
