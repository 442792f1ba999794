//! The first words of a text.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events;

/// The beginning of a text without its marks, pictures and tables: at most
/// `most` characters, cut between words, with an ellipsis where it was cut.
#[must_use]
pub fn beginning(markdown: &str, most: usize) -> String {
    let mut text = String::new();
    let mut left_out = 0_usize;
    for event in events(markdown) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::Table(_) | Tag::FootnoteDefinition(_)) => left_out += 1,
            Event::End(TagEnd::Image | TagEnd::Table | TagEnd::FootnoteDefinition) => {
                left_out = left_out.saturating_sub(1);
            }
            Event::Text(piece) | Event::Code(piece) if left_out == 0 => text.push_str(&piece),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock) => {
                text.push(' ');
            }
            _ => {}
        }
        // Enough to cut from, whatever white space is taken out.
        if text.len() > most * 8 {
            break;
        }
    }
    let mut cut = String::new();
    for word in text.split_whitespace() {
        if cut.chars().count() + word.chars().count() + 1 > most {
            cut.push('…');
            return cut;
        }
        if !cut.is_empty() {
            cut.push(' ');
        }
        cut.push_str(word);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_is_words_alone() {
        assert_eq!(
            beginning(
                "# Rivers\n\n**Why** they *bend*.\n\n![A map](map.svg)\n\n- And `more`.\n- Yes",
                100
            ),
            "Rivers Why they bend. And more. Yes"
        );
        assert_eq!(beginning("One two three four", 10), "One two…");
        assert_eq!(beginning("Unbreakable", 5), "…");
        assert_eq!(beginning("", 5), "");
    }
}
