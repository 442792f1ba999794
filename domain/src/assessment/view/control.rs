//! How each interaction is shown. What would tell by its order is shuffled.

use rand_chacha::rand_core::Rng;

use super::{AssociableView, ChoiceView, ControlView, RegionView};
use crate::{
    Seed,
    assessment::{
        AssociableChoice, Cardinality, ChoiceInteraction, GapMatchInteraction, Hotspot, Identifier,
        Interaction, Item, MatchInteraction, NumericEntryInteraction, OrderInteraction, SimpleChoice,
        chance::shuffle, labels::Labels, limits, number_entry::decimal_mark,
    },
};

pub(super) fn control(item: &Item, interaction: &Interaction, labels: &Labels, seed: Seed) -> ControlView {
    let mut rng = seed.rng(&format!("shuffle {}", interaction.response()));
    match interaction {
        Interaction::Choice(it) => choice(item, it, labels, &mut rng),
        Interaction::InlineChoice(it) => ControlView::InlineChoice {
            choices: in_order(&it.choices, it.shuffle, labels, &mut rng),
        },
        Interaction::TextEntry(it) => ControlView::TextEntry {
            expected_length: it.expected_length,
            max_length: limits::LINE,
        },
        Interaction::NumericEntry(NumericEntryInteraction { unit, .. }) => ControlView::NumericEntry {
            unit: unit.clone(),
            decimal_mark: decimal_mark(&item.language),
            max_length: limits::NUMBER,
        },
        Interaction::Order(OrderInteraction { choices, .. }) => {
            let mut choices: Vec<_> = choices.iter().map(|choice| choice_view(choice, labels)).collect();
            shuffle(&mut rng, &mut choices);
            ControlView::Order { choices }
        }
        Interaction::Match(it) => matching(it, labels, &mut rng),
        Interaction::Hottext(it) => ControlView::Hottext {
            multiple: is_multiple(item, &it.response),
            text: it.text.map(|word| ChoiceView {
                id: labels.label(&word.identifier).to_owned(),
                content: word.content.clone(),
            }),
            min_choices: it.min_choices,
            max_choices: it.max_choices,
        },
        Interaction::GapMatch(it) => gap_match(it, labels, &mut rng),
        Interaction::Associate(it) => {
            let mut choices: Vec<_> = it
                .choices
                .iter()
                .map(|choice| associable(choice, choice.match_max_as_source(), labels))
                .collect();
            shuffle(&mut rng, &mut choices);
            let pairs = it.room();
            ControlView::Associate { choices, pairs }
        }
        Interaction::Slider(it) => ControlView::Slider {
            lower_bound: it.lower_bound.clone(),
            upper_bound: it.upper_bound.clone(),
            step: it.step.clone(),
            decimal_mark: decimal_mark(&item.language),
            max_length: limits::NUMBER,
        },
        Interaction::ExtendedText(it) => ControlView::ExtendedText {
            expected_lines: it.expected_lines,
            expected_words: it.expected_words,
            max_length: limits::ESSAY,
        },
        Interaction::Upload(it) => ControlView::Upload {
            accepts: it.accepts.clone(),
        },
        Interaction::Hotspot(it) => ControlView::Hotspot {
            multiple: is_multiple(item, &it.response),
            picture: it.picture.clone(),
            regions: regions(&it.hotspots, labels),
            min_choices: it.min_choices,
            max_choices: it.max_choices,
        },
        Interaction::GraphicOrder(it) => ControlView::GraphicOrder {
            picture: it.picture.clone(),
            regions: regions(&it.hotspots, labels),
        },
        Interaction::GraphicAssociate(it) => ControlView::GraphicAssociate {
            picture: it.picture.clone(),
            regions: regions(&it.hotspots, labels),
            pairs: it.room(),
        },
        Interaction::GraphicGapMatch(it) => ControlView::GraphicGapMatch {
            picture: it.picture.clone(),
            gap_texts: gap_texts(&it.gap_texts, labels, &mut rng),
            regions: regions(&it.hotspots, labels),
        },
        Interaction::SelectPoint(it) => ControlView::Places {
            picture: it.picture.clone(),
            object: None,
            room: it.max_choices,
            decimal_mark: decimal_mark(&item.language),
        },
        Interaction::PositionObject(it) => ControlView::Places {
            picture: it.picture.clone(),
            object: Some(it.object.clone()),
            room: it.max_choices,
            decimal_mark: decimal_mark(&item.language),
        },
    }
}

/// Regions in the order in which they lie. Of two that begin at one place, the
/// names of this attempt decide, and not the author's order.
fn regions(hotspots: &[Hotspot], labels: &Labels) -> Vec<RegionView> {
    let mut regions: Vec<_> = hotspots
        .iter()
        .map(|it| RegionView {
            id: labels.label(&it.identifier).to_owned(),
            content: it.name.clone(),
            shape: it.shape.clone(),
        })
        .collect();
    regions.sort_by_cached_key(|it| {
        let [left, top, ..] = it.shape.bounds().unwrap_or_default();
        (top, left, it.id.clone())
    });
    regions
}

fn choice(item: &Item, it: &ChoiceInteraction, labels: &Labels, rng: &mut impl Rng) -> ControlView {
    ControlView::Choice {
        multiple: is_multiple(item, &it.response),
        choices: in_order(&it.choices, it.shuffle, labels, rng),
        min_choices: it.min_choices,
        max_choices: it.max_choices,
    }
}

fn is_multiple(item: &Item, response: &Identifier) -> bool {
    item.declaration(response)
        .is_some_and(|declared| declared.cardinality == Cardinality::Multiple)
}

/// Choices in the order shown: all but the fixed ones change places, if they are shuffled.
fn in_order(
    choices: &[SimpleChoice],
    shuffled: bool,
    labels: &Labels,
    rng: &mut impl Rng,
) -> Vec<ChoiceView> {
    let mut choices: Vec<_> = choices.iter().collect();
    if shuffled {
        let places: Vec<_> = (0..choices.len())
            .filter(|&place| !choices[place].fixed)
            .collect();
        let mut movable: Vec<_> = places.iter().map(|&place| choices[place]).collect();
        shuffle(rng, &mut movable);
        for (place, choice) in places.into_iter().zip(movable) {
            choices[place] = choice;
        }
    }
    choices
        .into_iter()
        .map(|choice| choice_view(choice, labels))
        .collect()
}

fn matching(it: &MatchInteraction, labels: &Labels, rng: &mut impl Rng) -> ControlView {
    let sources = it.sources.iter();
    let mut sources: Vec<_> = sources
        .map(|source| associable(source, source.match_max_as_source(), labels))
        .collect();
    let targets = it.targets.iter();
    let mut targets: Vec<_> = targets
        .map(|target| associable(target, target.match_max_as_target(), labels))
        .collect();
    shuffle(rng, &mut targets);
    if it.shuffle {
        shuffle(rng, &mut sources);
    }
    ControlView::Match { sources, targets }
}

fn gap_match(it: &GapMatchInteraction, labels: &Labels, rng: &mut impl Rng) -> ControlView {
    ControlView::GapMatch {
        gap_texts: gap_texts(&it.gap_texts, labels, rng),
        text: it.text.map(|gap| labels.label(&gap.identifier).to_owned()),
    }
}

fn gap_texts(texts: &[AssociableChoice], labels: &Labels, rng: &mut impl Rng) -> Vec<AssociableView> {
    let mut gap_texts: Vec<_> = texts
        .iter()
        .map(|text| associable(text, text.match_max_as_source(), labels))
        .collect();
    shuffle(rng, &mut gap_texts);
    gap_texts
}

fn associable(choice: &AssociableChoice, match_max: u16, labels: &Labels) -> AssociableView {
    AssociableView {
        id: labels.label(&choice.identifier).to_owned(),
        content: choice.content.clone(),
        match_max,
    }
}

fn choice_view(choice: &SimpleChoice, labels: &Labels) -> ChoiceView {
    ChoiceView {
        id: labels.label(&choice.identifier).to_owned(),
        content: choice.content.clone(),
    }
}
