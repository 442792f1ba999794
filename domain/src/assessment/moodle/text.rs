//! Texts, in whichever of Moodle's formats.

use super::{Element, Question, Refusal, RefusalCode, said};
use crate::assessment::qti::{html, unescaped, xml::Node};

/// Where a text says that a file is one of its own.
const OWN_FILE: &str = "@@PLUGINFILE@@/";

impl Question<'_, '_> {
    /// A text as Markdown.
    pub(super) fn markdown(&mut self, holder: &Element) -> Result<String, Refusal> {
        let text = said(holder);
        if holder.attribute("format") == Some("markdown") {
            // It is what texts are written in here; what it names is not found so.
            let is_alone = !text.contains(OWN_FILE);
            return is_alone
                .then(|| text.trim().to_owned())
                .ok_or_else(|| holder.refuse(RefusalCode::UnsupportedContent));
        }
        let nodes = self.nodes(holder, &text)?;
        self.texts.blocks(&nodes)
    }

    /// A text that stays within a line, as Markdown.
    pub(super) fn line(&mut self, holder: &Element) -> Result<String, Refusal> {
        let nodes = self.nodes(holder, &said(holder))?;
        let line = match nodes.as_slice() {
            // The paragraph that editors put around every text.
            [Node::Element(only)] if only.name == "p" => self.texts.line(&only.nodes)?,
            nodes => self.texts.line(nodes)?,
        };
        Ok(line.trim().to_owned())
    }

    /// What such a text of that holder is made of.
    pub(super) fn nodes(&self, holder: &Element, text: &str) -> Result<Vec<Node>, Refusal> {
        let line = holder.first("text").unwrap_or(holder).line;
        let is_plain = match holder.attribute("format") {
            Some("plain_text") => true,
            // HTML where it has some, and else lines.
            Some("moodle_auto_format") => !text.contains(['<', '&']),
            _ => false,
        };
        if is_plain {
            return Ok(html::plain(text, line));
        }
        let mut address = |address: &str| self.address(holder, address);
        html::parse(text, line, &mut address).map_err(|code| holder.refuse(code))
    }

    /// The path of a file that stands beside a text; any other address as it is.
    fn address(&self, holder: &Element, address: &str) -> String {
        let Some(wanted) = address.strip_prefix(OWN_FILE) else {
            return address.to_owned();
        };
        let wanted = wanted.split(['?', '#']).next().unwrap_or_default();
        let is_it = |file: &&Element| {
            let name = file.attribute("name").unwrap_or_default();
            let folder = file.attribute("path").unwrap_or("/").trim_start_matches('/');
            let path = format!("{folder}{name}");
            wanted == path || unescaped(wanted).is_some_and(|wanted| wanted == path)
        };
        let file = holder.all("file").find(is_it);
        let index = file.and_then(|file| self.files.iter().position(|known| std::ptr::eq(*known, file)));
        let name = file.and_then(|file| file.attribute("name")).unwrap_or_default();
        // Where it is, by number; its name is only what it may be called.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        index.map_or_else(|| address.to_owned(), |index| format!("{index}/{name}"))
    }
}
