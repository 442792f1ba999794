//! An item as QTI 3.0.

mod body;
mod graphic;
mod html;
mod rules;
mod scoring;
mod template;

use html::blocks;
use scoring::{declarations, outcomes, processing};

use crate::assessment::{Block, Item, max_score};

/// The item as a `qti-assessment-item` of QTI 3.0, which [`super::read()`] gives
/// back with the same score for every response.
#[must_use]
pub fn write(item: &Item, identifier: &str) -> String {
    match &item.template {
        Some(template) => template::with_printed(&written(&template::with_marks(item, template), identifier)),
        None => written(item, identifier),
    }
}

fn written(item: &Item, identifier: &str) -> String {
    let mut xml = Xml::default();
    xml.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.open(
        "qti-assessment-item",
        &[
            ("xmlns", "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"),
            ("identifier", identifier),
            ("title", &item.title),
            ("xml:lang", &item.language),
            ("adaptive", "false"),
            ("time-dependent", "false"),
        ],
    );
    declarations(&mut xml, item);
    match &item.processing {
        Some(_) => rules::outcomes(&mut xml, item, max_score(item)),
        None => outcomes(&mut xml, item, max_score(item)),
    }
    if let Some(template) = &item.template {
        template::template(&mut xml, template);
    }
    xml.open("qti-item-body", &[]);
    for block in &item.body {
        match block {
            Block::Prose(markdown) => xml.raw(&blocks(markdown)),
            Block::Interaction(it) => body::interaction(&mut xml, item, it),
            Block::Passage(it) => body::passage(&mut xml, it),
        }
        xml.raw("\n");
    }
    body::rubrics(&mut xml, item);
    xml.close("qti-item-body");
    match &item.processing {
        Some(own) => rules::processing(&mut xml, own),
        None => processing(&mut xml, item),
    }
    body::messages(&mut xml, item);
    xml.close("qti-assessment-item");
    xml.text
}

/// XML as it is written.
#[derive(Default)]
struct Xml {
    text: String,
}

impl Xml {
    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.extend([" ", name, "=\"", &escaped(value), "\""]);
        }
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str(">\n");
    }

    fn close(&mut self, name: &str) {
        self.end(name);
        self.text.push('\n');
    }

    /// The same within a line.
    fn end(&mut self, name: &str) {
        self.text.extend(["</", name, ">"]);
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// An element that holds only text.
    fn say(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.hold(name, attributes, &escaped(text));
    }

    /// An element that holds what is XML already.
    fn hold(&mut self, name: &str, attributes: &[(&str, &str)], xml: &str) {
        self.tag(name, attributes);
        self.text.push('>');
        self.raw(xml);
        self.close(name);
    }

    /// What is XML already, without what XML cannot hold.
    fn raw(&mut self, xml: &str) {
        self.text.extend(xml.chars().filter(|c| is_xml(*c)));
    }
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_xml(*c)) {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Kept as they are where white space in attributes is made spaces.
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' => escaped.push_str("&#9;"),
            c => escaped.push(c),
        }
    }
    escaped
}
