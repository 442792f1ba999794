//! Formulas: `LaTeX` in, `MathML` out.

use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay, MaxExpansions};
use pulldown_cmark::{CowStr, Event};

use super::{Events, html};

/// The longest formula, in bytes.
const MAX_FORMULA: usize = 1_000;
/// The longest `MathML` of one formula, in bytes.
const MAX_MATHML: usize = 60_000;
/// How deep braces and brackets may be nested in a formula.
const MAX_DEPTH: usize = 16;

static CONVERTER: LazyLock<LatexToMathML> = LazyLock::new(|| {
    let config = MathCoreConfig {
        // Commands of an author's own could make a short formula a very long one.
        max_expansions: MaxExpansions(0),
        ..MathCoreConfig::default()
    };
    LatexToMathML::new(config, Vec::new()).unwrap_or_default()
});

/// The same for readers elsewhere, with the `LaTeX` beside what is shown.
static WITH_SOURCE: LazyLock<LatexToMathML> = LazyLock::new(|| {
    let config = MathCoreConfig {
        max_expansions: MaxExpansions(0),
        annotation: true,
        xml_namespace: true,
        ..MathCoreConfig::default()
    };
    LatexToMathML::new(config, Vec::new()).unwrap_or_default()
});

/// A formula as `MathML` that says which `LaTeX` it was; what is none, or is too
/// large, as the code it is.
pub(crate) fn with_source(latex: &str, is_block: bool) -> String {
    let display = if is_block {
        MathDisplay::Block
    } else {
        MathDisplay::Inline
    };
    let converted = is_moderate(latex)
        .then(|| WITH_SOURCE.convert_with_local_state(latex, display).ok())
        .flatten()
        .filter(|converted| converted.mathml.len() <= MAX_MATHML);
    match converted {
        Some(converted) => converted.mathml,
        None => format!("<code>{}</code>", super::attribute(latex)),
    }
}

/// Formulas as `MathML`; what is none, or is too large, as the code it is.
pub(super) fn as_mathml(events: Events<'_>) -> Events<'_> {
    events
        .into_iter()
        .map(|event| match event {
            Event::InlineMath(latex) => mathml(latex, MathDisplay::Inline),
            Event::DisplayMath(latex) => mathml(latex, MathDisplay::Block),
            other => other,
        })
        .collect()
}

fn mathml(latex: CowStr<'_>, display: MathDisplay) -> Event<'_> {
    let converted = is_moderate(&latex)
        .then(|| CONVERTER.convert_with_local_state(&latex, display).ok())
        .flatten()
        .filter(|converted| converted.mathml.len() <= MAX_MATHML);
    match converted {
        Some(converted) => html(reachable(&converted.mathml)),
        None => Event::Code(latex),
    }
}

/// On a narrow screen a formula on lines of its own is moved sideways: by keyboard, too.
fn reachable(mathml: &str) -> String {
    mathml.replacen(
        "<math display=\"block\"",
        "<math display=\"block\" tabindex=\"0\"",
        1,
    )
}

/// The converter reads by recursion, so that depth has to be bounded before:
/// every opening counts, and so does every command that takes the next token as
/// its argument, closed or not.
fn is_moderate(latex: &str) -> bool {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for c in latex.chars() {
        match c {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    latex.len() <= MAX_FORMULA && deepest <= MAX_DEPTH
}
