//! Pictures, films and links, with the addresses of the files that they name.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::{Events, FileLinks, Words, attribute, html};
use crate::course::FileName;

/// Pictures and films by the addresses of their files; those that stand alone
/// in a paragraph as figures. Links to files likewise; a link that leads
/// nowhere is its text.
pub(super) fn resolved<'a>(events: Events<'a>, files: &FileLinks, words: &Words) -> Events<'a> {
    let mut drawn = Vec::with_capacity(events.len());
    let mut open_links = Vec::new();
    let mut rest = events.into_iter().peekable();
    while let Some(event) = rest.next() {
        match event {
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let alt = plain_text(&mut rest);
                let medium = Medium {
                    name: dest_url,
                    title,
                    alt,
                };
                let alone = matches!(drawn.last(), Some(Event::Start(Tag::Paragraph)))
                    && matches!(rest.peek(), Some(Event::End(TagEnd::Paragraph)));
                match medium.figure(files, words) {
                    Some(figure) if alone => {
                        drawn.pop();
                        rest.next();
                        drawn.push(html(format!("<figure>{figure}</figure>\n")));
                    }
                    _ => drawn.push(html(medium.inline(files, words))),
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let address = link(&dest_url, files);
                open_links.push(address.is_some());
                if let Some(address) = address {
                    drawn.push(html(format!(r#"<a href="{}">"#, attribute(&address))));
                }
            }
            Event::End(TagEnd::Link) => {
                if open_links.pop() == Some(true) {
                    drawn.push(html("</a>"));
                }
            }
            // Code scrolls by itself, and so the keyboard has to reach it.
            Event::Start(Tag::CodeBlock(kind)) => drawn.push(html(code_block(&kind))),
            Event::End(TagEnd::CodeBlock) => drawn.push(html("</code></pre>\n")),
            other => drawn.push(other),
        }
    }
    drawn
}

/// A picture or a film, as the text names it.
struct Medium<'a> {
    name: CowStr<'a>,
    title: CowStr<'a>,
    alt: String,
}

impl Medium<'_> {
    /// As part of a line. Without its file, its description remains.
    fn inline(&self, files: &FileLinks, words: &Words) -> String {
        match (files.get(&self.name), self.film_type()) {
            (Some(address), Some(media_type)) => self.film(address, media_type, files, words),
            (Some(address), None) => self.picture(address),
            (None, _) => format!("<em>{}</em>", attribute(&self.alt)),
        }
    }

    /// What stands inside its figure; nothing if its file is not there.
    fn figure(&self, files: &FileLinks, words: &Words) -> Option<String> {
        files.get(&self.name)?;
        let medium = self.inline(files, words);
        let transcript = self
            .film_type()
            .and_then(|_| self.beside("txt", files))
            .map(|address| {
                let words = attribute(&words.transcript);
                format!(r#"<a href="{}">{words}</a>"#, attribute(address))
            });
        let caption: Vec<String> = Some(attribute(&self.title))
            .filter(|title| !title.is_empty())
            .into_iter()
            .chain(transcript)
            .collect();
        if caption.is_empty() {
            return Some(medium);
        }
        Some(format!("{medium}<figcaption>{}</figcaption>", caption.join(" ")))
    }

    fn picture(&self, address: &str) -> String {
        format!(
            r#"<img src="{}" alt="{}" loading="lazy">"#,
            attribute(address),
            attribute(&self.alt)
        )
    }

    fn film(&self, address: &str, media_type: &str, files: &FileLinks, words: &Words) -> String {
        let captions = self.beside("vtt", files).map_or_else(String::new, |address| {
            format!(
                r#"<track kind="captions" src="{}" label="{}" default>"#,
                attribute(address),
                attribute(&words.captions)
            )
        });
        format!(
            r#"<video controls preload="metadata" aria-label="{}"><source src="{}" type="{media_type}">{captions}</video>"#,
            attribute(&self.alt),
            attribute(address)
        )
    }

    fn film_type(&self) -> Option<&'static str> {
        match FileName::parse(&self.name).ok()?.ending().as_str() {
            "mp4" => Some("video/mp4"),
            "webm" => Some("video/webm"),
            _ => None,
        }
    }

    /// The address of the file with the same name and another ending.
    fn beside<'files>(&self, ending: &str, files: &'files FileLinks) -> Option<&'files str> {
        let name = FileName::parse(&self.name).ok()?;
        files.get(name.with_ending(ending).as_str())
    }
}

/// Where a link leads: to a file by its name, within the page or the site, or out.
fn link(address: &str, files: &FileLinks) -> Option<String> {
    let leads = ["https://", "http://", "mailto:", "/", "#"]
        .iter()
        .any(|start| address.starts_with(start));
    if leads {
        Some(address.to_owned())
    } else {
        files.get(address).map(str::to_owned)
    }
}

/// The text up to the end of the picture that has begun.
fn plain_text<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    for event in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::Image) if depth == 0 => break,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

fn code_block(kind: &CodeBlockKind<'_>) -> String {
    let language = match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    };
    if language.is_empty() {
        r#"<pre tabindex="0"><code>"#.to_owned()
    } else {
        format!(
            r#"<pre tabindex="0"><code class="language-{}">"#,
            attribute(language)
        )
    }
}
