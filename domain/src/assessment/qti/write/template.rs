//! How an item is made anew.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

use super::{
    super::extension::PRINTED_IN_PLACE,
    Xml, escaped,
    rules::{expression, rules, set, text},
};
use crate::assessment::{
    Expression, Item, Literal, Template, TemplateAction,
    template::{Piece, pieces},
};

pub(super) fn template(xml: &mut Xml, template: &Template) {
    for declared in &template.variables {
        let attributes = [
            ("identifier", declared.identifier.as_str()),
            ("cardinality", declared.cardinality.as_str()),
            ("base-type", declared.base_type.as_str()),
        ];
        xml.open("qti-template-declaration", &attributes);
        if !declared.default_value.is_empty() {
            let value = |literal| format!("<qti-value>{}</qti-value>", escaped(&text(literal)));
            let values: String = declared.default_value.iter().map(value).collect();
            xml.hold("qti-default-value", &[], &values);
        }
        xml.close("qti-template-declaration");
    }
    xml.open("qti-template-processing", &[]);
    rules(xml, "template", &template.rules, &action);
    xml.close("qti-template-processing");
}

fn action(xml: &mut Xml, action: &TemplateAction) {
    let (name, identifier, value) = match action {
        TemplateAction::SetTemplateValue { identifier, value } => ("template-value", identifier, value),
        TemplateAction::SetCorrectResponse { identifier, value } => ("correct-response", identifier, value),
        TemplateAction::SetDefaultValue { identifier, value } => ("default-value", identifier, value),
        TemplateAction::TemplateConstraint(condition) => {
            xml.open("qti-template-constraint", &[]);
            expression(xml, condition);
            xml.close("qti-template-constraint");
            return;
        }
    };
    set(xml, &format!("qti-set-{name}"), identifier.as_str(), value);
}

/// Where a printed variable begins and ends, until all is XML: for private use,
/// so that no Markdown takes them for marks.
const OPEN: char = '\u{f8f0}';
const CLOSE: char = '\u{f8f1}';

/// The item with marks where its texts print variables.
pub(super) fn with_marks(item: &Item, template: &Template) -> Item {
    Item {
        body: marked(&item.body, template),
        feedback: marked(&item.feedback, template),
        ..item.clone()
    }
}

fn marked<T: Serialize + DeserializeOwned + Clone>(part: &T, template: &Template) -> T {
    let json = serde_json::to_value(part).map(|mut json| {
        mark(&mut json, template);
        json
    });
    let marked = json.and_then(serde_json::from_value);
    marked.unwrap_or_else(|_| part.clone())
}

fn mark(json: &mut Json, template: &Template) {
    match json {
        Json::String(text) if text.contains("{{") => {
            let mut marked = String::new();
            for piece in pieces(text) {
                match piece {
                    Piece::Text(text) => marked.push_str(text),
                    Piece::Variable(name, places) => {
                        let places = places.map(|places| format!(":.{places}")).unwrap_or_default();
                        if template.variables.iter().any(|it| it.identifier == name) {
                            marked.push(OPEN);
                            marked.extend([name.as_str(), &places]);
                            marked.push(CLOSE);
                        } else {
                            marked.extend(["{{", name.as_str(), &places, "}}"]);
                        }
                    }
                }
            }
            *text = marked;
        }
        Json::Array(parts) => parts.iter_mut().for_each(|part| mark(part, template)),
        Json::Object(fields) => fields.values_mut().for_each(|part| mark(part, template)),
        _ => {}
    }
}

/// The marks as elements; within tags and formulas, where none can stand, as
/// texts print them, and then with a condition that other readers do not know.
pub(super) fn with_printed(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let (mut in_tag, mut in_math, mut in_place) = (false, false, false);
    let mut rest = xml;
    while let Some(c) = rest.chars().next() {
        if c == OPEN
            && let Some((name, after)) = rest.get(c.len_utf8()..).and_then(|rest| rest.split_once(CLOSE))
        {
            if in_tag || in_math {
                // A label says again what the prompt says; nothing else stands twice.
                let attribute = out.rsplit_once("=\"").map(|(before, _)| before);
                let is_label = in_tag && attribute.is_some_and(|before| before.ends_with("label"));
                in_place |= !is_label;
                out.extend(["{{", name, "}}"]);
            } else {
                out.push_str(&element(name));
            }
            rest = after;
            continue;
        }
        if c == '<' {
            in_tag = true;
            if rest.starts_with("<math") {
                in_math = true;
            } else if rest.starts_with("</math") {
                in_math = false;
            }
        } else if c == '>' {
            in_tag = false;
        }
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    if in_place {
        let end = "</qti-template-processing>";
        return out.replacen(end, &format!("{}{end}", holds_in_place()), 1);
    }
    out
}

/// What always holds, for those who know that variables are printed in place.
fn holds_in_place() -> String {
    let mut xml = Xml::default();
    xml.open("qti-template-constraint", &[]);
    xml.open("qti-custom-operator", &[("class", PRINTED_IN_PLACE)]);
    expression(&mut xml, &Expression::BaseValue(Literal::Boolean(true)));
    xml.close("qti-custom-operator");
    xml.close("qti-template-constraint");
    xml.text
}

fn element(name: &str) -> String {
    match name.split_once(":.") {
        Some((name, places)) => {
            format!("<qti-printed-variable identifier=\"{name}\" format=\"%.{places}f\"/>")
        }
        None => format!("<qti-printed-variable identifier=\"{name}\"/>"),
    }
}
