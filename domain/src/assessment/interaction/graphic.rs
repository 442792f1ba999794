//! What is answered in a picture (QTI 3 §graphic interactions).
//!
//! Whoever cannot use the picture answers by the list of its named regions, or by
//! saying how far across and down a place is: so a region always has a name, and
//! a picture an alternative text.

use serde::{Deserialize, Serialize};

use super::{AssociableChoice, Interaction};
use crate::assessment::{Identifier, Shape};

/// A picture that a question is answered in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Picture {
    /// What texts call the file. It is drawn as wide and as high as said here,
    /// whatever its own pixels are.
    pub file: String,
    /// The pixels across that coordinates are in.
    pub width: u16,
    /// The pixels down that coordinates are in.
    pub height: u16,
    /// What it shows, for those who don't see it, without giving the answer away.
    pub alternative: String,
}

/// A region of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Hotspot {
    /// Its name in the key.
    pub identifier: Identifier,
    /// What it is called in the list of regions, as Markdown. It is the region for
    /// everybody who cannot use the picture.
    pub name: String,
    /// Where it is.
    pub shape: Shape,
    /// In at most so many pairs, 0 for any number; absent: in one. Of regions that
    /// are paired with each other only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub match_max: Option<u16>,
}

/// Regions of a picture to be chosen. The declaration's cardinality says whether
/// one or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HotspotInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// The picture.
    pub picture: Picture,
    /// What can be chosen in it.
    pub hotspots: Vec<Hotspot>,
    /// At least so many are asked for. Shown to the learner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_choices: Option<u16>,
    /// At most so many are taken. Shown to the learner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_choices: Option<u16>,
}

/// Regions of a picture to be put in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GraphicOrderInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// The picture.
    pub picture: Picture,
    /// What is put in order in it.
    pub hotspots: Vec<Hotspot>,
}

/// Regions of a picture to be paired with each other, in no order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GraphicAssociateInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// The picture.
    pub picture: Picture,
    /// What is paired in it, each in `match_max` pairs.
    pub hotspots: Vec<Hotspot>,
    /// How many pairs there is room for; shown to the learner. Absent: for as
    /// many as the regions make if each is used once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_associations: Option<u16>,
}

impl GraphicAssociateInteraction {
    /// How many pairs there is room for.
    pub(in crate::assessment) fn room(&self) -> usize {
        let once = self.hotspots.len() / 2;
        self.max_associations.map_or(once, usize::from)
    }
}

/// Texts or pictures to be put into the regions of a picture, one into each. They
/// are always shown in an order of chance. A pair of the response is a text
/// (source) with its region (target).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GraphicGapMatchInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// The picture.
    pub picture: Picture,
    /// What is put into regions, each into `match_max` of them; some may fit
    /// nowhere. One that is a picture alone is `qti-gap-img`, else `qti-gap-text`.
    pub gap_texts: Vec<AssociableChoice>,
    /// The regions.
    pub hotspots: Vec<Hotspot>,
}

/// Places in a picture to be found. Which places are right never leaves the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelectPointInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// The picture.
    pub picture: Picture,
    /// How many places there is room for, from 1; shown to the learner.
    #[serde(default = "one")]
    pub max_choices: u16,
}

/// Something to be put where it belongs in a picture. What is answered is where
/// its centre lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PositionObjectInteraction {
    /// The response that it fills.
    pub response: Identifier,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// The picture that it is put into (`qti-position-object-stage`).
    pub picture: Picture,
    /// What is put there.
    pub object: Movable,
    /// How many times it may be put there, from 1; shown to the learner.
    #[serde(default = "one")]
    pub max_choices: u16,
}

/// What is put into a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Movable {
    /// Another picture, as large as it is in the pixels of the first.
    Picture(Picture),
    /// A word or two.
    Text(String),
}

impl Interaction {
    /// The picture that it is answered in, if it is.
    pub(in crate::assessment) fn picture(&self) -> Option<&Picture> {
        match self {
            Self::Hotspot(it) => Some(&it.picture),
            Self::GraphicOrder(it) => Some(&it.picture),
            Self::GraphicAssociate(it) => Some(&it.picture),
            Self::GraphicGapMatch(it) => Some(&it.picture),
            Self::SelectPoint(it) => Some(&it.picture),
            Self::PositionObject(it) => Some(&it.picture),
            _ => None,
        }
    }

    /// The regions of its picture.
    pub(in crate::assessment) fn hotspots(&self) -> &[Hotspot] {
        match self {
            Self::Hotspot(it) => &it.hotspots,
            Self::GraphicOrder(it) => &it.hotspots,
            Self::GraphicAssociate(it) => &it.hotspots,
            Self::GraphicGapMatch(it) => &it.hotspots,
            _ => &[],
        }
    }

    /// How many places of its picture it takes, if it is answered with places.
    pub(in crate::assessment) fn max_points(&self) -> Option<u16> {
        match self {
            Self::SelectPoint(it) => Some(it.max_choices),
            Self::PositionObject(it) => Some(it.max_choices),
            _ => None,
        }
    }

    /// What is paired, each with the number of pairs that it may be in (0: any
    /// number), and how many pairs there is room for; none if nothing is.
    pub(in crate::assessment) fn pairable(&self) -> Option<(Vec<(&Identifier, u16)>, usize)> {
        match self {
            Self::Associate(it) => {
                let choices = it.choices.iter();
                let choices = choices.map(|it| (&it.identifier, it.match_max_as_source()));
                Some((choices.collect(), it.room()))
            }
            Self::GraphicAssociate(it) => {
                let hotspots = it.hotspots.iter();
                let hotspots = hotspots.map(|it| (&it.identifier, it.match_max.unwrap_or(1)));
                Some((hotspots.collect(), it.room()))
            }
            _ => None,
        }
    }

    /// Whether choices are chosen in it: one, or a set.
    pub(in crate::assessment) const fn is_chosen_from(&self) -> bool {
        matches!(
            self,
            Self::Choice(_) | Self::InlineChoice(_) | Self::Hottext(_) | Self::Hotspot(_)
        )
    }
}

const fn one() -> u16 {
    1
}
