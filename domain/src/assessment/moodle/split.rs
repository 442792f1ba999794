//! A bank as documents of one question each.

use super::{Refusal, RefusalCode, document, said};
use crate::assessment::qti::xml::text_of;

/// Questions of one bank.
pub const MAX_QUESTIONS: usize = 2_000;

/// A question of a bank, as a document of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What the file calls it; any text.
    pub name: String,
    /// The category that it stands in, as the bank's path; may be empty.
    pub category: String,
    /// The line of the bank that the document's first line is, from 1.
    pub line: u32,
    /// The document.
    pub source: String,
}

/// The questions of a bank. What is a heading and asks nothing is among them, to
/// be refused with its reason.
pub fn split(bytes: &[u8]) -> Result<Vec<Part>, Refusal> {
    let text = text_of(bytes)?;
    let root = document(bytes)?;
    let mut category = String::new();
    let mut parts = Vec::new();
    for question in root.all("question") {
        if question.attribute("type") == Some("category") {
            let path = question.first("category").map(said).unwrap_or_default();
            category = path.split_whitespace().collect::<Vec<_>>().join(" ");
            continue;
        }
        if parts.len() >= MAX_QUESTIONS {
            return Err(question.refuse(RefusalCode::TooLarge));
        }
        let source = text.get(question.span.clone()).unwrap_or_default();
        parts.push(Part {
            name: question
                .first("name")
                .map(said)
                .unwrap_or_default()
                .trim()
                .to_owned(),
            category: category.clone(),
            line: question.line,
            source: format!("<quiz>{source}</quiz>"),
        });
    }
    if parts.is_empty() {
        return Err(root.refuse(RefusalCode::NotAnItem));
    }
    Ok(parts)
}
