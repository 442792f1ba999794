//! The names by which a browser knows interactions and choices.

use rand_chacha::rand_core::Rng;

use super::{Identifier, Interaction, Item};
use crate::Seed;

/// The names of one interaction in one attempt.
///
/// An author's identifiers stay on the server: `correct1`, or a key that runs
/// a, b, c, would tell. Fields are numbered (`r.1`), and choices named by a
/// keyed hash of the attempt's seed, so that a form that was meant for another
/// item is refused rather than misread.
pub(super) struct Labels<'a> {
    field: String,
    choices: Vec<(&'a Identifier, String)>,
}

impl<'a> Labels<'a> {
    /// Each interaction of the item with its names.
    pub(super) fn of(item: &'a Item, seed: Seed) -> impl Iterator<Item = (Self, &'a Interaction)> {
        (1..)
            .zip(item.interactions())
            .map(move |(number, interaction)| (Self::new(number, interaction, seed), interaction))
    }

    /// The names of the item's interaction of that number, from 1.
    pub(super) fn new(number: usize, interaction: &'a Interaction, seed: Seed) -> Self {
        let label = |choice: &Identifier| {
            let mut rng = seed.rng(&format!("label {} {choice}", interaction.response()));
            format!("{:016x}", rng.next_u64())
        };
        let choices = interaction.choices().into_iter();
        Self {
            field: format!("r.{number}"),
            choices: choices.map(|choice| (choice, label(choice))).collect(),
        }
    }

    /// The interaction's field.
    pub(super) fn field(&self) -> &str {
        &self.field
    }

    /// The field of one of its choices.
    pub(super) fn field_of(&self, choice: &Identifier) -> String {
        format!("{}.{}", self.field, self.label(choice))
    }

    /// What a choice is called; empty if the interaction doesn't have it.
    pub(super) fn label(&self, choice: &Identifier) -> &str {
        self.choices
            .iter()
            .find(|(known, _)| *known == choice)
            .map_or("", |(_, label)| label)
    }

    /// Which choice is called so.
    pub(super) fn choice(&self, label: &str) -> Option<&'a Identifier> {
        self.choices
            .iter()
            .find(|(_, known)| known == label)
            .map(|(choice, _)| *choice)
    }
}
