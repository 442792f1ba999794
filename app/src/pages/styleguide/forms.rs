use leptos::prelude::*;
use service::FieldErrors;

use crate::{
    form::{Filled, Form},
    ui::{Choice, Choices, ErrorSummary, Select, TextArea, TextField, Tick},
};

/// Fields as they are first, and as they come back.
pub(super) fn fields() -> AnyView {
    let mut errors = FieldErrors::default();
    errors.add("email", "specimen");
    errors.add("policy", "specimen");
    provide_context(Filled {
        form: Form::filled([
            ("email", "maren@"),
            ("language", "fr"),
            ("policy", "domain"),
            ("tell", "courses"),
            ("agree", "yes"),
            ("accent", "#1f5c4d"),
        ]),
        errors,
    });
    let view = view! {
        <h2 class="section">"Fields"</h2>
        <ErrorSummary />
        <div class="cols">
            <div>
                <TextField name="name" label="Your name" hint="As it should stand on a badge." />
                <TextField name="email" label="E-mail" hint="We send a link to it." kind="email" autocomplete="email" />
                <TextField name="password" label="Password" kind="password" autocomplete="new-password" />
                <TextArea name="about" label="About you" rows=4 />
                <Select
                    name="language"
                    label="Language"
                    options=vec![("en".into(), "English".into()), ("fr".into(), "Français".into())]
                />
                <div class="field">
                    <label for="fixed">"Fixed"</label>
                    <input id="fixed" value="cannot be changed" disabled=true />
                </div>
            </div>
            <div>
                <Choices
                    name="policy"
                    legend="Who may sign up?"
                    hint="You can change this later."
                    choices=vec![
                        choice("open", "Anyone", ""),
                        choice("domain", "People with an address of ours", "For example @harbour.example"),
                        choice("invitation", "Those who are invited", ""),
                    ]
                />
                <Choices
                    name="tell"
                    legend="Tell me about"
                    many=true
                    choices=vec![
                        choice("courses", "New courses", ""),
                        choice("expiry", "Badges that are about to expire", ""),
                    ]
                />
                <Tick name="agree" label="I have read the rules" />
                <TextField name="points" label="Points" class="short" inputmode="numeric" />
                <TextField name="accent" label="Accent colour" class="short" kind="color" />
                <TextField name="sure" label="How sure are you?" kind="range" />
                <div class="field">
                    <label for="sample">"Work sample"</label>
                    <input id="sample" type="file" />
                </div>
                <div class="field short">
                    <label for="length">"Length"</label>
                    <div class="affix"><input id="length" inputmode="decimal" /><span>"metres"</span></div>
                </div>
            </div>
        </div>
    }
    .into_any();
    provide_context(Filled::default());
    view
}

fn choice(value: &str, text: &str, hint: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        text: text.to_owned(),
        hint: hint.to_owned(),
    }
}
