//! Whether answers to one version of an item can be scored by another.

use std::{collections::BTreeSet, mem::discriminant};

use crate::assessment::{Identifier, Interaction, Item, ResponseDeclaration, Rubric, Scoring, code::codes};

/// Why answers to one version can't be scored by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub code: DifferenceCode,
    /// At which response of the one or the other.
    pub response: Identifier,
}

codes! {
    /// What differs between two versions of an item.
    pub enum DifferenceCode {
        /// One has a response that the other doesn't have.
        Responses = "responses",
        /// It holds other values: more of them, or of another type.
        Type = "type",
        /// It is answered with something else: a list here, a line of text there.
        Kind = "kind",
        /// There are other choices.
        Choices = "choices",
        /// A person marks it in the one and not in the other, or by other criteria.
        Marking = "marking",
        /// Each learner was asked another variant, and its key goes with that.
        Variants = "variants",
    }
}

/// Whether the key and the scoring of `by` say something about every answer to
/// `asked`: the same responses, of the same type, with the same choices. What is
/// said to learners, and in which order, may differ.
pub fn may_score(asked: &Item, by: &Item) -> Result<(), Difference> {
    let differs = |code, response: &Identifier| {
        Err(Difference {
            code,
            response: response.clone(),
        })
    };
    let is_template = asked.template.is_some() || by.template.is_some();
    if let Some(first) = asked.responses.first().filter(|_| is_template && asked != by) {
        return differs(DifferenceCode::Variants, &first.identifier);
    }
    for (one, other) in [(asked, by), (by, asked)] {
        let alone = |declared: &&ResponseDeclaration| other.declaration(&declared.identifier).is_none();
        if let Some(alone) = one.responses.iter().find(alone) {
            return differs(DifferenceCode::Responses, &alone.identifier);
        }
    }
    for declared in &asked.responses {
        let name = &declared.identifier;
        let Some(other) = by.declaration(name) else {
            return differs(DifferenceCode::Responses, name);
        };
        if (declared.cardinality, declared.base_type) != (other.cardinality, other.base_type) {
            return differs(DifferenceCode::Type, name);
        }
        if !marked_alike(&declared.scoring, &other.scoring) {
            return differs(DifferenceCode::Marking, name);
        }
        match (interaction(asked, name), interaction(by, name)) {
            (Some(one), Some(other)) if discriminant(one) != discriminant(other) => {
                return differs(DifferenceCode::Kind, name);
            }
            (Some(one), Some(other)) if offered(one) != offered(other) => {
                return differs(DifferenceCode::Choices, name);
            }
            (Some(_), None) | (None, Some(_)) => return differs(DifferenceCode::Kind, name),
            _ => {}
        }
    }
    Ok(())
}

fn interaction<'a>(item: &'a Item, response: &Identifier) -> Option<&'a Interaction> {
    item.interactions().find(|it| it.response() == response)
}

/// What can be chosen, in no order; sources apart from targets.
fn offered(interaction: &Interaction) -> [BTreeSet<&Identifier>; 2] {
    match interaction.associables() {
        Some(ends) => ends.map(|end| end.into_iter().map(|(choice, _)| choice).collect()),
        None => [interaction.choices().into_iter().collect(), BTreeSet::new()],
    }
}

fn marked_alike(one: &Scoring, other: &Scoring) -> bool {
    match (one, other) {
        (Scoring::Rubric(one), Scoring::Rubric(other)) => levels(one) == levels(other),
        (Scoring::Rubric(_), _) | (_, Scoring::Rubric(_)) => false,
        _ => true,
    }
}

/// What a mark can say.
fn levels(rubric: &Rubric) -> BTreeSet<(&Identifier, &Identifier)> {
    rubric
        .criteria
        .iter()
        .flat_map(|criterion| {
            criterion
                .levels
                .iter()
                .map(|level| (&criterion.identifier, &level.identifier))
        })
        .collect()
}
