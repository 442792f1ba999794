//! Formulas in a text, between the marks that other systems put around them.

use crate::assessment::qti::xml::{Element, Node};

/// Marks between which a formula stands, and whether it has a line of its own.
const FORMULAS: [(&str, &str, bool); 3] = [("\\(", "\\)", false), ("\\[", "\\]", true), ("$$", "$$", true)];

/// The nodes with `\(…\)`, `\[…\]` and `$$…$$` as formulas.
pub(super) fn with_formulas(nodes: Vec<Node>) -> Vec<Node> {
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
