//! Rows that are put in order: their buttons, and dragging, without a round
//! trip. Every move numbers the rows and is a change like any other.

use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement},
};

use crate::islands::listen::listen;

/// Wakes the rows of a form.
pub(super) fn begin(form: &HtmlFormElement) {
    listen(form, "click", |event| {
        let Some(button) = closest(&event, "button[name=move]") else {
            return;
        };
        let Some(row) = button.closest("li").ok().flatten() else {
            return;
        };
        event.prevent_default();
        let up = button
            .get_attribute("value")
            .is_some_and(|value| value.starts_with("up"));
        let (before, moved) = if up {
            (row.previous_element_sibling(), Some(row.clone()))
        } else {
            (Some(row.clone()), row.next_element_sibling())
        };
        if let (Some(before), Some(moved)) = (before, moved) {
            let _ = before.before_with_node_1(&moved);
        }
        number(&row);
        if let Ok(button) = button.dyn_into::<HtmlElement>() {
            let _ = button.focus();
        }
    });
    for at in 0..rows(form).map_or(0, |rows| rows.length()) {
        let row = rows(form).and_then(|rows| rows.item(at)?.dyn_into::<Element>().ok());
        if let Some(row) = row {
            let _ = row.set_attribute("draggable", "true");
        }
    }
    listen(form, "dragstart", |event| {
        if let Some(row) = closest(&event, ".order > li") {
            let _ = row.class_list().add_1("dragged");
        }
    });
    listen(form, "dragover", |event| {
        let Some(over) = closest(&event, ".order > li") else {
            return;
        };
        let dragged = over
            .parent_element()
            .and_then(|list| list.query_selector(".dragged").ok()?);
        let Some(dragged) = dragged.filter(|dragged| *dragged != over) else {
            return;
        };
        event.prevent_default();
        // Downwards it goes behind the row under the pointer, upwards before it.
        let below = dragged.compare_document_position(&over) & 4 != 0;
        let _ = if below {
            over.after_with_node_1(&dragged)
        } else {
            over.before_with_node_1(&dragged)
        };
    });
    listen(form, "drop", |event| event.prevent_default());
    listen(form, "dragend", |event| {
        if let Some(row) = closest(&event, ".order > li") {
            let _ = row.class_list().remove_1("dragged");
            number(&row);
        }
    });
}

fn rows(form: &HtmlFormElement) -> Option<leptos::web_sys::NodeList> {
    form.query_selector_all(".order > li").ok()
}

fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()?
}

/// Gives every row of the list its place, and says that something changed.
fn number(row: &Element) {
    let Some(list) = row.parent_element() else {
        return;
    };
    let rows = list.children();
    for place in 0..rows.length() {
        let field = rows.item(place).and_then(|row| row.query_selector("input").ok()?);
        let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
            continue;
        };
        field.set_value(&(place + 1).to_string());
        if place == 0
            && let Ok(event) = Event::new_with_event_init_dict("input", &bubbling())
        {
            let _ = field.dispatch_event(&event);
        }
    }
}

fn bubbling() -> leptos::web_sys::EventInit {
    let init = leptos::web_sys::EventInit::new();
    init.set_bubbles(true);
    init
}
