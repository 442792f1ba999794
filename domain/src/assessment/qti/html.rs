//! HTML as it stands in the texts of other systems, as a small tree.
//!
//! It is rarely well-formed and was written by strangers: whatever comes, there
//! is a tree, of elements in their lines and with the few attributes that a text
//! here can have. Nothing in it is looked up, run or fetched. What the elements
//! mean is said where all texts are read, by [`Reader::blocks`].
//!
//! [`Reader::blocks`]: super::read::Reader::blocks

use super::{
    report::RefusalCode,
    xml::{Element, Node},
};

/// Bytes of one text.
const MAX_BYTES: usize = 256 << 10;
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

/// Text with its references as characters; those that nobody knows stay as they are.
pub(in crate::assessment) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let name = after[1..]
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
            .next()
            .unwrap_or_default();
        let known = (name.len() <= 10).then(|| character(name)).flatten();
        let Some(known) = known else {
            out.push('&');
            rest = &after[1..];
            continue;
        };
        out.push(known);
        rest = &after[1 + name.len()..];
        rest = rest.strip_prefix(';').unwrap_or(rest);
    }
    out.push_str(rest);
    out
}

/// The names of the characters from U+00A0 on (HTML §13.5).
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg \
    plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute \
    Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve \
    Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc \
    atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute \
    ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
/// The same from U+0391 on; `-` where there is none.
const GREEK: &str = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho \
    - Sigma Tau Upsilon Phi Chi Psi Omega - - - - - - - alpha beta gamma delta epsilon zeta eta theta iota \
    kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega";
const OTHERS: [(&str, char); 38] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("hellip", '…'),
    ("bull", '•'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("minus", '−'),
    ("infin", '∞'),
    ("asymp", '≈'),
    ("ne", '≠'),
    ("equiv", '≡'),
    ("le", '≤'),
    ("ge", '≥'),
    ("sum", '∑'),
    ("radic", '√'),
    ("part", '∂'),
    ("thinsp", '\u{2009}'),
    ("ensp", '\u{2002}'),
];

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let number = hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16));
        return char::from_u32(number.ok()?).filter(|c| !c.is_control() || *c == '\n' || *c == '\t');
    }
    let among = |names: &str, first: u32| {
        let at = names.split_whitespace().position(|known| known == name)?;
        char::from_u32(first + u32::try_from(at).ok()?)
    };
    let other = OTHERS.iter().find(|(known, _)| *known == name);
    other
        .map(|(_, c)| *c)
        .or_else(|| among(LATIN, 0xa0))
        .or_else(|| among(GREEK, 0x391))
}

/// Marks between which a formula stands, and whether it has a line of its own.
const FORMULAS: [(&str, &str, bool); 3] = [("\\(", "\\)", false), ("\\[", "\\]", true), ("$$", "$$", true)];

/// The nodes with `\(…\)`, `\[…\]` and `$$…$$` as formulas.
fn with_formulas(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Element(mut element) => {
                if !matches!(element.name.as_str(), "pre" | "code" | "math") {
                    element.nodes = with_formulas(element.nodes);
                }
                out.push(Node::Element(element));
            }
            Node::Text(text) => formulas_of(&text, &mut out),
        }
    }
    out
}

fn formulas_of(text: &str, out: &mut Vec<Node>) {
    let mut said = 0;
    let mut at = 0;
    // Of which marks there is no end any more: nothing is looked for twice.
    let mut endless = [false; FORMULAS.len()];
    while let Some(found) = text[at..].find(['\\', '$']) {
        let begins = at + found;
        let marks = FORMULAS.iter().zip(&mut endless);
        let mut marks =
            marks.filter(|((begin, ..), endless)| !**endless && text[begins..].starts_with(begin));
        let Some(((begin, end, is_apart), endless)) = marks.next() else {
            at = begins + 1;
            continue;
        };
        let inside = begins + begin.len();
        let Some(length) = text[inside..].find(end) else {
            *endless = true;
            at = inside;
            continue;
        };
        at = inside + length + end.len();
        let latex = &text[inside..inside + length];
        // What no text can hold as a formula stays as it was written.
        if latex.trim().is_empty() || latex.contains('$') {
            continue;
        }
        out.push(Node::Text(text[said..begins].to_owned()));
        out.push(formula(latex, *is_apart));
        said = at;
    }
    out.push(Node::Text(text[said..].to_owned()));
}

fn formula(latex: &str, is_apart: bool) -> Node {
    let attribute = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let encoding = attribute("encoding", "application/x-tex");
    let mut source = Element::made("annotation", vec![encoding], 0);
    source.nodes.push(Node::Text(latex.to_owned()));
    let display = is_apart.then(|| attribute("display", "block"));
    let mut math = Element::made("math", display.into_iter().collect(), 0);
    math.nodes.push(Node::Element(source));
    Node::Element(math)
}

/// The nodes with an element [`MARKED`] for each [`mark`].
pub(in crate::assessment) fn with_marks(nodes: Vec<Node>, line: u32) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Element(mut element) => {
                element.nodes = with_marks(element.nodes, line);
                out.push(Node::Element(element));
            }
            Node::Text(text) => {
                let mut pieces = text.split(MARK);
                out.extend(pieces.next().map(|first| Node::Text(first.to_owned())));
                while let Some(number) = pieces.next() {
                    let number = ("number".to_owned(), number.to_owned());
                    out.push(Node::Element(Element::made(MARKED, vec![number], line)));
                    out.extend(pieces.next().map(|words| Node::Text(words.to_owned())));
                }
            }
        }
    }
    out
}

/// What stands around a number that marks a place.
const MARK: char = '\u{e000}';
/// The element that [`with_marks`] makes: no name that HTML can have.
pub(in crate::assessment) const MARKED: &str = "<>";

/// A text's mark of a place, by its number.
pub(in crate::assessment) fn mark(number: usize) -> String {
    format!("{MARK}{number}{MARK}")
}

/// The text without anything that could be taken for a mark.
pub(in crate::assessment) fn without_marks(text: &str) -> String {
    text.replace(MARK, "")
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
