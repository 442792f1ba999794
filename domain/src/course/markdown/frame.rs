//! What each event is before anything else is done with it.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::Events;

/// HTML in a text is not trusted, and so it is text: authors see at once that it
/// does nothing, and no parser of HTML is fed what its author could unbalance.
pub(super) fn as_text(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        // A box that nobody can tick is a sign, not a control.
        Event::TaskListMarker(true) => Event::Text("☑ ".into()),
        Event::TaskListMarker(false) => Event::Text("☐ ".into()),
        other => other,
    }
}

/// Headings, so that the highest is the second level of the page.
pub(super) fn shifted_headings(mut events: Events<'_>) -> Events<'_> {
    let highest = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as usize),
        _ => None,
    });
    let Some(highest) = highest.min() else {
        return events;
    };
    let shifted = |level: HeadingLevel| {
        let level = (level as usize + 2 - highest).min(6);
        HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
    };
    for event in &mut events {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                *level = shifted(*level);
                *id = None;
            }
            Event::End(TagEnd::Heading(level)) => *level = shifted(*level),
            _ => {}
        }
    }
    events
}
