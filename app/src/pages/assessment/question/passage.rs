//! Text with gaps to fill in. Each gap has a number, by which screen readers,
//! reasons and feedback call it.

use domain::{
    assessment::{ChoiceView, ControlView, InteractionView, PassageView, Run, UnitEntry},
    course::markdown::FileLinks,
};
use leptos::prelude::*;

use super::{Asked, hint};
use crate::{
    i18n::t,
    pages::course::text,
    ui::{id_of, reason_at},
};

impl Asked {
    pub(super) fn passage(&self, passage: &PassageView, place: Option<String>) -> AnyView {
        let first = passage.text.parts().next().map(|gap| self.name(&gap.field));
        let id = id_of(&first.unwrap_or_default());
        let (prompt, described) = (format!("{id}-prompt"), format!("{id}-hint"));
        let hint = passage.text.parts().find_map(|gap| hint(&gap.control));
        let reasons: Vec<String> = passage
            .text
            .parts()
            .zip(1_u32..)
            .filter_map(|(gap, number)| {
                let reason = reason_at(&self.name(&gap.field))?;
                Some(t!(
                    "question-gap-reason",
                    gap = called(gap, number),
                    reason = reason
                ))
            })
            .collect();
        let class = if reasons.is_empty() {
            "question"
        } else {
            "question invalid"
        };
        let mut numbers = 1_u32..;
        let paragraphs = passage.text.paragraphs.iter().map(|runs| {
            let runs = runs.iter().map(|run| match run {
                Run::Text(markdown) => {
                    view! { <span inner_html=text::run(markdown, &self.files)></span> }.into_any()
                }
                Run::Part(gap) => self.gap(gap, numbers.next().unwrap_or_default(), &described),
            });
            view! { <p>{runs.collect_view()}</p> }
        });
        let paragraphs = paragraphs.collect_view();
        let labelled = prompt.clone();
        view! {
            <fieldset class=class aria-labelledby=labelled>
                <div class="prompt prose" id=prompt>
                    {place.map(|place| view! { <span class="meta">{place}</span> })}
                    <div inner_html=text::html(&passage.prompt, &self.files)></div>
                </div>
                {hint.map(|hint| view! { <p class="hint" id=described>{hint}</p> })}
                {reasons.into_iter().map(|reason| view! { <p class="error">{reason}</p> }).collect_view()}
                <div class="passage prose">{paragraphs}</div>
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
        view! { <span class="gap"><span class="number" aria-hidden="true">{number}</span>{control}</span> }
            .into_any()
    }

    /// A list that opens.
    pub(super) fn list(&self, it: &InteractionView, choices: &[ChoiceView], name: String) -> AnyView {
        let field = self.name(&it.field);
        let chosen = self.value(&it.field);
        let options = choices.iter().map(|choice| {
            let is_chosen = choice.id == chosen;
            let text = text::plain(&choice.content, 200);
            view! { <option value=choice.id.clone() selected=is_chosen>{text}</option> }
        });
        let invalid = reason_at(&field).map(|_| "true");
        view! {
            <select id=id_of(&field) name=field disabled=self.fixed aria-label=name aria-invalid=invalid>
                <option value="">{t!("ui-choose-one")}</option>
                {options.collect_view()}
            </select>
        }
        .into_any()
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
        let invalid = reason_at(&field).map(|_| "true");
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
    let paragraphs = passage.text.paragraphs.iter().map(|runs| {
        let runs = runs.iter().map(|run| match run {
            Run::Text(markdown) => view! { <span inner_html=text::run(markdown, files)></span> }.into_any(),
            Run::Part(gap) => view! { <b>{called(gap, numbers.next().unwrap_or_default())}</b> }.into_any(),
        });
        view! { <p>{runs.collect_view()}</p> }
    });
    let paragraphs = paragraphs.collect_view();
    view! { {text::text(&passage.prompt, files)}<div class="passage prose">{paragraphs}</div> }.into_any()
}
