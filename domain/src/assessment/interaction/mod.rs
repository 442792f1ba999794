//! What a learner answers with. Nothing here says what is right.

mod entry;
mod graphic;

use serde::{Deserialize, Serialize};

pub use entry::{
    ExtendedTextInteraction, NumericEntryInteraction, SliderInteraction, TextEntryInteraction, UnitEntry,
    UploadInteraction, UploadType,
};
pub use graphic::{
    GraphicAssociateInteraction, GraphicGapMatchInteraction, GraphicOrderInteraction, Hotspot,
    HotspotInteraction, Movable, Picture, PositionObjectInteraction, SelectPointInteraction,
};

use super::{Flow, Identifier};

/// Something to answer (QTI 3 §interactions). More kinds will follow; each
/// fills the response declared under its `response` identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Interaction {
    /// One or several of a list (`qti-choice-interaction`).
    Choice(ChoiceInteraction),
    /// One of a list that opens in the text (`qti-inline-choice-interaction`).
    InlineChoice(InlineChoiceInteraction),
    /// A line of text (`qti-text-entry-interaction`).
    TextEntry(TextEntryInteraction),
    /// A number (`qti-text-entry-interaction` on a float).
    NumericEntry(NumericEntryInteraction),
    /// A list to be put in order (`qti-order-interaction`).
    Order(OrderInteraction),
    /// Sources to be given to targets (`qti-match-interaction`).
    Match(MatchInteraction),
    /// Words of a text to be chosen (`qti-hottext-interaction`).
    Hottext(HottextInteraction),
    /// Texts to be put into the gaps of a text (`qti-gap-match-interaction`).
    GapMatch(GapMatchInteraction),
    /// Choices to be paired with each other (`qti-associate-interaction`).
    Associate(AssociateInteraction),
    /// A number between two others (`qti-slider-interaction`).
    Slider(SliderInteraction),
    /// A longer text, marked by a person (`qti-extended-text-interaction`).
    ExtendedText(ExtendedTextInteraction),
    /// A file, marked by a person (`qti-upload-interaction`).
    Upload(UploadInteraction),
    /// Regions of a picture to be chosen (`qti-hotspot-interaction`).
    Hotspot(HotspotInteraction),
    /// Regions of a picture to be put in order (`qti-graphic-order-interaction`).
    GraphicOrder(GraphicOrderInteraction),
    /// Regions of a picture to be paired (`qti-graphic-associate-interaction`).
    GraphicAssociate(GraphicAssociateInteraction),
    /// Texts to be put into the regions of a picture (`qti-graphic-gap-match-interaction`).
    GraphicGapMatch(GraphicGapMatchInteraction),
    /// Places in a picture to be found (`qti-select-point-interaction`).
    SelectPoint(SelectPointInteraction),
    /// Something to be put into a picture (`qti-position-object-interaction`).
    PositionObject(PositionObjectInteraction),
}

impl Interaction {
    /// The response that it fills.
    #[must_use]
    pub fn response(&self) -> &Identifier {
        match self {
            Self::Choice(it) => &it.response,
            Self::InlineChoice(it) => &it.response,
            Self::TextEntry(it) => &it.response,
            Self::NumericEntry(it) => &it.response,
            Self::Order(it) => &it.response,
            Self::Match(it) => &it.response,
            Self::Hottext(it) => &it.response,
            Self::GapMatch(it) => &it.response,
            Self::Associate(it) => &it.response,
            Self::Slider(it) => &it.response,
            Self::ExtendedText(it) => &it.response,
            Self::Upload(it) => &it.response,
            Self::Hotspot(it) => &it.response,
            Self::GraphicOrder(it) => &it.response,
            Self::GraphicAssociate(it) => &it.response,
            Self::GraphicGapMatch(it) => &it.response,
            Self::SelectPoint(it) => &it.response,
            Self::PositionObject(it) => &it.response,
        }
    }

    /// What is asked, as Markdown; the control's label. In a passage it may be
    /// empty.
    #[must_use]
    pub fn prompt(&self) -> &str {
        match self {
            Self::Choice(it) => &it.prompt,
            Self::InlineChoice(it) => &it.prompt,
            Self::TextEntry(it) => &it.prompt,
            Self::NumericEntry(it) => &it.prompt,
            Self::Order(it) => &it.prompt,
            Self::Match(it) => &it.prompt,
            Self::Hottext(it) => &it.prompt,
            Self::GapMatch(it) => &it.prompt,
            Self::Associate(it) => &it.prompt,
            Self::Slider(it) => &it.prompt,
            Self::ExtendedText(it) => &it.prompt,
            Self::Upload(it) => &it.prompt,
            Self::Hotspot(it) => &it.prompt,
            Self::GraphicOrder(it) => &it.prompt,
            Self::GraphicAssociate(it) => &it.prompt,
            Self::GraphicGapMatch(it) => &it.prompt,
            Self::SelectPoint(it) => &it.prompt,
            Self::PositionObject(it) => &it.prompt,
        }
    }

    /// Whether only a person can say what an answer is worth.
    pub(super) const fn is_for_a_person(&self) -> bool {
        matches!(self, Self::ExtendedText(_) | Self::Upload(_))
    }

    /// Whether it can stand within a line of text.
    pub(super) fn fits_in_text(&self) -> bool {
        matches!(
            self,
            Self::InlineChoice(_) | Self::TextEntry(_) | Self::NumericEntry(_)
        )
    }

    /// How many of its choices a learner may choose at most, where it lets choose
    /// several; none if that is left open.
    pub(super) fn max_choices(&self) -> Option<u16> {
        match self {
            Self::Choice(it) => it.max_choices,
            Self::Hottext(it) => it.max_choices,
            Self::Hotspot(it) => it.max_choices,
            _ => None,
        }
    }

    /// Whether a learner may choose all there is.
    pub(super) fn lets_choose_everything(&self) -> bool {
        matches!(self, Self::Choice(_) | Self::Hottext(_) | Self::Hotspot(_)) && self.max_choices().is_none()
    }

    /// What it lets associate, if it does: sources and targets, each with the
    /// number of pairs it may be in (0: any number).
    pub(super) fn associables(&self) -> Option<[Vec<(&Identifier, u16)>; 2]> {
        let source = |it: &AssociableChoice| it.match_max_as_source();
        let target = |it: &AssociableChoice| it.match_max_as_target();
        Some(match self {
            Self::Match(it) => [limited(&it.sources, source), limited(&it.targets, target)],
            Self::GapMatch(it) => {
                let gaps = it.text.parts().map(|gap| (&gap.identifier, 1));
                [limited(&it.gap_texts, source), gaps.collect()]
            }
            Self::GraphicGapMatch(it) => {
                let regions = it.hotspots.iter().map(|region| (&region.identifier, 1));
                [limited(&it.gap_texts, source), regions.collect()]
            }
            _ => return None,
        })
    }

    /// The identifiers that its key may name: choices, or sources and then targets.
    pub(super) fn choices(&self) -> Vec<&Identifier> {
        match self {
            Self::Choice(it) => it.choices.iter().map(|choice| &choice.identifier).collect(),
            Self::InlineChoice(it) => it.choices.iter().map(|choice| &choice.identifier).collect(),
            Self::Order(it) => it.choices.iter().map(|choice| &choice.identifier).collect(),
            Self::Match(it) => it
                .sources
                .iter()
                .chain(&it.targets)
                .map(|choice| &choice.identifier)
                .collect(),
            Self::Hottext(it) => it.text.parts().map(|word| &word.identifier).collect(),
            Self::GapMatch(it) => {
                let gaps = it.text.parts().map(|gap| &gap.identifier);
                it.gap_texts
                    .iter()
                    .map(|text| &text.identifier)
                    .chain(gaps)
                    .collect()
            }
            Self::Associate(it) => it.choices.iter().map(|choice| &choice.identifier).collect(),
            Self::Hotspot(_) | Self::GraphicOrder(_) | Self::GraphicAssociate(_) => {
                self.hotspots().iter().map(|region| &region.identifier).collect()
            }
            Self::GraphicGapMatch(it) => {
                let texts = it.gap_texts.iter().map(|text| &text.identifier);
                let regions = it.hotspots.iter().map(|region| &region.identifier);
                texts.chain(regions).collect()
            }
            Self::TextEntry(_)
            | Self::NumericEntry(_)
            | Self::Slider(_)
            | Self::ExtendedText(_)
            | Self::Upload(_)
            | Self::SelectPoint(_)
            | Self::PositionObject(_) => Vec::new(),
        }
    }
}

fn limited(choices: &[AssociableChoice], max: impl Fn(&AssociableChoice) -> u16) -> Vec<(&Identifier, u16)> {
    choices
        .iter()
        .map(|choice| (&choice.identifier, max(choice)))
        .collect()
}

/// One or several of a list. The declaration's cardinality says which: single
/// makes radio buttons, multiple makes checkboxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChoiceInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// What can be chosen.
    pub choices: Vec<SimpleChoice>,
    /// Whether each learner gets the choices in an order of their own.
    #[serde(default = "yes")]
    pub shuffle: bool,
    /// At least so many are asked for. Shown to the learner; absent if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_choices: Option<u16>,
    /// At most so many are taken. Shown to the learner; absent if nothing is
    /// said, so that the number of correct choices doesn't show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_choices: Option<u16>,
}

/// A choice to be chosen or put in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SimpleChoice {
    /// Its name in the key.
    pub identifier: Identifier,
    /// What it says, as Markdown.
    pub content: String,
    /// Whether it keeps its place when the others are shuffled ("none of these").
    #[serde(default, skip_serializing_if = "is_false")]
    pub fixed: bool,
}

/// One of a list that opens in the text. It stands in a passage only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InlineChoiceInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What the list is called; without it, it has the gap's number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// What can be chosen.
    pub choices: Vec<SimpleChoice>,
    /// Whether each learner gets the choices in an order of their own.
    #[serde(default = "yes")]
    pub shuffle: bool,
}

/// A list to be put in order. Always shown in an order of chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// What is put in order.
    pub choices: Vec<SimpleChoice>,
}

/// Sources to be given to targets. Targets are always shown in an order of chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MatchInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// What is matched.
    pub sources: Vec<AssociableChoice>,
    /// What it is matched to; some may fit nothing.
    pub targets: Vec<AssociableChoice>,
    /// Whether sources, too, are shown in an order of chance.
    #[serde(default = "yes")]
    pub shuffle: bool,
}

/// A source or a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssociableChoice {
    /// Its name in the key.
    pub identifier: Identifier,
    /// What it says, as Markdown.
    pub content: String,
    /// In at most so many pairs, 0 for any number; absent: a source in one, a
    /// target in any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub match_max: Option<u16>,
}

impl AssociableChoice {
    /// In how many pairs it may be as a source; 0: any number.
    pub(super) fn match_max_as_source(&self) -> u16 {
        self.match_max.unwrap_or(1)
    }

    /// In how many pairs it may be as a target; 0: any number.
    pub(super) fn match_max_as_target(&self) -> u16 {
        self.match_max.unwrap_or(0)
    }
}

/// Words of a text to be chosen. The declaration's cardinality says whether one
/// or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HottextInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// The text, and in it what can be chosen.
    pub text: Flow<Hottext>,
    /// At least so many are asked for. Shown to the learner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_choices: Option<u16>,
    /// At most so many are taken. Shown to the learner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_choices: Option<u16>,
}

/// A word or a few that can be chosen in a text (`qti-hottext`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Hottext {
    /// Its name in the key.
    pub identifier: Identifier,
    /// The words, as Markdown.
    pub content: String,
}

/// Texts to be put into the gaps of a text. They are always shown in an order of
/// chance. A pair of the response is a text (source) with its gap (target).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GapMatchInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// What is put into gaps (`qti-gap-text`), each into `match_max` of them;
    /// some may fit nowhere.
    pub gap_texts: Vec<AssociableChoice>,
    /// The text and its gaps.
    pub text: Flow<Gap>,
}

/// A place in a text that takes one of the texts (`qti-gap`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Gap {
    /// Its name in the key.
    pub identifier: Identifier,
}

/// Choices to be paired with each other, in no order. They are always shown in
/// an order of chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssociateInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// What is paired, each in `match_max` pairs (absent: one).
    pub choices: Vec<AssociableChoice>,
    /// How many pairs there is room for; shown to the learner. Absent: for as
    /// many as the choices make if each is used once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_associations: Option<u16>,
}

impl AssociateInteraction {
    /// How many pairs there is room for.
    pub(super) fn room(&self) -> usize {
        let once = self.choices.len() / 2;
        self.max_associations.map_or(once, usize::from)
    }
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
