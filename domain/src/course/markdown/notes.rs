//! Footnotes, numbered as they are mentioned, at the end of the text.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Events, html};

/// References as numbers that lead to the notes, and the notes at the end. A
/// note that nothing mentions is left out.
pub(super) fn at_the_end(events: Events<'_>) -> Events<'_> {
    let (text, mut notes) = apart(events);
    let mut order = Order::default();
    let mut drawn = order.numbered(text, &notes);
    let mut list = Vec::new();
    let mut next = 0;
    // Notes may mention notes, which are then added to the end of the order.
    while let Some(name) = order.names.get(next).cloned() {
        let note = notes.remove(&name).unwrap_or_default();
        next += 1;
        list.push(html(format!(r#"<li id="note-{next}">"#)));
        // Its own name stays known while its text is drawn.
        notes.insert(name, Vec::new());
        list.extend(order.numbered(note, &notes));
        list.push(html("</li>"));
    }
    if !list.is_empty() {
        drawn.push(html(r#"<ol class="notes">"#));
        drawn.append(&mut list);
        drawn.push(html("</ol>"));
    }
    drawn
}

/// The text, and beside it each note by its name.
fn apart(events: Events<'_>) -> (Events<'_>, HashMap<CowStr<'_>, Events<'_>>) {
    let mut text = Vec::with_capacity(events.len());
    let mut notes = HashMap::new();
    let mut open: Option<(CowStr<'_>, Events<'_>)> = None;
    for event in events {
        match (event, &mut open) {
            (Event::Start(Tag::FootnoteDefinition(name)), None) => open = Some((name, Vec::new())),
            (Event::End(TagEnd::FootnoteDefinition), _) => {
                if let Some((name, note)) = open.take() {
                    notes.entry(name).or_insert(note);
                }
            }
            (Event::Start(Tag::FootnoteDefinition(_)), Some(_)) => {}
            (event, Some((_, note))) => note.push(event),
            (event, None) => text.push(event),
        }
    }
    (text, notes)
}

/// The notes in the order of their first mention.
#[derive(Default)]
struct Order<'a> {
    names: Vec<CowStr<'a>>,
    numbers: HashMap<CowStr<'a>, usize>,
}

impl<'a> Order<'a> {
    /// The events, each reference as the number of its note.
    fn numbered(&mut self, events: Events<'a>, notes: &HashMap<CowStr<'a>, Events<'a>>) -> Events<'a> {
        events
            .into_iter()
            .map(|event| match event {
                Event::FootnoteReference(name) if notes.contains_key(&name) => {
                    let number = self.number(name);
                    html(format!(r##"<sup><a href="#note-{number}">{number}</a></sup>"##))
                }
                Event::FootnoteReference(name) => Event::Text(name),
                other => other,
            })
            .collect()
    }

    fn number(&mut self, name: CowStr<'a>) -> usize {
        *self.numbers.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            self.names.len()
        })
    }
}
