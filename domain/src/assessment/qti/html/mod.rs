//! HTML as it stands in the texts of other systems, as a small tree.
//!
//! It is rarely well-formed and was written by strangers: whatever comes, there
//! is a tree, of elements in their lines and with the few attributes that a text
//! here can have. Nothing in it is looked up, run or fetched. What the elements
//! mean is said where all texts are read, by [`Reader::blocks`].
//!
//! [`Reader::blocks`]: super::read::Reader::blocks

mod formulas;
mod marks;
mod references;

use super::{
    report::RefusalCode,
    xml::{Element, Node},
};

use formulas::with_formulas;
pub(in crate::assessment) use marks::{MARKED, mark, with_marks, without_marks};
pub(in crate::assessment) use references::unescaped;

/// Bytes of one text.
pub(in crate::assessment) const MAX_BYTES: usize = 256 << 10;
const MAX_ELEMENTS: usize = 20_000;
/// With what it is put into, no deeper than a document may be.
const MAX_DEPTH: usize = 48;
const MAX_ATTRIBUTES: usize = 64;

/// Attributes that a text can have here.
const KEPT: [&str; 10] = [
    "href", "src", "alt", "start", "colspan", "rowspan", "type", "data", "display", "encoding",
];
/// Elements that have no end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];
/// Elements whose content is no text.
const RAW: [&str; 2] = ["script", "style"];
/// Elements that stand for nothing in a text.
const TRANSPARENT: [&str; 8] = ["html", "head", "body", "wbr", "meta", "link", "base", "col"];

/// Reads the nodes of a text that begins in that line. `address` says what is to
/// stand in place of each address.
pub(in crate::assessment) fn parse(
    text: &str,
    line: u32,
    address: &mut dyn FnMut(&str) -> String,
) -> Result<Vec<Node>, RefusalCode> {
    if text.len() > MAX_BYTES {
        return Err(RefusalCode::TooLarge);
    }
    let mut parser = Parser {
        rest: text,
        line,
        open: vec![Element::made("", Vec::new(), line)],
        elements: 0,
        address,
    };
    parser.run()?;
    while parser.open.len() > 1 {
        parser.close();
    }
    let nodes = parser.open.pop().map(|root| root.nodes).unwrap_or_default();
    Ok(with_formulas(nodes))
}

/// The nodes of a text that has no marks, its lines apart.
pub(in crate::assessment) fn plain(text: &str, line: u32) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (index, words) in text.trim().lines().take(MAX_ELEMENTS).enumerate() {
        if index > 0 {
            nodes.push(Node::Element(Element::made("br", Vec::new(), line)));
        }
        nodes.push(Node::Text(words.trim().to_owned()));
    }
    nodes
}

struct Parser<'a, 'f> {
    rest: &'a str,
    line: u32,
    /// The elements that are open, the outermost first, which is the text itself.
    open: Vec<Element>,
    elements: usize,
    address: &'f mut dyn FnMut(&str) -> String,
}

impl<'a> Parser<'a, '_> {
    fn run(&mut self) -> Result<(), RefusalCode> {
        while !self.rest.is_empty() {
            let words = self.take_until('<');
            self.say(&unescaped(words));
            if self.rest.is_empty() {
                return Ok(());
            }
            let after = &self.rest[1..];
            if after.starts_with("!--") {
                self.skip_past("-->");
            } else if after.starts_with(['!', '?']) {
                self.skip_past(">");
            } else if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.begin()?;
            } else if after.starts_with('/') {
                let tag = self.take_until('>');
                self.skip_past(">");
                self.end(&name_of(&tag[2..]));
            } else {
                self.advance(1);
                self.say("<");
            }
        }
        Ok(())
    }

    fn advance(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        let lines = u32::try_from(passed.matches('\n').count()).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(lines);
        self.rest = rest;
    }

    fn take_until(&mut self, end: char) -> &'a str {
        let whole = self.rest;
        let length = whole.find(end).unwrap_or(whole.len());
        self.advance(length);
        &whole[..length]
    }

    fn skip_past(&mut self, end: &str) {
        let length = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.advance(length);
    }

    fn say(&mut self, words: &str) {
        let Some(parent) = self.open.last_mut().filter(|_| !words.is_empty()) else {
            return;
        };
        if let Some(Node::Text(known)) = parent.nodes.last_mut() {
            known.push_str(words);
        } else {
            parent.nodes.push(Node::Text(words.to_owned()));
        }
    }

    /// A start tag.
    fn begin(&mut self) -> Result<(), RefusalCode> {
        let line = self.line;
        self.advance(1);
        let length = self.rest.find(ends_name).unwrap_or(self.rest.len());
        let name = name_of(&self.rest[..length]);
        self.advance(length);
        let (attributes, is_closed) = self.attributes();
        self.elements += 1;
        if self.elements > MAX_ELEMENTS || self.open.len() >= MAX_DEPTH {
            return Err(RefusalCode::TooLarge);
        }
        if TRANSPARENT.contains(&name.as_str()) {
            return Ok(());
        }
        self.make_room_for(&name);
        self.open.push(Element::made(&name, attributes, line));
        if RAW.contains(&name.as_str()) {
            self.skip_raw(&name);
            self.close();
        } else if is_closed || VOID.contains(&name.as_str()) {
            self.close();
        }
        Ok(())
    }

    /// The attributes of a tag, and whether it ends itself.
    fn attributes(&mut self) -> (Vec<(String, String)>, bool) {
        let mut attributes: Vec<(String, String)> = Vec::new();
        let mut is_closed = false;
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.advance(blank);
            if self.rest.is_empty() || self.rest.starts_with('>') {
                self.advance(1);
                return (attributes, is_closed);
            }
            if self.rest.starts_with('/') {
                is_closed = true;
                self.advance(1);
                continue;
            }
            is_closed = false;
            // An equals sign where a name begins is part of it.
            let first = self.rest.chars().next().map_or(0, char::len_utf8);
            let length = self.rest[first..]
                .find(|c: char| ends_name(c) || c == '=')
                .map_or(self.rest.len(), |at| first + at);
            let name = self.rest[..length].to_ascii_lowercase();
            self.advance(length);
            let blank = self.rest.len() - self.rest.trim_start().len();
            let value = if self.rest[blank..].starts_with('=') {
                self.advance(blank + 1);
                self.value()
            } else {
                String::new()
            };
            let is_kept = KEPT.contains(&name.as_str()) && attributes.len() < MAX_ATTRIBUTES;
            if is_kept && !attributes.iter().any(|(known, _)| *known == name) {
                let is_address = matches!(name.as_str(), "href" | "src" | "data");
                let value = if is_address {
                    (self.address)(value.trim())
                } else {
                    value
                };
                attributes.push((name, value));
            }
        }
    }

    fn value(&mut self) -> String {
        let blank = self.rest.len() - self.rest.trim_start().len();
        self.advance(blank);
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        if let Some(quote) = quote {
            self.advance(1);
            let value = unescaped(self.take_until(quote));
            self.advance(1);
            return value;
        }
        let length = self.rest.find(|c: char| c.is_whitespace() || c == '>');
        let length = length.unwrap_or(self.rest.len());
        let value = unescaped(&self.rest[..length]);
        self.advance(length);
        value
    }

    fn skip_raw(&mut self, name: &str) {
        let end = format!("</{name}");
        let bytes = self.rest.as_bytes();
        let found = bytes
            .windows(end.len())
            .position(|window| window.eq_ignore_ascii_case(end.as_bytes()));
        self.advance(found.unwrap_or(bytes.len()));
        self.skip_past(">");
    }

    /// Ends what cannot go on where such an element begins.
    fn make_room_for(&mut self, name: &str) {
        match name {
            "li" => self.end_within(&["li"], &["ul", "ol"]),
            "tr" => self.end_within(&["tr"], &["table"]),
            "td" | "th" => self.end_within(&["td", "th"], &["tr", "table"]),
            "dt" | "dd" => self.end_within(&["dt", "dd"], &["dl"]),
            "p" | "div" | "ul" | "ol" | "dl" | "table" | "pre" | "hr" | "blockquote" | "h1" | "h2" | "h3"
            | "h4" | "h5" | "h6" => {
                self.end_within(&["p"], &["li", "td", "th", "dd", "div", "blockquote", "table"]);
            }
            _ => {}
        }
    }

    /// Ends the innermost of these, unless it stands outside of one of those.
    fn end_within(&mut self, names: &[&str], outside: &[&str]) {
        let is = |element: &Element, of: &[&str]| of.contains(&element.name.as_str());
        let open = self.open.iter().rposition(|it| is(it, names) || is(it, outside));
        if let Some(at) = open.filter(|at| is(&self.open[*at], names)) {
            while self.open.len() > at {
                self.close();
            }
        }
    }

    fn end(&mut self, name: &str) {
        let open = self.open.iter().rposition(|element| element.name == name);
        if let Some(at) = open.filter(|at| *at > 0) {
            while self.open.len() > at {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        if let (Some(closed), Some(parent)) = (self.open.pop(), self.open.last_mut()) {
            parent.nodes.push(Node::Element(closed));
        }
    }
}

fn ends_name(c: char) -> bool {
    c.is_whitespace() || matches!(c, '>' | '/')
}

/// An element's name. What word processors put in under names of their own says nothing.
fn name_of(tag: &str) -> String {
    let name = tag.trim_end_matches(ends_name).to_ascii_lowercase();
    if name.contains(':') {
        "span".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::assessment::qti::read::Reader;

    fn markdown(html: &str) -> String {
        let nodes = parse(html, 1, &mut str::to_owned).unwrap();
        let mut file = |_: &str| None;
        Reader::new("", &mut file).blocks(&nodes).unwrap()
    }

    #[test]
    fn what_browsers_forgive_is_read_as_they_read_it() {
        for (html, expected) in [
            ("<p>One<p>Two <B>bold</b>", "One\n\nTwo **bold**"),
            ("<ul><li>a<li>b</ul>", "- a\n- b"),
            (
                "a < b &amp;&nbsp;c &unknown; &#65;&#x42;&eacute;&alpha;",
                "a \\< b &\u{a0}c \\&unknown; ABéα",
            ),
            ("one<br>two<br/>three", "one\\\ntwo\\\nthree"),
            ("</p>end</div> <!-- not --> <?php no ?>.", "end ."),
            ("<p class=x id='y'>a</p", "a"),
            (
                "<table><tr><th>a<th>b<tr><td>c<td>d</table>",
                "| a | b |\n| --- | --- |\n| c | d |",
            ),
            ("<o:p>words</o:p>", "words"),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn formulas_stay_formulas() {
        assert_eq!(markdown("Is \\(a < b\\) or $$x^2$$?"), "Is $a < b$ or $$x^2$$?");
        assert_eq!(markdown("5$ and \\(no end"), "5\\$ and \\\\(no end");
    }

    #[test]
    fn nothing_that_runs_is_left() {
        let html = "<p onclick=\"x()\">a</p><script>alert('<p>b')</script><style>p{}</STYLE>\
            <a href=\"javascript:x()\">c</a>";
        assert_eq!(markdown(html), "a\n\nc");
    }

    #[test]
    fn what_is_larger_than_any_text_is_refused() {
        for html in ["<b>".repeat(1_000), "<br>".repeat(100_000)] {
            let read = parse(&html, 1, &mut str::to_owned);
            assert_eq!(read.unwrap_err(), RefusalCode::TooLarge);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(html in "(<|>|/|&|;|=|\"|'|!--|-->|\\\\\\(|\\\\\\)|\\$\\$|p|li|script|[a-z# \n])*") {
            let nodes = parse(&html, 1, &mut str::to_owned);
            if let Ok(nodes) = nodes {
                let mut file = |_: &str| None;
                let _ = Reader::new("", &mut file).blocks(&with_marks(nodes, 1));
            }
        }
    }
}
