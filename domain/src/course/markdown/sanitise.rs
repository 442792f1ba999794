//! The last step: only what is on this list gets through.

use std::{borrow::Cow, sync::LazyLock};

use ammonia::{Builder, UrlRelative};

const TEXT: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "source",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "track",
    "ul",
    "video",
];

/// `MathML` Core, without what links or scripts.
const MATHS: &[&str] = &[
    "math",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

const MATHS_ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "columnspan",
    "depth",
    "dir",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .add_tags(TEXT)
        .add_tags(MATHS)
        .add_clean_content_tags(["script", "style"])
        .add_url_schemes(["http", "https", "mailto"])
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"))
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("code", ["class"])
        .add_tag_attributes("div", ["class", "role", "tabindex", "aria-label"])
        .add_tag_attributes("img", ["src", "alt", "loading"])
        .add_tag_attributes("li", ["id"])
        .add_tag_attributes("math", ["tabindex"])
        .add_tag_attributes("ol", ["start", "class"])
        .add_tag_attributes("pre", ["tabindex"])
        .add_tag_attributes("source", ["src", "type"])
        .add_tag_attributes("td", ["class"])
        .add_tag_attributes("th", ["class", "scope"])
        .add_tag_attributes("track", ["kind", "src", "label", "default"])
        .add_tag_attributes("video", ["controls", "preload", "aria-label"])
        .attribute_filter(|_, name, value| {
            let fine = match name {
                // Files of this site only.
                "src" => value.starts_with('/') && !value.starts_with("//"),
                "id" => value.starts_with("note-"),
                "tabindex" => value == "0",
                "class" => matches!(value, "num" | "scroll" | "notes") || value.starts_with("language-"),
                _ => true,
            };
            fine.then_some(Cow::Borrowed(value))
        });
    for tag in MATHS {
        cleaner.add_tag_attributes(*tag, MATHS_ATTRIBUTES);
    }
    cleaner
});

pub(super) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}
