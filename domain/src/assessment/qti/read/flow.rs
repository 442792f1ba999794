//! Running text with things in its lines.

use super::{
    super::{
        report::{ChangeCode, Refusal},
        xml::{Element, Node},
    },
    Reader,
    markdown::{Piece, add, is_block},
};
use crate::assessment::{Flow, Run};

impl Reader<'_> {
    /// Running text with parts in it, of the elements that `is_text` lets through.
    pub(in crate::assessment) fn flow<T>(
        &mut self,
        nodes: &[Node],
        is_text: fn(&Element) -> bool,
        is_part: fn(&Element) -> bool,
        mut part: impl FnMut(&mut Self, &Element) -> Result<T, Refusal>,
    ) -> Result<Flow<T>, Refusal> {
        let mut paragraphs = Vec::new();
        for line in self.lines(nodes, is_text) {
            let mut runs = Vec::new();
            for piece in self.inline_nodes(&line, is_part)? {
                match piece {
                    Piece::Text(text) => runs.push(Run::Text(text.replace("\\\n", " "))),
                    Piece::Part(element) => runs.push(Run::Part(part(self, element)?)),
                }
            }
            if let Some(Run::Text(text)) = runs.first_mut() {
                *text = text.trim_start().to_owned();
            }
            if let Some(Run::Text(text)) = runs.last_mut() {
                *text = text.trim_end().to_owned();
            }
            runs.retain(|run| !matches!(run, Run::Text(text) if text.is_empty()));
            if !runs.is_empty() {
                paragraphs.push(runs);
            }
        }
        Ok(Flow { paragraphs })
    }

    /// The lines of flow content: what stands in each innermost block.
    fn lines<'a>(&mut self, nodes: &'a [Node], is_text: fn(&Element) -> bool) -> Vec<Vec<&'a Node>> {
        let mut lines = vec![Vec::new()];
        for node in nodes {
            match node {
                Node::Element(element) if !is_text(element) => {}
                Node::Element(element) if is_block(element) || is_table_part(element) => {
                    if !matches!(element.name.as_str(), "p" | "div" | "section" | "content-body") {
                        self.note(ChangeCode::LayoutFlattened, element);
                    }
                    lines.extend(self.lines(&element.nodes, is_text));
                    lines.push(Vec::new());
                }
                _ => {
                    if let Some(line) = lines.last_mut() {
                        line.push(node);
                    }
                }
            }
        }
        lines
    }

    fn inline_nodes<'a>(
        &mut self,
        nodes: &[&'a Node],
        is_part: fn(&Element) -> bool,
    ) -> Result<Vec<Piece<'a>>, Refusal> {
        let mut pieces = Vec::new();
        for node in nodes {
            for piece in self.inline(std::slice::from_ref(*node), is_part)? {
                match piece {
                    Piece::Text(text) => add(&mut pieces, &text),
                    part @ Piece::Part(_) => pieces.push(part),
                }
            }
        }
        Ok(pieces)
    }
}

fn is_table_part(element: &Element) -> bool {
    matches!(element.name.as_str(), "thead" | "tbody" | "tfoot" | "td" | "th")
}
