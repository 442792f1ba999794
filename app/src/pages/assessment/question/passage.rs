//! Text with gaps to fill in, and with words to choose. Each gap has a number, by which screen readers,
//! reasons and feedback call it.

use domain::{
    assessment::{
        AssociableView, ChoiceView, ControlView, Flow, InteractionFeedback, InteractionView, PassageView,
        Run, UnitEntry,
    },
    course::markdown::FileLinks,
};
use leptos::prelude::*;

use super::{Asked, hint, told::mark_of};
use crate::{
    i18n::t,
    pages::course::text,
    ui::{Tone, id_of, reason_at},
};

impl Asked {
    pub(super) fn passage(&self, passage: &PassageView, place: Option<String>) -> AnyView {
        let first = passage.text.parts().next().map(|gap| self.name(&gap.field));
        let id = id_of(&first.unwrap_or_default());
        let (prompt, described) = (format!("{id}-prompt"), format!("{id}-hint"));
        let hint = passage.text.parts().find_map(|gap| hint(&gap.control));
        let reasons: Vec<(String, String)> = passage
            .text
            .parts()
            .zip(1_u32..)
            .filter_map(|(gap, number)| {
                let field = self.name(&gap.field);
                let reason = reason_at(&field)?;
                let said = t!("question-gap-reason", gap = called(gap, number), reason = reason);
                Some((format!("{}-error", id_of(&field)), said))
            })
            .collect();
        let class = if reasons.is_empty() {
            "question"
        } else {
            "question invalid"
        };
        let mut numbers = 1_u32..;
        let text = flow(&passage.text, &self.files, |gap| {
            self.gap(gap, numbers.next().unwrap_or_default(), &described)
        });
        let labelled = prompt.clone();
        view! {
            <fieldset class=class aria-labelledby=labelled>
                <div class="prompt prose" id=prompt>
                    {place.map(|place| view! { <span class="meta">{place}</span> })}
                    <div inner_html=text::html(&passage.prompt, &self.files)></div>
                </div>
                {hint.map(|hint| view! { <p class="hint" id=described>{hint}</p> })}
                {reasons.into_iter().map(|(id, said)| view! { <p class="error" id=id>{said}</p> }).collect_view()}
                {text}
                {self.told_of_gaps(passage)}
            </fieldset>
        }
        .into_any()
    }

    fn gap(&self, gap: &InteractionView, number: u32, described: &str) -> AnyView {
        let name = called(gap, number);
        let control = match &gap.control {
            ControlView::InlineChoice { choices } => self.list(gap, choices, name),
            ControlView::NumericEntry { max_length, unit, .. } => {
                let unit = match unit {
                    UnitEntry::Shown(unit) => Some(unit.clone()),
                    UnitEntry::None | UnitEntry::Typed => None,
                };
                let field = self.field(gap, name, Some(6), *max_length, Some(described.to_owned()));
                view! { {field}{unit.map(|unit| view! { " "{unit} })} }.into_any()
            }
            ControlView::TextEntry {
                expected_length,
                max_length,
            } => self.field(gap, name, *expected_length, *max_length, None),
            // An item with anything else in its text is never published.
            _ => return ().into_any(),
        };
        numbered_gap(number, control)
    }

    /// A list that opens.
    pub(super) fn list(&self, it: &InteractionView, choices: &[ChoiceView], name: String) -> AnyView {
        let options = choices.iter().map(|choice| (&choice.id, &choice.content));
        let field = self.name(&it.field);
        let wrong = reason_at(&field).map(|_| format!("{}-error", id_of(&field)));
        self.select(&it.field, options, name, wrong)
    }

    /// One list of several describes itself by nothing: the group does.
    pub(super) fn select<'a>(
        &self,
        field: &str,
        choices: impl Iterator<Item = (&'a String, &'a String)>,
        name: String,
        described: Option<String>,
    ) -> AnyView {
        let chosen = self.value(field);
        let options = choices.map(|(id, content)| {
            let is_chosen = *id == chosen;
            view! { <option value=id.clone() selected=is_chosen>{text::named(content, 200)}</option> }
        });
        let field = self.name(field);
        let invalid = reason_at(&field).map(|_| "true");
        view! {
            <select
                id=id_of(&field)
                name=field
                disabled=self.fixed
                aria-label=name
                aria-invalid=invalid
                aria-describedby=described
            >
                <option value="">{t!("ui-choose-one")}</option>
                {options.collect_view()}
            </select>
        }
        .into_any()
    }

    /// Words to choose in a text.
    pub(super) fn hottext(
        &self,
        it: &InteractionView,
        multiple: bool,
        words: &Flow<ChoiceView>,
        told: Option<&InteractionFeedback>,
    ) -> AnyView {
        let field = self.name(&it.field);
        let first = id_of(&field);
        let mut places = 0_u32..;
        flow(words, &self.files, |word| {
            // The first has the field's own id, so that the summary's link leads there.
            let id = match places.next() {
                Some(0) | None => first.clone(),
                Some(place) => format!("{first}-{place}"),
            };
            let chosen = self.has_chosen(it, &word.id);
            let mark = mark_of(told, &word.id, chosen);
            let tone = mark.as_ref().map_or(Tone::Plain, |(tone, _)| *tone);
            view! {
                <label class=tone.class("hottext")>
                    <input
                        type=if multiple { "checkbox" } else { "radio" }
                        id=id
                        name=field.clone()
                        value=word.id.clone()
                        checked=chosen
                        disabled=self.fixed
                    />
                    <span inner_html=text::run(&word.content, &self.files)></span>
                    {mark.map(|(tone, text)| view! { <span class=tone.class("tag")>{text}</span> })}
                </label>
            }
            .into_any()
        })
    }

    /// A text with a list of the texts in each gap.
    pub(super) fn gap_match(
        &self,
        it: &InteractionView,
        texts: &[AssociableView],
        gaps: &Flow<String>,
    ) -> AnyView {
        let mut numbers = 1_u32..;
        flow(gaps, &self.files, |gap| {
            let number = numbers.next().unwrap_or_default();
            let choices = texts.iter().map(|text| (&text.id, &text.content));
            let control = self.select(
                &it.field_of(gap),
                choices,
                t!("question-gap", number = number),
                None,
            );
            numbered_gap(number, control)
        })
    }

    fn field(
        &self,
        it: &InteractionView,
        name: String,
        width: Option<u16>,
        max_length: usize,
        described: Option<String>,
    ) -> AnyView {
        let field = self.name(&it.field);
        let mode = described.as_ref().map(|_| "decimal");
        let wrong = reason_at(&field).map(|_| format!("{}-error", id_of(&field)));
        let invalid = wrong.as_ref().map(|_| "true");
        let said: Vec<String> = described.into_iter().chain(wrong).collect();
        let described = (!said.is_empty()).then(|| said.join(" "));
        view! {
            <input
                id=id_of(&field)
                name=field
                type="text"
                inputmode=mode
                size=width.unwrap_or(14).clamp(3, 40).to_string()
                maxlength=max_length.to_string()
                value=self.value(&it.field)
                disabled=self.fixed
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-label=name
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any()
    }

    /// How each gap was scored, once that may be said.
    fn told_of_gaps(&self, passage: &PassageView) -> AnyView {
        let rows = passage.text.parts().zip(1_u32..).filter_map(|(gap, number)| {
            let told = self.told(gap, self.feedback_on(gap)?);
            Some(view! { <li><strong>{called(gap, number)}</strong>{told}</li> })
        });
        let rows = rows.collect::<Vec<_>>();
        (!rows.is_empty())
            .then(|| view! { <ol class="told" role="list">{rows}</ol> })
            .into_any()
    }
}

/// What a gap is called: by its number, and by its own name if it has one.
fn called(gap: &InteractionView, number: u32) -> String {
    match text::plain(&gap.prompt, 80) {
        name if name.is_empty() => t!("question-gap", number = number),
        name => t!("question-gap-called", number = number, name = name),
    }
}

/// A passage to be read only, with the numbers of its gaps.
pub(crate) fn numbered(passage: &PassageView, files: &FileLinks) -> AnyView {
    let mut numbers = 1_u32..;
    let text = flow(&passage.text, files, |gap| {
        let name = called(gap, numbers.next().unwrap_or_default());
        view! { <b>{name}</b> }.into_any()
    });
    view! { {text::text(&passage.prompt, files)}{text} }.into_any()
}

fn numbered_gap(number: u32, control: AnyView) -> AnyView {
    view! { <span class="gap"><span class="number" aria-hidden="true">{number}</span>{control}</span> }
        .into_any()
}

/// Running text, with what `part` makes of each part of it.
fn flow<T>(flow: &Flow<T>, files: &FileLinks, mut part: impl FnMut(&T) -> AnyView) -> AnyView {
    let mut run = |run: &Run<T>| match run {
        Run::Text(markdown) => view! { <span inner_html=text::run(markdown, files)></span> }.into_any(),
        Run::Part(it) => part(it),
    };
    let paragraphs: Vec<_> = flow
        .paragraphs
        .iter()
        .map(|runs| view! { <p>{runs.iter().map(&mut run).collect_view()}</p> })
        .collect();
    view! { <div class="passage prose">{paragraphs}</div> }.into_any()
}
