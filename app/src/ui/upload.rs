//! Bringing files.

use leptos::prelude::*;

use super::field::{id_of, reason_at};
use crate::i18n::t;

/// A file from the person's own machine, as the field `file`.
#[component]
pub(crate) fn FileField(
    label: String,
    hint: String,
    /// Which kinds a browser offers first: `image/*`.
    #[prop(optional, into)]
    accept: Option<String>,
    /// Whether it takes several at once.
    #[prop(optional)]
    several: bool,
) -> AnyView {
    let id = id_of("file");
    let reason = reason_at("file");
    let described = if reason.is_some() {
        format!("{id}-hint {id}-error")
    } else {
        format!("{id}-hint")
    };
    view! {
        <div class=if reason.is_some() { "field invalid" } else { "field" }>
            <label for=id.clone()>{label}</label>
            <p class="hint" id=format!("{id}-hint")>{hint}</p>
            {reason.clone().map(|text| view! { <p class="error" id=format!("{id}-error")>{text}</p> })}
            <input
                type="file"
                id=id
                name="file"
                accept=accept
                multiple=several
                aria-describedby=described
                aria-invalid=reason.is_some().then_some("true")
            />
        </div>
    }
    .into_any()
}

/// The forms that bring a picture, to be stored under `id`, and take away the
/// one that there is `now`.
#[component]
pub(crate) fn EmblemForm(id: String, now: Option<String>, hint: String, remove: String) -> AnyView {
    let now = now.map(|address| {
        view! {
            <div class="panel row">
                <img class="emblem" src=address alt=t!("emblem-now") />
                <form method="post" enctype="multipart/form-data">
                    <input type="hidden" name="remove" value="yes" />
                    <button class="button secondary">{remove}</button>
                </form>
            </div>
        }
    });
    view! {
        {now}
        <form method="post" enctype="multipart/form-data">
            <input type="hidden" name="id" value=id />
            <FileField label=t!("emblem-file") hint accept="image/*" />
            <div class="buttons"><button class="button">{t!("emblem-send")}</button></div>
        </form>
    }
    .into_any()
}
