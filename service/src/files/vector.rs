//! Drawings: SVG, written anew from what is known to be harmless in it.
//!
//! Browsers run nothing in a drawing that stands in an `<img>`, and files are
//! served in a sandbox; what is left out here could do harm only where somebody
//! saves a drawing and opens it elsewhere.

use roxmltree::{Document, Node, ParsingOptions};

use super::PictureSize;

const SVG: &str = "http://www.w3.org/2000/svg";
/// The most elements and texts of a drawing.
const MOST_NODES: u32 = 50_000;
/// How deep elements may be nested.
const MAX_DEPTH: usize = 64;

const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
];

/// Not a drawing that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotADrawing;

/// Reads a drawing and writes it anew.
pub(super) fn draw_anew(bytes: &[u8]) -> Result<Vec<u8>, NotADrawing> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotADrawing)?;
    let options = ParsingOptions {
        // No document type: no entities that grow.
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let text = without_doctype(text.trim_start_matches('\u{feff}'));
    let document = Document::parse_with_options(&text, options).map_err(|_| NotADrawing)?;
    let root = document.root_element();
    if !is_drawing(root) || root.tag_name().name() != "svg" {
        return Err(NotADrawing);
    }
    let mut drawn = String::with_capacity(bytes.len());
    write_element(root, 0, &mut drawn)?;
    Ok(drawn.into_bytes())
}

/// How large a drawing is, in whole pixels: as its width and height say, or as the
/// frame that it is drawn in. None if it says neither.
pub(super) fn size(bytes: &[u8]) -> Option<PictureSize> {
    let text = std::str::from_utf8(bytes).ok()?;
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    let number = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok();
    let side = |name: &str| root.attribute(name).and_then(number);
    let frame: Vec<f64> = root
        .attribute("viewBox")
        .unwrap_or_default()
        .split([' ', ','])
        .filter_map(number)
        .collect();
    let frame = match frame.as_slice() {
        &[_, _, width, height] => Some((width, height)),
        _ => None,
    };
    let (width, height) = side("width").zip(side("height")).or(frame)?;
    let whole = |side: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 1 to 65535"
        )]
        (1.0..=65_535.0).contains(&side).then(|| side.round() as u16)
    };
    Some(PictureSize {
        width: whole(width)?,
        height: whole(height)?,
    })
}

/// Older programs write a document type that names the standard and defines
/// nothing. One that defines something stays, and is refused.
fn without_doctype(text: &str) -> std::borrow::Cow<'_, str> {
    let Some((before, rest)) = text.split_once("<!DOCTYPE svg") else {
        return text.into();
    };
    match rest.split_once('>') {
        Some((inside, after)) if !inside.contains(['[', '<']) => format!("{before}{after}").into(),
        _ => text.into(),
    }
}

fn is_drawing(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace() == Some(SVG) && ELEMENTS.contains(&node.tag_name().name())
}

fn write_element(node: Node<'_, '_>, depth: usize, drawn: &mut String) -> Result<(), NotADrawing> {
    if depth > MAX_DEPTH {
        return Err(NotADrawing);
    }
    let name = node.tag_name().name();
    if name == "style" {
        // All of it: a comment in the middle makes two texts of one.
        let style: String = node.children().filter_map(|child| child.text()).collect();
        if !is_plain_style(&style) {
            return Ok(());
        }
    }
    drawn.push('<');
    drawn.push_str(name);
    if depth == 0 {
        drawn.extend([" xmlns=\"", SVG, "\""]);
    }
    for attribute in node.attributes() {
        if let Some(name) = kept_name(&attribute) {
            drawn.extend([" ", name, "=\"", &escaped(attribute.value()), "\""]);
        }
    }
    drawn.push('>');
    for child in node.children() {
        if child.is_text() {
            drawn.push_str(&escaped(child.text().unwrap_or_default()));
        } else if child.is_element() && is_drawing(child) {
            write_element(child, depth + 1, drawn)?;
        }
    }
    drawn.extend(["</", name, ">"]);
    Ok(())
}

/// The name under which an attribute is kept, if it is: no handlers, no
/// addresses but those within the drawing.
fn kept_name<'a>(attribute: &roxmltree::Attribute<'a, '_>) -> Option<&'a str> {
    let name = attribute.name();
    let value = attribute.value();
    let kept = match (attribute.namespace(), name) {
        (None | Some("http://www.w3.org/1999/xlink"), "href") => value.trim_start().starts_with('#'),
        (None, "style") => is_plain_style(value),
        (None, _) => {
            !name.starts_with("on")
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && points_inside(value)
        }
        (Some(_), _) => false,
    };
    kept.then_some(name)
}

/// Whether every `url(…)` names a part of the drawing itself.
fn points_inside(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    // A backslash could spell a word in another way.
    !["javascript:", "\\", "image(", "image-set(", "src("]
        .iter()
        .any(|word| value.contains(word))
        && value
            .split("url(")
            .skip(1)
            .all(|rest| rest.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

/// Whether a style does no more than set properties.
fn is_plain_style(style: &str) -> bool {
    points_inside(style) && !style.contains(['@', '<'])
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(inside: &str) -> String {
        let svg = format!(
            "<?xml version=\"1.0\"?><svg xmlns=\"{SVG}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             xmlns:ink=\"https://ink.example\" viewBox=\"0 0 9 9\">{inside}</svg>"
        );
        let drawn = String::from_utf8(draw_anew(svg.as_bytes()).unwrap()).unwrap();
        drawn
            .strip_prefix(&format!("<svg xmlns=\"{SVG}\" viewBox=\"0 0 9 9\">"))
            .and_then(|rest| rest.strip_suffix("</svg>"))
            .unwrap()
            .to_owned()
    }

    #[test]
    fn what_is_harmless_stays() {
        for inside in [
            "<title id=\"t\">A &amp; B</title><path d=\"M0 0\" fill=\"url(#g)\"></path>",
            "<style>.a{fill:#123}</style><use href=\"#t\"></use>",
            "<text x=\"1\" style=\"fill: red\">x &lt; y<tspan dy=\"2\">z</tspan></text>",
        ] {
            assert_eq!(drawn(inside), inside);
        }
    }

    #[test]
    fn what_runs_or_reaches_out_is_left_out() {
        for inside in [
            "<script>alert(1)</script>",
            "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
            "<image href=\"https://elsewhere.example/x.png\"/>",
            "<style>@import url(https://elsewhere.example/x.css);</style>",
            "<style>a{fill:url(https://elsewhere.example)}</style>",
            "<style>a{}<!-- -->@import url(https://elsewhere.example/x.css);</style>",
            "<style>a{background:image-set(\"https://elsewhere.example/x.png\" 1x)}</style>",
            "<a href=\"javascript:alert(1)\"/>",
            "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<ink:page/>",
            "<!-- a comment -->",
        ] {
            assert_eq!(drawn(inside), "", "{inside}");
        }
        assert_eq!(
            drawn("<g onload=\"x()\" fill=\"url(https://elsewhere.example)\" ink:label=\"l\" id=\"g\"/>"),
            "<g id=\"g\"></g>"
        );
        assert_eq!(
            drawn("<g fill=\"u\\72l(https://elsewhere.example)\"/>"),
            "<g></g>"
        );
        assert_eq!(
            drawn("<use xlink:href=\"https://elsewhere.example/#a\"/>"),
            "<use></use>"
        );
    }

    #[test]
    fn a_drawing_says_how_large_it_is() {
        let size = |attributes: &str| {
            let found = size(format!("<svg xmlns=\"{SVG}\" {attributes}/>").as_bytes());
            found.map(|size| [size.width, size.height])
        };
        assert_eq!(size("width=\"640\" height=\"480px\""), Some([640, 480]));
        assert_eq!(
            size("width=\"100%\" height=\"100%\" viewBox=\"0 0 64.4 48\""),
            Some([64, 48])
        );
        assert_eq!(size("viewBox=\"0,0,9,8\""), Some([9, 8]));
        for none in [
            "",
            "width=\"9\"",
            "viewBox=\"0 0 0 9\"",
            "viewBox=\"0 0 9 99999\"",
        ] {
            assert_eq!(size(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        let deep = format!(
            "<svg xmlns=\"{SVG}\">{}{}</svg>",
            "<g>".repeat(5_000),
            "</g>".repeat(5_000)
        );
        for text in [
            "<html/>",
            "<svg/>",
            "<svg",
            "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
            &deep,
        ] {
            assert_eq!(draw_anew(text.as_bytes()), Err(NotADrawing));
        }
    }

    #[test]
    fn a_bare_document_type_is_passed_over() {
        let svg =
            format!("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x.dtd\"><svg xmlns=\"{SVG}\"/>");
        assert!(draw_anew(svg.as_bytes()).is_ok());
    }
}
