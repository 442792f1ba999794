//! Points by an item's own rules.
//!
//! SCORE is what the rules leave in it, to the nearest hundredth and within 0 and
//! MAXSCORE. MAXSCORE is one number for the item, whatever is answered: its
//! declared default, or else what is declared as the normal maximum of SCORE, or
//! else what the rules give it on the right answer, or else the SCORE of that.
//! A number without a default begins at 0, every other outcome at NULL.

use std::collections::BTreeMap;

use super::{Flow, LookupTable, Perform, ResponseAction, ResponseProcessing, Visit, each, run};
use crate::assessment::{
    BaseType, Cardinality, Identifier, Item, Literal, OutcomeDeclaration, Points, ProblemCode, Reason,
    ReasonCode, Response, ResponseScore, Score, Scoring, Value, Verdict,
    check::Checker,
    code::args,
    expression::{Declared, Fault, Held, Machine, Scalar, Scope, Types, Variable},
    limits,
    score::text::Normal,
};

const SCORE: &str = "SCORE";
const MAXSCORE: &str = "MAXSCORE";

/// What stands in every item's scope without a declaration: no adaptive item is
/// taken, so there is one attempt at each.
const BUILT_IN: [(&str, BaseType); 2] = [
    ("completionStatus", BaseType::Identifier),
    ("numAttempts", BaseType::Integer),
];

/// The points of a response by these rules, and why.
pub(in crate::assessment) fn score(
    item: &Item,
    processing: &ResponseProcessing,
    response: &Response,
) -> Score {
    score_within(item, processing, response, max(item, processing))
}

/// The same, where the most points are known.
pub(in crate::assessment) fn score_within(
    item: &Item,
    processing: &ResponseProcessing,
    response: &Response,
    max: Points,
) -> Score {
    let (points, mut reasons, outcomes) = match process(item, processing, response) {
        Ok(done) => {
            let points = done.number(SCORE).unwrap_or_default().clamp(Points::ZERO, max);
            let outcomes = done.names(item);
            (points, done.trace, outcomes)
        }
        Err(fault) => {
            let reason = Reason::new(ReasonCode::RulesFailed, [("fault", &fault)]);
            (Points::ZERO, vec![reason], BTreeMap::new())
        }
    };
    let summary: [(&str, &dyn ToString); 2] = [("points", &points), ("max", &max)];
    reasons.insert(0, Reason::new(ReasonCode::ByRules, summary));
    let verdict = if response.is_empty() && points == Points::ZERO {
        Verdict::Unanswered
    } else {
        Verdict::of(points, max)
    };
    // A sole response has all the points; of several, each has none of its own.
    let is_sole = item.responses.len() == 1;
    let share = |whole: Points| if is_sole { whole } else { Points::ZERO };
    let responses = item.responses.iter().map(|declared| {
        let answered = response.get(&declared.identifier);
        let verdict = if answered.is_none() {
            Verdict::Unanswered
        } else {
            verdict
        };
        let is_wrong_type = answered.is_some_and(|value| !value.suits(declared.base_type));
        ResponseScore {
            response: declared.identifier.clone(),
            points: share(points),
            max: share(max),
            verdict,
            reasons: if is_wrong_type {
                vec![Reason::new(ReasonCode::WrongType, [])]
            } else {
                Vec::new()
            },
        }
    });
    Score {
        points,
        max,
        verdict,
        responses: responses.collect(),
        reasons,
        outcomes,
        amended: None,
    }
}

/// The most points by these rules.
pub(in crate::assessment) fn max(item: &Item, processing: &ResponseProcessing) -> Points {
    let declared = |name: &str| item.outcomes.iter().find(|it| it.identifier.as_str() == name);
    let literal = declared(MAXSCORE).and_then(|it| it.default_value.first());
    let stated = literal
        .and_then(|literal| literal.scalar().as_float())
        .map(Points::nearest);
    let normal = || {
        let normal = declared(SCORE)?.normal_maximum.as_ref()?;
        Literal::Float(normal.clone())
            .scalar()
            .as_float()
            .map(Points::nearest)
    };
    let worked_out = || {
        let done = process(item, processing, &right_answer(item)).ok()?;
        let set = done.number(MAXSCORE).filter(|max| *max > Points::ZERO);
        set.or_else(|| done.number(SCORE))
    };
    let max = stated.or_else(normal).or_else(worked_out);
    max.unwrap_or_default().max(Points::ZERO)
}

/// The response that the item's keys are.
fn right_answer(item: &Item) -> Response {
    let keys = item.responses.iter().filter_map(|declared| {
        let key = declared.correct_response.clone()?;
        Some((declared.identifier.clone(), key))
    });
    Response {
        values: keys.collect(),
    }
}

/// What the rules did.
struct Done<'d> {
    machine: Machine<'d>,
    tables: BTreeMap<&'d Identifier, &'d LookupTable>,
    /// For each time SCORE changed.
    trace: Vec<Reason>,
}

fn process<'d>(
    item: &'d Item,
    processing: &ResponseProcessing,
    response: &Response,
) -> Result<Done<'d>, Fault> {
    let tables = item
        .outcomes
        .iter()
        .filter_map(|outcome| Some((&outcome.identifier, outcome.lookup_table.as_ref()?)));
    let mut done = Done {
        machine: Machine::new(scope(item, response)),
        tables: tables.collect(),
        trace: Vec::new(),
    };
    run(&processing.rules, &mut Vec::new(), &mut done)?;
    Ok(done)
}

fn scope<'d>(item: &'d Item, response: &Response) -> Scope<'d> {
    let mut scope = Scope::new();
    for (name, base) in BUILT_IN {
        let value = match base {
            BaseType::Integer => Held::single(Scalar::Integer(1)),
            _ => "unknown"
                .parse()
                .map_or(Held::Null, |name| Held::single(Scalar::Identifier(name))),
        };
        if let Ok(name) = name.parse() {
            scope.insert(name, Variable::new(Cardinality::Single, base, value));
        }
    }
    for outcome in &item.outcomes {
        scope.insert(
            outcome.identifier.clone(),
            Variable::new(outcome.cardinality, outcome.base_type, outcome.initial()),
        );
    }
    for declared in &item.responses {
        let held = |value: &Value| {
            let suits = value.suits(declared.base_type);
            let held = || Held::of_value(value, declared.cardinality, declared.base_type);
            if suits { held() } else { Held::Null }
        };
        let mut variable = Variable::new(declared.cardinality, declared.base_type, Held::Null);
        variable.value = response.get(&declared.identifier).map_or(Held::Null, held);
        variable.correct = declared.correct_response.as_ref().map_or(Held::Null, held);
        variable.mapping = declared
            .mapping
            .as_ref()
            .map(|mapping| (mapping, Normal::of(&declared.comparison)));
        variable.areas = declared.area_mapping.as_ref();
        scope.insert(declared.identifier.clone(), variable);
    }
    scope
}

impl Done<'_> {
    /// The points that an outcome holds.
    fn number(&self, name: &str) -> Option<Points> {
        let variable = self
            .machine
            .scope
            .iter()
            .find(|(known, _)| known.as_str() == name);
        let number = variable?.1.value.values().first()?.as_float()?;
        Some(Points::nearest(number))
    }

    /// The names that outcomes hold: messages go by them.
    fn names(&self, item: &Item) -> BTreeMap<Identifier, Vec<Identifier>> {
        let outcomes = item.outcomes.iter().filter_map(|outcome| {
            let held = &self.machine.scope.get(&outcome.identifier)?.value;
            let names = held.values().iter().filter_map(|scalar| match scalar {
                Scalar::Identifier(name) => Some(name.clone()),
                _ => None,
            });
            let names: Vec<_> = names.collect();
            (!names.is_empty()).then(|| (outcome.identifier.clone(), names))
        });
        outcomes.collect()
    }
}

impl<'d> Perform<'d, ResponseAction> for Done<'d> {
    fn machine(&mut self) -> &mut Machine<'d> {
        &mut self.machine
    }

    fn perform(&mut self, place: &[usize], action: &ResponseAction) -> Result<Flow, Fault> {
        let before = self.number(SCORE).unwrap_or_default();
        match action {
            ResponseAction::SetOutcomeValue { identifier, value } => {
                let value = self.machine.value(value)?;
                self.machine.set(identifier, value)?;
            }
            ResponseAction::LookupOutcomeValue { identifier, value } => {
                let table = *self.tables.get(identifier).ok_or(Fault::NoMapping)?;
                let number = self.machine.value(value)?;
                let number = number
                    .only()?
                    .map(|scalar| scalar.as_float().ok_or(Fault::WrongType));
                self.machine.step(table.rows.len())?;
                self.machine.set(identifier, table.value(number.transpose()?))?;
            }
        }
        let change = self.number(SCORE).unwrap_or_default() - before;
        if change != Points::ZERO {
            let place: Vec<_> = place.iter().map(ToString::to_string).collect();
            let said: [(&str, &dyn ToString); 2] = [("rule", &place.join(".")), ("points", &change)];
            self.trace.push(Reason::new(ReasonCode::Rule, said));
        }
        Ok(Flow::On)
    }
}

impl LookupTable {
    fn value(&self, number: Option<f64>) -> Held {
        let row = number.and_then(|number| {
            self.rows.iter().find(|row| {
                let source = Literal::Float(row.source.clone()).scalar().as_float();
                source.is_some_and(|source| {
                    let is_it = (number - source).abs() == 0.0;
                    if self.exact {
                        is_it
                    } else {
                        number > source || (is_it && row.include_boundary)
                    }
                })
            })
        });
        let value = row.map(|row| &row.target).or(self.default_value.as_ref());
        value.map_or(Held::Null, |value| Held::single(value.scalar()))
    }
}

impl OutcomeDeclaration {
    /// What it holds at first.
    fn initial(&self) -> Held {
        let values: Vec<_> = self.default_value.iter().map(Literal::scalar).collect();
        match (values.is_empty(), self.cardinality, self.base_type) {
            (true, Cardinality::Single, BaseType::Integer) => Held::single(Scalar::Integer(0)),
            (true, Cardinality::Single, BaseType::Float) => Held::float(0.0),
            _ => {
                let held = Held::of(self.cardinality, values);
                held.fit(self.cardinality, self.base_type).unwrap_or(Held::Null)
            }
        }
    }
}

/// What keeps rules from being followed.
pub(in crate::assessment) fn check(checker: &mut Checker, item: &Item) {
    let by_rules = |scoring: &Scoring| *scoring == Scoring::ByRules;
    let Some(processing) = &item.processing else {
        for (index, declared) in item.responses.iter().enumerate() {
            if by_rules(&declared.scoring) {
                checker.add(&format!("responses[{index}].scoring"), ProblemCode::RulesDiffer);
            }
        }
        return;
    };
    for (index, declared) in item.responses.iter().enumerate() {
        if !by_rules(&declared.scoring) {
            checker.add(&format!("responses[{index}].scoring"), ProblemCode::RulesDiffer);
        }
    }
    checker.count("outcomes", item.outcomes.len(), 1, limits::VARIABLES);
    let mut declared = BTreeMap::new();
    for (name, base_type) in BUILT_IN {
        if let Ok(name) = name.parse() {
            declared.insert(name, of(Cardinality::Single, base_type));
        }
    }
    for (index, outcome) in item.outcomes.iter().enumerate() {
        check_outcome(checker, &format!("outcomes[{index}]"), outcome);
        declared.insert(
            outcome.identifier.clone(),
            of(outcome.cardinality, outcome.base_type),
        );
    }
    let names = item.outcomes.iter().enumerate();
    let names = names.map(|(index, it)| (format!("outcomes[{index}].identifier"), &it.identifier));
    let responses = item.responses.iter().enumerate();
    let responses = responses.map(|(index, it)| (format!("responses[{index}].identifier"), &it.identifier));
    checker.distinct(names.chain(responses));
    for response in &item.responses {
        let it = Declared {
            is_response: true,
            has_mapping: response.mapping.is_some(),
            has_areas: response.area_mapping.is_some(),
            ..of(response.cardinality, response.base_type)
        };
        declared.insert(response.identifier.clone(), it);
    }
    let score: Option<Identifier> = SCORE.parse().ok();
    let is_number = |it: &Declared| {
        it.cardinality == Cardinality::Single && matches!(it.base_type, BaseType::Float | BaseType::Integer)
    };
    if !score.and_then(|name| declared.get(&name)).is_some_and(is_number) {
        checker.add("outcomes", ProblemCode::UnsupportedOutcome);
    }
    let mut types = Types::new(declared, false);
    let mut rules = Actions(item);
    let before = checker.count_so_far();
    each(
        &processing.rules,
        "processing.rules",
        0,
        &mut types,
        checker,
        &mut rules,
    );
    // What has the right types may still go too far.
    if checker.count_so_far() == before {
        for response in [right_answer(item), Response::default()] {
            if let Err(fault) = process(item, processing, &response) {
                checker.add_with("processing", ProblemCode::RulesFail, args([("fault", &fault)]));
                break;
            }
        }
    }
}

const fn of(cardinality: Cardinality, base_type: BaseType) -> Declared {
    Declared {
        cardinality,
        base_type,
        is_response: false,
        has_mapping: false,
        has_areas: false,
    }
}

fn check_outcome(checker: &mut Checker, path: &str, outcome: &OutcomeDeclaration) {
    let suits = |literal: &Literal| {
        let base = literal.base_type();
        base == outcome.base_type || (base, outcome.base_type) == (BaseType::Integer, BaseType::Float)
    };
    let most = match outcome.cardinality {
        Cardinality::Single => 1,
        Cardinality::Multiple | Cardinality::Ordered => limits::VARIABLES,
        Cardinality::Record => 0,
    };
    let at = format!("{path}.defaultValue");
    checker.count(&at, outcome.default_value.len(), 0, most);
    if !outcome.default_value.iter().all(suits) {
        checker.add_with(
            &at,
            ProblemCode::WrongOperand,
            args([("expected", &outcome.base_type.as_str())]),
        );
    }
    if let Some(table) = &outcome.lookup_table {
        let at = format!("{path}.lookupTable");
        checker.count(&at, table.rows.len(), 1, limits::VARIABLES);
        let mut targets = table
            .rows
            .iter()
            .map(|row| &row.target)
            .chain(&table.default_value);
        if outcome.cardinality != Cardinality::Single || !targets.all(suits) {
            let expected = outcome.base_type.as_str();
            checker.add_with(&at, ProblemCode::WrongOperand, args([("expected", &expected)]));
        }
    }
}

/// The outcomes that rules may set.
struct Actions<'d>(&'d Item);

impl Visit<ResponseAction> for Actions<'_> {
    fn visit(&mut self, types: &mut Types, checker: &mut Checker, path: &str, action: &ResponseAction) {
        let (ResponseAction::SetOutcomeValue { identifier, value }
        | ResponseAction::LookupOutcomeValue { identifier, value }) = action;
        let declared = self.0.outcomes.iter().find(|it| it.identifier == *identifier);
        let status = |name: &Identifier| name.as_str() == BUILT_IN[0].0;
        match (action, declared) {
            (ResponseAction::SetOutcomeValue { .. }, Some(outcome)) => {
                let path = format!("{path}.setOutcomeValue.value");
                types.wants(checker, &path, value, outcome.cardinality, outcome.base_type);
            }
            (ResponseAction::SetOutcomeValue { .. }, None) if status(identifier) => {
                let path = format!("{path}.setOutcomeValue.value");
                types.wants(checker, &path, value, Cardinality::Single, BaseType::Identifier);
            }
            (ResponseAction::LookupOutcomeValue { .. }, Some(outcome)) => {
                let path = format!("{path}.lookupOutcomeValue");
                if outcome.lookup_table.is_none() {
                    checker.add(&path, ProblemCode::NoTable);
                }
                types.wants_number(checker, &format!("{path}.value"), value);
            }
            (_, None) => checker.unknown(path, identifier),
        }
    }
}
