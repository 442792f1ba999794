//! What was written, and comments on places in it.

use domain::assessment::{Annotation, sentences};
use leptos::prelude::*;
use service::assessment::marking::Work;

use crate::{
    i18n::t,
    pages::marking::Annotated,
    ui::{Select, TextArea, id_of, reason_at},
};

/// What was written, with what was said of places in it.
#[component]
pub(super) fn Written(work: Work, annotations: Vec<Annotation>, is_open: bool) -> AnyView {
    let words = work.text.split_whitespace().count();
    let response = work.response.clone();
    let removed_by = is_open.then(|| format!("remove-note {response}"));
    view! {
        <section class="section" id=id_of(&format!("{response}:notes"))>
            <h2>{t!("marking-written")}</h2>
            <Annotated
                text=work.text.clone()
                annotations
                prefix=id_of(response.as_str())
                numbered=is_open
                removed_by
            />
            <p class="muted">{t!("marking-words", count = words)}</p>
            {is_open.then(|| view! { <NewNote work /> })}
        </section>
    }
    .into_any()
}

/// A comment on a place. Lists that open are filled in by a mouse, by keys and by a
/// finger alike; Enter in a line of text would give the mark.
#[component]
fn NewNote(work: Work) -> AnyView {
    let field = |name: &str| format!("{}:{name}", work.response);
    let count = sentences(&work.text).len();
    if count == 0 {
        return ().into_any();
    }
    let options = || -> Vec<(String, String)> {
        let options = (1..=count).map(|number| (number.to_string(), number.to_string()));
        options.collect()
    };
    let names = ["from", "to", "note"].map(field);
    let is_wrong = names.iter().any(|name| reason_at(name).is_some());
    let [from, to, note] = names;
    view! {
        <details open=is_wrong>
            <summary>{t!("marking-note-new")}</summary>
            <p class="hint">{t!("marking-note-hint")}</p>
            <div class="row">
                <Select name=from label=t!("marking-note-from") options=options() class="short" />
                <Select name=to label=t!("marking-note-to") options=options() class="short" />
            </div>
            <TextArea name=note label=t!("marking-note") rows=2 />
            <button class="button secondary small" name="do" value=format!("note {}", work.response)>
                {t!("marking-note-add")}
            </button>
        </details>
    }
    .into_any()
}
