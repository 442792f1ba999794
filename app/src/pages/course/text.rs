//! Texts of authors, as HTML.

use std::collections::BTreeMap;

use domain::{
    course::markdown::{FileLinks, Words, descriptions, render},
    id::FileId,
};
use leptos::prelude::*;

use crate::{i18n::t, visit::InTenant};

/// The addresses of a tenant's files.
pub(crate) fn links(place: &InTenant, files: BTreeMap<String, FileId>) -> FileLinks {
    files
        .into_iter()
        .map(|(name, id)| (name, place.path(&format!("/files/{id}"))))
        .collect()
}

/// A text in the page's language.
pub(crate) fn text(markdown: &str, files: &FileLinks) -> AnyView {
    let html = html(markdown, files);
    view! { <div class="prose" inner_html=html></div> }.into_any()
}

/// A text that names no files.
pub(crate) fn without_files(markdown: &str) -> AnyView {
    text(markdown, &FileLinks::default())
}

/// A text's HTML.
pub(crate) fn html(markdown: &str, files: &FileLinks) -> String {
    let words = Words {
        table: t!("text-table"),
        transcript: t!("text-transcript"),
        captions: t!("text-captions"),
    };
    render(markdown, files, &words).into_string()
}

/// A text that stands within a line: a single paragraph loses its mark.
pub(crate) fn inline(markdown: &str, files: &FileLinks) -> String {
    let html = html(markdown, files);
    let inner = html
        .trim()
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    match inner {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html,
    }
}

/// A piece of running text, whose white space at the ends parts it from what
/// stands beside it. It stays within its line, whatever it begins with.
pub(crate) fn run(markdown: &str, files: &FileLinks) -> String {
    let space = |is_there: bool| if is_there { " " } else { "" };
    let trimmed = markdown.trim();
    if trimmed.is_empty() {
        return space(!markdown.is_empty()).to_owned();
    }
    let (before, after) = (
        space(markdown.starts_with(char::is_whitespace)),
        space(markdown.ends_with(char::is_whitespace)),
    );
    // Behind this nothing begins a list, a heading or a quotation.
    let kept_in_line = format!("{WORD_JOINER}{}", trimmed.replace('\n', " "));
    let html = inline(&kept_in_line, files);
    let html = html.strip_prefix(WORD_JOINER).unwrap_or(&html);
    format!("{before}{html}{after}")
}

const WORD_JOINER: char = '\u{2060}';

/// The beginning of a text without its marks, at most `most` characters.
pub(crate) fn plain(markdown: &str, most: usize) -> String {
    domain::course::markdown::beginning(markdown, most)
}

/// What a choice is called where no picture can stand: a picture by what it shows.
pub(crate) fn named(markdown: &str, most: usize) -> String {
    match plain(markdown, most) {
        nothing if nothing.is_empty() => descriptions(markdown).chars().take(most).collect(),
        words => words,
    }
}
