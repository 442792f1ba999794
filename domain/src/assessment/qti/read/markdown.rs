//! XHTML into Markdown.

use super::{
    super::{
        report::{ChangeCode, Refusal, RefusalCode},
        xml::{Element, Node},
    },
    Reader, identifier, math,
};
use crate::assessment::template::MAX_PLACES;

/// A piece of a line: Markdown, or an element that stands for itself in it.
pub(super) enum Piece<'a> {
    Text(String),
    Part(&'a Element),
}

/// Elements that make a line or more of their own.
pub(super) fn is_block(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "aside"
            | "figure"
            | "figcaption"
            | "content-body"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "blockquote"
            | "pre"
            | "table"
            | "caption"
            | "tr"
            | "hr"
            | "address"
            | "dl"
            | "dt"
            | "dd"
    )
}

impl<'a> Reader<'_> {
    /// Flow content: paragraphs, lists, tables.
    pub(in crate::assessment) fn blocks(&mut self, nodes: &'a [Node]) -> Result<String, Refusal> {
        let mut blocks = Vec::new();
        let mut rest = nodes;
        while let Some((first, after)) = rest.split_first() {
            let block = match first {
                Node::Element(element) if is_block(element) => {
                    rest = after;
                    self.block(element)?
                }
                _ => {
                    let is_block = |node: &Node| matches!(node, Node::Element(element) if is_block(element));
                    let end = rest.iter().position(is_block).unwrap_or(rest.len());
                    let (line, after) = rest.split_at(end);
                    rest = after;
                    self.paragraph(line)?
                }
            };
            if !block.is_empty() {
                blocks.push(block);
            }
        }
        Ok(blocks.join("\n\n"))
    }

    pub(super) fn block(&mut self, element: &'a Element) -> Result<String, Refusal> {
        let nodes = &element.nodes;
        Ok(match element.name.as_str() {
            "p" | "address" | "dt" | "caption" => self.paragraph(nodes)?,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = usize::from(element.name.as_bytes()[1] - b'0');
                let text = self.line(nodes)?;
                format!("{} {}", "#".repeat(level), text.trim())
            }
            "ul" => self.list(element, |_| "- ".to_owned())?,
            "ol" => {
                let start = element.attribute("start").and_then(|start| start.parse().ok());
                let start: usize = start.unwrap_or(1).min(1_000_000);
                self.list(element, |index| format!("{}. ", start + index))?
            }
            "blockquote" => prefixed(&self.blocks(nodes)?, "> ", "> "),
            "pre" => {
                let text = element.text();
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                format!("{fence}\n{}\n{fence}", text.trim_matches('\n'))
            }
            "table" => self.table(element)?,
            "hr" => "* * *".to_owned(),
            _ => self.blocks(nodes)?,
        })
    }

    fn paragraph(&mut self, nodes: &'a [Node]) -> Result<String, Refusal> {
        let text = self.inline(nodes, |_| false)?;
        let text = text.into_iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Part(_) => String::new(),
        });
        let text: String = text.collect();
        let lines: Vec<_> = text
            .trim()
            .lines()
            .map(|line| at_line_start(line.trim_start()))
            .collect();
        Ok(lines.join("\n"))
    }

    /// Inline content that stays within a line. White space at its ends counts.
    pub(in crate::assessment) fn line(&mut self, nodes: &'a [Node]) -> Result<String, Refusal> {
        let pieces = self.inline(nodes, |_| false)?;
        let text = pieces.into_iter().map(|piece| match piece {
            Piece::Text(text) => text.replace("\\\n", " "),
            Piece::Part(_) => String::new(),
        });
        Ok(text.collect())
    }

    fn list(&mut self, list: &'a Element, mark: impl Fn(usize) -> String) -> Result<String, Refusal> {
        let mut items = Vec::new();
        for (index, item) in list.all("li").enumerate() {
            let mark = mark(index);
            let text = self.blocks(&item.nodes)?;
            items.push(prefixed(&text, &mark, &" ".repeat(mark.len())));
        }
        let is_loose = items.iter().any(|item| item.contains("\n\n"));
        Ok(items.join(if is_loose { "\n\n" } else { "\n" }))
    }

    fn table(&mut self, table: &'a Element) -> Result<String, Refusal> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut caption = String::new();
        for element in table.below() {
            match element.name.as_str() {
                "caption" => caption = self.paragraph(&element.nodes)?,
                "tr" => {
                    let mut row = Vec::new();
                    for cell in element.elements() {
                        if cell
                            .attribute("colspan")
                            .or(cell.attribute("rowspan"))
                            .is_some_and(|span| span != "1")
                        {
                            self.note(ChangeCode::LayoutFlattened, cell);
                        }
                        if cell.elements().any(is_block) {
                            self.note(ChangeCode::LayoutFlattened, cell);
                        }
                        let text = self.line(&cell.nodes)?;
                        row.push(text.trim().replace('|', "\\|"));
                    }
                    rows.push(row);
                }
                _ => {}
            }
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return Ok(caption);
        }
        let has_head = table.first("thead").is_some()
            || table
                .below()
                .iter()
                .any(|row| row.name == "tr" && row.first("td").is_none());
        if !has_head {
            rows.insert(0, Vec::new());
        }
        let line = |row: &Vec<String>| {
            let cells = (0..columns).map(|column| row.get(column).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut lines: Vec<_> = rows.iter().map(line).collect();
        lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        if !caption.is_empty() {
            lines.insert(0, format!("{caption}\n"));
        }
        Ok(lines.join("\n"))
    }

    /// Inline content, with the elements that are parts left as they are.
    pub(super) fn inline(
        &mut self,
        nodes: &'a [Node],
        is_part: fn(&Element) -> bool,
    ) -> Result<Vec<Piece<'a>>, Refusal> {
        let mut pieces = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => add(&mut pieces, &escaped(text)),
                Node::Element(element) if is_part(element) => pieces.push(Piece::Part(element)),
                Node::Element(element) => {
                    for piece in self.phrase(element, is_part)? {
                        match piece {
                            Piece::Text(text) => add(&mut pieces, &text),
                            part @ Piece::Part(_) => pieces.push(part),
                        }
                    }
                }
            }
        }
        Ok(pieces)
    }

    fn phrase(
        &mut self,
        element: &'a Element,
        is_part: fn(&Element) -> bool,
    ) -> Result<Vec<Piece<'a>>, Refusal> {
        let within = |reader: &mut Self| reader.inline(&element.nodes, is_part);
        let text = |text: String| Ok(vec![Piece::Text(text)]);
        match element.name.as_str() {
            "em" | "i" => Ok(marked(within(self)?, "*")),
            "strong" | "b" => Ok(marked(within(self)?, "**")),
            "del" | "s" => Ok(marked(within(self)?, "~~")),
            "code" | "tt" | "kbd" | "samp" => text(code(&element.text())),
            "printed-variable" => text(printed(element)?),
            "br" => text("\\\n".to_owned()),
            "sub" | "sup" => match math::raised(element) {
                Some(raised) => text(raised),
                None => {
                    self.note(ChangeCode::FormattingDropped, element);
                    within(self)
                }
            },
            "math" => text(math::formula(element)?),
            "img" => text(self.picture(element, element.attribute("src"), element.attribute("alt"))?),
            "object"
                if element
                    .attribute("type")
                    .is_some_and(|kind| kind.starts_with("image/")) =>
            {
                let words = element.text();
                text(self.picture(element, element.attribute("data"), Some(&words))?)
            }
            "a" => self.link(element, within),
            "span" | "bdo" | "q" | "cite" | "abbr" | "dfn" | "small" | "u" | "mark" | "var" | "big"
            | "acronym" | "ins" | "label" | "time" | "bdi" | "font" | "center" | "strike" | "nobr" => {
                if element.name != "span" {
                    self.note(ChangeCode::FormattingDropped, element);
                }
                within(self)
            }
            "feedback-inline" | "feedback-block" => {
                self.feedback_in_text(element);
                text(String::new())
            }
            // Nothing of a stranger's runs here, and nothing is lost of what is asked.
            "script" | "style" => {
                self.note(ChangeCode::PresentationDropped, element);
                text(String::new())
            }
            _ if is_block(element) => {
                self.note(ChangeCode::LayoutFlattened, element);
                let mut pieces = within(self)?;
                add(&mut pieces, " ");
                Ok(pieces)
            }
            _ => Err(element.refuse(RefusalCode::UnsupportedContent)),
        }
    }

    fn picture(
        &mut self,
        element: &Element,
        source: Option<&str>,
        words: Option<&str>,
    ) -> Result<String, Refusal> {
        let name = source.and_then(|source| (self.file)(source));
        let name = name.ok_or_else(|| element.refuse(RefusalCode::UnsupportedContent))?;
        let words = escaped(words.unwrap_or_default());
        Ok(format!("![{}](<{name}>)", words.trim()))
    }

    fn link(
        &mut self,
        element: &'a Element,
        within: impl Fn(&mut Self) -> Result<Vec<Piece<'a>>, Refusal>,
    ) -> Result<Vec<Piece<'a>>, Refusal> {
        let address = element.attribute("href").unwrap_or_default();
        let address = if address.starts_with("https://") || address.starts_with("http://") {
            Some(address.replace(['<', '>', ' ', '\n'], ""))
        } else {
            (self.file)(address)
        };
        let words = within(self)?;
        let Some(address) = address else {
            self.note(ChangeCode::AddressDropped, element);
            return Ok(words);
        };
        let linked = words.into_iter().map(|piece| match piece {
            Piece::Text(words) => Piece::Text(format!("[{words}](<{address}>)")),
            part @ Piece::Part(_) => part,
        });
        Ok(linked.collect())
    }
}

/// Puts text at the end, with one space where two runs of white space meet.
pub(super) fn add(pieces: &mut Vec<Piece<'_>>, text: &str) {
    if let Some(Piece::Text(known)) = pieces.last_mut() {
        let text = if known.ends_with([' ', '\n']) {
            text.trim_start_matches(' ')
        } else {
            text
        };
        known.push_str(text);
    } else if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}

/// Each text between marks, which stand at its words.
fn marked<'a>(pieces: Vec<Piece<'a>>, mark: &str) -> Vec<Piece<'a>> {
    let marked = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) if !text.trim().is_empty() => {
            let words = text.trim();
            let (before, after) = text.split_once(words).unwrap_or_default();
            Piece::Text(format!("{before}{mark}{words}{mark}{after}"))
        }
        other => other,
    });
    marked.collect()
}

fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// A template's variable, as texts print it.
fn printed(element: &Element) -> Result<String, Refusal> {
    let name = identifier(element, "identifier")?;
    let unsupported = || element.refuse(RefusalCode::UnsupportedTemplate);
    let is = |attribute, usual| element.attribute(attribute).is_none_or(|said| said == usual);
    let is_whole = ["index", "field", "delimiter"]
        .iter()
        .all(|part| element.attribute(part).is_none());
    if !(is_whole && is("base", "10") && is("power-form", "false")) {
        return Err(unsupported());
    }
    let Some(format) = element.attribute("format").filter(|format| !format.is_empty()) else {
        return Ok(format!("{{{{{name}}}}}"));
    };
    // `%.2f`: so many decimals.
    let places = format
        .strip_prefix("%.")
        .and_then(|format| format.strip_suffix('f'));
    let places = places.and_then(|places| places.parse::<u8>().ok());
    let places = places.filter(|places| *places <= MAX_PLACES);
    places
        .map(|places| format!("{{{{{name}:.{places}}}}}"))
        .ok_or_else(unsupported)
}

/// Text as Markdown that says the same, white space as one space.
pub(in crate::assessment) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            ' ' | '\t' | '\r' | '\n' => {
                if !escaped.ends_with(' ') {
                    escaped.push(' ');
                }
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '$' | '~' | '|' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '&' if letters
                .peek()
                .is_some_and(|next| *next == '#' || next.is_ascii_alphanumeric()) =>
            {
                escaped.push_str("\\&");
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line that begins with what would make a heading, a list or a rule.
fn at_line_start(line: &str) -> String {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line.len() - digits.len();
    if number > 0 && digits.starts_with(['.', ')']) {
        return format!("{}\\{digits}", &line[..number]);
    }
    if line.starts_with(['#', '+', '-', '=']) {
        return format!("\\{line}");
    }
    line.to_owned()
}

/// The first line after `first`, the others after `others`.
fn prefixed(text: &str, first: &str, others: &str) -> String {
    let lines = text.split('\n').enumerate().map(|(index, line)| {
        let prefix = if index == 0 { first } else { others };
        format!("{prefix}{line}").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}
