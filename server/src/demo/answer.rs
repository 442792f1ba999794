//! How a made-up learner fills in a question: they see what every learner sees,
//! and know the content as well as their accuracy says.

use domain::assessment::{BlockView, ControlView, Flow, InteractionView, ItemView, Point};
use rand_chacha::{ChaCha20Rng, rand_core::Rng};

use super::{
    content::{GapText, ItemText},
    item::middle,
};

/// The fields of a form with the right answer to `view`, or with a wrong one.
pub(super) fn fields(view: &ItemView, text: &ItemText, right: bool) -> Vec<(String, String)> {
    let asked = view.body.iter().flat_map(|block| match block {
        BlockView::Interaction(interaction) => filled(interaction, text, right),
        BlockView::Passage(passage) => {
            let gaps = passage.text.parts().zip(&text.gaps);
            gaps.filter_map(|(gap, text)| in_gap(gap, text, right)).collect()
        }
        BlockView::Prose(_) => Vec::new(),
    });
    asked.collect()
}

fn in_gap(gap: &InteractionView, text: &GapText, right: bool) -> Option<(String, String)> {
    let answer = text.answer.to_string();
    let typed = match &gap.control {
        ControlView::InlineChoice { choices } => choices
            .iter()
            .find(|choice| (choice.content == answer) == right)
            .map(|choice| choice.id.clone())?,
        _ if right => answer,
        _ => format!("9{answer}"),
    };
    Some((gap.field.clone(), typed))
}

/// Whether something with a chance of `share` happens this time.
pub(super) fn happens(rng: &mut ChaCha20Rng, share: f64) -> bool {
    f64::from(rng.next_u32()) / f64::from(u32::MAX) < share
}

fn filled(interaction: &InteractionView, text: &ItemText, right: bool) -> Vec<(String, String)> {
    let field = interaction.field.clone();
    match &interaction.control {
        ControlView::Choice { choices, .. } => {
            let is_right = |content: &str| {
                text.choices
                    .iter()
                    .any(|choice| choice.correct && choice.text == content)
            };
            let chosen = choices.iter().filter(|choice| is_right(&choice.content) == right);
            let most = if right { usize::MAX } else { 1 };
            chosen
                .take(most)
                .map(|choice| (field.clone(), choice.id.clone()))
                .collect()
        }
        ControlView::TextEntry { .. } => {
            let known = text.accepted.first().filter(|_| right);
            vec![(field, known.cloned().unwrap_or_else(|| "not sure".to_owned()))]
        }
        ControlView::NumericEntry { .. } => {
            let number = text.answer.map(|number| number.to_string()).unwrap_or_default();
            let number = if right { number } else { format!("9{number}") };
            // Where a unit is typed, it stands behind the number.
            let unit = text.units.iter().find(|unit| unit.factor.to_string() == "1");
            let typed = unit.map_or_else(|| number.clone(), |unit| format!("{number} {}", unit.unit));
            vec![(field, typed)]
        }
        ControlView::Order { choices } => {
            let place = |content: &str| {
                text.sequence
                    .iter()
                    .position(|step| step == content)
                    .unwrap_or_default()
            };
            let count = choices.len();
            choices
                .iter()
                .map(|choice| {
                    let place = place(&choice.content);
                    let place = if right { place } else { count - 1 - place };
                    (format!("{field}.{}", choice.id), (place + 1).to_string())
                })
                .collect()
        }
        ControlView::Match { sources, targets } => sources
            .iter()
            .filter_map(|source| {
                let pair = text.pairs.iter().find(|pair| pair.left == source.content)?;
                let target = targets
                    .iter()
                    .find(|target| (target.content == pair.right) == right)?;
                Some((format!("{field}.{}", source.id), target.id.clone()))
            })
            .collect(),
        ControlView::ExtendedText { .. } => vec![(field, ESSAY.to_owned())],
        ControlView::Hottext { text: words, .. } => {
            let passage = text.passage.as_deref().unwrap_or_default();
            let is_right = |content: &str| passage.contains(&format!("[[={content}]]"));
            let chosen = words.parts().filter(|word| is_right(&word.content) == right);
            chosen.map(|word| (field.clone(), word.id.clone())).collect()
        }
        ControlView::GapMatch {
            gap_texts,
            text: gaps,
        } => {
            let belonging = Flow::read(text.passage.as_deref().unwrap_or_default(), str::to_owned);
            let gaps = gaps.parts().zip(belonging.parts());
            let named = |name: &String| gap_texts.iter().find(|text| text.content == *name);
            gaps.take(if right { usize::MAX } else { 1 })
                .filter_map(|(gap, name)| Some((format!("{field}.{gap}"), named(name)?.id.clone())))
                .collect()
        }
        ControlView::Associate { choices, .. } => {
            let named = |content: &String| choices.iter().find(|choice| choice.content == *content);
            let mut rights: Vec<&String> = text.pairs.iter().map(|pair| &pair.right).collect();
            if !right {
                rights.rotate_left(1);
            }
            let pairs = text.pairs.iter().zip(rights).enumerate();
            let ends = pairs.flat_map(|(place, (pair, right))| {
                [(false, &pair.left), (true, right)]
                    .map(|(second, content)| (interaction.field_of_pair(place, second), named(content)))
            });
            ends.filter_map(|(field, choice)| Some((field, choice?.id.clone())))
                .collect()
        }
        ControlView::Slider { lower_bound, .. } => {
            let known = text.answer.filter(|_| right).map(|number| number.to_string());
            vec![(field, known.unwrap_or_else(|| lower_bound.to_string()))]
        }
        ControlView::InlineChoice { .. } => Vec::new(),
        _ => in_picture(interaction, text, right),
    }
}

/// An answer in a picture. The demo asks for regions and for one place.
fn in_picture(interaction: &InteractionView, text: &ItemText, right: bool) -> Vec<(String, String)> {
    let field = interaction.field.clone();
    match &interaction.control {
        ControlView::Hotspot { regions, .. } => {
            let is_right = |name: &str| {
                text.regions
                    .iter()
                    .any(|region| region.correct && region.name == name)
            };
            let chosen = regions.iter().find(|region| is_right(&region.content) == right);
            chosen
                .map(|region| (field, region.id.clone()))
                .into_iter()
                .collect()
        }
        ControlView::Places {
            picture,
            decimal_mark,
            ..
        } => {
            let middle = text.regions.first().and_then(middle).filter(|_| right);
            let at = middle.unwrap_or(Point { x: 0, y: 0 });
            let numbers = [false, true].into_iter().zip(picture.percent(at, *decimal_mark));
            numbers
                .map(|(down, number)| (interaction.field_of_point(0, down), number))
                .collect()
        }
        _ => Vec::new(),
    }
}

const ESSAY: &str = "The main thing first: the last day is very different from the days before it. \
The figures do not say why. It may be chance, since one week is little, and one thing that day was \
unusual. I suggest that we try one change for four weeks, count again in the same way, and compare. \
If the figure comes down, we keep the change.";
