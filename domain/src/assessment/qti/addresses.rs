//! What a document may call files by, wherever that stands in it.

use std::collections::BTreeSet;

use super::{
    html,
    xml::{Element, Node},
};

/// The values of all attributes, since which of them are addresses is up to the kind
/// of element, and the addresses in texts that are HTML.
pub(in crate::assessment) fn addresses(root: &Element) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in root.below() {
        found.extend(element.values().map(str::to_owned));
        for node in &element.nodes {
            if let Node::Text(text) = node {
                within(text, element.line, &mut found);
            }
        }
    }
    found
}

fn within(text: &str, line: u32, found: &mut BTreeSet<String>) {
    if !text.contains('<') {
        return;
    }
    let mut address = |address: &str| {
        found.insert(address.to_owned());
        String::new()
    };
    // A text that is too large has told what stands before it was.
    let _read = html::parse(text, line, &mut address);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_attributes_and_by_html_within_texts() {
        let xml =
            "<a href=' one.png '><mattext>&lt;img src=\"two%20b.png\" alt='x'&gt; three.png</mattext></a>";
        let found = addresses(&Element::parse(xml.as_bytes()).unwrap());
        assert_eq!(
            found.iter().map(String::as_str).collect::<Vec<_>>(),
            ["one.png", "two%20b.png"]
        );
    }
}
