//! What is wrong, as a code and arguments that a page turns into a sentence in
//! the reader's language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Makes an enum of machine codes, each with its text.
macro_rules! codes {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// Every code there is: a message catalogue must have them all.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as JSON and the message catalogue have it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(super) use codes;

/// What the sentence for a code has to name: `max`, `identifier`, … by name.
pub type Args = BTreeMap<String, String>;

/// Arguments from names and values.
pub(super) fn args<const N: usize>(pairs: [(&str, &dyn ToString); N]) -> Args {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_string()))
        .collect()
}

/// Something that an author has to put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where, as in the document's JSON: `responses[0].mapping.entries[2]`.
    pub path: String,
    /// What.
    pub code: ProblemCode,
    /// What the sentence names.
    #[serde(default, skip_serializing_if = "Args::is_empty")]
    pub args: Args,
}

codes! {
    /// What can be wrong with an authored item or assessment.
    pub enum ProblemCode {
        /// A text that may not be empty is.
        Empty = "empty",
        /// Longer than `max` characters.
        TooLong = "too-long",
        /// More than `max` of them.
        TooMany = "too-many",
        /// Fewer than `min` of them.
        TooFew = "too-few",
        /// A number outside `min` to `max`.
        OutOfRange = "out-of-range",
        /// The number lies between two steps of `step`.
        OffStep = "off-step",
        /// Not a language tag (BCP 47).
        BadLanguage = "bad-language",
        /// `identifier` stands twice where it may stand once.
        DuplicateIdentifier = "duplicate-identifier",
        /// `identifier` refers to nothing.
        UnknownIdentifier = "unknown-identifier",
        /// An interaction's `identifier` has no response declaration.
        NoDeclaration = "no-declaration",
        /// A response declaration that no interaction fills.
        NoInteraction = "no-interaction",
        /// Base type or cardinality don't suit the interaction: `expected` is what would.
        WrongType = "wrong-type",
        /// The key is of another type than its declaration says.
        WrongKeyType = "wrong-key-type",
        /// The comparison doesn't suit the base type.
        WrongComparison = "wrong-comparison",
        /// The scoring rule doesn't suit the interaction.
        WrongScoring = "wrong-scoring",
        /// A gap outside a text, or in a text what can be no gap.
        WrongPlace = "wrong-place",
        /// No choice is correct.
        NoCorrectChoice = "no-correct-choice",
        /// No answer is given as correct.
        NoCorrectResponse = "no-correct-response",
        /// The key has more than one choice where a learner has one.
        SeveralCorrect = "several-correct",
        /// The key names more choices than a learner may choose.
        KeyExceedsLimit = "key-exceeds-limit",
        /// The correct order leaves choices out.
        IncompleteOrder = "incomplete-order",
        /// `min` is larger than `max`.
        MinOverMax = "min-over-max",
        /// No points can be had.
        NoPoints = "no-points",
        /// The scoring rule reads a mapping, and there is none.
        NoMapping = "no-mapping",
        /// Two mapping keys or variants are the same text once normalised.
        SameText = "same-text",
        /// A learner who ticks everything gets all points (a warning).
        EverythingScores = "everything-scores",
        /// Only SCORE and MAXSCORE, each a single float, are kept as outcomes.
        UnsupportedOutcome = "unsupported-outcome",
        /// An operand is of another type than `expected`.
        WrongOperand = "wrong-operand",
        /// Nested deeper than `max`.
        TooDeep = "too-deep",
        /// Not a pattern of XML Schema, or too large a one.
        BadPattern = "bad-pattern",
        /// An answer must score the same each time, so its rules have no chance.
        ChanceInScoring = "chance-in-scoring",
        /// A lookup, and the outcome has no table.
        NoTable = "no-table",
        /// The rules stop with `fault` on the right answer, or on none.
        RulesFail = "rules-fail",
        /// No item came of the template: its rules stop with `expected`.
        VariantNotMade = "variant-not-made",
        /// In a variant, `identifier` has no value.
        VariantNoValue = "variant-no-value",
        /// In a variant, two choices say the same.
        VariantSameChoices = "variant-same-choices",
        /// In a variant, no answer is right.
        VariantNoRightAnswer = "variant-no-right-answer",
        /// In a variant, several answers are right.
        VariantSeveralRightAnswers = "variant-several-right-answers",
        /// A variant could not be published: `expected`.
        VariantUnsound = "variant-unsound",
        /// Points by the item's own rules, and it has none; or the other way round.
        RulesDiffer = "rules-differ",
        /// A shape reaches beyond its picture.
        OutsidePicture = "outside-picture",
        /// A shape without an inside: a line, or a dot.
        NoInside = "no-inside",
        /// An area in which no place lies that can be given in whole percents of the
        /// picture: whoever cannot point at it could not be right.
        OutOfReach = "out-of-reach",
        /// A sequential gate needs items that the learner has not seen.
        GateNeedsUnseen = "gate-needs-unseen",
        /// A sequential gate shows one item at a time.
        GateNeedsSingleItems = "gate-needs-single-items",
        /// An assessment that gates needs the rule to pass it by.
        NoPassRule = "no-pass-rule",
        /// The rule to pass it by has a `problem` of its own.
        UnsoundRule = "unsound-rule",
        /// Only a gate goes by a gate's tables, and it by nothing else.
        WrongPassRule = "wrong-pass-rule",
        /// The rule has other tries, items or pauses than the assessment.
        RuleDiffers = "rule-differs",
        /// Fixed items come again in each attempt, though unseen ones are required.
        FixedItemsRepeat = "fixed-items-repeat",
        /// Correct answers are shown at once, though the same items may come again (a warning).
        AnswersBeforeRetake = "answers-before-retake",
    }
}

impl ProblemCode {
    /// Whether this only warns: the author may publish all the same.
    #[must_use]
    pub const fn is_warning(self) -> bool {
        matches!(self, Self::EverythingScores | Self::AnswersBeforeRetake)
    }
}

/// What a form's sender has to put right, at its field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// The form field's name.
    pub field: String,
    /// What is wrong.
    pub code: FieldFaultCode,
    /// What the sentence names.
    #[serde(default, skip_serializing_if = "Args::is_empty")]
    pub args: Args,
}

codes! {
    /// What can be wrong with a field of a learner's or assessor's form.
    pub enum FieldFaultCode {
        /// More fields than any item has.
        TooManyFields = "too-many-fields",
        /// A field that this item doesn't have.
        UnknownField = "unknown-field",
        /// A value that was not among the choices.
        UnknownChoice = "unknown-choice",
        /// Two values where one is asked for.
        SeveralValues = "several-values",
        /// More than `max` chosen.
        TooManyChosen = "too-many-chosen",
        /// The target has been given to more than `max` sources, or the text put into
        /// more than `max` gaps.
        TargetFull = "target-full",
        /// Not a position from 1 to `max`.
        BadPosition = "bad-position",
        /// Two choices have the same `position`.
        SamePosition = "same-position",
        /// Longer than `max` characters.
        TooLong = "too-long",
        /// Not an object of texts and lists of texts.
        Malformed = "malformed",
        /// Not a number.
        NotANumber = "not-a-number",
        /// A number outside `min` to `max`.
        OutOfRange = "out-of-range",
        /// A number between two steps of `step` from `min` on.
        OffStep = "off-step",
        /// A pair of which one choice is missing.
        HalfPair = "half-pair",
        /// A pair of a choice with itself.
        SelfPair = "self-pair",
        /// A place of which only one number was given.
        HalfPoint = "half-point",
        /// A criterion without a level.
        NoLevel = "no-level",
        /// A criterion or level that the rubric doesn't have.
        UnknownLevel = "unknown-level",
        /// Not a place in the text.
        NoPlace = "no-place",
        /// A comment that says nothing.
        NoComment = "no-comment",
        /// More than `max` comments on places in one text.
        TooManyNotes = "too-many-notes",
    }
}

impl FieldFault {
    pub(super) fn new(field: impl Into<String>, code: FieldFaultCode) -> Self {
        Self {
            field: field.into(),
            code,
            args: Args::new(),
        }
    }

    pub(super) fn with(mut self, name: &str, value: &dyn ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_text_in_json_and_in_the_catalogue() {
        for code in ProblemCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
