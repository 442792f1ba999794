//! What a browser may get of an item.

mod control;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Block, Decimal, Flow, Interaction, Item, Movable, Picture, Shape, UnitEntry, UploadType, labels::Labels,
};
use crate::Seed;
use control::control;

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
    /// Two fields for each pair ([`InteractionView::field_of_pair`]), with a
    /// choice's `id` as value.
    Associate {
        /// What is paired, in an order of chance.
        choices: Vec<AssociableView>,
        /// How many pairs there is room for.
        pairs: usize,
    },
    /// A number as text, between two others.
    Slider {
        /// The least.
        lower_bound: Decimal,
        /// The most.
        upper_bound: Decimal,
        /// How far apart the numbers are that can be set, from the least on.
        step: Decimal,
        /// The decimal mark of the item's language, for the hint.
        decimal_mark: char,
        /// How many characters it takes.
        max_length: usize,
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
    /// A file. The field has its id, once it is stored.
    Upload {
        /// What sorts are taken; none named: all there are.
        accepts: BTreeSet<UploadType>,
    },
    /// Radio buttons or checkboxes for regions of a picture, under the one field.
    Hotspot {
        /// Whether several may be chosen.
        multiple: bool,
        /// The picture.
        picture: Picture,
        /// What can be chosen in it.
        regions: Vec<RegionView>,
        /// At least so many are asked for.
        min_choices: Option<u16>,
        /// At most so many are taken.
        max_choices: Option<u16>,
    },
    /// A field for each region of a picture, with its position from 1 as value.
    GraphicOrder {
        /// The picture.
        picture: Picture,
        /// What is put in order in it.
        regions: Vec<RegionView>,
    },
    /// Two fields for each pair ([`InteractionView::field_of_pair`]), with a
    /// region's `id` as value.
    GraphicAssociate {
        /// The picture.
        picture: Picture,
        /// What is paired in it.
        regions: Vec<RegionView>,
        /// How many pairs there is room for.
        pairs: usize,
    },
    /// A field for each region of a picture, with a text's `id` as value.
    GraphicGapMatch {
        /// The picture.
        picture: Picture,
        /// What is put into regions, in an order of chance.
        gap_texts: Vec<AssociableView>,
        /// The regions.
        regions: Vec<RegionView>,
    },
    /// Two fields for each place ([`InteractionView::field_of_point`]): how far
    /// across and how far down it is, in percent of the picture.
    Places {
        /// The picture.
        picture: Picture,
        /// What is put there, if it is more than a mark.
        object: Option<Movable>,
        /// How many places there is room for.
        room: u16,
        /// The decimal mark of the item's language.
        decimal_mark: char,
    },
}

/// A region of a picture. Regions stand in the order in which they lie, from the
/// top down and then from the left: an author's order might tell which is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegionView {
    /// Its name in this attempt.
    pub id: String,
    /// What it is called, as Markdown.
    pub content: String,
    /// Where it is.
    pub shape: Shape,
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

    /// The files of its pictures, beside those that texts name.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        self.interactions().flat_map(|it| {
            let object = match &it.control {
                ControlView::Places { object, .. } => object.as_ref().and_then(Movable::file),
                _ => None,
            };
            let picture = it.control.picture().map(|picture| picture.file.as_str());
            picture.into_iter().chain(object)
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

impl ControlView {
    /// The picture that it is answered in, if it is.
    #[must_use]
    pub fn picture(&self) -> Option<&Picture> {
        match self {
            Self::Hotspot { picture, .. }
            | Self::GraphicOrder { picture, .. }
            | Self::GraphicAssociate { picture, .. }
            | Self::GraphicGapMatch { picture, .. }
            | Self::Places { picture, .. } => Some(picture),
            _ => None,
        }
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
            ControlView::Associate { choices, .. } => {
                texts.extend(choices.iter().map(|it| it.content.as_str()));
            }
            ControlView::Hotspot { regions, .. }
            | ControlView::GraphicOrder { regions, .. }
            | ControlView::GraphicAssociate { regions, .. } => {
                texts.extend(regions.iter().map(|it| it.content.as_str()));
            }
            ControlView::GraphicGapMatch {
                gap_texts, regions, ..
            } => {
                texts.extend(gap_texts.iter().map(|it| it.content.as_str()));
                texts.extend(regions.iter().map(|it| it.content.as_str()));
            }
            ControlView::Places { .. }
            | ControlView::Slider { .. }
            | ControlView::TextEntry { .. }
            | ControlView::NumericEntry { .. }
            | ControlView::ExtendedText { .. }
            | ControlView::Upload { .. } => {}
        }
        texts
    }

    /// A field of a pair (from 0): of its first choice or of its second.
    #[must_use]
    pub fn field_of_pair(&self, pair: usize, second: bool) -> String {
        field_of_pair(&self.field, pair, second)
    }

    /// A field of a place (from 0): how far across it is, or how far down.
    #[must_use]
    pub fn field_of_point(&self, point: usize, down: bool) -> String {
        field_of_point(&self.field, point, down)
    }

    /// The field of one of the choices.
    #[must_use]
    pub fn field_of(&self, choice: &str) -> String {
        format!("{}.{choice}", self.field)
    }
}

/// `r.1.3.b` for the second choice of the third pair.
pub(super) fn field_of_pair(field: &str, pair: usize, second: bool) -> String {
    format!("{field}.{}.{}", pair + 1, if second { 'b' } else { 'a' })
}

/// `r.1.3.y` for how far down the third place is.
pub(super) fn field_of_point(field: &str, point: usize, down: bool) -> String {
    format!("{field}.{}.{}", point + 1, if down { 'y' } else { 'x' })
}
