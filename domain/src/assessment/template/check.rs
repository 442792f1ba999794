//! What keeps a template from making items.

use std::collections::BTreeMap;

use super::{Piece, Template, TemplateAction, pieces, variants};
use crate::{
    Seed,
    assessment::{
        BaseType, Cardinality, Identifier, Item, ProblemCode,
        check::Checker,
        code::args,
        expression::{Declared, Types},
        limits,
        rules::{Visit, each},
    },
};

/// Checks declarations, rules and texts, and then what comes of twenty seeds.
pub(in crate::assessment) fn check(checker: &mut Checker, item: &Item, template: &Template) {
    let before = checker.count_so_far();
    declarations(checker, item, template);
    let mut declared = BTreeMap::new();
    for it in &template.variables {
        declared.insert(it.identifier.clone(), of(it.cardinality, it.base_type, false));
    }
    for it in &item.responses {
        declared.insert(it.identifier.clone(), of(it.cardinality, it.base_type, true));
    }
    let mut types = Types::new(declared, true);
    each(
        &template.rules,
        "template.rules",
        0,
        &mut types,
        checker,
        &mut Actions { item, template },
    );
    texts(checker, item, template);
    if checker.count_so_far() > before {
        return;
    }
    // What is wrong with one is said at its place, and of the others what it does
    // not say.
    if let Ok(instance) = item.variant(Seed(1)) {
        let found = instance.check();
        let blocks = found.iter().any(|problem| !problem.code.is_warning());
        checker.extend(found);
        if blocks {
            return;
        }
    }
    let mut said = Vec::new();
    for problem in variants(item).into_iter().flat_map(|variant| variant.problems) {
        let Some(code) = problem.code else { continue };
        if !said.contains(&(code, problem.args.clone())) {
            said.push((code, problem.args.clone()));
            checker.add_with("template", code, problem.args);
        }
    }
}

const fn of(cardinality: Cardinality, base_type: BaseType, is_response: bool) -> Declared {
    Declared {
        cardinality,
        base_type,
        is_response,
        has_mapping: false,
        has_areas: false,
    }
}

fn declarations(checker: &mut Checker, item: &Item, template: &Template) {
    checker.count(
        "template.variables",
        template.variables.len(),
        1,
        limits::VARIABLES,
    );
    let at = |index: usize| format!("template.variables[{index}].identifier");
    let variables = template.variables.iter().enumerate();
    let variables = variables.map(|(index, it)| (at(index), &it.identifier));
    let responses = item
        .responses
        .iter()
        .map(|it| ("responses".to_owned(), &it.identifier));
    let outcomes = item
        .outcomes
        .iter()
        .map(|it| ("outcomes".to_owned(), &it.identifier));
    checker.distinct(responses.chain(outcomes).chain(variables));
    for (index, it) in template.variables.iter().enumerate() {
        let path = format!("template.variables[{index}].defaultValue");
        let suits =
            |base| base == it.base_type || (base, it.base_type) == (BaseType::Integer, BaseType::Float);
        if !it.default_value.iter().all(|literal| suits(literal.base_type())) {
            let expected = it.base_type.as_str();
            checker.add_with(&path, ProblemCode::WrongOperand, args([("expected", &expected)]));
        }
        checker.count(&path, it.default_value.len(), 0, limits::VARIABLES);
    }
}

/// Each variable that a text prints must be there.
fn texts(checker: &mut Checker, item: &Item, template: &Template) {
    for (path, part) in [
        ("body", serde_json::to_value(&item.body)),
        ("feedback", serde_json::to_value(&item.feedback)),
    ] {
        let mut printed = Vec::new();
        if let Ok(json) = part {
            named(&json, &mut printed);
        }
        for name in printed {
            if !template.variables.iter().any(|it| it.identifier == name) {
                checker.unknown(path, &name);
            }
        }
    }
}

fn named(json: &serde_json::Value, names: &mut Vec<Identifier>) {
    match json {
        serde_json::Value::String(text) => {
            for piece in pieces(text) {
                if let Piece::Variable(name, _) = piece
                    && !names.contains(&name)
                {
                    names.push(name);
                }
            }
        }
        serde_json::Value::Array(parts) => parts.iter().for_each(|part| named(part, names)),
        serde_json::Value::Object(fields) => fields.values().for_each(|part| named(part, names)),
        _ => {}
    }
}

struct Actions<'d> {
    item: &'d Item,
    template: &'d Template,
}

impl Visit<TemplateAction> for Actions<'_> {
    fn visit(&mut self, types: &mut Types, checker: &mut Checker, path: &str, action: &TemplateAction) {
        let (kind, name, value, target) = match action {
            TemplateAction::TemplateConstraint(condition) => {
                types.wants_truth(checker, &format!("{path}.templateConstraint"), condition);
                return;
            }
            TemplateAction::SetTemplateValue { identifier, value } => {
                let found = self
                    .template
                    .variables
                    .iter()
                    .find(|it| it.identifier == *identifier);
                let target = found.map(|it| (it.cardinality, it.base_type));
                ("setTemplateValue", identifier, value, target)
            }
            TemplateAction::SetCorrectResponse { identifier, value } => {
                let found = self.item.declaration(identifier);
                let target = found.map(|it| (it.cardinality, it.base_type));
                ("setCorrectResponse", identifier, value, target)
            }
            TemplateAction::SetDefaultValue { identifier, value } => {
                let found = self.item.outcomes.iter().find(|it| it.identifier == *identifier);
                let target = found.map(|it| (it.cardinality, it.base_type));
                ("setDefaultValue", identifier, value, target)
            }
        };
        let path = format!("{path}.{kind}");
        match target {
            Some((cardinality, base)) => {
                types.wants(checker, &format!("{path}.value"), value, cardinality, base);
            }
            None => checker.unknown(&path, name),
        }
    }
}
