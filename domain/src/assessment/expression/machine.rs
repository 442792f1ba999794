//! The interpreter.

use std::collections::BTreeMap;

use rand_chacha::{ChaCha20Rng, rand_core::Rng};

use super::{
    Expression, FloatRef, IntegerRef, Operation, Operator, container,
    limits::{CONTAINER, Fault, MAX_DEPTH, PATTERN_BYTES, PATTERN_STEPS, STEPS},
    logic::{self, Nearness},
    math, number,
    operator::referred,
    pattern,
    value::{Held, Scalar, double, float},
};
use crate::assessment::{
    AreaMapping, BaseType, Cardinality, Identifier, MapKey, Mapping, Pair, Point, Points, chance::below,
    score::text::Normal,
};

/// Two to the power of 53: so many parts of one does a double tell apart.
const PARTS: f64 = 9_007_199_254_740_992.0;

/// A variable under its declaration.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct Variable<'d> {
    pub(in crate::assessment) cardinality: Cardinality,
    pub(in crate::assessment) base_type: BaseType,
    pub(in crate::assessment) value: Held,
    pub(in crate::assessment) default: Held,
    /// A response's key.
    pub(in crate::assessment) correct: Held,
    pub(in crate::assessment) mapping: Option<(&'d Mapping, Normal)>,
    pub(in crate::assessment) areas: Option<&'d AreaMapping>,
}

impl Variable<'_> {
    /// One that holds its default.
    pub(in crate::assessment) fn new(cardinality: Cardinality, base_type: BaseType, default: Held) -> Self {
        Self {
            cardinality,
            base_type,
            value: default.clone(),
            default,
            correct: Held::Null,
            mapping: None,
            areas: None,
        }
    }
}

/// The variables, by name.
pub(in crate::assessment) type Scope<'d> = BTreeMap<Identifier, Variable<'d>>;

/// Works out expressions over variables, within its bounds.
#[derive(Debug)]
pub(in crate::assessment) struct Machine<'d> {
    pub(in crate::assessment) scope: Scope<'d>,
    steps: u32,
    chance: Option<ChaCha20Rng>,
}

impl<'d> Machine<'d> {
    /// One without chance.
    pub(in crate::assessment) const fn new(scope: Scope<'d>) -> Self {
        Self {
            scope,
            steps: STEPS,
            chance: None,
        }
    }

    /// One whose chance is this.
    pub(in crate::assessment) const fn with_chance(scope: Scope<'d>, chance: ChaCha20Rng) -> Self {
        Self {
            scope,
            steps: STEPS,
            chance: Some(chance),
        }
    }

    /// What an expression comes to.
    pub(in crate::assessment) fn value(&mut self, expression: &Expression) -> Result<Held, Fault> {
        self.at(expression, 0)
    }

    /// Whether an expression holds; what is NULL does not.
    pub(in crate::assessment) fn holds(&mut self, expression: &Expression) -> Result<bool, Fault> {
        Ok(logic::truth(&self.value(expression)?)?.unwrap_or(false))
    }

    /// Gives a variable a value of its type.
    pub(in crate::assessment) fn set(&mut self, name: &Identifier, value: Held) -> Result<(), Fault> {
        let variable = self.scope.get_mut(name).ok_or(Fault::UnknownVariable)?;
        variable.value = value.bounded()?.fit(variable.cardinality, variable.base_type)?;
        Ok(())
    }

    /// Takes so many steps, if there are as many left.
    pub(in crate::assessment) fn step(&mut self, count: usize) -> Result<(), Fault> {
        let count = u32::try_from(count).map_err(|_| Fault::TooManySteps)?;
        self.steps = self.steps.checked_sub(count).ok_or(Fault::TooManySteps)?;
        Ok(())
    }

    fn variable(&self, name: &Identifier) -> Result<&Variable<'d>, Fault> {
        self.scope.get(name).ok_or(Fault::UnknownVariable)
    }

    fn at(&mut self, expression: &Expression, depth: usize) -> Result<Held, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        self.step(1)?;
        let value = match expression {
            Expression::Variable(name) => self.variable(name)?.value.clone(),
            Expression::Correct(name) => self.variable(name)?.correct.clone(),
            Expression::Default(name) => self.variable(name)?.default.clone(),
            Expression::MapResponse(name) => {
                let variable = self.variable(name)?;
                let (mapping, normal) = variable.mapping.ok_or(Fault::NoMapping)?;
                let value = variable.value.clone();
                self.step(looked_at(mapping, &value))?;
                Held::float(mapped(mapping, normal, &value))
            }
            Expression::MapResponsePoint(name) => {
                let variable = self.variable(name)?;
                let areas = variable.areas.ok_or(Fault::NoMapping)?;
                let places = places(&variable.value);
                self.step(areas.entries.len().saturating_mul(places.len()))?;
                Held::float(mapped_places(areas, &places))
            }
            Expression::BaseValue(literal) => Held::single(literal.scalar()),
            Expression::Null => Held::Null,
            Expression::MathConstant(name) => Held::float(math::constant(*name)),
            Expression::RandomInteger { min, max, step } => self.random_integer(min, max, step)?,
            Expression::RandomFloat { min, max } => self.random_float(min, max)?,
            Expression::Operation(operation) => self.operation(operation, depth)?,
        };
        let value = value.bounded()?;
        self.step(value.weight())?;
        Ok(value)
    }

    fn operation(&mut self, Operation { operator, of }: &Operation, depth: usize) -> Result<Held, Fault> {
        let (least, most) = operator.arity();
        if !(least..=most).contains(&of.len()) {
            return Err(Fault::WrongType);
        }
        if let Operator::Repeat { number_repeats } = operator {
            return self.repeat(number_repeats, of, depth);
        }
        let mut values = Vec::new();
        for part in of {
            values.push(self.at(part, depth + 1)?);
        }
        // Each value may be held against each other.
        let weights = values.iter().map(Held::weight);
        let pairs = match operator {
            Operator::Match | Operator::Contains | Operator::Member | Operator::Delete => {
                weights.fold(1_usize, |all, weight| all.saturating_mul(weight.max(1)))
            }
            _ => weights.sum::<usize>(),
        };
        self.step(pairs)?;
        self.apply(operator, values)
    }

    fn apply(&mut self, operator: &Operator, values: Vec<Held>) -> Result<Held, Fault> {
        match (operator, values.as_slice()) {
            (Operator::Multiple, _) => container::collected(Cardinality::Multiple, values),
            (Operator::Ordered, _) => container::collected(Cardinality::Ordered, values),
            (Operator::Random, [value]) => self.random(value),
            (Operator::ContainerSize, [value]) => container::size(value),
            (Operator::IsNull, [value]) => Ok(Held::boolean(value.is_null())),
            (Operator::Index { n }, [value]) => container::index(value, self.integer(n)?),
            (Operator::FieldValue { field_identifier }, [value]) => container::field(value, field_identifier),
            (Operator::Delete | Operator::Contains | Operator::Member, _) => {
                container::compared(operator, &values)
            }
            (Operator::Not | Operator::And | Operator::Or, _) => logic::combined(operator, &values),
            (Operator::AnyN { min, max }, _) => logic::any_n(&values, self.integer(min)?, self.integer(max)?),
            (Operator::Match, _) => logic::matched(&values),
            (
                Operator::StringMatch {
                    case_sensitive,
                    substring,
                },
                _,
            ) => logic::string_match(&values, *case_sensitive, *substring),
            // The first stands in the second, here.
            (Operator::Substring { case_sensitive }, [part, whole]) => {
                logic::string_match(&[whole.clone(), part.clone()], *case_sensitive, true)
            }
            (Operator::PatternMatch { pattern }, [value]) => self.pattern(pattern, value),
            (
                Operator::Equal {
                    tolerance_mode,
                    tolerance,
                    include_lower_bound,
                    include_upper_bound,
                },
                _,
            ) => {
                let nearness = Nearness {
                    mode: *tolerance_mode,
                    by: self.tolerance(tolerance)?,
                    includes: [*include_lower_bound, *include_upper_bound],
                };
                logic::equal(nearness, &values)
            }
            (
                Operator::EqualRounded {
                    rounding_mode,
                    figures,
                },
                _,
            ) => logic::equal_rounded(*rounding_mode, self.integer(figures)?, &values),
            (Operator::Inside { area }, [value]) => inside(area, value),
            (Operator::Lt | Operator::Gt | Operator::Lte | Operator::Gte, _) => {
                logic::ordered(operator, &values)
            }
            (Operator::DurationLt | Operator::DurationGte, _) => logic::durations(operator, &values),
            (
                Operator::RoundTo {
                    rounding_mode,
                    figures,
                },
                _,
            ) => {
                let figures = self.integer(figures)?;
                let (Some([number]), Some(figures)) = (number::some(&values)?, figures) else {
                    return Ok(Held::Null);
                };
                let rounded = number::rounded(number.float(), *rounding_mode, figures);
                Ok(rounded.map_or(Held::Null, Held::float))
            }
            (Operator::MathOperator { name }, _) => math::function(*name, &values),
            (Operator::StatsOperator { name }, _) => math::statistic(*name, &values),
            _ => number::apply(operator, &values),
        }
    }

    fn repeat(&mut self, times: &IntegerRef, of: &[Expression], depth: usize) -> Result<Held, Fault> {
        let Some(times @ 1..) = self.integer(times)? else {
            return Ok(Held::Null);
        };
        let mut values = Vec::new();
        let mut size = 0;
        for _ in 0..times {
            for part in of {
                let value = self.at(part, depth + 1)?;
                size += value.size();
                if size > CONTAINER {
                    return Err(Fault::TooLarge);
                }
                if !value.is_null() {
                    values.push(value);
                }
            }
        }
        container::collected(Cardinality::Ordered, values)
    }

    fn chance(&mut self) -> Result<&mut ChaCha20Rng, Fault> {
        self.chance.as_mut().ok_or(Fault::NoChance)
    }

    fn random(&mut self, value: &Held) -> Result<Held, Fault> {
        let values = match value {
            Held::Null => return Ok(Held::Null),
            Held::Multiple(values) | Held::Ordered(values) => values,
            Held::Single(_) | Held::Record(_) => return Err(Fault::WrongType),
        };
        let place = below(self.chance()?, values.len());
        Ok(values.get(place).cloned().map_or(Held::Null, Held::single))
    }

    /// One of min, min + step, … up to max; NULL if there is none.
    fn random_integer(
        &mut self,
        min: &IntegerRef,
        max: &IntegerRef,
        step: &IntegerRef,
    ) -> Result<Held, Fault> {
        let (min, max, step) = (self.integer(min)?, self.integer(max)?, self.integer(step)?);
        let (Some(min), Some(max), Some(step @ 1..)) = (min, max, step) else {
            return Ok(Held::Null);
        };
        let places = max
            .checked_sub(min)
            .filter(|range| *range >= 0)
            .map(|range| range / step);
        let Some(count) = places.and_then(|places| usize::try_from(places).ok()?.checked_add(1)) else {
            return Ok(Held::Null);
        };
        let place = i64::try_from(below(self.chance()?, count)).ok();
        let number = place.and_then(|place| place.checked_mul(step)?.checked_add(min));
        Ok(Held::integer(number))
    }

    fn random_float(&mut self, min: &FloatRef, max: &FloatRef) -> Result<Held, Fault> {
        let (Some(min), Some(max)) = (self.float(min)?, self.float(max)?) else {
            return Ok(Held::Null);
        };
        if min > max {
            return Ok(Held::Null);
        }
        let bits = i64::try_from(self.chance()?.next_u64() >> 11).unwrap_or_default();
        Ok(Held::float(min + float(bits) / PARTS * (max - min)))
    }

    /// The whole number in an attribute; none if the variable is NULL.
    fn integer(&self, number: &IntegerRef) -> Result<Option<i64>, Fault> {
        match number {
            IntegerRef::Value(number) => Ok(Some(*number)),
            IntegerRef::Variable(name) => match self.variable(name)?.value.only()? {
                None => Ok(None),
                Some(Scalar::Integer(number)) => Ok(Some(*number)),
                Some(_) => Err(Fault::WrongType),
            },
        }
    }

    fn float(&self, number: &FloatRef) -> Result<Option<f64>, Fault> {
        match number {
            FloatRef::Value(number) => Ok(Some(double(number))),
            FloatRef::Variable(name) => match self.variable(name)?.value.only()? {
                None => Ok(None),
                Some(scalar) => scalar.as_float().map(Some).ok_or(Fault::WrongType),
            },
        }
    }

    /// How far below and above; one number says both.
    fn tolerance(&self, tolerance: &[FloatRef]) -> Result<Option<[f64; 2]>, Fault> {
        let (Some(below), Some(above)) = (tolerance.first(), tolerance.last()) else {
            return Ok(None);
        };
        let (below, above) = (self.float(below)?, self.float(above)?);
        Ok(below.zip(above).map(|(below, above)| [below, above]))
    }

    fn pattern(&mut self, pattern: &str, value: &Held) -> Result<Held, Fault> {
        self.step(PATTERN_STEPS)?;
        let named = referred(pattern).and_then(|name| self.scope.get(&name));
        let pattern = match named {
            Some(variable) => logic::text(&variable.value)?,
            None => Some(pattern),
        };
        match (pattern, logic::text(value)?) {
            (Some(pattern), Some(text)) => {
                let pattern = pattern.to_owned();
                self.step(text.len() / PATTERN_BYTES)?;
                pattern::matches(&pattern, text).map(Held::boolean)
            }
            _ => Ok(Held::Null),
        }
    }
}

fn inside(area: &super::Area, value: &Held) -> Result<Held, Fault> {
    if value.is_null() {
        return Ok(Held::Null);
    }
    let mut is_inside = false;
    for scalar in value.values() {
        let Scalar::Point(place) = scalar else {
            return Err(Fault::WrongType);
        };
        is_inside |= area.holds(*place);
    }
    match value {
        Held::Record(_) => Err(Fault::WrongType),
        _ => Ok(Held::boolean(is_inside)),
    }
}

/// How much there is to look at: each value is held against each entry, and
/// against each other value.
fn looked_at(mapping: &Mapping, value: &Held) -> usize {
    let length = |key: &MapKey| match key {
        MapKey::Text(text) => 1 + text.len() / 64,
        MapKey::DirectedPair(_) => 1,
    };
    let entries: usize = mapping.entries.iter().map(|entry| length(&entry.key)).sum();
    let all = entries.saturating_add(value.size());
    all.saturating_mul(value.weight())
}

/// What the values are mapped to, each once, within the bounds (QTI 3
/// §2.11.1.4).
fn mapped(mapping: &Mapping, normal: Normal, value: &Held) -> f64 {
    let mut known: Vec<&Scalar> = Vec::new();
    let mut sum = Points::ZERO;
    for scalar in value.values() {
        if !known.iter().any(|known| known.is(scalar)) {
            known.push(scalar);
            sum = sum + worth(mapping, normal, scalar);
        }
    }
    float(sum.within(mapping.lower_bound, mapping.upper_bound).hundredths()) / 100.0
}

/// The places that a response holds.
fn places(value: &Held) -> Vec<Point> {
    let place = |scalar: &Scalar| match scalar {
        Scalar::Point([x, y]) => Some(Point {
            x: (*x).try_into().ok()?,
            y: (*y).try_into().ok()?,
        }),
        _ => None,
    };
    value.values().iter().filter_map(place).collect()
}

/// What places are worth, each area once, within the bounds (QTI 3 §2.11.1.5).
fn mapped_places(areas: &AreaMapping, places: &[Point]) -> f64 {
    let sum: Points = areas.worth(places).into_iter().map(|(_, worth)| worth).sum();
    float(sum.within(areas.lower_bound, areas.upper_bound).hundredths()) / 100.0
}

fn worth(mapping: &Mapping, normal: Normal, scalar: &Scalar) -> Points {
    let is = |key: &MapKey| match (key, scalar) {
        (MapKey::Text(key), Scalar::Identifier(name)) => key == name.as_str(),
        (MapKey::Text(key), Scalar::String(text)) => normal.form(key) == normal.form(text),
        (MapKey::Text(key), Scalar::Integer(_) | Scalar::Float(_)) => key
            .trim()
            .parse()
            .ok()
            .map(Scalar::Float)
            .is_some_and(|key| key.is(scalar)),
        (MapKey::DirectedPair(key), Scalar::DirectedPair(pair)) => key == pair,
        (MapKey::DirectedPair(key), Scalar::Pair(pair)) => {
            Pair::from([key.source.clone(), key.target.clone()]) == *pair
        }
        _ => false,
    };
    let entry = mapping.entries.iter().find(|entry| is(&entry.key));
    entry.map_or(mapping.default_value, |entry| entry.value)
}
