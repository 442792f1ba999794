//! Events of elements that the page, not an island, has drawn.

use leptos::{
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{Event, EventTarget},
};

/// Calls `act` on each such event, as long as the page is there.
pub(super) fn listen(target: &EventTarget, event: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act).into_js_value();
    // It fails only where there is no such thing as events.
    let _ = target.add_event_listener_with_callback(event, act.unchecked_ref());
}
