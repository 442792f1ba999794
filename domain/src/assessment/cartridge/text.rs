//! Texts: material, in plain words or in HTML.

use super::{Element, Question, Refusal, RefusalCode};
use crate::assessment::{
    moodle::bounded,
    qti::{ChangeCode, html},
};

/// What is asked: all material that is not a choice's. The name, where there is none.
pub(super) fn prompt(question: &mut Question<'_, '_>, presentation: &Element) -> Result<String, Refusal> {
    let prompt = materials(question, presentation, &["response_label"])?;
    Ok(question.or_title(prompt))
}

/// The material in an element as Markdown, but for what stands in those.
pub(super) fn materials(
    question: &mut Question<'_, '_>,
    holder: &Element,
    aside: &[&str],
) -> Result<String, Refusal> {
    let mut texts = Vec::new();
    for element in holder.elements().filter(|it| !aside.contains(&it.name.as_str())) {
        match element.name.as_str() {
            "mattext" | "matemtext" => texts.push(said(question, element)?),
            "matbreak" => {}
            // The same for those who can't take it in as it is.
            "altmaterial" => question.texts.note(ChangeCode::AccessibilityDropped, element),
            name if name.starts_with("mat") && name != "material" => {
                return Err(element.refuse(RefusalCode::UnsupportedContent));
            }
            _ => texts.push(materials(question, element, aside)?),
        }
    }
    texts.retain(|text| !text.is_empty());
    Ok(texts.join("\n\n"))
}

fn said(question: &mut Question<'_, '_>, element: &Element) -> Result<String, Refusal> {
    if element.elements().next().is_some() {
        return question.texts.blocks(&element.nodes);
    }
    let text = element.text();
    bounded(element, &text)?;
    let nodes = match element.attribute("texttype") {
        None | Some("" | "text/plain" | "TEXT/PLAIN") => html::plain(&text, element.line),
        Some("text/html" | "text/xhtml" | "TEXT/HTML") => {
            html::parse(&text, element.line, &mut str::to_owned).map_err(|code| element.refuse(code))?
        }
        Some(_) => return Err(element.refuse(RefusalCode::UnsupportedContent)),
    };
    question.texts.blocks(&nodes)
}
