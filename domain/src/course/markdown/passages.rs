//! A text as passages without any form: for where there are only letters.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Events, events};

/// A paragraph, a heading, a line of code, or a point of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Its letters, in one line.
    pub text: String,
    /// Whether it begins a point of a list.
    pub is_point: bool,
}

/// The passages of a text, in order. What is inside of each other comes one
/// after the other.
#[must_use]
pub fn passages(markdown: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut current = Passage::default();
    let events: Events<'_> = events(markdown);
    for event in &events {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                current.text.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => current.text.push(' '),
            Event::Start(Tag::Item) => {
                close(&mut passages, &mut current);
                current.is_point = true;
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::List(_) | Tag::CodeBlock(_))
            | Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableCell,
            ) => close(&mut passages, &mut current),
            _ => {}
        }
    }
    close(&mut passages, &mut current);
    passages
}

/// A point whose own paragraph has yet to begin stays open.
fn close(passages: &mut Vec<Passage>, current: &mut Passage) {
    let text = current.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        passages.push(Passage {
            text,
            is_point: current.is_point,
        });
        *current = Passage::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_its_paragraphs_and_points() {
        let markdown = "# Ratios\n\nThe holder has\n\n- shown **this**\n  at last;\n- done\n\n  that\n\n  twice.\n\n`code` and $x$";
        let found = passages(markdown);
        let found: Vec<(&str, bool)> = found
            .iter()
            .map(|passage| (passage.text.as_str(), passage.is_point))
            .collect();
        assert_eq!(
            found,
            [
                ("Ratios", false),
                ("The holder has", false),
                ("shown this at last;", true),
                ("done", true),
                ("that", false),
                ("twice.", false),
                ("code and x", false),
            ]
        );
        assert_eq!(passages(" \n"), []);
    }
}
