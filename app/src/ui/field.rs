//! Form fields. Each shows what was typed or is stored ([`Filled`]), its hint,
//! and what is wrong with it.

use leptos::prelude::*;
use service::FieldError;

use crate::{
    form::Filled,
    i18n::{Args, current, t},
};

/// The reasons that a form came back, on top of the page, each a link to its
/// field. Nothing when there are none.
#[component]
pub(crate) fn ErrorSummary() -> AnyView {
    let filled = use_context::<Filled>().unwrap_or_default();
    (!filled.errors.is_empty())
        .then(|| {
            let reasons = filled.errors.iter().map(|error| {
                view! { <li><a href=format!("#{}", id_of(&error.field))>{sentence(error)}</a></li> }
            });
            view! {
                <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="problem">
                    <h2 id="problem">{t!("form-errors")}</h2>
                    <ul role="list">{reasons.collect_view()}</ul>
                </div>
            }
        })
        .into_any()
}

/// The frame of one field: label, hint, reason, and the control inside.
#[component]
fn Labelled(
    name: String,
    label: String,
    #[prop(optional)] what: String,
    hint: String,
    #[prop(into)] class: String,
    children: Children,
) -> AnyView {
    let id = id_of(&name);
    let reason = reason_at(&name);
    let class = if reason.is_some() {
        format!("field invalid {class}")
    } else {
        format!("field {class}")
    };
    view! {
        <div class=class>
            <label for=id.clone()>{label}{unseen(what)}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {reason.map(|text| view! { <p class="error" id=format!("{id}-error")>{text}</p> })}
            {children()}
        </div>
    }
    .into_any()
}

/// What only a screen reader says.
fn unseen(text: String) -> AnyView {
    (!text.is_empty())
        .then(|| view! { <span class="sr">" "{text}</span> })
        .into_any()
}

/// A line of text.
#[component]
pub(crate) fn TextField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    /// The input's type: `text`, `email`, `password`, `number`, `url`, `search`, `color` …
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional, into)] inputmode: Option<String>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(default = true)] required: bool,
    /// More classes for the field: `short`, `full`.
    #[prop(optional, into)]
    class: String,
) -> AnyView {
    let (id, described, invalid) = wiring(&name, &hint);
    // A password is never sent back.
    let value = (kind != "password").then(|| value_of(&name));
    view! {
        <Labelled name=name.clone() label hint class>
            <input
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                maxlength=maxlength
                aria-required=required.then_some("true")
                aria-invalid=invalid
                aria-describedby=described
            />
        </Labelled>
    }
    .into_any()
}

/// A text as what stands in a `<textarea>`: Leptos writes that as it is, and so a
/// `</textarea>` in it would end the field, and `&lt;` come back as `<`.
pub(crate) fn in_textarea(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    // A browser drops a line break that stands first.
    if escaped.starts_with(['\n', '\r']) {
        format!("\n{escaped}")
    } else {
        escaped
    }
}

/// Several lines of text.
#[component]
pub(crate) fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// After the label, for screen readers only: of which, where a form has many.
    #[prop(optional, into)]
    what: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = 6)] rows: u32,
    #[prop(optional, into)] class: String,
) -> AnyView {
    let (id, described, invalid) = wiring(&name, &hint);
    let value = value_of(&name);
    view! {
        <Labelled name=name.clone() label what hint class>
            <textarea id=id name=name rows=rows aria-invalid=invalid aria-describedby=described>
                {in_textarea(&value)}
            </textarea>
        </Labelled>
    }
    .into_any()
}

/// One of several, in a list that opens. `options` are (value, text).
#[component]
pub(crate) fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] class: String,
) -> AnyView {
    let (id, described, invalid) = wiring(&name, &hint);
    let chosen = value_of(&name);
    let options = options
        .into_iter()
        .map(|(value, text)| view! { <option value=value.clone() selected=value == chosen>{text}</option> })
        .collect_view();
    view! {
        <Labelled name=name.clone() label hint class>
            <select id=id name=name aria-invalid=invalid aria-describedby=described>{options}</select>
        </Labelled>
    }
    .into_any()
}

/// A choice in a [`Choices`] group.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) hint: String,
}

/// One of several, or any of several, all in view.
#[component]
pub(crate) fn Choices(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    #[prop(optional, into)] hint: String,
    choices: Vec<Choice>,
    /// Any number rather than one.
    #[prop(optional)]
    many: bool,
) -> AnyView {
    let (id, described, _) = wiring(&name, &hint);
    let reason = reason_at(&name);
    let filled = use_context::<Filled>().unwrap_or_default();
    let kind = if many { "checkbox" } else { "radio" };
    let rows = choices
        .into_iter()
        .enumerate()
        .map(|(place, choice)| {
            // The first has the field's own id, so that the summary's link leads there.
            let choice_id = if place == 0 { id.clone() } else { format!("{id}-{place}") };
            let checked = filled.form.texts(&name).any(|value| value == choice.value);
            view! {
                <div class="choice">
                    <input type=kind id=choice_id.clone() name=name.clone() value=choice.value checked=checked />
                    <label for=choice_id>{choice.text}</label>
                    {(!choice.hint.is_empty()).then(|| view! { <p class="hint">{choice.hint}</p> })}
                </div>
            }
        })
        .collect_view();
    let class = if reason.is_some() {
        "field invalid"
    } else {
        "field"
    };
    view! {
        <fieldset class=class aria-describedby=described>
            <legend>{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {reason.map(|text| view! { <p class="error" id=format!("{id}-error")>{text}</p> })}
            {rows}
        </fieldset>
    }
    .into_any()
}

/// One box to tick.
#[component]
pub(crate) fn Tick(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// After the label, for screen readers only: of which, where a form has many.
    #[prop(optional, into)]
    what: String,
    #[prop(optional, into)] hint: String,
) -> AnyView {
    let (id, described, invalid) = wiring(&name, &hint);
    let checked = use_context::<Filled>().unwrap_or_default().form.ticked(&name);
    view! {
        <div class="field">
            {reason_at(&name).map(|text| view! { <p class="error" id=format!("{id}-error")>{text}</p> })}
            <div class="choice">
                <input type="checkbox" id=id.clone() name=name value="yes" checked=checked aria-invalid=invalid aria-describedby=described />
                <label for=id.clone()>{label}{unseen(what)}</label>
                {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            </div>
        </div>
    }
    .into_any()
}

/// A value that travels with the form, unseen.
#[component]
pub(crate) fn Hidden(#[prop(into)] name: String) -> AnyView {
    let value = value_of(&name);
    view! { <input type="hidden" name=name value=value /> }.into_any()
}

/// What the field named `name` shows.
pub(crate) fn value_of(name: &str) -> String {
    use_context::<Filled>()
        .unwrap_or_default()
        .form
        .text(name)
        .to_owned()
}

/// The sentence that says what is wrong with the field named `name`.
pub(crate) fn reason_at(name: &str) -> Option<String> {
    let filled = use_context::<Filled>()?;
    filled
        .errors
        .iter()
        .find(|error| error.field == name)
        .map(sentence)
}

fn sentence(error: &FieldError) -> String {
    let args: Args = error
        .args
        .iter()
        .map(|(name, value)| ((*name).into(), value.clone().into()))
        .collect();
    current().text(&format!("error-{}", error.code), &args)
}

/// Field names may hold dots and brackets; ids do without.
pub(crate) fn id_of(name: &str) -> String {
    let plain = name.chars().map(|letter| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '-'
        }
    });
    format!("f-{}", plain.collect::<String>())
}

fn wiring(name: &str, hint: &str) -> (String, Option<String>, Option<&'static str>) {
    let id = id_of(name);
    let wrong = reason_at(name).is_some();
    let described: Vec<String> = [(!hint.is_empty(), "hint"), (wrong, "error")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| format!("{id}-{part}"))
        .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    (id, described, wrong.then_some("true"))
}
