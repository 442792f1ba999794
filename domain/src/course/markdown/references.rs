//! What a text refers to.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Events, events};
use crate::course::FileName;

/// What a text refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    /// The names of the files that must be there for it to be whole.
    pub files: BTreeSet<String>,
    /// The names of files that are used where they are there: captions and transcripts of films.
    pub optional: BTreeSet<String>,
    /// The pictures without a description in words.
    pub without_description: Vec<String>,
}

/// The files that a text names, and what is missing from its pictures.
#[must_use]
pub fn references(markdown: &str) -> References {
    let mut found = References::default();
    let events: Events<'_> = events(markdown);
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                if !describes(&events[at + 1..]) {
                    found.without_description.push(dest_url.to_string());
                }
                found.add(dest_url);
            }
            Event::Start(Tag::Link { dest_url, .. }) if !leads_elsewhere(dest_url) => found.add(dest_url),
            _ => {}
        }
    }
    found
}

/// What the pictures of a text show, in their own words, one after the other.
#[must_use]
pub fn descriptions(markdown: &str) -> String {
    let mut inside = 0_usize;
    let mut words = String::new();
    for event in events(markdown) {
        match event {
            Event::Start(Tag::Image { .. }) => inside += 1,
            Event::End(TagEnd::Image) => {
                inside = inside.saturating_sub(1);
                words.push(' ');
            }
            Event::Text(text) | Event::Code(text) if inside > 0 => words.push_str(&text),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl References {
    fn add(&mut self, name: &str) {
        let name = name.strip_prefix("./").unwrap_or(name);
        if let Ok(parsed) = FileName::parse(name)
            && matches!(parsed.ending().as_str(), "mp4" | "webm")
        {
            for ending in ["vtt", "txt"] {
                self.optional.insert(parsed.with_ending(ending).to_string());
            }
        }
        self.files.insert(name.to_owned());
    }
}

fn leads_elsewhere(address: &str) -> bool {
    address.starts_with(['/', '#']) || address.contains(':')
}

fn describes(events: &[Event<'_>]) -> bool {
    events
        .iter()
        .take_while(|event| !matches!(event, Event::End(TagEnd::Image)))
        .any(|event| matches!(event, Event::Text(text) | Event::Code(text) if !text.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_told_in_their_own_words() {
        assert_eq!(
            descriptions("A ![red *crane*](a.png) and ![a lamp](b.png)"),
            "red crane a lamp"
        );
        assert_eq!(descriptions("No [picture](a.png)"), "");
    }

    #[test]
    fn a_text_names_its_files_and_its_gaps() {
        let found = references(
            "![A map](images/map.svg) ![](./bare.png) [Sheet](sheet.pdf) [Out](https://example.org)\n\n\
             [Here](#part) [There](/verify) ![Film](v/intro.mp4) `![code](no.png)`",
        );
        let names = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(
            names(&found.files),
            "bare.png images/map.svg sheet.pdf v/intro.mp4"
        );
        assert_eq!(names(&found.optional), "v/intro.txt v/intro.vtt");
        assert_eq!(found.without_description, ["./bare.png"]);
    }
}
