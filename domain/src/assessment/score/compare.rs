//! Which parts of a response are right, which wrong, and what is missing.

use super::{Reason, ReasonCode, number, text::Normal};
use crate::assessment::{Comparison, DirectedPair, Identifier, Pair, Point, ResponseDeclaration, Value};

/// The parts of a response held against its key. A part of the key is either
/// right or missed; what the key doesn't have is wrong.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) right: Vec<Reason>,
    pub(super) wrong: Vec<Reason>,
    pub(super) missed: Vec<Reason>,
}

impl Compared {
    pub(super) fn all_right(&self) -> bool {
        !self.right.is_empty() && self.wrong.is_empty() && self.missed.is_empty()
    }

    pub(super) fn into_reasons(self) -> Vec<Reason> {
        self.right
            .into_iter()
            .chain(self.wrong)
            .chain(self.missed)
            .collect()
    }

    fn single(right: bool, reason: Reason) -> Self {
        let mut compared = Self::default();
        if right {
            &mut compared.right
        } else {
            &mut compared.wrong
        }
        .push(reason);
        compared
    }
}

/// Holds a value against the declaration's key. Without a key, or with one of
/// another type, everything is wrong.
pub(super) fn compare(declaration: &ResponseDeclaration, given: &Value) -> Compared {
    match (given, &declaration.correct_response) {
        (Value::Identifiers(given), Some(Value::Identifiers(key))) => compare_sets(given, key, choice),
        (Value::DirectedPairs(given), Some(Value::DirectedPairs(key))) => compare_sets(given, key, pair),
        (Value::Pairs(given), Some(Value::Pairs(key))) => compare_sets(given, key, ends),
        (Value::Points(given), Some(Value::Points(key))) => {
            compare_sets(given, key, |code, at| place(code, *at))
        }
        (Value::Order(given), Some(Value::Order(key))) => compare_order(given, key),
        (Value::Text(given), Some(Value::Text(key))) => {
            let normal = Normal::of(&declaration.comparison);
            let variants = match &declaration.comparison {
                Comparison::Text(rules) => rules.variants.as_slice(),
                Comparison::Exact | Comparison::Number(_) => &[],
            };
            let given = normal.form(given);
            let right = std::iter::once(key)
                .chain(variants)
                .any(|good| normal.form(good) == given);
            let code = if right {
                ReasonCode::Right
            } else {
                ReasonCode::Wrong
            };
            Compared::single(right, Reason::new(code, []))
        }
        (Value::Number(given), Some(Value::Number(key))) => {
            let code = number::judge(given, key, &declaration.comparison);
            let reason = match &given.unit {
                Some(unit) if code == ReasonCode::UnitUnknown => Reason::new(code, [("unit", unit)]),
                _ => Reason::new(code, []),
            };
            Compared::single(code == ReasonCode::WithinTolerance, reason)
        }
        _ => Compared::single(false, Reason::new(ReasonCode::Wrong, [])),
    }
}

/// Sets: neither order nor repetition matters.
fn compare_sets<T: Ord>(given: &[T], key: &[T], reason: impl Fn(ReasonCode, &T) -> Reason) -> Compared {
    let given: std::collections::BTreeSet<_> = given.iter().collect();
    let key: std::collections::BTreeSet<_> = key.iter().collect();
    Compared {
        right: given
            .intersection(&key)
            .map(|part| reason(ReasonCode::Right, part))
            .collect(),
        wrong: given
            .difference(&key)
            .map(|part| reason(ReasonCode::Wrong, part))
            .collect(),
        missed: key
            .difference(&given)
            .map(|part| reason(ReasonCode::Missed, part))
            .collect(),
    }
}

/// Position by position: what stands elsewhere is wrong there, and missed here.
fn compare_order(given: &[Option<Identifier>], key: &[Option<Identifier>]) -> Compared {
    let mut compared = Compared::default();
    for place in 0..given.len().max(key.len()) {
        let at = |order: &[Option<Identifier>]| order.get(place).cloned().flatten();
        let reason =
            |code, choice: &Identifier| Reason::new(code, [("choice", choice), ("position", &(place + 1))]);
        match (at(given), at(key)) {
            (Some(given), Some(key)) if given == key => {
                compared.right.push(reason(ReasonCode::Right, &given));
            }
            (given, key) => {
                compared
                    .wrong
                    .extend(given.map(|given| reason(ReasonCode::Wrong, &given)));
                compared
                    .missed
                    .extend(key.map(|key| reason(ReasonCode::Missed, &key)));
            }
        }
    }
    compared
}

fn choice(code: ReasonCode, choice: &Identifier) -> Reason {
    Reason::new(code, [("choice", choice)])
}

/// What is said of two choices in no order: they stand as source and target.
pub(super) fn ends(code: ReasonCode, pair: &Pair) -> Reason {
    let [one, other] = pair.ends();
    Reason::new(code, [("source", one), ("target", other)])
}

fn pair(code: ReasonCode, pair: &DirectedPair) -> Reason {
    Reason::new(code, [("source", &pair.source), ("target", &pair.target)])
}

fn place(code: ReasonCode, point: Point) -> Reason {
    Reason::new(code, [("point", &format!("{} {}", point.x, point.y))])
}
