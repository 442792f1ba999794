use super::{Checker, interaction};
use crate::assessment::{Flow, Interaction, Passage, Run, limits};

pub(super) fn check(checker: &mut Checker, path: &str, passage: &Passage) {
    checker.length(&format!("{path}.prompt"), &passage.prompt, limits::MARKDOWN);
    flow(checker, &format!("{path}.text"), &passage.text);
    for (path, gap) in gaps(path, passage) {
        interaction::in_text(checker, &path, gap);
    }
}

/// The gaps of a passage, each with its path.
pub(super) fn gaps<'a>(path: &str, passage: &'a Passage) -> Vec<(String, &'a Interaction)> {
    parts(&format!("{path}.text"), &passage.text)
}

/// The parts of a running text, each with its path.
pub(super) fn parts<'a, T>(path: &str, flow: &'a Flow<T>) -> Vec<(String, &'a T)> {
    let mut parts = Vec::new();
    for (paragraph, runs) in flow.paragraphs.iter().enumerate() {
        for (index, run) in runs.iter().enumerate() {
            if let Run::Part(part) = run {
                parts.push((format!("{path}[{paragraph}][{index}].part"), part));
            }
        }
    }
    parts
}

/// The bounds of a running text, which has something in it.
pub(super) fn flow<T>(checker: &mut Checker, path: &str, flow: &Flow<T>) {
    checker.count(path, flow.parts().count(), 1, limits::RUNS);
    checker.count(path, flow.paragraphs.len(), 1, limits::RUNS);
    for (paragraph, runs) in flow.paragraphs.iter().enumerate() {
        let path = format!("{path}[{paragraph}]");
        checker.count(&path, runs.len(), 1, limits::RUNS);
        for (index, run) in runs.iter().enumerate() {
            if let Run::Text(text) = run {
                checker.length(&format!("{path}[{index}].text"), text, limits::MARKDOWN);
            }
        }
    }
}
