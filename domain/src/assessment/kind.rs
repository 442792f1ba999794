//! What sort of question an item is, and what it is for.

use super::{Block, Cardinality, Interaction, Item};
use crate::text::text_enum;

text_enum! {
    /// What sort of question an item is: what its first interaction asks for.
    pub enum ItemKind {
        /// One of several.
        SingleChoice = "single-choice",
        /// Any of several.
        MultipleChoice = "multiple-choice",
        /// A line of text.
        Text = "text",
        /// A number.
        Numeric = "numeric",
        /// Putting things in order.
        Order = "order",
        /// Giving each thing its counterpart.
        Match = "match",
        /// A text with gaps.
        Gaps = "gaps",
        /// Words to be chosen in a text.
        Hottext = "hottext",
        /// Texts to be put into gaps.
        GapMatch = "gap-match",
        /// Pairing things with each other.
        Associate = "associate",
        /// A number on a scale.
        Slider = "slider",
        /// A longer text, marked by a person.
        ExtendedText = "extended-text",
        /// A file, marked by a person.
        Upload = "upload",
        /// Regions of a picture.
        Hotspot = "hotspot",
        /// Putting regions of a picture in order.
        GraphicOrder = "graphic-order",
        /// Pairing regions of a picture.
        GraphicAssociate = "graphic-associate",
        /// Texts to be put into regions of a picture.
        GraphicGapMatch = "graphic-gap-match",
        /// Places in a picture.
        SelectPoint = "select-point",
        /// Something to be put into a picture.
        PositionObject = "position-object",
    }
}

text_enum! {
    /// What an item is for. One that learners practise on shows nothing when it
    /// comes again in an assessment, so it is in one pool or the other.
    pub enum Purpose {
        /// Practice: explained at once, seen any number of times.
        Practice = "practice",
        /// Assessment: kept for showing what one can do.
        Assessment = "assessment",
    }
}

/// Why a published item stays what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PurposeProblem {
    /// Its answer was told in practice.
    #[error("item-practised")]
    Practised,
    /// An assessment asks just this one, whatever pool it is in.
    #[error("item-fixed")]
    Fixed,
}

impl Purpose {
    /// Whether a published item of this purpose may be published for `next`.
    /// What was practised on shows nothing in an assessment any more. The other
    /// way is open, as long as no assessment fixes the item: that would go on to
    /// ask what practice tells.
    pub const fn may_become(self, next: Self, is_fixed: bool) -> Result<(), PurposeProblem> {
        match (self, next) {
            (Self::Practice, Self::Assessment) => Err(PurposeProblem::Practised),
            (Self::Assessment, Self::Practice) if is_fixed => Err(PurposeProblem::Fixed),
            _ => Ok(()),
        }
    }
}

impl ItemKind {
    /// Whether it is asked in a picture.
    #[must_use]
    pub const fn is_graphic(self) -> bool {
        matches!(
            self,
            Self::Hotspot
                | Self::GraphicOrder
                | Self::GraphicAssociate
                | Self::GraphicGapMatch
                | Self::SelectPoint
                | Self::PositionObject
        )
    }

    /// The kind of an item; none while it asks nothing.
    #[must_use]
    pub fn of(item: &Item) -> Option<Self> {
        let asks = |block: &&Block| !matches!(block, Block::Prose(_));
        if matches!(item.body.iter().find(asks), Some(Block::Passage(_))) {
            return Some(Self::Gaps);
        }
        let first = item.interactions().next()?;
        let many = item
            .declaration(first.response())
            .is_some_and(|declared| declared.cardinality == Cardinality::Multiple);
        Some(match first {
            Interaction::Choice(_) if many => Self::MultipleChoice,
            Interaction::Choice(_) => Self::SingleChoice,
            Interaction::InlineChoice(_) => Self::Gaps,
            Interaction::TextEntry(_) => Self::Text,
            Interaction::NumericEntry(_) => Self::Numeric,
            Interaction::Order(_) => Self::Order,
            Interaction::Match(_) => Self::Match,
            Interaction::Hottext(_) => Self::Hottext,
            Interaction::GapMatch(_) => Self::GapMatch,
            Interaction::Associate(_) => Self::Associate,
            Interaction::Slider(_) => Self::Slider,
            Interaction::ExtendedText(_) => Self::ExtendedText,
            Interaction::Upload(_) => Self::Upload,
            Interaction::Hotspot(_) => Self::Hotspot,
            Interaction::GraphicOrder(_) => Self::GraphicOrder,
            Interaction::GraphicAssociate(_) => Self::GraphicAssociate,
            Interaction::GraphicGapMatch(_) => Self::GraphicGapMatch,
            Interaction::SelectPoint(_) => Self::SelectPoint,
            Interaction::PositionObject(_) => Self::PositionObject,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::sample;

    #[test]
    fn what_is_told_in_practice_is_not_asked_in_an_assessment() {
        use Purpose::{Assessment, Practice};
        for (from, to, is_fixed, expected) in [
            (Practice, Practice, true, Ok(())),
            (Practice, Assessment, false, Err(PurposeProblem::Practised)),
            (Assessment, Assessment, true, Ok(())),
            (Assessment, Practice, false, Ok(())),
            (Assessment, Practice, true, Err(PurposeProblem::Fixed)),
        ] {
            assert_eq!(
                from.may_become(to, is_fixed),
                expected,
                "{from} to {to}, {is_fixed}"
            );
        }
    }

    #[test]
    fn an_item_is_of_the_kind_of_its_first_interaction() {
        let kinds: Vec<_> = sample::every_kind().iter().filter_map(ItemKind::of).collect();
        assert_eq!(
            kinds,
            [
                ItemKind::SingleChoice,
                ItemKind::MultipleChoice,
                ItemKind::MultipleChoice,
                ItemKind::Text,
                ItemKind::Numeric,
                ItemKind::Order,
                ItemKind::Match,
                ItemKind::ExtendedText,
                ItemKind::Upload,
                ItemKind::Gaps,
                ItemKind::Hottext,
                ItemKind::GapMatch,
                ItemKind::Associate,
                ItemKind::Slider,
                ItemKind::Hotspot,
                ItemKind::GraphicOrder,
                ItemKind::GraphicAssociate,
                ItemKind::GraphicGapMatch,
                ItemKind::SelectPoint,
                ItemKind::PositionObject,
            ]
        );
        assert_eq!(ItemKind::of(&sample::all_in_one()), Some(ItemKind::SingleChoice));
    }
}
