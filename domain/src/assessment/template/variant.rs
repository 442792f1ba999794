//! Making an item anew.

use std::collections::BTreeMap;

use rand_chacha::ChaCha20Rng;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

use super::{
    Template, TemplateAction,
    fill::{Filler, each_expression, literal},
    look::{LOOKED_AT, is_sound},
    print::{decimal, print},
    room::Room,
};
use crate::{
    Seed,
    assessment::{
        BaseType, Cardinality, Fault, Identifier, Item, Literal, Quantity, ResponseDeclaration, Value,
        expression::{Held, Machine, Scalar, Scope, Variable},
        rules::{Flow, Perform, run},
    },
};

/// How often a template begins anew until its constraints are met.
const TRIES: usize = 200;
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
        match &self.template {
            Some(template) if !is_sound(self, template, seed) => {}
            _ => return seed,
        }
        Seed(1 + seed.0.rem_euclid(i64::from(LOOKED_AT)))
    }

    /// The variant for a learner, to be looked at only.
    pub fn variant_for(&self, seed: Seed) -> Result<Self, Fault> {
        self.variant(self.seed_for(seed))
    }
}

/// What a template comes to.
pub(super) struct Made {
    pub(super) values: BTreeMap<Identifier, Held>,
    keys: BTreeMap<Identifier, Held>,
    defaults: BTreeMap<Identifier, Held>,
}

struct Maker<'d> {
    item: &'d Item,
    machine: Machine<'d>,
    keys: BTreeMap<Identifier, Held>,
    defaults: BTreeMap<Identifier, Held>,
}

pub(super) fn make(item: &Item, template: &Template, chance: ChaCha20Rng) -> Result<Made, Fault> {
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
