//! Containers (QTI 3 §2.11.3).

use super::{
    Operator,
    limits::Fault,
    logic::holds_all,
    value::{Held, Scalar},
};
use crate::assessment::{Cardinality, Identifier};

/// A container of all that these hold; what is NULL is passed over. They must be
/// of one type, and each single or of that cardinality itself.
pub(super) fn collected(cardinality: Cardinality, values: Vec<Held>) -> Result<Held, Fault> {
    let mut all: Vec<Scalar> = Vec::new();
    for value in values {
        match (value, cardinality) {
            (Held::Null, _) => {}
            (Held::Single(scalar), _) => all.push(scalar),
            (Held::Multiple(scalars), Cardinality::Multiple)
            | (Held::Ordered(scalars), Cardinality::Ordered) => all.extend(scalars),
            _ => return Err(Fault::WrongType),
        }
    }
    let base = all.first().map(Scalar::base_type);
    if all.iter().any(|scalar| Some(scalar.base_type()) != base) {
        return Err(Fault::WrongType);
    }
    Held::of(cardinality, all).bounded()
}

pub(super) fn size(value: &Held) -> Result<Held, Fault> {
    match value {
        Held::Null | Held::Multiple(_) | Held::Ordered(_) => {
            Ok(Held::integer(i64::try_from(value.size()).ok()))
        }
        Held::Single(_) | Held::Record(_) => Err(Fault::WrongType),
    }
}

/// The value at that place, from 1.
pub(super) fn index(value: &Held, n: Option<i64>) -> Result<Held, Fault> {
    let values = match value {
        Held::Null => return Ok(Held::Null),
        Held::Ordered(values) => values,
        _ => return Err(Fault::WrongType),
    };
    let place = n
        .and_then(|n| usize::try_from(n).ok())
        .and_then(|n| n.checked_sub(1));
    let found = place.and_then(|place| values.get(place));
    Ok(found.cloned().map_or(Held::Null, Held::single))
}

pub(super) fn field(value: &Held, name: &Identifier) -> Result<Held, Fault> {
    match value {
        Held::Null => Ok(Held::Null),
        Held::Record(fields) => Ok(fields.get(name).cloned().map_or(Held::Null, Held::single)),
        _ => Err(Fault::WrongType),
    }
}

/// Delete, contains, member: of two, of which the latter at least is a container.
pub(super) fn compared(operator: &Operator, values: &[Held]) -> Result<Held, Fault> {
    let [one, other] = values else {
        return Err(Fault::WrongType);
    };
    if one.is_null() || other.is_null() {
        return Ok(Held::Null);
    }
    match (operator, one, other) {
        (Operator::Delete, Held::Single(gone), Held::Multiple(all)) => {
            Ok(Held::of(Cardinality::Multiple, without(all, gone)))
        }
        (Operator::Delete, Held::Single(gone), Held::Ordered(all)) => {
            Ok(Held::of(Cardinality::Ordered, without(all, gone)))
        }
        (Operator::Member, Held::Single(value), Held::Multiple(all) | Held::Ordered(all)) => {
            Ok(Held::boolean(all.iter().any(|known| known.is(value))))
        }
        (Operator::Contains, Held::Multiple(whole), Held::Multiple(part)) => {
            Ok(Held::boolean(holds_all(whole, part)))
        }
        (Operator::Contains, Held::Ordered(whole), Held::Ordered(part)) => {
            let is_there = |window: &[Scalar]| window.iter().zip(part).all(|(one, other)| one.is(other));
            Ok(Held::boolean(whole.windows(part.len()).any(is_there)))
        }
        _ => Err(Fault::WrongType),
    }
}

fn without(all: &[Scalar], gone: &Scalar) -> Vec<Scalar> {
    all.iter().filter(|value| !value.is(gone)).cloned().collect()
}
