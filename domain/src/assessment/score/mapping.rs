//! `map_response`: points for single values.

use std::collections::BTreeSet;

use super::{Reason, ReasonCode, compare::ends, text::Normal};
use crate::assessment::{
    Cardinality, DirectedPair, Identifier, Interaction, MapKey, Mapping, Pair, Points, ResponseDeclaration,
    Value,
};

/// The sum of what the values are worth, within the mapping's bounds.
pub(super) fn sum(declaration: &ResponseDeclaration, given: &Value) -> (Points, Vec<Reason>) {
    let Some(mapping) = &declaration.mapping else {
        return (Points::ZERO, Vec::new());
    };
    let mut reasons = Vec::new();
    let mut total = Points::ZERO;
    let mut add = |points: Points, mut reason: Reason| {
        reason.args.insert("points".to_owned(), points.to_string());
        total = total + points;
        reasons.push(reason);
    };
    match given {
        Value::Identifiers(choices) => {
            for choice in choices.iter().collect::<BTreeSet<_>>() {
                add(
                    mapping.of_choice(choice),
                    Reason::new(ReasonCode::Mapped, [("choice", choice)]),
                );
            }
        }
        Value::DirectedPairs(pairs) => {
            for pair in pairs.iter().collect::<BTreeSet<_>>() {
                let names: [(&str, &dyn ToString); 2] = [("source", &pair.source), ("target", &pair.target)];
                add(mapping.of_pair(pair), Reason::new(ReasonCode::Mapped, names));
            }
        }
        Value::Pairs(pairs) => {
            for pair in pairs.iter().collect::<BTreeSet<_>>() {
                add(mapping.of_ends(pair), ends(ReasonCode::Mapped, pair));
            }
        }
        Value::Text(text) => {
            let normal = Normal::of(&declaration.comparison);
            add(mapping.of_text(text, normal), Reason::new(ReasonCode::Mapped, []));
        }
        Value::Order(_) | Value::Number(_) | Value::Points(_) | Value::File(_) => {}
    }
    bounded(total, mapping.bound(total), reasons)
}

/// What became of a sum, with the reason if it is not as it was added up.
pub(super) fn bounded(total: Points, bounded: Points, mut reasons: Vec<Reason>) -> (Points, Vec<Reason>) {
    if bounded != total {
        reasons.push(Reason::new(ReasonCode::Bounded, [("bound", &bounded)]));
    }
    (bounded, reasons)
}

/// The most that a mapping can give, given what the interaction lets choose. Of
/// pairs, the limits of one side are kept at a time: where both bind, an author
/// sets the upper bound.
pub(in crate::assessment) fn max(
    declaration: &ResponseDeclaration,
    interaction: Option<&Interaction>,
) -> Points {
    let Some(mapping) = &declaration.mapping else {
        return Points::ZERO;
    };
    let single = declaration.cardinality == Cardinality::Single;
    let best = match interaction {
        Some(it) if it.is_chosen_from() => {
            let choices = it.choices().into_iter();
            let most = if single { 1 } else { it.max_choices().unwrap_or(0) };
            best_of(choices.map(|choice| mapping.of_choice(choice)).collect(), most)
        }
        Some(it) if it.associables().is_some() => {
            let [sources, targets] = it.associables().unwrap_or_default();
            let worth = |source: &Identifier, target: &Identifier| {
                let (source, target) = (source.clone(), target.clone());
                mapping.of_pair(&DirectedPair { source, target })
            };
            let of_source = |(source, most): &(&Identifier, u16)| {
                let worth = targets.iter().map(|(target, _)| worth(source, target));
                best_of(worth.collect(), *most)
            };
            let of_target = |(target, most): &(&Identifier, u16)| {
                let worth = sources.iter().map(|(source, _)| worth(source, target));
                best_of(worth.collect(), *most)
            };
            let by_sources: Points = sources.iter().map(of_source).sum();
            by_sources.min(targets.iter().map(of_target).sum())
        }
        Some(it) if let Some((_, room)) = it.pairable() => {
            let entries = mapping.entries.iter().map(|entry| entry.value);
            best_of(entries.collect(), u16::try_from(room).unwrap_or(0))
        }
        _ => {
            let worth = mapping
                .entries
                .iter()
                .map(|entry| entry.value)
                .chain([mapping.default_value]);
            best_of(worth.collect(), 1)
        }
    };
    mapping.bound(best)
}

/// The sum of the `most` largest that are above zero; of all if `most` is 0.
fn best_of(mut worth: Vec<Points>, most: u16) -> Points {
    worth.retain(|points| *points > Points::ZERO);
    worth.sort_unstable_by(|a, b| b.cmp(a));
    if most > 0 {
        worth.truncate(usize::from(most));
    }
    worth.into_iter().sum()
}

impl Mapping {
    pub(in crate::assessment) fn of_choice(&self, choice: &Identifier) -> Points {
        self.value(|key| matches!(key, MapKey::Text(text) if text == choice.as_str()))
    }

    fn of_pair(&self, pair: &DirectedPair) -> Points {
        self.value(|key| matches!(key, MapKey::DirectedPair(known) if known == pair))
    }

    fn of_ends(&self, pair: &Pair) -> Points {
        self.value(|key| {
            matches!(key, MapKey::DirectedPair(known)
                if Pair::from([known.source.clone(), known.target.clone()]) == *pair)
        })
    }

    fn of_text(&self, text: &str, normal: Normal) -> Points {
        let text = normal.form(text);
        self.value(|key| matches!(key, MapKey::Text(known) if normal.form(known) == text))
    }

    fn value(&self, is: impl Fn(&MapKey) -> bool) -> Points {
        self.entries
            .iter()
            .find(|entry| is(&entry.key))
            .map_or(self.default_value, |entry| entry.value)
    }

    /// Never below zero: a learner's other answers are not charged for this one.
    fn bound(&self, total: Points) -> Points {
        total.within(self.lower_bound, self.upper_bound).max(Points::ZERO)
    }
}
