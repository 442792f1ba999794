//! The XML of an item or a manifest, as a small tree.
//!
//! It was written by a stranger: there is no document type and no entity but
//! XML's own five, and everything has a bound. Names are put into QTI 3's
//! spelling here, once (`responseIdentifier` is `response-identifier`,
//! `qti-choice-interaction` and `choiceInteraction` are `choice-interaction`), so
//! that whatever reads the tree knows one version only.

use std::ops::Range;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
};

use super::report::{Place, Refusal, RefusalCode};

/// Bytes of one document.
pub(in crate::assessment) const MAX_BYTES: usize = 2 << 20;
const MAX_ELEMENTS: usize = 20_000;
const MAX_DEPTH: usize = 64;
const MAX_ATTRIBUTES: usize = 64;
/// Bytes of one tag with its attributes.
const MAX_TAG: usize = 32 << 10;

/// How large a document may be.
#[derive(Debug, Clone, Copy)]
pub(in crate::assessment) struct Bounds {
    pub(in crate::assessment) bytes: usize,
    pub(in crate::assessment) elements: usize,
}

impl Bounds {
    /// Of an item or a manifest.
    pub(in crate::assessment) const ITEM: Self = Self {
        bytes: MAX_BYTES,
        elements: MAX_ELEMENTS,
    };
    /// Of a document that holds many items, and their pictures with them.
    pub(in crate::assessment) const BANK: Self = Self {
        bytes: 32 << 20,
        elements: 200_000,
    };
}

/// An element.
#[derive(Debug, Default)]
pub(in crate::assessment) struct Element {
    /// The local name in QTI 3's spelling, without `qti-`.
    pub(in crate::assessment) name: String,
    /// Local names in QTI 3's spelling, with their values.
    attributes: Vec<(String, String)>,
    pub(in crate::assessment) nodes: Vec<Node>,
    /// The line that it begins in, from 1.
    pub(in crate::assessment) line: u32,
    /// Where its text begins and ends in the document, in bytes after a byte order mark.
    pub(in crate::assessment) span: Range<usize>,
}

/// What stands in an element.
#[derive(Debug)]
pub(in crate::assessment) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Reads a document.
    pub(in crate::assessment) fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::parse_within(text_of(bytes)?, Bounds::ITEM)
    }

    /// Reads a document of that size at most.
    pub(in crate::assessment) fn parse_within(text: &str, bounds: Bounds) -> Result<Self, Refusal> {
        if text.len() > bounds.bytes {
            return Err(refuse(RefusalCode::TooLarge, 1));
        }
        Parser::new(text, bounds).run()
    }

    /// One that was not in a document of its own.
    pub(in crate::assessment) fn made(name: &str, attributes: Vec<(String, String)>, line: u32) -> Self {
        Self {
            name: name.to_owned(),
            attributes,
            line,
            ..Self::default()
        }
    }

    /// An attribute's value without white space around it.
    pub(in crate::assessment) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim())
    }

    /// The values of all attributes, without white space around them.
    pub(in crate::assessment) fn values(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(_, value)| value.trim())
    }

    /// Whether an attribute says `true`; `otherwise` if it is not there.
    pub(in crate::assessment) fn flag(&self, name: &str, otherwise: bool) -> bool {
        self.attribute(name)
            .map_or(otherwise, |value| matches!(value, "true" | "1"))
    }

    /// The elements in it.
    pub(in crate::assessment) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of that name in it.
    pub(in crate::assessment) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element of that name in it.
    pub(in crate::assessment) fn first<'a>(&'a self, name: &'a str) -> Option<&'a Self> {
        self.all(name).next()
    }

    /// It and everything below it, in document order.
    pub(in crate::assessment) fn below(&self) -> Vec<&Self> {
        let mut all = vec![self];
        for element in self.elements() {
            all.extend(element.below());
        }
        all
    }

    /// Whether one of that kind is it or stands below it.
    pub(in crate::assessment) fn holds(&self, is: &impl Fn(&Self) -> bool) -> bool {
        is(self) || self.elements().any(|element| element.holds(is))
    }

    /// All text in it.
    pub(in crate::assessment) fn text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Element(element) => element.text(),
            Node::Text(text) => text.clone(),
        };
        self.nodes.iter().map(text).collect()
    }

    /// Where it is.
    pub(in crate::assessment) fn place(&self) -> Place {
        Place {
            line: self.line,
            element: self.name.clone(),
        }
    }

    /// A refusal because of it.
    pub(in crate::assessment) fn refuse(&self, code: RefusalCode) -> Refusal {
        Refusal {
            code,
            place: self.place(),
        }
    }
}

/// A document's text, without the byte order mark that may stand before it.
pub(in crate::assessment) fn text_of(bytes: &[u8]) -> Result<&str, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| refuse(RefusalCode::Malformed, 1))?;
    Ok(text.trim_start_matches('\u{feff}'))
}

fn refuse(code: RefusalCode, line: u32) -> Refusal {
    let element = String::new();
    Refusal {
        code,
        place: Place { line, element },
    }
}

struct Parser<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The elements that are open, the outermost first.
    open: Vec<Element>,
    bounds: Bounds,
    elements: usize,
    /// How far lines have been counted.
    counted: usize,
    line: u32,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, bounds: Bounds) -> Self {
        Self {
            text,
            reader: Reader::from_str(text),
            open: Vec::new(),
            bounds,
            elements: 0,
            counted: 0,
            line: 1,
        }
    }

    fn run(mut self) -> Result<Element, Refusal> {
        let mut root = None;
        loop {
            self.count_lines();
            let event = self.reader.read_event();
            let event = event.map_err(|_| refuse(RefusalCode::Malformed, self.line))?;
            let closed = match event {
                Event::Start(tag) => {
                    let element = self.element(&tag)?;
                    self.open.push(element);
                    None
                }
                Event::Empty(tag) => Some(self.element(&tag)?),
                Event::End(_) => self.open.pop(),
                Event::Text(text) => {
                    let text = text.decode();
                    self.push_text(&text.map_err(|_| refuse(RefusalCode::Malformed, self.line))?)?;
                    None
                }
                Event::CData(text) => {
                    let text = text.decode();
                    self.push_text(&text.map_err(|_| refuse(RefusalCode::Malformed, self.line))?)?;
                    None
                }
                Event::GeneralRef(reference) => {
                    let character = self.character(&reference)?;
                    self.push_text(character.encode_utf8(&mut [0; 4]))?;
                    None
                }
                Event::DocType(_) => return Err(refuse(RefusalCode::EntitiesForbidden, self.line)),
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => None,
            };
            let Some(mut closed) = closed else { continue };
            closed.span.end = self.at();
            match self.open.last_mut() {
                Some(parent) => parent.nodes.push(Node::Element(closed)),
                None if root.is_none() => root = Some(closed),
                None => return Err(refuse(RefusalCode::Malformed, self.line)),
            }
        }
        root.filter(|_| self.open.is_empty())
            .ok_or_else(|| refuse(RefusalCode::Malformed, self.line))
    }

    /// How far the document has been read.
    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(self.counted)
    }

    fn count_lines(&mut self) {
        let at = self.at();
        let passed = self.text.get(self.counted..at).unwrap_or_default();
        let lines = passed.matches('\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = at;
    }

    fn element(&mut self, tag: &BytesStart<'_>) -> Result<Element, Refusal> {
        self.elements += 1;
        if self.elements > self.bounds.elements || self.open.len() >= MAX_DEPTH || tag.len() > MAX_TAG {
            return Err(refuse(RefusalCode::TooLarge, self.line));
        }
        let malformed = || refuse(RefusalCode::Malformed, self.line);
        let name = std::str::from_utf8(tag.local_name().into_inner())
            .map_err(|_| malformed())?
            .to_owned();
        let mut attributes = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| malformed())?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            // Of a text that is well-formed otherwise, only an entity is not readable.
            let value = value.map_err(|_| refuse(RefusalCode::EntitiesForbidden, self.line))?;
            let key = std::str::from_utf8(attribute.key.local_name().into_inner())
                .map_err(|_| malformed())?
                .to_owned();
            attributes.push((kebab_case(&key), value.into_owned()));
            if attributes.len() > MAX_ATTRIBUTES {
                return Err(refuse(RefusalCode::TooLarge, self.line));
            }
        }
        let name = kebab_case(name.strip_prefix("qti-").unwrap_or(&name));
        Ok(Element {
            name,
            attributes,
            nodes: Vec::new(),
            line: self.line,
            span: self.counted..self.counted,
        })
    }

    fn push_text(&mut self, text: &str) -> Result<(), Refusal> {
        let Some(parent) = self.open.last_mut() else {
            let blank = text.trim().is_empty();
            return blank
                .then_some(())
                .ok_or_else(|| refuse(RefusalCode::Malformed, self.line));
        };
        if let Some(Node::Text(known)) = parent.nodes.last_mut() {
            known.push_str(text);
        } else {
            parent.nodes.push(Node::Text(text.to_owned()));
        }
        Ok(())
    }

    /// The character of a reference: one by number, or one of XML's own five.
    fn character(&self, reference: &BytesRef<'_>) -> Result<char, Refusal> {
        if let Ok(Some(character)) = reference.resolve_char_ref() {
            return Ok(character);
        }
        let name = reference.decode().ok();
        name.and_then(|name| resolve_xml_entity(&name)?.chars().next())
            .ok_or_else(|| refuse(RefusalCode::EntitiesForbidden, self.line))
    }
}

/// `responseIdentifier` as `response-identifier`. Names that begin with a
/// capital letter (`SCORE`) are values, not names of QTI, and stay.
fn kebab_case(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    let is_camel = name.starts_with(|c: char| c.is_ascii_lowercase());
    for c in name.chars() {
        if is_camel && c.is_ascii_uppercase() {
            kebab.push('-');
            kebab.push(c.to_ascii_lowercase());
        } else {
            kebab.push(c);
        }
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(xml: &str) -> RefusalCode {
        Element::parse(xml.as_bytes()).unwrap_err().code
    }

    #[test]
    fn both_versions_have_one_spelling() {
        for xml in [
            "<a><choiceInteraction responseIdentifier=' R '/></a>",
            "<a>\n<qti-choice-interaction response-identifier='R'/></a>",
        ] {
            let root = Element::parse(xml.as_bytes()).unwrap();
            let choice = root.first("choice-interaction").unwrap();
            assert_eq!(choice.attribute("response-identifier"), Some("R"));
        }
    }

    #[test]
    fn an_element_knows_its_line() {
        let root = Element::parse(b"<a>\n\n<b x='\n'/>\n<c/></a>").unwrap();
        let lines: Vec<_> = root.elements().map(|element| element.line).collect();
        assert_eq!(lines, [3, 5]);
    }

    #[test]
    fn what_a_document_type_could_do_is_refused() {
        let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>";
        let outside = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>";
        for xml in [
            laughs,
            outside,
            "<!DOCTYPE a><a/>",
            "<a>&nbsp;</a>",
            "<a b='&c;'/>",
        ] {
            assert_eq!(code(xml), RefusalCode::EntitiesForbidden, "{xml}");
        }
        let own = Element::parse(b"<a b='&lt;'>&amp;&#x41;</a>").unwrap();
        assert_eq!((own.text().as_str(), own.attribute("b")), ("&A", Some("<")));
    }

    #[test]
    fn what_is_larger_than_any_item_is_refused() {
        let attributes: String = (0..1_000).map(|n| format!(" a{n}='1'")).collect();
        for xml in [
            "<a>".repeat(100_000),
            format!("<a>{}</a>", "<b/>".repeat(100_000)),
            format!("<a b='{}'/>", "x".repeat(1 << 20)),
            format!("<a{attributes}/>"),
            format!("<a>{}</a>", " ".repeat(MAX_BYTES)),
        ] {
            assert_eq!(code(&xml), RefusalCode::TooLarge, "{}", &xml[..20]);
        }
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for xml in [
            "",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "text",
            "<a/>text",
            "<a b='1' c/>",
        ] {
            assert_eq!(code(xml), RefusalCode::Malformed, "{xml}");
        }
        assert_eq!(
            Element::parse(b"<a>\xff</a>").unwrap_err().code,
            RefusalCode::Malformed
        );
    }
}
