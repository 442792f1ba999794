//! What variables hold while rules are worked out (QTI 3 §2.2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::limits::{CONTAINER, Fault, STRING};
use crate::assessment::{
    BaseType, Cardinality, Decimal, DirectedPair, Identifier, Pair, Point, Value, score::text::Normal,
};

/// A value as it stands in a document (QTI 3 `qti-base-value`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Literal {
    /// A name.
    Identifier(Identifier),
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number, as it was typed.
    Float(Decimal),
    /// Text.
    String(String),
    /// A place in a picture.
    Point([i32; 2]),
    /// Two names in no order.
    Pair(Pair),
    /// A source and a target.
    DirectedPair(DirectedPair),
    /// Seconds.
    Duration(Decimal),
    /// An address.
    Uri(String),
}

impl Literal {
    /// The type that it is of.
    #[must_use]
    pub fn base_type(&self) -> BaseType {
        self.scalar().base_type()
    }

    pub(in crate::assessment) fn scalar(&self) -> Scalar {
        match self {
            Self::Identifier(name) => Scalar::Identifier(name.clone()),
            Self::Boolean(truth) => Scalar::Boolean(*truth),
            Self::Integer(number) => Scalar::Integer(*number),
            Self::Float(number) => Scalar::Float(double(number)),
            Self::String(text) => Scalar::String(text.clone()),
            Self::Point(place) => Scalar::Point(*place),
            Self::Pair(pair) => Scalar::Pair(pair.clone()),
            Self::DirectedPair(pair) => Scalar::DirectedPair(pair.clone()),
            Self::Duration(seconds) => Scalar::Duration(double(seconds)),
            Self::Uri(address) => Scalar::Uri(address.clone()),
        }
    }
}

/// The double nearest to a decimal; it is finite, since exponents are small.
pub(super) fn double(number: &Decimal) -> f64 {
    number.as_str().parse().unwrap_or_default()
}

/// A single value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::assessment) enum Scalar {
    Identifier(Identifier),
    Boolean(bool),
    Integer(i64),
    /// Finite.
    Float(f64),
    String(String),
    Point([i32; 2]),
    Pair(Pair),
    DirectedPair(DirectedPair),
    /// Seconds; finite.
    Duration(f64),
    Uri(String),
}

impl Scalar {
    pub(super) const fn base_type(&self) -> BaseType {
        match self {
            Self::Identifier(_) => BaseType::Identifier,
            Self::Boolean(_) => BaseType::Boolean,
            Self::Integer(_) => BaseType::Integer,
            Self::Float(_) => BaseType::Float,
            Self::String(_) => BaseType::String,
            Self::Point(_) => BaseType::Point,
            Self::Pair(_) => BaseType::Pair,
            Self::DirectedPair(_) => BaseType::DirectedPair,
            Self::Duration(_) => BaseType::Duration,
            Self::Uri(_) => BaseType::Uri,
        }
    }

    /// Whether two values are the same: numbers by value, texts in their comparable form.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::String(one), Self::String(other)) => {
                let normal = Normal::strict();
                normal.form(one) == normal.form(other)
            }
            (Self::Integer(one), Self::Integer(other)) => one == other,
            (Self::Integer(_) | Self::Float(_), Self::Integer(_) | Self::Float(_)) => {
                self.as_float() == other.as_float()
            }
            _ => self == other,
        }
    }

    /// The number as a double, if it is one.
    pub(in crate::assessment) const fn as_float(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(float(*number)),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    pub(in crate::assessment) const fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the nearest double is what is asked for"
)]
pub(super) const fn float(number: i64) -> f64 {
    number as f64
}

/// What a variable holds, or an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::assessment) enum Held {
    /// No value. Empty containers and empty texts are NULL too.
    Null,
    Single(Scalar),
    Multiple(Vec<Scalar>),
    Ordered(Vec<Scalar>),
    #[cfg_attr(not(test), expect(dead_code, reason = "no interaction fills a record yet"))]
    Record(BTreeMap<Identifier, Scalar>),
}

impl Held {
    pub(in crate::assessment) fn single(scalar: Scalar) -> Self {
        let is_null = match &scalar {
            Scalar::String(text) => text.is_empty(),
            Scalar::Float(number) | Scalar::Duration(number) => !number.is_finite(),
            _ => false,
        };
        if is_null { Self::Null } else { Self::Single(scalar) }
    }

    pub(super) const fn boolean(truth: bool) -> Self {
        Self::Single(Scalar::Boolean(truth))
    }

    /// A whole number; NULL if there is none.
    pub(super) fn integer(number: Option<i64>) -> Self {
        number.map_or(Self::Null, |number| Self::Single(Scalar::Integer(number)))
    }

    /// A number; NULL if it is not finite.
    pub(in crate::assessment) fn float(number: f64) -> Self {
        Self::single(Scalar::Float(number))
    }

    /// Values in that cardinality; NULL if there are none.
    pub(in crate::assessment) fn of(cardinality: Cardinality, mut values: Vec<Scalar>) -> Self {
        if values.is_empty() {
            return Self::Null;
        }
        match cardinality {
            Cardinality::Single => Self::single(values.swap_remove(0)),
            Cardinality::Multiple => Self::Multiple(values),
            Cardinality::Ordered => Self::Ordered(values),
            Cardinality::Record => Self::Null,
        }
    }

    /// What a response or a key holds, under its declaration's types. A position
    /// that was left open in an order is not there, and a number that is not whole
    /// is none where a whole one is asked for.
    pub(in crate::assessment) fn of_value(value: &Value, cardinality: Cardinality, base: BaseType) -> Self {
        let scalars: Vec<Scalar> = match value {
            Value::Identifiers(names) => names.iter().cloned().map(Scalar::Identifier).collect(),
            Value::Order(names) => names.iter().flatten().cloned().map(Scalar::Identifier).collect(),
            // As it was typed, for patterns: whoever compares it makes it comparable.
            Value::Text(text) if Normal::strict().form(text).is_empty() => Vec::new(),
            Value::Text(text) => vec![Scalar::String(text.clone())],
            Value::Number(quantity) if base == BaseType::Integer => whole(double(&quantity.number))
                .map(Scalar::Integer)
                .into_iter()
                .collect(),
            Value::Number(quantity) => vec![Scalar::Float(double(&quantity.number))],
            Value::DirectedPairs(pairs) => pairs.iter().cloned().map(Scalar::DirectedPair).collect(),
            Value::Pairs(pairs) => pairs.iter().cloned().map(Scalar::Pair).collect(),
            // What is in it, no rule can say.
            Value::File(_) => Vec::new(),
            Value::Points(points) => {
                let place = |point: &Point| Scalar::Point([i32::from(point.x), i32::from(point.y)]);
                points.iter().map(place).collect()
            }
        };
        Self::of(cardinality, scalars)
    }

    /// The values in it; none if it is NULL or a record.
    pub(in crate::assessment) fn values(&self) -> &[Scalar] {
        match self {
            Self::Single(scalar) => std::slice::from_ref(scalar),
            Self::Multiple(values) | Self::Ordered(values) => values,
            Self::Null | Self::Record(_) => &[],
        }
    }

    pub(in crate::assessment) const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The only value; none if it is NULL, and a fault if there may be several.
    pub(in crate::assessment) const fn only(&self) -> Result<Option<&Scalar>, Fault> {
        match self {
            Self::Null => Ok(None),
            Self::Single(scalar) => Ok(Some(scalar)),
            Self::Multiple(_) | Self::Ordered(_) | Self::Record(_) => Err(Fault::WrongType),
        }
    }

    /// How many values it holds.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Record(fields) => fields.len(),
            _ => self.values().len(),
        }
    }

    /// How much there is to look at in it.
    pub(super) fn weight(&self) -> usize {
        let letters = self.values().iter().map(|scalar| match scalar {
            Scalar::String(text) | Scalar::Uri(text) => text.len() / 64,
            _ => 0,
        });
        self.size() + letters.sum::<usize>()
    }

    /// It, if it is not larger than anything may be.
    pub(super) fn bounded(self) -> Result<Self, Fault> {
        let long = |scalar: &Scalar| matches!(scalar, Scalar::String(text) | Scalar::Uri(text) if text.len() > 4 * STRING);
        if self.size() > CONTAINER || self.values().iter().any(long) {
            return Err(Fault::TooLarge);
        }
        Ok(self)
    }

    /// It, in a variable of that type: a whole number is a number too. A fault if
    /// it does not go into it.
    pub(in crate::assessment) fn fit(self, cardinality: Cardinality, base: BaseType) -> Result<Self, Fault> {
        let fit = |scalar: Scalar| match (&scalar, base) {
            (Scalar::Integer(number), BaseType::Float) => Ok(Scalar::Float(float(*number))),
            _ if scalar.base_type() == base => Ok(scalar),
            _ => Err(Fault::WrongType),
        };
        let all = |values: Vec<Scalar>| values.into_iter().map(fit).collect::<Result<Vec<_>, _>>();
        match (self, cardinality) {
            (Self::Null, _) => Ok(Self::Null),
            (Self::Single(scalar), Cardinality::Single) => fit(scalar).map(Self::single),
            (Self::Multiple(values), Cardinality::Multiple) => all(values).map(Self::Multiple),
            (Self::Ordered(values), Cardinality::Ordered) => all(values).map(Self::Ordered),
            (held @ Self::Record(_), Cardinality::Record) => Ok(held),
            _ => Err(Fault::WrongType),
        }
    }
}

/// The whole number that a number is, if it is one.
fn whole(number: f64) -> Option<i64> {
    let is_whole = (number - libm::trunc(number)).abs() == 0.0;
    is_whole.then(|| integer(number)).flatten()
}

/// The whole number that a rounded number is; none if it is too large.
pub(super) fn integer(rounded: f64) -> Option<i64> {
    // Every double below it in size fits, and it itself does not.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is rounded, and in range")]
    (rounded.abs() < BEYOND).then_some(rounded as i64)
}
