//! Whether an expression is one: each operand held against what its operator
//! takes, before anything is worked out.

use std::collections::BTreeMap;

use super::{
    Expression, FloatRef, IntegerRef, MathFunction, Operation, Operator, Rounding, ToleranceMode, is_pattern,
    limits::{MAX_DEPTH, MAX_SIZE},
    operator::referred,
    takes::{A_NUMBER, A_TEXT, A_WHOLE, NUMERIC, Takes, takes_of},
};
use crate::assessment::{
    BaseType, Cardinality, Identifier, ProblemCode, check::Checker, code::args, limits::LINE,
};

/// The type of a value, as far as it is known: NULL is of any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::assessment) struct Kind {
    pub(in crate::assessment) cardinality: Option<Cardinality>,
    pub(in crate::assessment) base: Option<BaseType>,
}

/// What is known of a variable.
#[derive(Debug, Clone, Copy)]
pub(in crate::assessment) struct Declared {
    pub(in crate::assessment) cardinality: Cardinality,
    pub(in crate::assessment) base_type: BaseType,
    /// Whether it is a response: only they have keys.
    pub(in crate::assessment) is_response: bool,
    pub(in crate::assessment) has_mapping: bool,
    /// Whether places in a picture are mapped to points.
    pub(in crate::assessment) has_areas: bool,
}

/// The declarations that expressions are held against.
#[derive(Debug)]
pub(in crate::assessment) struct Types {
    pub(in crate::assessment) declared: BTreeMap<Identifier, Declared>,
    /// Whether there is chance.
    by_chance: bool,
    /// Expressions and rules so far.
    size: usize,
}

const ANY: Kind = Kind {
    cardinality: None,
    base: None,
};

const fn single(base: BaseType) -> Kind {
    Kind::single(base)
}

impl Kind {
    /// A single value of that type.
    pub(in crate::assessment) const fn single(base: BaseType) -> Self {
        Self {
            cardinality: Some(Cardinality::Single),
            base: Some(base),
        }
    }
}

/// The types that an operator takes as its operand of that number, from 0, unless
/// this is one of them.
pub(in crate::assessment) fn refused(
    operator: &Operator,
    index: usize,
    kind: Kind,
) -> Option<&'static [BaseType]> {
    let takes = takes_of(operator);
    let takes = takes.get(index).or(takes.last())?;
    (!takes.suits(kind)).then_some(takes.bases)
}

impl Types {
    pub(in crate::assessment) const fn new(
        declared: BTreeMap<Identifier, Declared>,
        by_chance: bool,
    ) -> Self {
        Self {
            declared,
            by_chance,
            size: 0,
        }
    }

    /// Counts an expression or a rule; says whether there are not too many.
    pub(in crate::assessment) fn count(&mut self, checker: &mut Checker, path: &str) -> bool {
        self.size += 1;
        if self.size == MAX_SIZE + 1 {
            checker.add_with(path, ProblemCode::TooMany, args([("max", &MAX_SIZE)]));
        }
        self.size <= MAX_SIZE
    }

    /// Holds an expression against what is wanted of it.
    pub(in crate::assessment) fn wants(
        &mut self,
        checker: &mut Checker,
        path: &str,
        expression: &Expression,
        cardinality: Cardinality,
        base: BaseType,
    ) {
        let kind = self.kind(checker, path, expression, 0);
        let is_number = |base| NUMERIC.contains(&base);
        let suits = kind.cardinality.is_none_or(|it| it == cardinality)
            && kind
                .base
                .is_none_or(|it| it == base || (it == BaseType::Integer && is_number(base)));
        if !suits {
            let expected = format!("{} {}", cardinality.as_str(), base.as_str());
            checker.add_with(path, ProblemCode::WrongOperand, args([("expected", &expected)]));
        }
    }

    /// A condition.
    pub(in crate::assessment) fn wants_truth(
        &mut self,
        checker: &mut Checker,
        path: &str,
        expression: &Expression,
    ) {
        self.wants(checker, path, expression, Cardinality::Single, BaseType::Boolean);
    }

    /// A single number.
    pub(in crate::assessment) fn wants_number(
        &mut self,
        checker: &mut Checker,
        path: &str,
        expression: &Expression,
    ) {
        let kind = self.kind(checker, path, expression, 0);
        wrong_unless(checker, path, A_NUMBER, kind);
    }

    /// The type of what an expression comes to; any, where that is not known.
    pub(in crate::assessment) fn kind(
        &mut self,
        checker: &mut Checker,
        path: &str,
        expression: &Expression,
        depth: usize,
    ) -> Kind {
        if depth > MAX_DEPTH {
            checker.add_with(path, ProblemCode::TooDeep, args([("max", &MAX_DEPTH)]));
            return ANY;
        }
        if !self.count(checker, path) {
            return ANY;
        }
        match expression {
            Expression::Variable(name) | Expression::Default(name) => self.named(checker, path, name),
            Expression::Correct(name) => {
                let kind = self.named(checker, path, name);
                if self
                    .declared
                    .get(name)
                    .is_some_and(|declared| !declared.is_response)
                {
                    checker.unknown(path, name);
                }
                kind
            }
            Expression::MapResponse(name) => {
                self.named(checker, path, name);
                let has_none = |declared: &Declared| !declared.is_response || !declared.has_mapping;
                if self.declared.get(name).is_some_and(has_none) {
                    checker.add(path, ProblemCode::NoMapping);
                }
                single(BaseType::Float)
            }
            Expression::MapResponsePoint(name) => {
                self.named(checker, path, name);
                if self
                    .declared
                    .get(name)
                    .is_some_and(|declared| !declared.has_areas)
                {
                    checker.add(path, ProblemCode::NoMapping);
                }
                single(BaseType::Float)
            }
            Expression::BaseValue(literal) => {
                if let super::Literal::String(text) | super::Literal::Uri(text) = literal {
                    checker.length(path, text, LINE);
                }
                single(literal.base_type())
            }
            Expression::Null => ANY,
            Expression::MathConstant(_) => single(BaseType::Float),
            Expression::RandomInteger { min, max, step } => {
                self.chance(checker, path);
                for number in [min, max, step] {
                    self.integer(checker, path, number);
                }
                if matches!(step, IntegerRef::Value(step) if *step < 1) {
                    checker.add_with(path, ProblemCode::OutOfRange, args([("min", &1), ("max", &"")]));
                }
                single(BaseType::Integer)
            }
            Expression::RandomFloat { min, max } => {
                self.chance(checker, path);
                for number in [min, max] {
                    self.float(checker, path, number);
                }
                single(BaseType::Float)
            }
            Expression::Operation(operation) => self.operation(checker, path, operation, depth),
        }
    }

    fn named(&self, checker: &mut Checker, path: &str, name: &Identifier) -> Kind {
        match self.declared.get(name) {
            Some(declared) => Kind {
                cardinality: Some(declared.cardinality),
                base: (declared.cardinality != Cardinality::Record).then_some(declared.base_type),
            },
            None => {
                checker.unknown(path, name);
                ANY
            }
        }
    }

    fn chance(&self, checker: &mut Checker, path: &str) {
        if !self.by_chance {
            checker.add(path, ProblemCode::ChanceInScoring);
        }
    }

    fn integer(&self, checker: &mut Checker, path: &str, number: &IntegerRef) {
        if let IntegerRef::Variable(name) = number {
            let kind = self.named(checker, path, name);
            wrong_unless(checker, path, A_WHOLE, kind);
        }
    }

    fn float(&self, checker: &mut Checker, path: &str, number: &FloatRef) {
        if let FloatRef::Variable(name) = number {
            let kind = self.named(checker, path, name);
            wrong_unless(checker, path, A_NUMBER, kind);
        }
    }

    fn operation(
        &mut self,
        checker: &mut Checker,
        path: &str,
        Operation { operator, of }: &Operation,
        depth: usize,
    ) -> Kind {
        let mut kinds = Vec::new();
        for (index, part) in of.iter().enumerate() {
            // Beyond the bound, one problem says it all.
            if self.size > MAX_SIZE {
                return ANY;
            }
            let path = format!("{path}.operation.of[{index}]");
            kinds.push(self.kind(checker, &path, part, depth + 1));
        }
        let (least, most) = operator.arity();
        checker.count(path, of.len(), least, most);
        self.attributes(checker, path, operator);
        let takes = takes_of(operator);
        for (index, kind) in kinds.iter().enumerate() {
            if let Some(takes) = takes.get(index).or(takes.last()) {
                wrong_unless(checker, &format!("{path}.operation.of[{index}]"), *takes, *kind);
            }
        }
        let is_same = matches!(
            operator,
            Operator::Multiple
                | Operator::Ordered
                | Operator::Repeat { .. }
                | Operator::Delete
                | Operator::Contains
                | Operator::Member
                | Operator::Match
        );
        if is_same {
            same(checker, path, operator, &kinds);
        }
        outcome(operator, &kinds)
    }

    fn attributes(&self, checker: &mut Checker, path: &str, operator: &Operator) {
        for number in operator.integers() {
            self.integer(checker, path, number);
        }
        match operator {
            Operator::Random => self.chance(checker, path),
            Operator::Equal {
                tolerance_mode,
                tolerance,
                ..
            } => {
                let least = usize::from(*tolerance_mode != ToleranceMode::Exact);
                checker.count(path, tolerance.len(), least, 2);
                for number in tolerance {
                    self.float(checker, path, number);
                }
            }
            Operator::EqualRounded {
                rounding_mode,
                figures,
            }
            | Operator::RoundTo {
                rounding_mode,
                figures,
            } => {
                let least = i64::from(*rounding_mode == Rounding::SignificantFigures);
                if matches!(figures, IntegerRef::Value(figures) if !(least..=300).contains(figures)) {
                    let bounds = args([("min", &least), ("max", &300)]);
                    checker.add_with(path, ProblemCode::OutOfRange, bounds);
                }
            }
            Operator::PatternMatch { pattern } => {
                let named = referred(pattern).filter(|name| self.declared.contains_key(name));
                match named {
                    Some(name) => {
                        let kind = self.named(checker, path, &name);
                        wrong_unless(checker, path, A_TEXT, kind);
                    }
                    None if !is_pattern(pattern) => checker.add(path, ProblemCode::BadPattern),
                    None => {}
                }
            }
            _ => {}
        }
    }
}

fn wrong_unless(checker: &mut Checker, path: &str, takes: Takes, kind: Kind) {
    if !takes.suits(kind) {
        checker.add_with(
            path,
            ProblemCode::WrongOperand,
            args([("expected", &takes.words)]),
        );
    }
}

/// Operands that must be of one base type, and for some of one cardinality.
fn same(checker: &mut Checker, path: &str, operator: &Operator, kinds: &[Kind]) {
    let mut bases = kinds.iter().filter_map(|kind| kind.base);
    let first = bases.next();
    if bases.any(|base| Some(base) != first) {
        let expected = "the same type";
        checker.add_with(path, ProblemCode::WrongOperand, args([("expected", &expected)]));
    }
    if matches!(operator, Operator::Match | Operator::Contains) {
        let mut cardinalities = kinds.iter().filter_map(|kind| kind.cardinality);
        let first = cardinalities.next();
        if cardinalities.any(|cardinality| Some(cardinality) != first) {
            let expected = "the same cardinality";
            checker.add_with(path, ProblemCode::WrongOperand, args([("expected", &expected)]));
        }
    }
}

/// What comes of operands of these types.
pub(in crate::assessment) fn outcome(operator: &Operator, kinds: &[Kind]) -> Kind {
    let base = kinds.iter().find_map(|kind| kind.base);
    let of = |cardinality| Kind {
        cardinality: Some(cardinality),
        base,
    };
    match operator {
        Operator::Random | Operator::Index { .. } => of(Cardinality::Single),
        Operator::Multiple => of(Cardinality::Multiple),
        Operator::Ordered | Operator::Repeat { .. } => of(Cardinality::Ordered),
        Operator::FieldValue { .. } => Kind {
            cardinality: Some(Cardinality::Single),
            base: None,
        },
        Operator::Delete => Kind {
            cardinality: kinds.get(1).and_then(|kind| kind.cardinality),
            base,
        },
        Operator::Sum | Operator::Product | Operator::Min | Operator::Max | Operator::Subtract => {
            if kinds.iter().any(|kind| kind.base == Some(BaseType::Float)) {
                single(BaseType::Float)
            } else if kinds.iter().all(|kind| kind.base == Some(BaseType::Integer)) {
                single(BaseType::Integer)
            } else {
                Kind {
                    cardinality: Some(Cardinality::Single),
                    base: None,
                }
            }
        }
        Operator::ContainerSize
        | Operator::IntegerDivide
        | Operator::IntegerModulus
        | Operator::Truncate
        | Operator::Round
        | Operator::Gcd
        | Operator::Lcm
        | Operator::MathOperator {
            name: MathFunction::Floor | MathFunction::Ceil,
        } => single(BaseType::Integer),
        Operator::Divide
        | Operator::Power
        | Operator::RoundTo { .. }
        | Operator::IntegerToFloat
        | Operator::MathOperator { .. }
        | Operator::StatsOperator { .. } => single(BaseType::Float),
        _ => single(BaseType::Boolean),
    }
}
