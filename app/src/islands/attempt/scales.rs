//! The scale beside a number's field. It writes into the field, which is what is
//! saved, and follows it.

use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlFormElement, HtmlInputElement},
};

use super::fields;
use crate::islands::listen::listen;

/// Shows the scales of a form.
pub(super) fn begin(form: &HtmlFormElement) {
    listen(form, "input", |event| {
        let Some(changed) = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        let Some(slider) = changed.closest(".slider").ok().flatten() else {
            return;
        };
        if changed.type_() == "range" {
            write(&slider, &changed);
        } else {
            follow(&slider);
        }
    });
    show(form);
}

/// Sets each scale to what its field says.
pub(super) fn show(form: &HtmlFormElement) {
    let Ok(sliders) = form.query_selector_all(".slider") else {
        return;
    };
    let sliders = (0..sliders.length()).filter_map(|at| sliders.item(at)?.dyn_into::<Element>().ok());
    for slider in sliders {
        follow(&slider);
        if let Some(scale) = scale(&slider) {
            scale.set_hidden(false);
        }
    }
}

fn write(slider: &Element, scale: &HtmlInputElement) {
    let mark = scale.get_attribute("data-mark").unwrap_or_else(|| ".".to_owned());
    let Some(field) = field(slider) else {
        return;
    };
    field.set_value(&scale.value().replace('.', &mark));
    fields::say_changed(&field);
}

fn follow(slider: &Element) {
    if let (Some(scale), Some(field)) = (scale(slider), field(slider)) {
        let mark = scale.get_attribute("data-mark").unwrap_or_else(|| ".".to_owned());
        let number = field.value().trim().replace(&mark, ".");
        if !number.is_empty() {
            scale.set_value(&number);
        }
    }
}

fn scale(slider: &Element) -> Option<HtmlInputElement> {
    slider.query_selector("input[type=range]").ok()??.dyn_into().ok()
}

fn field(slider: &Element) -> Option<HtmlInputElement> {
    slider.query_selector("input[name]").ok()??.dyn_into().ok()
}
