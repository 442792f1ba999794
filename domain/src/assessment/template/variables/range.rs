//! Numbers from one to another in steps.

use std::fmt;

use bigdecimal::{BigDecimal, ToPrimitive};

use crate::assessment::{
    BaseType, Decimal, Expression, IntegerRef, Literal, Operation, Operator, code::codes,
};

/// Decimals of one number, at most: so fine a step, a double still tells apart.
const MAX_PLACES: u32 = 9;
/// Numbers in a range are less than this in size, counted in their last decimal.
const BEYOND: i64 = 1_000_000_000_000_000;

/// The numbers from one to another in steps, of which one is drawn.
///
/// Those with decimals are drawn as whole numbers, counted in their last decimal, and
/// then divided: so each is exactly the one that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRange {
    /// How many decimals; none for whole numbers.
    places: Option<u32>,
    from: i64,
    to: i64,
    step: i64,
}

codes! {
    /// Why numbers make no range.
    pub enum RangeFault {
        /// From the greater to the less.
        Reversed = "reversed",
        /// A step that leads nowhere.
        NoStep = "no-step",
        /// Too large, or with too many decimals.
        TooFine = "too-fine",
        /// A number that is not whole, where whole ones are drawn.
        NotWhole = "not-whole",
    }
}

impl NumberRange {
    /// The whole numbers from one to another in steps.
    pub fn whole(from: &Decimal, to: &Decimal, step: &Decimal) -> Result<Self, RangeFault> {
        Self::new(None, from, to, step)
    }

    /// Numbers with as many decimals as the one of these that is written with most.
    pub fn decimal(from: &Decimal, to: &Decimal, step: &Decimal) -> Result<Self, RangeFault> {
        let places = [from, to, step].map(written_places);
        Self::new(places.into_iter().max(), from, to, step)
    }

    fn new(places: Option<u32>, from: &Decimal, to: &Decimal, step: &Decimal) -> Result<Self, RangeFault> {
        let unit = places.unwrap_or(0);
        if unit > MAX_PLACES {
            return Err(RangeFault::TooFine);
        }
        let [from, to, step] = [counted(from, unit)?, counted(to, unit)?, counted(step, unit)?];
        if step < 1 {
            return Err(RangeFault::NoStep);
        }
        if from > to {
            return Err(RangeFault::Reversed);
        }
        Ok(Self {
            places,
            from,
            to,
            step,
        })
    }

    /// Whether they are whole numbers.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.places.is_none()
    }

    /// From, to, and the step, as they are written.
    #[must_use]
    pub fn written(&self) -> [String; 3] {
        [self.from, self.to, self.step].map(|number| {
            let places = self.places.unwrap_or(0);
            Written { number, places }.to_string()
        })
    }

    pub(super) const fn base_type(&self) -> BaseType {
        match self.places {
            None => BaseType::Integer,
            Some(_) => BaseType::Float,
        }
    }

    pub(super) fn expression(&self) -> Expression {
        let drawn = Expression::RandomInteger {
            min: IntegerRef::Value(self.from),
            max: IntegerRef::Value(self.to),
            step: IntegerRef::Value(self.step),
        };
        match self.places {
            None => drawn,
            Some(places) => {
                let unit = Expression::BaseValue(Literal::Integer(10_i64.pow(places)));
                Expression::operation(Operator::Divide, vec![drawn, unit])
            }
        }
    }

    /// The range that an expression draws from, for a variable of that type.
    pub(super) fn of(expression: &Expression, base: BaseType) -> Option<Self> {
        let (drawn, places) = match (expression, base) {
            (Expression::RandomInteger { .. }, BaseType::Integer) => (expression, None),
            (Expression::RandomInteger { .. }, BaseType::Float) => (expression, Some(0)),
            (
                Expression::Operation(Operation {
                    operator: Operator::Divide,
                    of,
                }),
                BaseType::Float,
            ) => match of.as_slice() {
                [drawn, Expression::BaseValue(Literal::Integer(unit))] => {
                    let places = (0..=MAX_PLACES).find(|places| 10_i64.pow(*places) == *unit)?;
                    (drawn, Some(places))
                }
                _ => return None,
            },
            _ => return None,
        };
        let Expression::RandomInteger {
            min: IntegerRef::Value(from),
            max: IntegerRef::Value(to),
            step: IntegerRef::Value(step),
        } = drawn
        else {
            return None;
        };
        let is_sound = *step >= 1 && from <= to && [from, to, step].iter().all(|it| is_small(**it));
        is_sound.then_some(Self {
            places,
            from: *from,
            to: *to,
            step: *step,
        })
    }
}

const fn is_small(number: i64) -> bool {
    -BEYOND < number && number < BEYOND
}

/// The decimals that a number is written with.
fn written_places(number: &Decimal) -> u32 {
    let (_, scale) = number.exact().into_bigint_and_exponent();
    u32::try_from(scale.max(0)).unwrap_or(u32::MAX)
}

/// A number, counted in units of that decimal.
fn counted(number: &Decimal, places: u32) -> Result<i64, RangeFault> {
    let counted = number.exact() * BigDecimal::from(10_i64.pow(places));
    if !counted.is_integer() {
        return Err(RangeFault::NotWhole);
    }
    let counted = counted.to_i64().filter(|counted| is_small(*counted));
    counted.ok_or(RangeFault::TooFine)
}

/// A number that was counted, as it is written.
struct Written {
    number: i64,
    places: u32,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.places == 0 {
            return write!(f, "{}", self.number);
        }
        let unit = 10_u64.pow(self.places);
        let sign = if self.number < 0 { "-" } else { "" };
        let size = self.number.unsigned_abs();
        let width = usize::try_from(self.places).unwrap_or_default();
        write!(f, "{sign}{}.{:0width$}", size / unit, size % unit)
    }
}
