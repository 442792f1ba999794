//! The preview of a text while it is written.

use leptos::prelude::*;

use super::CallError;

/// Draws what stands in the field with the id `source` into the element with
/// the id `target`, soon after each pause in typing. Without script, a button
/// of the form does the same.
#[island]
pub fn LivePreview(source: String, target: String, tenant: String) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    watch::start(source, target, tenant);
    #[cfg(not(feature = "hydrate"))]
    let _ = (source, target, tenant);
}

/// A text of `tenant` as HTML, for its authors.
#[server(endpoint = "preview-markdown")]
pub async fn preview_markdown(tenant: String, markdown: String) -> Result<String, CallError> {
    use std::sync::Arc;

    use service::{files, tenancy};

    use crate::{
        pages::course::text,
        visit::{InTenant, Visit},
    };

    let visit = use_context::<Visit>().ok_or(CallError::NotFound)?;
    provide_context(visit.locale.clone());
    let person = visit.person.as_ref().map(|person| person.id);
    let (tenant, ctx) = tenancy::enter(visit.installation(), &tenant, person).await?;
    let named = files::of_text(&ctx, &markdown).await?;
    let place = InTenant {
        visit,
        tenant: Arc::new(tenant),
        ctx,
    };
    Ok(text::html(&markdown, &text::links(&place, named)))
}

#[cfg(feature = "hydrate")]
mod watch {
    use std::{
        cell::{Cell, RefCell},
        rc::Rc,
        time::Duration,
    };

    use leptos::{ev, leptos_dom::helpers::debounce, prelude::*, task::spawn_local, web_sys::Element};

    use super::preview_markdown;

    /// So long nobody types before the preview is drawn.
    const PAUSE: Duration = Duration::from_millis(400);

    pub(super) fn start(source: String, target: String, tenant: String) {
        let newest = Rc::new(Cell::new(0_u32));
        let draw = RefCell::new(debounce(PAUSE, move |markdown: String| {
            let (target, tenant, newest) = (target.clone(), tenant.clone(), Rc::clone(&newest));
            newest.set(newest.get() + 1);
            let asked = newest.get();
            spawn_local(async move {
                let Ok(html) = preview_markdown(tenant, markdown).await else {
                    return;
                };
                // An answer that was overtaken by a later question shows what no longer stands there.
                if newest.get() == asked
                    && let Some(element) = document().get_element_by_id(&target)
                {
                    element.set_inner_html(&html);
                }
            });
        }));
        let typing = window_event_listener(ev::input, move |event| {
            if event_target::<Element>(&event).id() == source {
                (draw.borrow_mut())(event_target_value(&event));
            }
        });
        on_cleanup(move || typing.remove());
    }
}
