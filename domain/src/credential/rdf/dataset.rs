//! A set of quads whose terms are already written as canonical N-Quads.
//!
//! All text lies in one string, and a term is a stretch of it: building,
//! hashing and writing a dataset then copies text and allocates next to
//! nothing, which is most of what makes signing fast.

use std::ops::Range;

/// A stretch of a dataset's text: one term, as N-Quads writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

/// A subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// A blank node, by its number in the dataset.
    Blank(u32),
    /// An IRI, `<…>`.
    Iri(Span),
}

/// An object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// Another node.
    Node(Node),
    /// A literal, `"…"`, `"…"@lang` or `"…"^^<…>`.
    Literal(Span),
}

/// The graph that a quad is in; none is the default graph.
pub type Graph = Option<Node>;

/// One statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quad {
    /// What it is about.
    pub subject: Node,
    /// The predicate's IRI, `<…>`.
    pub predicate: Span,
    /// What it says.
    pub object: Object,
    /// Where it says it.
    pub graph: Graph,
}

/// What stands at one place of a quad, whichever kind it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// A blank node.
    Blank(u32),
    /// Text that is written as it stands.
    Text(Span),
}

impl From<Node> for Term {
    fn from(node: Node) -> Self {
        match node {
            Node::Blank(number) => Self::Blank(number),
            Node::Iri(span) => Self::Text(span),
        }
    }
}

impl From<Object> for Term {
    fn from(object: Object) -> Self {
        match object {
            Object::Node(node) => node.into(),
            Object::Literal(span) => Self::Text(span),
        }
    }
}

impl From<Node> for Object {
    fn from(node: Node) -> Self {
        Self::Node(node)
    }
}

impl Quad {
    /// Subject, object and graph: the places where a blank node may stand.
    pub(super) fn places(self) -> [Option<Term>; 3] {
        [
            Some(self.subject.into()),
            Some(self.object.into()),
            self.graph.map(Term::from),
        ]
    }
}

/// A set of quads.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    text: String,
    quads: Vec<Quad>,
    blanks: u32,
}

impl Dataset {
    /// An empty dataset with room for a usual badge, so that it need not grow.
    #[must_use]
    pub fn new() -> Self {
        Self {
            text: String::with_capacity(8 * 1024),
            quads: Vec::with_capacity(96),
            blanks: 0,
        }
    }

    /// A new blank node.
    pub fn blank(&mut self) -> Node {
        self.blanks += 1;
        Node::Blank(self.blanks - 1)
    }

    /// How many blank nodes there are; they are numbered from zero.
    #[must_use]
    pub fn blanks(&self) -> u32 {
        self.blanks
    }

    /// The bytes of text held.
    #[must_use]
    pub fn size(&self) -> usize {
        self.text.len()
    }

    /// The quads, in the order in which they were put in.
    #[must_use]
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// Puts a quad in. One that is there already may be put in again, and
    /// counts once.
    pub fn push(&mut self, quad: Quad) {
        self.quads.push(quad);
    }

    /// A term's text, as N-Quads writes it.
    #[must_use]
    pub fn get(&self, span: Span) -> &str {
        self.text.get(Range::<usize>::from(span)).unwrap_or_default()
    }

    /// Whether a term's text is `text`.
    pub(in crate::credential) fn is(&self, span: Span, text: &str) -> bool {
        Range::<usize>::from(span).len() == text.len() && self.get(span) == text
    }

    /// Writes the IRI `iri`, which has to be free of the characters that
    /// N-Quads would escape.
    pub fn iri(&mut self, iri: &str) -> Span {
        self.write(|text| {
            text.push('<');
            text.push_str(iri);
            text.push('>');
        })
    }

    /// Writes a plain string.
    pub fn string(&mut self, value: &str) -> Span {
        self.write(|text| write_quoted(text, value))
    }

    /// Writes a string in a language. Its tag is written in small letters, as
    /// other processors do: RDF takes no notice of the case, a signature does.
    pub fn language_string(&mut self, value: &str, language: &str) -> Span {
        self.write(|text| {
            write_quoted(text, value);
            text.push('@');
            text.extend(language.chars().map(|letter| letter.to_ascii_lowercase()));
        })
    }

    /// Writes a value of a datatype, which is an IRI as in [`Self::iri`].
    pub fn typed(&mut self, value: &str, datatype: &str) -> Span {
        self.write(|text| {
            write_quoted(text, value);
            if datatype != XSD_STRING {
                text.push_str("^^<");
                text.push_str(datatype);
                text.push('>');
            }
        })
    }

    fn write(&mut self, write: impl FnOnce(&mut String)) -> Span {
        let start = self.text.len();
        write(&mut self.text);
        // Whoever fills a dataset stops long before four gigabytes.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            start: place(start),
            end: place(self.text.len()),
        }
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start as usize..span.end as usize
    }
}

const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// What has to be escaped in a literal. A table, as every text in every document is looked over.
static ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut control = 0;
    while control < b' ' as usize {
        table[control] = true;
        control += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table[0x7f] = true;
    table
};

/// RDF 1.1 N-Quads, canonical form: only what has to be escaped is.
fn write_quoted(text: &mut String, value: &str) {
    text.push('"');
    let mut rest = value;
    while let Some(at) = rest.bytes().position(|byte| ESCAPED[usize::from(byte)]) {
        text.push_str(&rest[..at]);
        write_escape(text, rest.as_bytes()[at]);
        rest = &rest[at + 1..];
    }
    text.push_str(rest);
    text.push('"');
}

fn write_escape(text: &mut String, byte: u8) {
    let letter = match byte {
        0x08 => 'b',
        b'\t' => 't',
        b'\n' => 'n',
        0x0c => 'f',
        b'\r' => 'r',
        b'"' | b'\\' => char::from(byte),
        control => {
            text.push_str("\\u00");
            for half in [control >> 4, control & 0x0f] {
                text.extend(char::from_digit(half.into(), 16).map(|digit| digit.to_ascii_uppercase()));
            }
            return;
        }
    };
    text.push('\\');
    text.push(letter);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_escaped_as_canonical_n_quads_asks() {
        let mut dataset = Dataset::default();
        let span = dataset.string("a\"b\\c\n\t\u{b}\u{7f}é\u{1f600}");
        assert_eq!(dataset.get(span), "\"a\\\"b\\\\c\\n\\t\\u000B\\u007Fé\u{1f600}\"");
        let span = dataset.typed("7", "http://www.w3.org/2001/XMLSchema#integer");
        assert_eq!(
            dataset.get(span),
            "\"7\"^^<http://www.w3.org/2001/XMLSchema#integer>"
        );
        let span = dataset.typed("7", XSD_STRING);
        assert_eq!(dataset.get(span), "\"7\"");
    }
}
