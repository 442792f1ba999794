//! What QTI has no expression for. An item that needs it is written with a
//! custom operator (QTI 3 §`qti-custom-operator`), the standard's own way out:
//! readers that do not know the class say so, instead of scoring otherwise.

/// How many positions of the first child are as in the second, less the third,
/// in percent, for each that is not; never below zero.
pub(super) const RIGHT_POSITIONS: &str = "cairn.right-positions";
/// The comparison that is its first child, of texts that are a number and a
/// unit. The others are units and, for each, how many of the key's it is.
pub(super) const QUANTITY: &str = "cairn.quantity";
/// Its child, in an item whose formulas or texts of pictures say `{{x}}` where the
/// value of the variable `x` is to stand.
pub(super) const PRINTED_IN_PLACE: &str = "cairn.printed-in-place";
/// Its child, with texts compared as if letters had no accents.
pub(super) const WITHOUT_ACCENTS: &str = "cairn.without-accents";
/// Its child, with texts compared as if they had no white space.
pub(super) const WITHOUT_WHITE_SPACE: &str = "cairn.without-white-space";
/// Its child, with texts compared as if white space were one space.
pub(super) const COLLAPSED_WHITE_SPACE: &str = "cairn.collapsed-white-space";
