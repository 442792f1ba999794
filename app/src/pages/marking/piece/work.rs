//! What was written, and comments on places in it.

use domain::{
    assessment::{Annotation, Identifier, sentences},
    course::markdown::FileLinks,
};
use leptos::prelude::*;
use service::assessment::marking::Work;

use crate::{
    i18n::t,
    pages::{assessment::question::shown, marking::Annotated},
    ui::{Select, TextArea, id_of, reason_at},
};

/// The field of that name for a comment on a place: no criterion's field has its id.
pub(super) fn place_field(response: &Identifier, name: &str) -> String {
    format!("place:{response}:{name}")
}

/// What was written, with what was said of places in it.
#[component]
pub(super) fn Written(work: Work, annotations: Vec<Annotation>, is_open: bool, files: FileLinks) -> AnyView {
    if work.is_file {
        let sent = work.file.and_then(|file| files.get(&file.to_string()).map(shown));
        let sent =
            sent.unwrap_or_else(|| view! { <p class="muted">{t!("question-file-none")}</p> }.into_any());
        return view! { <section class="section"><h2>{t!("marking-sent")}</h2>{sent}</section> }.into_any();
    }
    let places = sentences(&work.text);
    let count = places.len();
    let words = work.text.split_whitespace().count();
    let response = work.response.clone();
    let removed_by = is_open.then(|| format!("remove-note {response}"));
    view! {
        <section class="section" id=id_of(&place_field(&response, "all"))>
            <h2>{t!("marking-written")}</h2>
            <Annotated
                text=work.text.clone()
                annotations
                prefix=id_of(&place_field(&response, "one"))
                numbered=if is_open { places } else { Vec::new() }
                removed_by
            />
            <p class="muted">{t!("marking-words", count = words)}</p>
            {is_open.then(|| view! { <NewNote response=response.clone() count /> })}
        </section>
    }
    .into_any()
}

/// A comment on a place. Lists that open are filled in by a mouse, by keys and by a
/// finger alike; Enter in a line of text would give the mark.
#[component]
fn NewNote(
    response: Identifier,
    /// How many sentences there are.
    count: usize,
) -> AnyView {
    if count == 0 {
        return ().into_any();
    }
    let options = || -> Vec<(String, String)> {
        let options = (1..=count).map(|number| (number.to_string(), number.to_string()));
        options.collect()
    };
    let names = ["from", "to", "note"].map(|name| place_field(&response, name));
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
            <button class="button secondary small" name="do" value=format!("note {response}")>
                {t!("marking-note-add")}
            </button>
        </details>
    }
    .into_any()
}
