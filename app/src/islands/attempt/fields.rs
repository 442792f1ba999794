//! Showing an answer in the fields of its question.

use js_sys::Array;
use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, UrlSearchParams,
    },
};

use super::rows;

/// Fills in the question at `position` with `typed`, encoded as forms are.
pub(super) fn show(form: &HtmlFormElement, position: u32, typed: &str) {
    let Ok(typed) = UrlSearchParams::new_with_str(typed) else {
        return;
    };
    let prefix = format!("q{position}.");
    let elements = form.elements();
    for element in (0..elements.length()).filter_map(|at| elements.item(at)) {
        let name = element.get_attribute("name").unwrap_or_default();
        if let Some(own) = name.strip_prefix(&prefix).filter(|own| own.starts_with("r.")) {
            fill(&element, &typed.get_all(own));
        }
    }
    rows::sort(form);
}

fn fill(element: &Element, values: &Array) {
    let value = values.get(0).as_string().unwrap_or_default();
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "radio" | "checkbox" => input.set_checked(values.includes(&JsValue::from(input.value()), 0)),
            _ => input.set_value(&value),
        }
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.set_value(&value);
    } else if let Some(text) = element.dyn_ref::<HtmlTextAreaElement>() {
        text.set_value(&value);
    }
}
