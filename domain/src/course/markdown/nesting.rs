//! A bound on how deep a text nests.

use pulldown_cmark::Event;

use super::Events;

/// Deeper than any text for people. The time that a reader of HTML takes grows
/// with the depth of each element.
const MAX_DEPTH: usize = 24;

/// The events without the elements that are nested too deep; what is in them stays.
pub(super) fn bounded(events: Events<'_>) -> Events<'_> {
    let mut depth = 0_usize;
    events
        .into_iter()
        .filter(|event| match event {
            Event::Start(_) => {
                depth += 1;
                depth <= MAX_DEPTH
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                depth < MAX_DEPTH
            }
            _ => true,
        })
        .collect()
}
