//! Making an item anew, and looking at what comes of it.

use std::collections::{BTreeMap, BTreeSet};

use rand_chacha::ChaCha20Rng;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

use super::{
    Template, TemplateAction,
    print::{decimal, print},
    room::Room,
};
use crate::{
    Seed,
    assessment::{
        Args, BaseType, Cardinality, Expression, Fault, Identifier, Interaction, Item, Literal, Operator,
        Problem, ProblemCode, Quantity, Response, ResponseAction, ResponseDeclaration, Value, Verdict,
        code::args,
        expression::{FloatRef, Held, IntegerRef, Machine, Operation, Scalar, Scope, Variable, referred},
        number_entry,
        rules::{Flow, Perform, Rule, max_by_rules, run, score_within},
        score,
    },
};

/// How often a template begins anew until its constraints are met.
const TRIES: usize = 200;
/// How many variants are looked at before an item is published.
const LOOKED_AT: u8 = 20;

impl Item {
    /// The item that its template makes with that seed: an ordinary one, with
    /// values in its texts, keys and rules. The same seed makes the same item; an
    /// item without a template is itself.
    pub fn variant(&self, seed: Seed) -> Result<Self, Fault> {
        let Some(template) = &self.template else {
            return Ok(self.clone());
        };
        let made = make(self, template, seed.rng("variant"))?;
        let mut room = Room::of_a_variant();
        let mut item = Self {
            template: None,
            body: printed(&self.body, &made.values, &self.language, &mut room)?,
            feedback: printed(&self.feedback, &made.values, &self.language, &mut room)?,
            ..self.clone()
        };
        for (name, held) in &made.keys {
            let declared = item.responses.iter_mut().find(|it| it.identifier == *name);
            let declared = declared.ok_or(Fault::UnknownVariable)?;
            declared.correct_response = key(held, declared)?;
        }
        for (name, held) in &made.defaults {
            let outcome = item.outcomes.iter_mut().find(|it| it.identifier == *name);
            let literals = held.values().iter().map(literal).collect::<Result<_, _>>()?;
            outcome.ok_or(Fault::UnknownVariable)?.default_value = literals;
        }
        if let Some(processing) = &mut item.processing {
            let mut filler = Filler {
                values: &made.values,
                initial: &initial(template),
                room,
            };
            for rule in &mut processing.rules {
                each_expression(rule, &mut |expression| filler.fill_in(expression))?;
            }
        }
        Ok(item)
    }

    /// The seed of the variant for a learner. Where `seed` makes none, or a faulty
    /// one, it is that of one that was looked at before the item was published.
    ///
    /// What counts as faulty may change from one release to the next, and looking
    /// for it takes time: keep the answer, and make the variant of it afterwards.
    #[must_use]
    pub fn seed_for(&self, seed: Seed) -> Seed {
        if self.template.is_none() || self.variant(seed).is_ok_and(|item| faults(&item).is_empty()) {
            return seed;
        }
        Seed(1 + seed.0.rem_euclid(i64::from(LOOKED_AT)))
    }

    /// The variant for a learner, to be looked at only.
    pub fn variant_for(&self, seed: Seed) -> Result<Self, Fault> {
        self.variant(self.seed_for(seed))
    }
}

/// What a template comes to.
struct Made {
    values: BTreeMap<Identifier, Held>,
    keys: BTreeMap<Identifier, Held>,
    defaults: BTreeMap<Identifier, Held>,
}

struct Maker<'d> {
    item: &'d Item,
    machine: Machine<'d>,
    keys: BTreeMap<Identifier, Held>,
    defaults: BTreeMap<Identifier, Held>,
}

fn make(item: &Item, template: &Template, chance: ChaCha20Rng) -> Result<Made, Fault> {
    let mut maker = Maker {
        item,
        machine: Machine::with_chance(Scope::new(), chance),
        keys: BTreeMap::new(),
        defaults: BTreeMap::new(),
    };
    for _ in 0..TRIES {
        maker.machine.scope = scope(item, template);
        maker.keys.clear();
        maker.defaults.clear();
        if run(&template.rules, &mut Vec::new(), &mut maker)? == Flow::Again {
            continue;
        }
        let values = template.variables.iter().filter_map(|variable| {
            let held = maker.machine.scope.get(&variable.identifier)?.value.clone();
            Some((variable.identifier.clone(), held))
        });
        return Ok(Made {
            values: values.collect(),
            keys: maker.keys,
            defaults: maker.defaults,
        });
    }
    Err(Fault::Unsatisfied)
}

/// What a template's variables hold before any rule sets them.
fn initial(template: &Template) -> BTreeMap<Identifier, Held> {
    let variables = template.variables.iter().map(|it| {
        let values = it.default_value.iter().map(Literal::scalar).collect();
        let held = Held::of(it.cardinality, values);
        let held = held.fit(it.cardinality, it.base_type).unwrap_or(Held::Null);
        (it.identifier.clone(), held)
    });
    variables.collect()
}

fn scope<'d>(item: &Item, template: &Template) -> Scope<'d> {
    let mut initial = initial(template);
    let variables = template.variables.iter().map(|it| {
        let held = initial.remove(&it.identifier).unwrap_or(Held::Null);
        (
            it.identifier.clone(),
            Variable::new(it.cardinality, it.base_type, held),
        )
    });
    let responses = item.responses.iter().map(|it| {
        let mut variable = Variable::new(it.cardinality, it.base_type, Held::Null);
        let key = it.correct_response.as_ref();
        variable.correct = key.map_or(Held::Null, |key| {
            Held::of_value(key, it.cardinality, it.base_type)
        });
        (it.identifier.clone(), variable)
    });
    variables.chain(responses).collect()
}

impl<'d> Perform<'d, TemplateAction> for Maker<'d> {
    fn machine(&mut self) -> &mut Machine<'d> {
        &mut self.machine
    }

    fn perform(&mut self, _: &[usize], action: &TemplateAction) -> Result<Flow, Fault> {
        match action {
            TemplateAction::SetTemplateValue { identifier, value } => {
                let value = self.machine.value(value)?;
                self.machine.set(identifier, value)?;
            }
            TemplateAction::SetCorrectResponse { identifier, value } => {
                let held = self.machine.value(value)?;
                let variable = self
                    .machine
                    .scope
                    .get_mut(identifier)
                    .ok_or(Fault::UnknownVariable)?;
                let held = held.fit(variable.cardinality, variable.base_type)?;
                variable.correct = held.clone();
                self.keys.insert(identifier.clone(), held);
            }
            TemplateAction::SetDefaultValue { identifier, value } => {
                let held = self.machine.value(value)?;
                let outcome = self.item.outcomes.iter().find(|it| it.identifier == *identifier);
                let outcome = outcome.ok_or(Fault::UnknownVariable)?;
                let held = held.fit(outcome.cardinality, outcome.base_type)?;
                self.defaults.insert(identifier.clone(), held);
            }
            TemplateAction::TemplateConstraint(condition) => {
                if !self.machine.holds(condition)? {
                    return Ok(Flow::Again);
                }
            }
        }
        Ok(Flow::On)
    }
}

/// A part of an item with values in all its texts.
fn printed<T: Serialize + DeserializeOwned>(
    part: &T,
    values: &BTreeMap<Identifier, Held>,
    language: &str,
    room: &mut Room,
) -> Result<T, Fault> {
    let mut json = serde_json::to_value(part).map_err(|_| Fault::WrongType)?;
    print_all(&mut json, values, language, room)?;
    serde_json::from_value(json).map_err(|_| Fault::WrongType)
}

/// Names and numbers have no braces: only texts change.
fn print_all(
    json: &mut Json,
    values: &BTreeMap<Identifier, Held>,
    language: &str,
    room: &mut Room,
) -> Result<(), Fault> {
    match json {
        Json::String(text) if text.contains("{{") => *text = print(text, values, language, room)?,
        Json::Array(parts) => {
            for part in parts {
                print_all(part, values, language, room)?;
            }
        }
        Json::Object(fields) => {
            for part in fields.values_mut() {
                print_all(part, values, language, room)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// A key of what a rule came to; none for NULL.
fn key(held: &Held, declared: &ResponseDeclaration) -> Result<Option<Value>, Fault> {
    let Some(first) = held.values().first() else {
        return Ok(None);
    };
    let scalars = held.values();
    let names = || {
        let names = scalars.iter().map(|scalar| match scalar {
            Scalar::Identifier(name) => Some(name.clone()),
            _ => None,
        });
        names.collect::<Option<Vec<_>>>()
    };
    Ok(match (declared.base_type, declared.cardinality) {
        (BaseType::Identifier, Cardinality::Ordered) => {
            names().map(|names| Value::Order(names.into_iter().map(Some).collect()))
        }
        (BaseType::Identifier, _) => names().map(Value::Identifiers),
        (BaseType::String, _) => match first {
            Scalar::String(text) => Some(Value::Text(text.clone())),
            _ => None,
        },
        (BaseType::Integer | BaseType::Float, _) => {
            let unit = match &declared.correct_response {
                Some(Value::Number(known)) => known.unit.clone(),
                _ => None,
            };
            let number = first.as_float().ok_or(Fault::WrongType)?;
            let number = decimal(number).ok_or(Fault::TooLarge)?;
            Some(Value::Number(Quantity { number, unit }))
        }
        (BaseType::DirectedPair, _) => {
            let pairs = scalars.iter().map(|scalar| match scalar {
                Scalar::DirectedPair(pair) => Some(pair.clone()),
                _ => None,
            });
            pairs.collect::<Option<_>>().map(Value::DirectedPairs)
        }
        (BaseType::Pair, _) => {
            let pairs = scalars.iter().map(|scalar| match scalar {
                Scalar::Pair(pair) => Some(pair.clone()),
                _ => None,
            });
            pairs.collect::<Option<_>>().map(Value::Pairs)
        }
        _ => None,
    })
}

/// A value as rules have it; a fault for a number beyond those that a decimal has.
fn literal(scalar: &Scalar) -> Result<Literal, Fault> {
    let decimal = |number: f64| decimal(number).ok_or(Fault::TooLarge);
    Ok(match scalar {
        Scalar::Identifier(name) => Literal::Identifier(name.clone()),
        Scalar::Boolean(truth) => Literal::Boolean(*truth),
        Scalar::Integer(number) => Literal::Integer(*number),
        Scalar::Float(number) => Literal::Float(decimal(*number)?),
        Scalar::String(text) => Literal::String(text.clone()),
        Scalar::Point(place) => Literal::Point(*place),
        Scalar::Pair(pair) => Literal::Pair(pair.clone()),
        Scalar::DirectedPair(pair) => Literal::DirectedPair(pair.clone()),
        Scalar::Duration(seconds) => Literal::Duration(decimal(*seconds)?),
        Scalar::Uri(address) => Literal::Uri(address.clone()),
    })
}

/// Does something to each expression of a rule of response processing.
fn each_expression(
    rule: &mut Rule<ResponseAction>,
    to: &mut impl FnMut(&mut Expression) -> Result<(), Fault>,
) -> Result<(), Fault> {
    match rule {
        Rule::Do(
            ResponseAction::SetOutcomeValue { value, .. } | ResponseAction::LookupOutcomeValue { value, .. },
        ) => to(value),
        Rule::Fragment(rules) => rules.iter_mut().try_for_each(|rule| each_expression(rule, to)),
        Rule::Condition(condition) => {
            for branch in &mut condition.branches {
                to(&mut branch.when)?;
                branch
                    .then
                    .iter_mut()
                    .try_for_each(|rule| each_expression(rule, to))?;
            }
            condition
                .otherwise
                .iter_mut()
                .try_for_each(|rule| each_expression(rule, to))
        }
        Rule::Exit => Ok(()),
    }
}

/// Puts values in place of a template's variables.
struct Filler<'m> {
    values: &'m BTreeMap<Identifier, Held>,
    initial: &'m BTreeMap<Identifier, Held>,
    room: Room,
}

impl Filler<'_> {
    fn fill_in(&mut self, expression: &mut Expression) -> Result<(), Fault> {
        let held = match expression {
            Expression::Variable(name) => self.values.get(name),
            Expression::Default(name) => self.initial.get(name),
            Expression::Operation(Operation { operator, of }) => {
                if !self.fill_in_operator(operator)? {
                    *expression = Expression::Null;
                    return Ok(());
                }
                return of.iter_mut().try_for_each(|part| self.fill_in(part));
            }
            _ => None,
        };
        if let Some(held) = held {
            self.room.take_value(held)?;
            *expression = constant(held)?;
        }
        Ok(())
    }

    /// Whether it comes to anything: without a pattern, it is NULL.
    fn fill_in_operator(&self, operator: &mut Operator) -> Result<bool, Fault> {
        let first = |name: &Identifier| self.values.get(name)?.values().first();
        for it in operator.integers_mut() {
            if let IntegerRef::Variable(name) = it
                && let Some(found) = first(name).and_then(Scalar::as_integer)
            {
                *it = IntegerRef::Value(found);
            }
        }
        match operator {
            Operator::Equal { tolerance, .. } => {
                for it in tolerance {
                    if let FloatRef::Variable(name) = it
                        && let Some(found) = first(name).and_then(Scalar::as_float)
                    {
                        *it = FloatRef::Value(decimal(found).ok_or(Fault::TooLarge)?);
                    }
                }
            }
            Operator::PatternMatch { pattern } => {
                let named = referred(pattern).and_then(|name| self.values.get(&name));
                match named.map(Held::only).transpose()? {
                    Some(Some(Scalar::String(text))) => pattern.clone_from(text),
                    Some(Some(_)) => return Err(Fault::WrongType),
                    Some(None) => return Ok(false),
                    None => {}
                }
            }
            _ => {}
        }
        Ok(true)
    }
}

fn constant(held: &Held) -> Result<Expression, Fault> {
    let value = |scalar: &Scalar| literal(scalar).map(Expression::BaseValue);
    let all = || held.values().iter().map(value).collect::<Result<Vec<_>, _>>();
    Ok(match held {
        Held::Single(scalar) => value(scalar)?,
        Held::Multiple(_) => Expression::operation(Operator::Multiple, all()?),
        Held::Ordered(_) => Expression::operation(Operator::Ordered, all()?),
        Held::Null | Held::Record(_) => Expression::Null,
    })
}

/// One of the items that a template makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// What it was made with.
    pub seed: Seed,
    /// Its variables with their values, as they are printed.
    pub values: Vec<(Identifier, String)>,
    /// The item, if one came of it.
    pub item: Option<Item>,
    /// The right answer of each response, as it would be typed or as its choice says.
    pub answers: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<VariantProblem>,
}

/// What is wrong with a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantProblem {
    /// What; none for one that is the same as one before, which is no fault.
    pub code: Option<ProblemCode>,
    /// What the sentence names: `identifier`, `expected`.
    pub args: Args,
}

fn problem<const N: usize>(code: ProblemCode, pairs: [(&str, &dyn ToString); N]) -> VariantProblem {
    VariantProblem {
        code: Some(code),
        args: args(pairs),
    }
}

/// The variants that are looked at before an item is published, each with what
/// is wrong with it.
#[must_use]
pub fn variants(item: &Item) -> Vec<Variant> {
    let Some(template) = &item.template else {
        return Vec::new();
    };
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    for seed in 1..=LOOKED_AT {
        let seed = Seed(i64::from(seed));
        let mut variant = one(item, template, seed);
        let shown = variant
            .item
            .as_ref()
            .and_then(|item| serde_json::to_string(item).ok());
        if shown.is_some_and(|shown| !known.insert(shown)) {
            variant.problems.push(VariantProblem {
                code: None,
                args: Args::new(),
            });
        }
        all.push(variant);
    }
    all
}

fn one(item: &Item, template: &Template, seed: Seed) -> Variant {
    let mut variant = Variant {
        seed,
        values: Vec::new(),
        item: None,
        answers: Vec::new(),
        problems: Vec::new(),
    };
    match (make(item, template, seed.rng("variant")), item.variant(seed)) {
        (Ok(made), Ok(instance)) => {
            let mut room = Room::of_a_variant();
            for declared in &template.variables {
                let name = &declared.identifier;
                if made.values.get(name).is_none_or(Held::is_null) {
                    let named: [(&str, &dyn ToString); 1] = [("identifier", name)];
                    variant.problems.push(problem(ProblemCode::VariantNoValue, named));
                }
                let text = format!("{{{{{name}}}}}");
                match print(&text, &made.values, &item.language, &mut room) {
                    Ok(printed) => variant.values.push((name.clone(), printed)),
                    Err(fault) => {
                        let named: [(&str, &dyn ToString); 1] = [("expected", &fault)];
                        variant.problems.push(problem(ProblemCode::VariantNotMade, named));
                        return variant;
                    }
                }
            }
            variant.answers = instance
                .responses
                .iter()
                .map(|it| answer(&instance, it))
                .collect();
            variant.problems.extend(faults(&instance));
            variant.item = Some(instance);
        }
        (Err(fault), _) | (_, Err(fault)) => {
            variant
                .problems
                .push(problem(ProblemCode::VariantNotMade, [("expected", &fault)]));
        }
    }
    variant
}

/// The key of a response in words.
fn answer(item: &Item, declared: &ResponseDeclaration) -> String {
    let interaction = item
        .interactions()
        .find(|it| *it.response() == declared.identifier);
    let content = |name: &Identifier| {
        let choices = interaction.map(contents).unwrap_or_default();
        let found = choices.into_iter().find(|(known, _)| *known == name);
        found.map_or_else(|| name.to_string(), |(_, content)| content.to_owned())
    };
    match &declared.correct_response {
        None => String::new(),
        Some(Value::Identifiers(names)) => names.iter().map(content).collect::<Vec<_>>().join(", "),
        Some(Value::Order(names)) => {
            let names: Vec<_> = names.iter().flatten().map(content).collect();
            names.join(", ")
        }
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(quantity)) => number_entry::format(quantity, &item.language),
        Some(Value::DirectedPairs(pairs)) => {
            let pairs = pairs
                .iter()
                .map(|pair| format!("{} – {}", content(&pair.source), content(&pair.target)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        Some(Value::Pairs(pairs)) => {
            let pairs = pairs.iter().map(|pair| {
                let [one, other] = pair.ends();
                format!("{} – {}", content(one), content(other))
            });
            pairs.collect::<Vec<_>>().join(", ")
        }
        Some(Value::Points(points)) => {
            let places = points.iter().map(|point| format!("({}, {})", point.x, point.y));
            places.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Choices with what they say.
fn contents(interaction: &Interaction) -> Vec<(&Identifier, &str)> {
    match interaction {
        Interaction::Choice(it) => it
            .choices
            .iter()
            .map(|it| (&it.identifier, it.content.as_str()))
            .collect(),
        Interaction::InlineChoice(it) => it
            .choices
            .iter()
            .map(|it| (&it.identifier, it.content.as_str()))
            .collect(),
        Interaction::Order(it) => it
            .choices
            .iter()
            .map(|it| (&it.identifier, it.content.as_str()))
            .collect(),
        _ => Vec::new(),
    }
}

/// What is wrong with an item that a template made.
fn faults(item: &Item) -> Vec<VariantProblem> {
    let mut problems = Vec::new();
    for interaction in item.interactions() {
        let choices = contents(interaction);
        let said: BTreeSet<&str> = choices.iter().map(|(_, content)| content.trim()).collect();
        if said.len() < choices.len() {
            problems.push(problem(ProblemCode::VariantSameChoices, []));
        }
    }
    match right_choices(item) {
        Some(0) => problems.push(problem(ProblemCode::VariantNoRightAnswer, [])),
        Some(2..) => problems.push(problem(ProblemCode::VariantSeveralRightAnswers, [])),
        Some(1) | None => {}
    }
    let blocking = |problem: &Problem| !problem.code.is_warning();
    if let Some(found) = item.check().into_iter().find(blocking) {
        let is_key = found.code == ProblemCode::NoCorrectResponse;
        problems.push(if is_key {
            problem(ProblemCode::VariantNoRightAnswer, [])
        } else {
            problem(
                ProblemCode::VariantUnsound,
                [("expected", &format!("{}: {}", found.path, found.code))],
            )
        });
    }
    problems.dedup();
    problems
}

/// How many choices are right by themselves, where an item asks for one choice
/// and for nothing else.
fn right_choices(item: &Item) -> Option<usize> {
    let mut interactions = item.interactions();
    let (Some(Interaction::Choice(choice)), None) = (interactions.next(), interactions.next()) else {
        return None;
    };
    let declared = item.declaration(&choice.response)?;
    if declared.cardinality != Cardinality::Single {
        return None;
    }
    // The most that rules give is worked out once, and not for each choice.
    let rules = item.processing.as_ref();
    let rules = rules.map(|processing| (processing, max_by_rules(item, processing)));
    let is_right = |name: &Identifier| {
        let value = Value::Identifiers(vec![name.clone()]);
        let values = BTreeMap::from([(choice.response.clone(), value)]);
        let response = Response { values };
        let scored = match rules {
            Some((processing, max)) => score_within(item, processing, &response, max),
            None => score(item, &response),
        };
        scored.verdict == Verdict::Correct
    };
    let names = choice.choices.iter().map(|it| &it.identifier);
    Some(names.filter(|name| is_right(name)).count())
}
