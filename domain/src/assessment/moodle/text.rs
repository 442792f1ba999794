//! Texts, in whichever of Moodle's formats.

use super::{Element, Question, Refusal, RefusalCode, files::OWN_FILE, said};
use crate::assessment::qti::{html, xml::Node};

impl Question<'_, '_> {
    /// A text as Markdown.
    pub(super) fn markdown(&mut self, holder: &Element) -> Result<String, Refusal> {
        let text = said(holder);
        bounded(holder, &text)?;
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
        bounded(holder, text)?;
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
        let mut address = |address: &str| self.files.path(holder, address);
        html::parse(text, line, &mut address).map_err(|code| holder.refuse(code))
    }
}

/// No text of any format is longer than one of HTML.
pub(in crate::assessment) fn bounded(holder: &Element, text: &str) -> Result<(), Refusal> {
    if text.len() > html::MAX_BYTES {
        return Err(holder.refuse(RefusalCode::TooLarge));
    }
    Ok(())
}
