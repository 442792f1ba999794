//! Places in a text that are found again once it is a tree.

use crate::assessment::qti::xml::{Element, Node};

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
