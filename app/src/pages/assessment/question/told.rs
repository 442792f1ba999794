//! What there is to say about an answer once it is scored.

use domain::{
    assessment::{
        AnswerView, AssociableView, ChoiceView, ControlView, FeedbackView, InteractionFeedback,
        InteractionView, Point, Points, Reason, RegionView, Verdict,
    },
    course::markdown::FileLinks,
};
use leptos::prelude::*;

use super::{Asked, places::told_at};
use crate::{
    i18n::{Args, current, t},
    pages::{assessment::points_of, course::text},
    ui::{Feedback, Tag, Tone},
};

impl Asked {
    /// How an interaction's answer was scored, and why.
    pub(super) fn told(&self, it: &InteractionView, told: &InteractionFeedback) -> AnyView {
        let as_whole = self.is_as_whole();
        let tone = if as_whole { Tone::Info } else { tone(told.verdict) };
        let scored = (!as_whole).then(|| scored(told.verdict, told.points, told.max));
        let is_choice = matches!(
            it.control,
            ControlView::Choice { .. } | ControlView::Hottext { .. } | ControlView::Hotspot { .. }
        );
        let correct = told
            .correct
            .as_ref()
            .filter(|_| !is_choice && told.verdict != Verdict::Correct);
        let is_one = matches!(it.control, ControlView::InlineChoice { .. });
        let reasons = told
            .reasons
            .iter()
            .filter(|_| !is_choice && !is_one && !as_whole)
            .filter_map(|reason| sentence(it, reason));
        let reasons: Vec<String> = reasons.collect();
        // Where a question's own rules score several answers together, none has
        // points to itself.
        let has_points = told.max > Points::ZERO;
        view! {
            {scored.filter(|_| has_points)}
            {correct.map(|correct| view! {
                <div class="feedback info"><p><strong>{t!("question-correct-answer")}</strong></p>{answer(it, correct, &self.files)}</div>
            })}
            {(!reasons.is_empty()).then(|| view! {
                <ul>{reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view()}</ul>
            })}
            {told.choices.iter().map(|said| view! {
                <Feedback tone html=text::html(&said.markdown, &self.files) />
            }).collect_view()}
        }
        .into_any()
    }
}

/// Why a question with rules of its own has its points, as far as that may be said.
pub(super) fn by_rules(told: &FeedbackView) -> AnyView {
    let sentence = |reason: &Reason| {
        let named = reason.args.iter();
        let args: Args = named
            .map(|(name, value)| (name.clone().into(), value.clone().into()))
            .collect();
        current().text(&format!("reason-{}", reason.code), &args)
    };
    let reasons: Vec<String> = told.reasons.iter().map(sentence).collect();
    view! {
        {(!reasons.is_empty()).then(|| view! {
            <ul>{reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view()}</ul>
        })}
    }
    .into_any()
}

/// How a question was scored as a whole.
pub(super) fn of_the_whole(told: &FeedbackView) -> AnyView {
    scored(told.verdict, told.points, told.max)
}

fn scored(it: Verdict, points: Points, max: Points) -> AnyView {
    let points = points_of(points, max);
    view! {
        <p class="row">
            <Tag tone=tone(it) text=t!(&format!("question-{}", verdict(it))) />
            {(it != Verdict::NeedsMarking).then(|| view! { <span class="muted">{points}</span> })}
        </p>
    }
    .into_any()
}

/// The mark on one choice of an interaction.
pub(super) fn mark_of(
    told: Option<&InteractionFeedback>,
    choice: &str,
    chosen: bool,
) -> Option<(Tone, String)> {
    let correct = told.and_then(|told| match &told.correct {
        Some(AnswerView::Choices(correct)) => Some(correct),
        _ => None,
    });
    let alone = told.filter(|_| correct.is_none()).map(|told| told.verdict);
    let is_correct = correct.map(|correct| correct.iter().any(|id| id == choice));
    mark(chosen, is_correct, alone)
}

/// The mark on one choice: whether it was right to choose it, or to leave it.
fn mark(chosen: bool, correct: Option<bool>, alone: Option<Verdict>) -> Option<(Tone, String)> {
    match (chosen, correct, alone) {
        (true, Some(true), _) | (true, None, Some(Verdict::Correct)) => {
            Some((Tone::Good, t!("question-chosen-right")))
        }
        (true, Some(false), _) => Some((Tone::Bad, t!("question-chosen-wrong"))),
        (false, Some(true), _) => Some((Tone::Good, t!("question-missed"))),
        (true, None, Some(_)) => Some((Tone::Plain, t!("question-chosen"))),
        _ => None,
    }
}

/// An answer, read out of the view.
fn answer(it: &InteractionView, answer: &AnswerView, files: &FileLinks) -> AnyView {
    let shown = |id: &str| text::inline(&content(it, id).unwrap_or_default(), files);
    match answer {
        AnswerView::Text(text) => view! { <p>{text.clone()}</p> }.into_any(),
        AnswerView::Choices(ids) => ids
            .iter()
            .map(|id| view! { <p inner_html=shown(id)></p> })
            .collect_view()
            .into_any(),
        AnswerView::Order(ids) => {
            let rows = ids
                .iter()
                .flatten()
                .map(|id| view! { <li inner_html=shown(id)></li> });
            view! { <ol>{rows.collect_view()}</ol> }.into_any()
        }
        // They are drawn in the picture.
        AnswerView::Areas(_) => view! { <p>{t!("question-areas-shown")}</p> }.into_any(),
        AnswerView::Points(points) => points
            .iter()
            .filter_map(|point| Some(view! { <p>{place(it, *point)?}</p> }))
            .collect_view()
            .into_any(),
        AnswerView::Pairs(pairs) => {
            let rows = pairs.iter().map(|[source, target]| {
                view! { <dt inner_html=shown(source)></dt><dd inner_html=shown(target)></dd> }
            });
            view! { <dl>{rows.collect_view()}</dl> }.into_any()
        }
    }
}

/// A place in the picture, in words.
fn place(it: &InteractionView, point: Point) -> Option<String> {
    match &it.control {
        ControlView::Places {
            picture,
            decimal_mark,
            ..
        } => Some(told_at(picture, point, *decimal_mark)),
        _ => None,
    }
}

/// What a choice, source or target says, as Markdown.
fn content(it: &InteractionView, id: &str) -> Option<String> {
    let of_choice = |choice: &ChoiceView| (choice.id == id).then(|| choice.content.clone());
    let of_associable = |it: &AssociableView| (it.id == id).then(|| it.content.clone());
    let of_region = |it: &RegionView| (it.id == id).then(|| it.content.clone());
    match &it.control {
        ControlView::Choice { choices, .. }
        | ControlView::InlineChoice { choices }
        | ControlView::Order { choices } => choices.iter().find_map(of_choice),
        ControlView::Hottext { text, .. } => text.parts().find_map(of_choice),
        ControlView::GapMatch { gap_texts, text } => {
            let gaps = text.parts().zip(1_u32..);
            let of_gap =
                |(gap, number): (&String, u32)| (gap == id).then(|| t!("question-gap", number = number));
            gap_texts
                .iter()
                .find_map(of_associable)
                .or_else(|| gaps.into_iter().find_map(of_gap))
        }
        ControlView::Associate { choices, .. } => choices.iter().find_map(of_associable),
        ControlView::Hotspot { regions, .. }
        | ControlView::GraphicOrder { regions, .. }
        | ControlView::GraphicAssociate { regions, .. } => regions.iter().find_map(of_region),
        ControlView::GraphicGapMatch {
            gap_texts, regions, ..
        } => gap_texts
            .iter()
            .find_map(of_associable)
            .or_else(|| regions.iter().find_map(of_region)),
        ControlView::Match { sources, targets } => sources.iter().chain(targets).find_map(of_associable),
        _ => None,
    }
}

/// Why a part earned what it did. The short ones are in the tag already.
fn sentence(it: &InteractionView, reason: &Reason) -> Option<String> {
    let code = reason.code.as_str();
    let says_enough = reason.args.is_empty() && matches!(code, "right" | "wrong" | "missed");
    if says_enough || matches!(code, "unanswered" | "needs-marking") {
        return None;
    }
    let mut args = Args::new();
    for (name, value) in &reason.args {
        let value = match name.as_str() {
            "choice" | "source" | "target" => text::named(&content(it, value).unwrap_or_default(), 80),
            "point" => value
                .split_once(' ')
                .and_then(|(x, y)| place(it, [x.parse().ok()?, y.parse().ok()?].into()))
                .unwrap_or_default(),
            _ => value.clone(),
        };
        args.insert(name.clone().into(), value.into());
    }
    let part = if reason.args.contains_key("source") {
        "pair"
    } else if reason.args.contains_key("position") {
        "place"
    } else if reason.args.contains_key("point") {
        "point"
    } else {
        "part"
    };
    let key = match code {
        "right" | "wrong" | "missed" | "mapped" => format!("reason-{code}-{part}"),
        _ => format!("reason-{code}"),
    };
    Some(current().text(&key, &args))
}

/// The word for a verdict, in keys of texts.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Correct => "correct",
        Verdict::Partly => "partly",
        Verdict::Incorrect => "incorrect",
        Verdict::NeedsMarking => "needs-marking",
        Verdict::Unanswered => "unanswered",
    }
}

/// How a verdict is meant.
pub(crate) fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Correct => Tone::Good,
        Verdict::Partly => Tone::Warn,
        Verdict::Incorrect | Verdict::Unanswered => Tone::Bad,
        Verdict::NeedsMarking => Tone::Info,
    }
}
