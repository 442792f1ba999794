//! `MathML` into the `LaTeX` that formulas are written in here.

use super::super::{
    report::{Refusal, RefusalCode},
    xml::Element,
};

/// A formula between dollar signs: the `LaTeX` that it was made from, if it says
/// so, and else what its presentation says.
pub(super) fn formula(math: &Element) -> Result<String, Refusal> {
    let is_source = |element: &&Element| {
        element.name == "annotation" && element.attribute("encoding") == Some("application/x-tex")
    };
    let below = math.below();
    let source = below.into_iter().find(is_source);
    let latex = match source {
        Some(source) => source.text().trim().to_owned(),
        None => row(math)?,
    };
    let latex = latex.split_whitespace().collect::<Vec<_>>().join(" ");
    // What would end the formula.
    if latex.replace("\\$", "").contains('$') || latex.is_empty() {
        return Err(math.refuse(RefusalCode::UnsupportedContent));
    }
    let mark = if math.attribute("display") == Some("block") {
        "$$"
    } else {
        "$"
    };
    Ok(format!("{mark}{latex}{mark}"))
}

/// A raised or lowered number or sign, as a formula; none if it is more than that.
pub(super) fn raised(element: &Element) -> Option<String> {
    let text = element.text();
    let text = text.trim();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '−' | ',');
    let is_short = !text.is_empty() && text.len() <= 20 && element.elements().next().is_none();
    let mark = if element.name == "sub" { '_' } else { '^' };
    (is_short && text.chars().all(is_plain)).then(|| format!("${{}}{mark}{{\\mathrm{{{text}}}}}$"))
}

fn row(element: &Element) -> Result<String, Refusal> {
    let parts: Vec<String> = element.elements().map(part).collect::<Result<_, _>>()?;
    Ok(parts.join(" "))
}

fn part(element: &Element) -> Result<String, Refusal> {
    let text = element.text();
    let text = text.trim();
    let unknown = || element.refuse(RefusalCode::UnsupportedContent);
    let parts: Vec<String> = element.elements().map(part).collect::<Result<_, _>>()?;
    Ok(match (element.name.as_str(), parts.as_slice()) {
        ("mrow" | "mstyle" | "mpadded", parts) => parts.join(" "),
        ("semantics", [shown, ..]) => shown.clone(),
        ("mspace", _) => "\\;".to_owned(),
        ("mtext", []) => format!("\\text{{{}}}", literal(text)),
        ("mi", []) if text.chars().count() > 1 => format!("\\mathrm{{{}}}", literal(text)),
        ("mi" | "mn" | "mo", []) => literal(text),
        ("mfrac", [over, under]) => format!("\\frac{{{over}}}{{{under}}}"),
        ("msqrt", parts) => format!("\\sqrt{{{}}}", parts.join(" ")),
        ("mroot", [of, degree]) => format!("\\sqrt[{degree}]{{{of}}}"),
        ("msub", [base, low]) => format!("{{{base}}}_{{{low}}}"),
        ("msup", [base, high]) => format!("{{{base}}}^{{{high}}}"),
        ("msubsup", [base, low, high]) => format!("{{{base}}}_{{{low}}}^{{{high}}}"),
        _ => return Err(unknown()),
    })
}

fn literal(text: &str) -> String {
    let mut literal = String::new();
    for c in text.chars() {
        match c {
            '×' => literal.push_str("\\times "),
            '·' | '⋅' => literal.push_str("\\cdot "),
            '÷' => literal.push_str("\\div "),
            '−' => literal.push('-'),
            '≤' => literal.push_str("\\le "),
            '≥' => literal.push_str("\\ge "),
            '≠' => literal.push_str("\\ne "),
            'π' => literal.push_str("\\pi "),
            '\u{2061}'..='\u{2064}' | '\\' => {}
            '{' | '}' | '$' | '%' | '#' | '&' | '_' => {
                literal.push('\\');
                literal.push(c);
            }
            c => literal.push(c),
        }
    }
    literal.trim().to_owned()
}
