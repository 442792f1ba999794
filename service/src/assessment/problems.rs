//! What the domain finds wrong with a document, at the fields of its form.

use domain::assessment::Problem;

use crate::FieldErrors;

/// The names that a problem's sentence may mention.
const NAMES: [&str; 6] = ["min", "max", "identifier", "expected", "width", "height"];

/// The problems that keep a document from being published, each at its path in
/// the document's JSON (`responses[0].correctResponse`), with the codes of the
/// domain after `document-`. Warnings are left out.
pub(super) fn blocking(problems: Vec<Problem>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for problem in problems.into_iter().filter(|problem| !problem.code.is_warning()) {
        let args = NAMES.map(|name| (name, problem.args.get(name).cloned().unwrap_or_default()));
        errors.add_with(problem.path, format!("document-{}", problem.code), args);
    }
    errors
}
