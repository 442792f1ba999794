//! Markdown as XHTML.

use pulldown_cmark::{Event, Options, Parser, html::push_html};

use super::escaped;
use crate::course::markdown;

/// The text's paragraphs, lists and tables.
pub(super) fn blocks(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
    let events = Parser::new_ext(text, options).map(|event| match event {
        Event::InlineMath(latex) => Event::InlineHtml(markdown::formula_with_source(&latex, false).into()),
        Event::DisplayMath(latex) => Event::InlineHtml(markdown::formula_with_source(&latex, true).into()),
        // Shown as text here, and so it is text there.
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut html = String::with_capacity(text.len() * 2);
    push_html(&mut html, events);
    html
}

/// A prompt: without the paragraph around it if there is one only.
pub(super) fn prompt(text: &str) -> String {
    let html = blocks(text);
    let one = html
        .trim()
        .strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>"));
    one.filter(|line| !line.contains("<p>"))
        .map_or(html.clone(), str::to_owned)
}

/// A text that stays within a line. White space at its ends counts.
pub(super) fn line(text: &str) -> String {
    // A full stop before it keeps what would begin a list or a heading text.
    let html = blocks(&format!(".{text}"));
    let one = html
        .trim()
        .strip_prefix("<p>.")
        .and_then(|html| html.strip_suffix("</p>"));
    let end = if text.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    match one.filter(|line| !line.contains("<p>")) {
        Some(line) => format!("{line}{end}"),
        None => escaped(text),
    }
}
