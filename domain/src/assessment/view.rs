//! What a browser may get of an item.

use rand_chacha::rand_core::Rng;
use serde::{Deserialize, Serialize};

use super::{
    AssociableChoice, Block, Cardinality, ChoiceInteraction, Flow, GapMatchInteraction, Identifier,
    Interaction, Item, MatchInteraction, NumericEntryInteraction, OrderInteraction, SimpleChoice, UnitEntry,
    chance::shuffle, labels::Labels, limits, number_entry::decimal_mark,
};
use crate::Seed;

/// An item as one attempt's learner sees it: no key, and nothing from which one
/// follows. It is made from the body alone; of the declarations only the
/// cardinality shows (radio buttons or checkboxes).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemView {
    /// The language of its text (BCP 47).
    pub language: String,
    /// Prose and interactions, in reading order.
    pub body: Vec<BlockView>,
}

/// A piece of an item's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BlockView {
    /// Markdown.
    Prose(String),
    /// Something to answer.
    Interaction(InteractionView),
    /// Text with gaps to fill in.
    Passage(PassageView),
}

/// Text with gaps to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PassageView {
    /// What is to be done with it, as Markdown; may be empty.
    pub prompt: String,
    /// The text and its gaps.
    pub text: Flow<InteractionView>,
}

/// Something to answer, with the names of its form fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InteractionView {
    /// The form field; where a choice has a field of its own, it is `{field}.{choice}`.
    pub field: String,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// What it is answered with.
    pub control: ControlView,
}

/// What an interaction is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ControlView {
    /// Radio buttons or checkboxes under the one field, with a choice's `id` as value.
    Choice {
        /// Whether several may be chosen.
        multiple: bool,
        /// In the order shown.
        choices: Vec<ChoiceView>,
        /// At least so many are asked for.
        min_choices: Option<u16>,
        /// At most so many are taken.
        max_choices: Option<u16>,
    },
    /// A list that opens, with a choice's `id` as value.
    InlineChoice {
        /// In the order shown.
        choices: Vec<ChoiceView>,
    },
    /// A line of text.
    TextEntry {
        /// How many characters wide the field is.
        expected_length: Option<u16>,
        /// How many characters it takes.
        max_length: usize,
    },
    /// A number as text.
    NumericEntry {
        /// Whose business the unit is.
        unit: UnitEntry,
        /// The decimal mark of the item's language, for the hint.
        decimal_mark: char,
        /// How many characters it takes.
        max_length: usize,
    },
    /// A field for each choice, with its position from 1 as value.
    Order {
        /// In an order of chance.
        choices: Vec<ChoiceView>,
    },
    /// A field for each source, with a target's `id` as value.
    Match {
        /// What is matched, in the order shown.
        sources: Vec<AssociableView>,
        /// What it is matched to, in an order of chance.
        targets: Vec<AssociableView>,
    },
    /// Radio buttons or checkboxes in a text, under the one field.
    Hottext {
        /// Whether several may be chosen.
        multiple: bool,
        /// The text, and what can be chosen.
        text: Flow<ChoiceView>,
        /// At least so many are asked for.
        min_choices: Option<u16>,
        /// At most so many are taken.
        max_choices: Option<u16>,
    },
    /// A field for each gap, with a text's `id` as value.
    GapMatch {
        /// What is put into gaps, in an order of chance.
        gap_texts: Vec<AssociableView>,
        /// The text, and the `id` of each gap.
        text: Flow<String>,
    },
    /// Lines of text.
    ExtendedText {
        /// How many lines high the field is.
        expected_lines: Option<u16>,
        /// How many words are expected at most.
        expected_words: Option<u16>,
        /// How many characters it takes.
        max_length: usize,
    },
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceView {
    /// Its name in this attempt.
    pub id: String,
    /// What it says, as Markdown.
    pub content: String,
}

/// A source or a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssociableView {
    /// Its name in this attempt.
    pub id: String,
    /// What it says, as Markdown.
    pub content: String,
    /// In at most so many pairs; 0: any number.
    pub match_max: u16,
}

impl ItemView {
    /// The view of an item under the seed that its place in the form has.
    #[must_use]
    pub fn new(item: &Item, seed: Seed) -> Self {
        let mut numbers = 1..;
        let mut view = |interaction: &Interaction| {
            let labels = Labels::new(numbers.next().unwrap_or_default(), interaction, seed);
            InteractionView {
                field: labels.field().to_owned(),
                prompt: interaction.prompt().to_owned(),
                control: control(item, interaction, &labels, seed),
            }
        };
        let body = item.body.iter().map(|block| match block {
            Block::Prose(markdown) => BlockView::Prose(markdown.clone()),
            Block::Interaction(interaction) => BlockView::Interaction(view(interaction)),
            Block::Passage(passage) => BlockView::Passage(PassageView {
                prompt: passage.prompt.clone(),
                text: passage.text.map(&mut view),
            }),
        });
        Self {
            body: body.collect(),
            language: item.language.clone(),
        }
    }
}

impl ItemView {
    /// Every text in it, as Markdown.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.body.iter().flat_map(|block| match block {
            BlockView::Prose(markdown) => vec![markdown.as_str()],
            BlockView::Interaction(it) => it.texts(),
            BlockView::Passage(passage) => {
                let gaps = passage.text.parts().flat_map(InteractionView::texts);
                let own = [passage.prompt.as_str()].into_iter().chain(passage.text.texts());
                own.chain(gaps).collect()
            }
        })
    }

    /// Everything to answer, in reading order.
    pub fn interactions(&self) -> impl Iterator<Item = &InteractionView> {
        self.body.iter().flat_map(|block| match block {
            BlockView::Prose(_) => Vec::new(),
            BlockView::Interaction(it) => vec![it],
            BlockView::Passage(passage) => passage.text.parts().collect(),
        })
    }
}

fn control(item: &Item, interaction: &Interaction, labels: &Labels, seed: Seed) -> ControlView {
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
        Interaction::ExtendedText(it) => ControlView::ExtendedText {
            expected_lines: it.expected_lines,
            expected_words: it.expected_words,
            max_length: limits::ESSAY,
        },
    }
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
    let texts = it.gap_texts.iter();
    let mut gap_texts: Vec<_> = texts
        .map(|text| associable(text, text.match_max_as_source(), labels))
        .collect();
    shuffle(rng, &mut gap_texts);
    ControlView::GapMatch {
        gap_texts,
        text: it.text.map(|gap| labels.label(&gap.identifier).to_owned()),
    }
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

impl InteractionView {
    fn texts(&self) -> Vec<&str> {
        let mut texts = vec![self.prompt.as_str()];
        match &self.control {
            ControlView::Choice { choices, .. }
            | ControlView::InlineChoice { choices }
            | ControlView::Order { choices } => {
                texts.extend(choices.iter().map(|choice| choice.content.as_str()));
            }
            ControlView::Match { sources, targets } => {
                texts.extend(sources.iter().chain(targets).map(|it| it.content.as_str()));
            }
            ControlView::Hottext { text, .. } => {
                texts.extend(text.texts());
                texts.extend(text.parts().map(|word| word.content.as_str()));
            }
            ControlView::GapMatch { gap_texts, text } => {
                texts.extend(text.texts());
                texts.extend(gap_texts.iter().map(|it| it.content.as_str()));
            }
            ControlView::TextEntry { .. }
            | ControlView::NumericEntry { .. }
            | ControlView::ExtendedText { .. } => {}
        }
        texts
    }

    /// The field of one of the choices.
    #[must_use]
    pub fn field_of(&self, choice: &str) -> String {
        format!("{}.{choice}", self.field)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::assessment::{Feedback, Identifier, Value, sample};

    fn json(item: &Item, seed: Seed) -> String {
        serde_json::to_string(&ItemView::new(item, seed)).unwrap()
    }

    /// The contents of the choices, in the order shown.
    fn shown(item: &Item, seed: Seed) -> Vec<String> {
        let view = ItemView::new(item, seed);
        match &view.interactions().next().unwrap().control {
            ControlView::Choice { choices, .. }
            | ControlView::InlineChoice { choices }
            | ControlView::Order { choices } => choices.iter().map(|choice| choice.content.clone()).collect(),
            ControlView::GapMatch { gap_texts, .. } => {
                gap_texts.iter().map(|text| text.content.clone()).collect()
            }
            ControlView::Match { targets, .. } => {
                targets.iter().map(|target| target.content.clone()).collect()
            }
            _ => panic!(),
        }
    }

    #[test]
    fn neither_key_nor_title_nor_feedback_nor_any_authored_identifier_is_in_a_view() {
        let secrets = [
            "SECRET", "KEY_VAR", "12345", "7.75", "0.77", "1000.06", "points", "penalty", "correct", "wrong",
        ];
        let authored = serde_json::to_string(&sample::all_in_one()).unwrap();
        assert!(
            secrets.iter().all(|secret| authored.contains(secret)),
            "there is something to find"
        );
        for item in sample::every_kind().into_iter().chain([sample::all_in_one()]) {
            let view = json(&item, Seed(5));
            let identifiers = item.interactions().flat_map(Interaction::choices);
            for secret in secrets.into_iter().chain(identifiers.map(Identifier::as_str)) {
                assert!(!view.contains(secret), "{secret} in {view}");
            }
        }
    }

    #[test]
    fn the_view_of_an_order_or_match_says_nothing_by_its_order() {
        for item in [
            sample::single(),
            sample::order(),
            sample::matching(),
            sample::gaps(),
            sample::gap_match(),
        ] {
            let mut counts = BTreeMap::new();
            for seed in 0..6_000 {
                *counts.entry(shown(&item, Seed(seed))).or_insert(0) += 1;
            }
            assert_eq!(counts.len(), 6, "all orders of three");
            assert!(
                counts.values().all(|count| (850..1150).contains(count)),
                "{counts:?}"
            );
        }
    }

    #[test]
    fn a_fixed_choice_keeps_its_place_and_an_unshuffled_list_its_order() {
        let mut item = sample::single();
        let Some(Block::Interaction(Interaction::Choice(it))) = item.body.get_mut(1) else {
            panic!()
        };
        it.choices[2].fixed = true;
        let last = it.choices[2].content.clone();
        let authored: Vec<_> = it.choices.iter().map(|choice| choice.content.clone()).collect();
        assert!((0..50).all(|seed| shown(&item, Seed(seed))[2] == last));
        let Some(Block::Interaction(Interaction::Choice(it))) = item.body.get_mut(1) else {
            panic!()
        };
        it.shuffle = false;
        assert!((0..50).all(|seed| shown(&item, Seed(seed)) == authored));
    }

    proptest! {
        #[test]
        fn the_view_does_not_depend_on_the_key(seed: i64, turn in 0usize..5) {
            for item in sample::every_kind() {
                let mut other = item.clone();
                other.title = "Another".to_owned();
                other.feedback = Feedback::default();
                let declaration = &mut other.responses[0];
                declaration.mapping = None;
                match &mut declaration.correct_response {
                    Some(Value::Order(key)) => key.rotate_left(turn % 3),
                    Some(Value::DirectedPairs(key)) => key.truncate(turn % 2),
                    key => *key = None,
                }
                prop_assert_eq!(json(&item, Seed(seed)), json(&other, Seed(seed)));
            }
        }

        #[test]
        fn names_differ_from_attempt_to_attempt(seed: i64) {
            prop_assert_ne!(json(&sample::single(), Seed(seed)), json(&sample::single(), Seed(seed ^ 1)));
        }
    }
}
