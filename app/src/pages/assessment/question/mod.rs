//! A question: what is asked, what it is answered with, and, once it is
//! scored, what there is to say about the answer.

mod graphic;
mod pairs;
mod passage;
mod places;
mod rearranged;
mod sent;
mod slider;
mod told;

use domain::assessment::{
    AssociableView, BlockView, ChoiceView, ControlView, FeedbackView, InteractionFeedback, InteractionView,
    ItemView, Points, UnitEntry,
};
use domain::course::markdown::FileLinks;
use leptos::prelude::*;

pub(crate) use graphic::outline;
pub(crate) use passage::numbered;
pub(crate) use rearranged::rearranged;
pub(crate) use sent::{shown, with_sent};
pub(crate) use told::tone;

use crate::{
    i18n::t,
    pages::course::text,
    ui::{Answer, Answers, Feedback, Match, Order, Pair, Row, id_of, in_textarea, reason_at},
};

/// A question as a page shows it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) view: ItemView,
    /// What was answered: fields as the view names them.
    pub(crate) fields: Vec<(String, String)>,
    /// Before each field's name, so that several questions fit into one form.
    pub(crate) prefix: String,
    /// Above the prompt: `Question 4 of 10`.
    pub(crate) place: String,
    /// The files that the question names.
    pub(crate) files: FileLinks,
    /// Whether the answer can no longer be changed.
    pub(crate) fixed: bool,
    /// Whether a file can be sent from where it stands.
    pub(crate) takes_files: bool,
    /// What may be said about the answer.
    pub(crate) feedback: Option<FeedbackView>,
}

/// A choice as a row shows it.
struct Part {
    id: String,
    html: String,
    /// What it says, without markup.
    text: String,
}

/// A question with its controls.
#[component]
pub(crate) fn Question(asked: Asked) -> AnyView {
    let mut place = Some(asked.place.clone());
    let blocks = asked.view.body.iter().map(|block| match block {
        BlockView::Prose(markdown) => text::text(markdown, &asked.files),
        BlockView::Interaction(interaction) => asked.interaction(interaction, place.take()),
        BlockView::Passage(passage) => asked.passage(passage, place.take()),
    });
    let files = &asked.files;
    let whole = asked
        .feedback
        .as_ref()
        .filter(|told| told.as_whole && told.max > Points::ZERO)
        .map(told::of_the_whole);
    let said = asked.feedback.iter().flat_map(|told| {
        let tone = tone(told.verdict);
        told.said
            .iter()
            .map(move |markdown| view! { <Feedback tone html=text::html(markdown, files) /> })
    });
    view! {
        <div lang=asked.view.language.clone()>{blocks.collect_view()}</div>
        {whole}
        {said.collect_view()}
        {asked.feedback.as_ref().map(told::by_rules)}
    }
    .into_any()
}

impl Asked {
    fn interaction(&self, it: &InteractionView, place: Option<String>) -> AnyView {
        let told = self.feedback_on(it);
        let name = self.name(&it.field);
        let prompt = format!("{}-prompt", id_of(&name));
        let control = match &it.control {
            ControlView::Choice {
                multiple, choices, ..
            } => self.choice(it, *multiple, choices, told.filter(|_| !self.is_as_whole())),
            ControlView::InlineChoice { choices } => self.list(it, choices, text::plain(&it.prompt, 80)),
            ControlView::TextEntry {
                expected_length,
                max_length,
            } => self.line(it, *expected_length, *max_length, "text", None),
            ControlView::NumericEntry { unit, max_length, .. } => {
                self.line(it, Some(12), *max_length, "decimal", Some(unit))
            }
            ControlView::Order { choices } => {
                let parts = choices
                    .iter()
                    .map(|choice| self.part(&choice.id, &choice.content));
                self.order(it, parts.collect())
            }
            ControlView::Match { sources, targets } => self.matching(it, sources, targets),
            ControlView::Hottext { multiple, text, .. } => {
                self.hottext(it, *multiple, text, told.filter(|_| !self.is_as_whole()))
            }
            ControlView::GapMatch { gap_texts, text } => self.gap_match(it, gap_texts, text),
            ControlView::Associate { choices, pairs } => {
                let named = choices.iter().map(|choice| (&choice.id, choice.content.clone()));
                self.pairs(it, &named.collect::<Vec<_>>(), *pairs)
            }
            ControlView::Slider { .. } => self.slider(it),
            ControlView::Hotspot {
                multiple,
                picture,
                regions,
                ..
            } => self.hotspot(it, *multiple, picture, regions, told),
            ControlView::GraphicOrder { picture, regions } => self.graphic_order(it, picture, regions),
            ControlView::GraphicAssociate {
                picture,
                regions,
                pairs,
            } => self.graphic_pairs(it, picture, regions, *pairs),
            ControlView::GraphicGapMatch {
                picture,
                gap_texts,
                regions,
            } => self.graphic_gaps(it, picture, gap_texts, regions),
            ControlView::Places { .. } => self.places(it, told),
            ControlView::Upload { .. } => self.upload(it),
            ControlView::ExtendedText {
                expected_lines,
                max_length,
                ..
            } => self.essay(it, *expected_lines, *max_length),
        };
        let reason = self.reason(&it.field);
        let class = if reason.is_some() {
            "question invalid"
        } else {
            "question"
        };
        let labelled = prompt.clone();
        // A single field says it itself.
        let described = if is_one_field(&it.control) {
            None
        } else {
            self.described(it)
        };
        let id = id_of(&name);
        view! {
            <fieldset class=class aria-labelledby=labelled aria-describedby=described>
                <div class="prompt prose" id=prompt>
                    {place.map(|place| view! { <span class="meta">{place}</span> })}
                    <div inner_html=text::html(&it.prompt, &self.files)></div>
                </div>
                {hint(&it.control).map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
                {reason.map(|reason| view! { <p class="error" id=format!("{id}-error")>{reason}</p> })}
                {control}
                {told.map(|told| self.told(it, told))}
            </fieldset>
        }
        .into_any()
    }

    fn choice(
        &self,
        it: &InteractionView,
        many: bool,
        choices: &[ChoiceView],
        told: Option<&InteractionFeedback>,
    ) -> AnyView {
        let answers = choices.iter().map(|choice| {
            let chosen = self.has_chosen(it, &choice.id);
            Answer {
                value: choice.id.clone(),
                html: text::inline(&choice.content, &self.files),
                chosen,
                mark: told::mark_of(told, &choice.id, chosen),
            }
        });
        let answers = answers.collect();
        view! { <Answers field=self.name(&it.field) answers many fixed=self.fixed /> }.into_any()
    }

    fn line(
        &self,
        it: &InteractionView,
        width: Option<u16>,
        max_length: usize,
        mode: &'static str,
        unit: Option<&UnitEntry>,
    ) -> AnyView {
        let name = self.name(&it.field);
        let class = if width.is_some_and(|width| width <= 20) {
            "field short"
        } else {
            "field"
        };
        let shown = match unit {
            Some(UnitEntry::Shown(unit)) => Some(unit.clone()),
            _ => None,
        };
        let mode = if matches!(unit, Some(UnitEntry::Typed)) {
            "text"
        } else {
            mode
        };
        let id = id_of(&name);
        let input = view! {
            <input
                id=id.clone()
                name=name
                type="text"
                inputmode=mode
                maxlength=max_length.to_string()
                value=self.value(&it.field)
                disabled=self.fixed
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-labelledby=format!("{id}-prompt")
                aria-describedby=self.described(it)
                aria-invalid=self.reason(&it.field).map(|_| "true")
            />
        };
        let input = match shown {
            Some(unit) => view! { <div class="affix">{input}<span>{unit}</span></div> }.into_any(),
            None => input.into_any(),
        };
        view! { <div class=class>{input}</div> }.into_any()
    }

    fn essay(&self, it: &InteractionView, lines: Option<u16>, max_length: usize) -> AnyView {
        let name = self.name(&it.field);
        let id = id_of(&name);
        let written = self.value(&it.field);
        if self.fixed {
            return view! { <blockquote class="written">{written}</blockquote> }.into_any();
        }
        view! {
            <div class="field full">
                <textarea
                    id=id.clone()
                    name=name
                    class="tall"
                    rows=lines.unwrap_or(10).clamp(3, 40).to_string()
                    maxlength=max_length.to_string()
                    aria-labelledby=format!("{id}-prompt")
                    aria-describedby=self.described(it)
                    aria-invalid=self.reason(&it.field).map(|_| "true")
                >{in_textarea(&written)}</textarea>
            </div>
        }
        .into_any()
    }

    /// A choice as a row shows it.
    fn part(&self, id: &str, content: &str) -> Part {
        Part {
            id: id.to_owned(),
            html: text::inline(content, &self.files),
            text: text::named(content, 80),
        }
    }

    fn order(&self, it: &InteractionView, mut parts: Vec<Part>) -> AnyView {
        let place = |part: &Part| self.value(&it.field_of(&part.id));
        // What has no place yet stays behind, in the order shown.
        parts.sort_by_key(|part| place(part).trim().parse().unwrap_or(usize::MAX));
        let rows = parts.into_iter().map(|part| Row {
            field: self.name(&it.field_of(&part.id)),
            place: place(&part),
            html: part.html,
            text: part.text,
        });
        let rows = rows.collect();
        view! { <Order rows fixed=self.fixed /> }.into_any()
    }

    fn matching(
        &self,
        it: &InteractionView,
        sources: &[AssociableView],
        targets: &[AssociableView],
    ) -> AnyView {
        if sources.iter().any(|source| source.match_max != 1) {
            return self.matching_many(it, sources, targets);
        }
        let pairs = sources.iter().map(|source| Pair {
            field: self.name(&it.field_of(&source.id)),
            html: text::inline(&source.content, &self.files),
            target: self.value(&it.field_of(&source.id)),
        });
        let pairs = pairs.collect();
        let targets = targets
            .iter()
            .map(|target| (target.id.clone(), text::named(&target.content, 200)))
            .collect();
        view! { <Match pairs targets fixed=self.fixed /> }.into_any()
    }

    /// A source that may be given to several targets has a box for each.
    fn matching_many(
        &self,
        it: &InteractionView,
        sources: &[AssociableView],
        targets: &[AssociableView],
    ) -> AnyView {
        let groups = sources.iter().map(|source| {
            let field = it.field_of(&source.id);
            let answers = targets.iter().map(|target| Answer {
                value: target.id.clone(),
                html: text::inline(&target.content, &self.files),
                chosen: self.values(&field).any(|value| value == target.id),
                mark: None,
            });
            let answers = answers.collect();
            view! {
                <fieldset class="field full">
                    <legend inner_html=text::inline(&source.content, &self.files)></legend>
                    <Answers field=self.name(&field) answers many=true fixed=self.fixed />
                </fieldset>
            }
        });
        groups.collect_view().into_any()
    }

    /// Whether it was scored as a whole, and nothing is to be said of how its parts
    /// were scored.
    fn is_as_whole(&self) -> bool {
        self.feedback.as_ref().is_some_and(|told| told.as_whole)
    }

    /// What may be said about the answer to an interaction.
    fn feedback_on(&self, it: &InteractionView) -> Option<&InteractionFeedback> {
        let told = self.feedback.as_ref()?;
        told.interactions.iter().find(|told| told.field == it.field)
    }

    fn name(&self, field: &str) -> String {
        format!("{}{field}", self.prefix)
    }

    fn values<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.fields.iter().filter(move |(name, _)| name == field);
        named.map(|(_, value)| value.as_str())
    }

    fn has_chosen(&self, it: &InteractionView, id: &str) -> bool {
        self.values(&it.field).any(|value| value == id)
    }

    fn value(&self, field: &str) -> String {
        self.values(field).next().unwrap_or_default().to_owned()
    }

    /// The ids of what is said of an interaction: its hint, and what is wrong.
    fn described(&self, it: &InteractionView) -> Option<String> {
        let id = id_of(&self.name(&it.field));
        let said = [
            hint(&it.control).map(|_| format!("{id}-hint")),
            self.reason(&it.field).map(|_| format!("{id}-error")),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// What is wrong with a field, or with one of the fields of its choices.
    fn reason(&self, field: &str) -> Option<String> {
        reason_at(&self.name(field)).or_else(|| {
            let choices = self
                .fields
                .iter()
                .filter(|(name, _)| name.starts_with(&format!("{field}.")));
            choices
                .map(|(name, _)| self.name(name))
                .find_map(|name| reason_at(&name))
        })
    }
}

fn is_one_field(control: &ControlView) -> bool {
    matches!(
        control,
        ControlView::InlineChoice { .. }
            | ControlView::TextEntry { .. }
            | ControlView::NumericEntry { .. }
            | ControlView::Slider { .. }
            | ControlView::ExtendedText { .. }
    )
}

/// What an answer's author needs to know of its form.
fn hint(control: &ControlView) -> Option<String> {
    match control {
        ControlView::Choice {
            multiple: true,
            min_choices,
            max_choices,
            ..
        }
        | ControlView::Hottext {
            multiple: true,
            min_choices,
            max_choices,
            ..
        }
        | ControlView::Hotspot {
            multiple: true,
            min_choices,
            max_choices,
            ..
        } => Some(match (min_choices, max_choices) {
            (Some(min), Some(max)) if min == max => t!("question-choose-exactly", count = *min),
            (Some(min), Some(max)) => t!("question-choose-between", min = *min, max = *max),
            (None, Some(max)) => t!("question-choose-at-most", count = *max),
            (Some(min), None) => t!("question-choose-at-least", count = *min),
            (None, None) => t!("question-choose-any"),
        }),
        ControlView::NumericEntry {
            unit, decimal_mark, ..
        } => Some(match unit {
            UnitEntry::Typed => t!("question-number-with-unit", mark = decimal_mark.to_string()),
            _ => t!("question-number", mark = decimal_mark.to_string()),
        }),
        ControlView::Associate { .. } | ControlView::GraphicAssociate { .. } => Some(t!("question-pairs")),
        ControlView::Places { .. } => places::hint(control),
        ControlView::Slider { .. } => slider::hint(control),
        ControlView::Order { .. } | ControlView::GraphicOrder { .. } => Some(t!("question-order")),
        ControlView::ExtendedText {
            expected_words: Some(words),
            ..
        } => Some(t!("question-words", count = *words)),
        _ => None,
    }
}
