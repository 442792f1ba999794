//! A template read as variables.

use super::{NumberRange, VariableSource, Variables, whole};
use crate::assessment::{
    BaseType, Branch, Cardinality, Condition, Decimal, Expression, Item, Literal, Operation, Operator, Rule,
    expression::MAX_RULE_DEPTH,
    template::{
        Formula, Template, TemplateAction, TemplateDeclaration, TemplateRule, VariableTypes,
        formula::{Choice, Tree, is_variable_name},
    },
};

/// None if the template says something that variables don't, so that nothing of it
/// is lost.
pub(super) fn read(item: &Item, template: &Template) -> Option<Variables> {
    let mut read = Variables::default();
    let mut known = VariableTypes::new();
    for rule in &template.rules {
        match action(rule)? {
            TemplateAction::SetTemplateValue { identifier, .. } => {
                let declared = template
                    .variables
                    .iter()
                    .find(|it| it.identifier == *identifier)?;
                let is_new = !known.contains_key(identifier);
                if !is_new || !is_plain(declared) {
                    return None;
                }
                let value = |action: &TemplateAction| match action {
                    TemplateAction::SetTemplateValue {
                        identifier: set,
                        value,
                    } if set == identifier => Some(value.clone()),
                    _ => None,
                };
                let tree = tree(rule, &value, 0)?;
                let source = source(tree, declared.base_type, &known)?;
                known.insert(identifier.clone(), source.base_type());
                read.variables.push((identifier.clone(), source));
            }
            TemplateAction::TemplateConstraint(_) => {
                let condition = |action: &TemplateAction| match action {
                    TemplateAction::TemplateConstraint(condition) => Some(condition.clone()),
                    _ => None,
                };
                let formula = Formula::of(tree(rule, &condition, 0)?, &known)?;
                read.constraints.push(formula.wanted(BaseType::Boolean).ok()?);
            }
            TemplateAction::SetCorrectResponse { identifier, .. } => {
                let [declared] = item.responses.as_slice() else {
                    return None;
                };
                let wanted = Variables::key_type(item.interactions().next()?)?;
                if read.key.is_some() || declared.identifier != *identifier {
                    return None;
                }
                let value = |action: &TemplateAction| match action {
                    TemplateAction::SetCorrectResponse {
                        identifier: set,
                        value,
                    } if set == identifier => Some(value.clone()),
                    _ => None,
                };
                let formula = Formula::of(tree(rule, &value, 0)?, &known)?;
                read.key = Some(formula.wanted(wanted).ok()?);
            }
            TemplateAction::SetDefaultValue { .. } => return None,
        }
    }
    let is_set = |declared: &TemplateDeclaration| known.contains_key(&declared.identifier);
    template.variables.iter().all(is_set).then_some(read)
}

fn is_plain(declared: &TemplateDeclaration) -> bool {
    declared.cardinality == Cardinality::Single
        && declared.default_value.is_empty()
        && is_variable_name(declared.identifier.as_str())
}

/// The first thing that a rule does; all others must be of its kind.
pub(super) fn action(rule: &TemplateRule) -> Option<&TemplateAction> {
    match rule {
        Rule::Do(action) => Some(action),
        Rule::Condition(condition) => action(condition.branches.first()?.then.first()?),
        Rule::Fragment(_) | Rule::Exit => None,
    }
}

/// What a rule gives, if it gives one thing whatever holds.
fn tree(
    rule: &TemplateRule,
    value: &impl Fn(&TemplateAction) -> Option<Expression>,
    depth: usize,
) -> Option<Tree> {
    match rule {
        Rule::Do(action) => value(action).map(Tree::Value),
        Rule::Condition(Condition { branches, otherwise }) if depth <= MAX_RULE_DEPTH => {
            let [last] = otherwise.as_slice() else {
                return None;
            };
            let mut found = tree(last, value, depth + 1)?;
            // An `if` there would come out as one more branch of this one.
            if matches!(found, Tree::If(_)) {
                return None;
            }
            for Branch { when, then } in branches.iter().rev() {
                let [then] = then.as_slice() else {
                    return None;
                };
                found = Tree::If(Box::new(Choice {
                    when: when.clone(),
                    then: tree(then, value, depth + 1)?,
                    otherwise: found,
                }));
            }
            Some(found)
        }
        Rule::Condition(_) | Rule::Fragment(_) | Rule::Exit => None,
    }
}

fn source(tree: Tree, base: BaseType, known: &VariableTypes) -> Option<VariableSource> {
    if let Tree::Value(value) = &tree {
        if let Some(range) = NumberRange::of(value, base) {
            return Some(VariableSource::Range(range));
        }
        if let Some(list) = list(value) {
            return (list.base_type() == base).then_some(list);
        }
    }
    let formula = Formula::of(tree, known)?;
    match (formula.base_type(), base) {
        (own, wanted) if own == wanted => Some(VariableSource::Formula(formula)),
        // A whole number in a variable for any number.
        (BaseType::Integer, BaseType::Float) => {
            let tree = as_float(formula.tree(), known);
            Formula::of(tree, known).map(VariableSource::Formula)
        }
        _ => None,
    }
}

fn as_float(tree: &Tree, known: &VariableTypes) -> Tree {
    match tree {
        Tree::Value(value) => {
            let is_whole =
                Formula::of(tree.clone(), known).is_some_and(|it| it.base_type() == BaseType::Integer);
            if is_whole {
                Tree::Value(Expression::operation(
                    Operator::IntegerToFloat,
                    vec![value.clone()],
                ))
            } else {
                tree.clone()
            }
        }
        Tree::If(choice) => Tree::If(Box::new(Choice {
            when: choice.when.clone(),
            then: as_float(&choice.then, known),
            otherwise: as_float(&choice.otherwise, known),
        })),
    }
}

/// One of several values, by chance, all of one type.
fn list(expression: &Expression) -> Option<VariableSource> {
    let Expression::Operation(Operation {
        operator: Operator::Random,
        of,
    }) = expression
    else {
        return None;
    };
    let [
        Expression::Operation(Operation {
            operator: Operator::Multiple | Operator::Ordered,
            of,
        }),
    ] = of.as_slice()
    else {
        return None;
    };
    let literals = of.iter().map(|value| match value {
        Expression::BaseValue(literal) => Some(literal),
        _ => None,
    });
    let literals: Vec<&Literal> = literals.collect::<Option<_>>()?;
    let texts = literals.iter().map(|literal| match literal {
        Literal::String(text) if is_line(text) => Some(text.clone()),
        _ => None,
    });
    let numbers = literals.iter().map(|literal| match literal {
        Literal::Integer(number) => number.to_string().parse().ok(),
        Literal::Float(number) => Some(number.clone()),
        _ => None,
    });
    let is_sized = (1..=VariableSource::MAX_VALUES).contains(&literals.len());
    let list = match (texts.collect::<Option<_>>(), numbers.collect::<Option<Vec<_>>>()) {
        (Some(texts), _) => VariableSource::Texts(texts),
        (None, Some(numbers)) if is_of_one_type(&literals, &numbers) => VariableSource::Numbers(numbers),
        (None, _) => return None,
    };
    is_sized.then_some(list)
}

/// Whether a text can be a line of its own.
fn is_line(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(char::is_control)
}

/// Whether these numbers come out as literals of the type that they had.
fn is_of_one_type(literals: &[&Literal], numbers: &[Decimal]) -> bool {
    let base = if numbers.iter().all(|number| whole(number).is_some()) {
        BaseType::Integer
    } else {
        BaseType::Float
    };
    literals.iter().all(|literal| literal.base_type() == base)
}
