//! How large anything in this area may be. Input is hostile until it has been
//! held against these.

/// Characters in a title.
pub(super) const TITLE: usize = 200;
/// Characters in one piece of Markdown.
pub(super) const MARKDOWN: usize = 20_000;
/// Blocks in an item's body.
pub(super) const BLOCKS: usize = 50;
/// Paragraphs in a text with gaps, and pieces of each.
pub(super) const RUNS: usize = 100;
/// Interactions in one item.
pub(super) const INTERACTIONS: usize = 30;
/// Choices, sources or targets of one interaction.
pub(super) const CHOICES: usize = 50;
/// Pairs that choices are put into.
pub(super) const PAIRS: u16 = 50;
/// Accepted variants of a text, entries of a mapping, or units.
pub(super) const VARIANTS: usize = 100;
/// Characters in a line of text that a learner enters, or that a key holds.
pub(super) const LINE: usize = 1_000;
/// Characters in a text that a learner writes.
pub(super) const ESSAY: usize = 50_000;
/// Characters in a number with its unit, as typed.
pub(super) const NUMBER: usize = 60;
/// Characters in a unit's symbol.
pub(super) const UNIT: usize = 20;
/// Criteria in a rubric, and levels in a criterion.
pub(super) const RUBRIC: usize = 20;
/// Sections in an assessment.
pub(super) const SECTIONS: usize = 50;
/// Items in an assessment.
pub(super) const ITEMS: usize = 200;
/// Fields in one form.
pub(super) const FIELDS: usize = 2_000;
/// Comments on places in one text.
pub(super) const NOTES: usize = 50;
/// Characters in one of them.
pub(super) const NOTE: usize = 1_000;
/// Sentences that a text is numbered by.
pub(super) const SENTENCES: usize = 400;
/// Variables of one kind in one item, and rows of a table.
pub(super) const VARIABLES: usize = 100;
/// Pixels of a picture's longer side.
pub(super) const SIDE: u16 = 10_000;
/// Corners of a polygon.
pub(super) const CORNERS: usize = 100;
/// Places in a picture that a learner gives in one answer.
pub(super) const POINTS: u16 = 10;
