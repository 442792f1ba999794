//! The fields of a question, and the answer in them.

use std::collections::BTreeSet;

use js_sys::Array;
use leptos::{
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        Element, Event, EventInit, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlOptionElement,
        HtmlSelectElement, HtmlTextAreaElement, UrlSearchParams,
    },
};

use super::{rows, scales};

/// Which question a field belongs to: `q3.r.1` to 3.
pub(super) fn position_of(field: &Element) -> Option<u32> {
    let name = field.get_attribute("name")?;
    let (question, rest) = name.strip_prefix('q')?.split_once('.')?;
    rest.starts_with("r.").then(|| question.parse().ok())?
}

/// The first field of the question at `position`.
pub(super) fn first(form: &HtmlFormElement, position: u32) -> Option<HtmlElement> {
    let elements = form.elements();
    (0..elements.length())
        .filter_map(|at| elements.item(at))
        .find(|element| position_of(element) == Some(position))?
        .dyn_into()
        .ok()
}

/// The questions in which something else stands than what the page came with.
pub(super) fn changed(form: &HtmlFormElement) -> BTreeSet<u32> {
    let elements = form.elements();
    let elements = (0..elements.length()).filter_map(|at| elements.item(at));
    elements
        .filter(is_changed)
        .filter_map(|element| position_of(&element))
        .collect()
}

fn is_changed(element: &Element) -> bool {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.value() != input.default_value() || input.checked() != input.default_checked()
    } else if let Some(text) = element.dyn_ref::<HtmlTextAreaElement>() {
        text.default_value().is_ok_and(|came| came != text.value())
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        // Where the page chooses nothing, the browser chooses the first.
        let options = select.options();
        let came = (0..options.length()).find(|at| {
            let option = options.item(*at).and_then(|option| option.dyn_into().ok());
            option.is_some_and(|option: HtmlOptionElement| option.default_selected())
        });
        select.selected_index() != came.map_or(0, u32::cast_signed)
    } else {
        false
    }
}

/// Says of a field that script has changed what a person would have typed.
pub(super) fn say_changed(field: &HtmlInputElement) {
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
        let _ = field.dispatch_event(&event);
    }
}

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
    scales::show(form);
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
