//! What became of a file: taken, taken with changes, or refused, and why.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::assessment::{Item, Tag, code::codes};

/// An item that was read, and what is not as it was in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    /// The file's own identifier for the item; any text.
    pub identifier: String,
    /// The item.
    pub item: Item,
    /// What it is found by there: at most [`Tag::MOST`].
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<Tag>,
    /// What the item model cannot carry and what was put in its place. Without
    /// any, the item means the same as the file and scores the same.
    pub changes: Vec<Change>,
}

/// A place in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The element, by its name in QTI 3 without the prefix `qti-`.
    pub element: String,
}

/// Something that is not as it was in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Change {
    /// What.
    pub code: ChangeCode,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
}

/// Why an item was not taken: without what it names, it would mean something
/// else or score otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("line {}, {}: {code}", place.line, place.element)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
}

codes! {
    /// What can be otherwise in an item that was taken.
    pub enum ChangeCode {
        /// How something looks was left out: style sheets, orientation, labels.
        PresentationDropped = "presentation-dropped",
        /// A mark on a text was left out; its words stayed.
        FormattingDropped = "formatting-dropped",
        /// Lists or tables with gaps in them became paragraphs.
        LayoutFlattened = "layout-flattened",
        /// An address that leads out of the package was left out; its words stayed.
        AddressDropped = "address-dropped",
        /// Support for those who need it otherwise (catalogues) was left out.
        AccessibilityDropped = "accessibility-dropped",
        /// A condition or limit on answers was left out.
        ConstraintDropped = "constraint-dropped",
        /// A message to the learner was left out.
        FeedbackDropped = "feedback-dropped",
        /// A text for others than learners and scorers was left out.
        RubricDropped = "rubric-dropped",
        /// A variable or a rule that sets no score was left out.
        VariableDropped = "variable-dropped",
        /// No rule gave points for the answer: the key gives one.
        ScoringAssumed = "scoring-assumed",
        /// A rubric was made of the scorers' text and the most that can be had.
        RubricMade = "rubric-made",
        /// The sum of one answer's points no longer goes below zero.
        NeverBelowZero = "never-below-zero",
        /// The file names another maximum than the rules give.
        MaximumDiffers = "maximum-differs",
        /// The file names no maximum: it is what the rules give for the keys.
        MaximumAssumed = "maximum-assumed",
        /// A question without words of its own has the item's title for them.
        PromptMade = "prompt-made",
        /// A region of a picture without a name has its number for one.
        NameMade = "name-made",
        /// An order that was fixed is now one of chance.
        AlwaysShuffled = "always-shuffled",
        /// A unit that might be typed or left out stands beside the field.
        UnitShown = "unit-shown",
        /// A tag was left out that is too long, or one too many.
        TagDropped = "tag-dropped",
        /// Signs that the file tells apart in what is typed are taken for one another: a
        /// raised or lowered figure for a figure, a ligature for its letters, a curly
        /// quotation mark for a straight one (after NFKC, where the file means NFC).
        LookalikesTaken = "lookalikes-taken",
    }
}

codes! {
    /// Why an item was not taken.
    pub enum RefusalCode {
        /// More bytes, elements, depth or attributes than any item has.
        TooLarge = "too-large",
        /// Not well-formed XML in UTF-8.
        Malformed = "malformed",
        /// A document type, or an entity that is not XML's own.
        EntitiesForbidden = "entities-forbidden",
        /// Not an item of a kind of file that is read here.
        NotAnItem = "not-an-item",
        /// Something that must be there is not, or is not what it must be.
        Invalid = "invalid",
        /// An interaction of a kind that Cairn does not have, or in a form that it does not have.
        UnsupportedInteraction = "unsupported-interaction",
        /// A response of a type that its interaction does not take here.
        UnsupportedType = "unsupported-type",
        /// A rule for points that cannot be kept exactly.
        UnsupportedScoring = "unsupported-scoring",
        /// An adaptive item: one that goes on, and changes, until it is solved.
        UnsupportedAdaptive = "unsupported-adaptive",
        /// A template that makes an item anew for each learner, in a way that Cairn does not have.
        UnsupportedTemplate = "unsupported-template",
        /// Content of which the question may depend, and which Cairn cannot show.
        UnsupportedContent = "unsupported-content",
        /// It asks nothing.
        NoInteraction = "no-interaction",
        /// Answers of which a part may be anything.
        UnsupportedPattern = "unsupported-pattern",
    }
}
