//! Rows that are put in order: their buttons, and dragging, without a round
//! trip. A move begins from the numbers that were typed, numbers all rows, and is a
//! change like any other.

use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement},
};

use super::fields::say_changed;
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
        sort_with(&row);
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
        tell(&row);
        // At an end the button can do no more: the other one of its row can.
        let next = row.query_selector("button[name=move]:enabled").ok().flatten();
        let stays = button.matches(":enabled").unwrap_or(false);
        let focused = if stays { Some(button) } else { next };
        if let Some(Ok(focused)) = focused.map(JsCast::dyn_into::<HtmlElement>) {
            let _ = focused.focus();
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
        sort_with(&dragged);
        // Downwards it goes behind the row under the pointer, upwards before it.
        let below = dragged.compare_document_position(&over) & 4 != 0;
        let _ = if below {
            over.after_with_node_1(&dragged)
        } else {
            over.before_with_node_1(&dragged)
        };
        number(&dragged);
    });
    listen(form, "drop", |event| event.prevent_default());
    listen(form, "dragend", |event| {
        if let Some(row) = closest(&event, ".order > li") {
            let _ = row.class_list().remove_1("dragged");
            sort_with(&row);
            number(&row);
            tell(&row);
        }
    });
}

/// Puts the rows of each list in the order of their numbers. What has none stays
/// behind.
pub(super) fn sort(form: &HtmlFormElement) {
    let Ok(lists) = form.query_selector_all(".order") else {
        return;
    };
    let lists = (0..lists.length()).filter_map(|at| lists.item(at)?.dyn_into::<Element>().ok());
    for list in lists {
        sort_list(&list);
        open_ways(&list);
    }
}

fn sort_with(row: &Element) {
    if let Some(list) = row.parent_element() {
        sort_list(&list);
    }
}

fn sort_list(list: &Element) {
    let children = list.children();
    let mut rows: Vec<Element> = (0..children.length())
        .filter_map(|at| children.item(at))
        .collect();
    // A row that is moved loses the focus.
    if rows.is_sorted_by_key(place) {
        return;
    }
    rows.sort_by_key(place);
    for row in &rows {
        let _ = list.append_child(row);
    }
}

/// The number that a row was given.
fn place(row: &Element) -> u32 {
    let typed = field(row).map(|field| field.value());
    typed
        .and_then(|typed| typed.trim().parse().ok())
        .unwrap_or(u32::MAX)
}

fn rows(form: &HtmlFormElement) -> Option<leptos::web_sys::NodeList> {
    form.query_selector_all(".order > li").ok()
}

/// What `selector` finds from where an event was, upwards.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()?
}

/// Gives every row of the list its place.
fn number(row: &Element) {
    let Some(list) = row.parent_element() else {
        return;
    };
    let rows = list.children();
    let fields = (0..rows.length()).filter_map(|at| field(&rows.item(at)?));
    for (field, place) in fields.zip(1_u32..) {
        field.set_value(&place.to_string());
    }
    open_ways(&list);
}

/// Says that the places of a list have changed.
fn tell(row: &Element) {
    if let Some(field) = field(row) {
        say_changed(&field);
    }
}

/// The first row cannot go up, the last one not down; all others can do both.
fn open_ways(list: &Element) {
    let rows = list.children();
    let bottom = rows.length().saturating_sub(1);
    for at in 0..rows.length() {
        let Some(row) = rows.item(at) else {
            continue;
        };
        for (way, end) in [("up", 0), ("down", bottom)] {
            let button = row.query_selector(&format!("button[value^={way}]"));
            if let Ok(Some(button)) = button {
                let _ = button.toggle_attribute_with_force("disabled", at == end);
            }
        }
    }
}

/// Where a row's number stands.
fn field(row: &Element) -> Option<HtmlInputElement> {
    row.query_selector("input").ok()??.dyn_into().ok()
}
