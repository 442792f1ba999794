//! Rules that are not a sum over responses: an item keeps them as its own.

use super::{
    super::{
        extension::PRINTED_IN_PLACE,
        report::{ChangeCode, Refusal, RefusalCode},
        xml::Element,
    },
    Reader,
    declaration::{decimal, values},
    identifier,
    rules::{Kind, base_type, first, literal, rules},
};
use crate::{
    Seed,
    assessment::{
        BaseType, Cardinality, Expression, Feedback, Item, Literal, LookupRow, LookupTable,
        OutcomeDeclaration, OutcomeFeedback, Problem, ResponseAction, ResponseProcessing, Rule, Template,
        TemplateAction, TemplateDeclaration, check::Checker, limits, rules::check_processing,
        template::check_template,
    },
};

/// An item's own rules, and the outcomes that they set.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) processing: ResponseProcessing,
    pub(super) outcomes: Vec<OutcomeDeclaration>,
}

const RESPONSE: Kind<ResponseAction> = Kind {
    word: "response",
    action,
};

impl Own {
    /// Whether there are rules, and not only the name of some.
    pub(super) fn are_there(root: &Element) -> bool {
        root.first("response-processing")
            .is_some_and(|processing| processing.elements().next().is_some())
    }

    pub(super) fn read(root: &Element) -> Result<Self, Refusal> {
        let processing = root.first("response-processing").unwrap_or(root);
        let mut rules = rules(processing, 0, 0, &RESPONSE)?;
        // An exit at the end says nothing but that these are rules of its own.
        if rules.last() == Some(&Rule::Exit) {
            rules.pop();
        }
        let mut outcomes = Vec::new();
        for element in root.all("outcome-declaration") {
            outcomes.push(outcome(element)?);
            if outcomes.len() > limits::VARIABLES {
                return Err(element.refuse(RefusalCode::TooLarge));
            }
        }
        for standard in OutcomeDeclaration::standard() {
            if !outcomes.iter().any(|it| it.identifier == standard.identifier) {
                outcomes.push(standard);
            }
        }
        let processing = ResponseProcessing { rules };
        Ok(Self { processing, outcomes })
    }
}

/// Whether the rules of an item that was read are of the right types, and its
/// template makes items.
pub(super) fn hold(item: &Item, root: &Element) -> Result<(), Refusal> {
    let place = |name| root.first(name).unwrap_or(root);
    let refused = || place("template-processing").refuse(RefusalCode::UnsupportedTemplate);
    let Some(template) = &item.template else {
        return hold_rules(item, place("response-processing"));
    };
    let mut checker = Checker::default();
    check_template(&mut checker, item, template);
    // What else may be wrong with an item, its author can mend.
    let of_template = |problem: &Problem| problem.path.starts_with("template.");
    if checker.found().iter().any(of_template) {
        return Err(refused());
    }
    let is_made = item.variant(Seed(1)).map_err(|_| refused())?;
    hold_rules(&is_made, place("response-processing"))
}

fn hold_rules(item: &Item, place: &Element) -> Result<(), Refusal> {
    let mut checker = Checker::default();
    check_processing(&mut checker, item);
    if checker.found().is_empty() {
        return Ok(());
    }
    Err(place.refuse(RefusalCode::UnsupportedScoring))
}

/// How an item is made anew, if it is.
pub(super) fn template(root: &Element) -> Result<Option<Template>, Refusal> {
    let template = declared_template(root)?;
    // A text prints a template's variables and no others: not what was answered,
    // nor what it earned.
    let is_declared = |it: &Element| {
        let variables = template.iter().flat_map(|template| &template.variables);
        let name = it.attribute("identifier").unwrap_or_default();
        variables.into_iter().any(|it| it.identifier.as_str() == name)
    };
    let mut below = root.below().into_iter();
    match below.find(|it| it.name == "printed-variable" && !is_declared(it)) {
        Some(printed) => Err(printed.refuse(RefusalCode::UnsupportedTemplate)),
        None => Ok(template),
    }
}

fn declared_template(root: &Element) -> Result<Option<Template>, Refusal> {
    let Some(processing) = root.first("template-processing") else {
        return match root.first("template-declaration") {
            Some(declared) => Err(declared.refuse(RefusalCode::UnsupportedTemplate)),
            None => Ok(None),
        };
    };
    let mut variables = Vec::new();
    for it in root.all("template-declaration") {
        // Its name in a formula would be its value.
        if it.flag("math-variable", false) {
            return Err(it.refuse(RefusalCode::UnsupportedTemplate));
        }
        let base_type = base_type(it)?;
        let cardinality = Cardinality::named(it.attribute("cardinality").unwrap_or("single"));
        let default = it.first("default-value").map(values).unwrap_or_default();
        let default = default.iter().map(|text| literal(it, base_type, text));
        variables.push(TemplateDeclaration {
            identifier: identifier(it, "identifier")?,
            cardinality: cardinality.ok_or_else(|| it.refuse(RefusalCode::Invalid))?,
            base_type,
            default_value: default.collect::<Result<_, _>>()?,
        });
        if variables.len() > limits::VARIABLES {
            return Err(it.refuse(RefusalCode::TooLarge));
        }
    }
    let mut rules = rules(processing, 0, 0, &TEMPLATE)?;
    // Says only that variables are printed in place, as they are here.
    if rules.last() == Some(&Rule::Do(TemplateAction::TemplateConstraint(HOLDS))) {
        rules.pop();
    }
    Ok(Some(Template { variables, rules }))
}

/// What always holds.
const HOLDS: Expression = Expression::BaseValue(Literal::Boolean(true));

const TEMPLATE: Kind<TemplateAction> = Kind {
    word: "template",
    action: template_action,
};

fn template_action(it: &Element) -> Result<TemplateAction, Refusal> {
    let identifier = || identifier(it, "identifier");
    match it.name.as_str() {
        "set-template-value" => Ok(TemplateAction::SetTemplateValue {
            identifier: identifier()?,
            value: first(it)?,
        }),
        "set-correct-response" => Ok(TemplateAction::SetCorrectResponse {
            identifier: identifier()?,
            value: first(it)?,
        }),
        "set-default-value" => Ok(TemplateAction::SetDefaultValue {
            identifier: identifier()?,
            value: first(it)?,
        }),
        "template-constraint" if is_in_place(it) => Ok(TemplateAction::TemplateConstraint(HOLDS)),
        "template-constraint" => first(it).map(TemplateAction::TemplateConstraint),
        _ => Err(it.refuse(RefusalCode::UnsupportedTemplate)),
    }
}

fn is_in_place(constraint: &Element) -> bool {
    let operator = constraint.first("custom-operator");
    operator.is_some_and(|it| it.attribute("class") == Some(PRINTED_IN_PLACE))
}

/// Whether it can be known what all that is right earns, where the file does not
/// say: the rules are followed on the keys, so each response must have one.
pub(super) fn has_all_keys(item: &Item, root: &Element) -> bool {
    let mut responses = item.responses.iter();
    responses.all(|it| it.correct_response.is_some() || has_key_made(root, it.identifier.as_str()))
}

/// Whether a template gives a response its key.
pub(super) fn has_key_made(root: &Element, response: &str) -> bool {
    root.first("template-processing").is_some_and(|processing| {
        processing.holds(&|it: &Element| {
            it.name == "set-correct-response" && it.attribute("identifier") == Some(response)
        })
    })
}

fn action(it: &Element) -> Result<ResponseAction, Refusal> {
    let identifier = || identifier(it, "identifier");
    match it.name.as_str() {
        "set-outcome-value" => Ok(ResponseAction::SetOutcomeValue {
            identifier: identifier()?,
            value: first(it)?,
        }),
        "lookup-outcome-value" => Ok(ResponseAction::LookupOutcomeValue {
            identifier: identifier()?,
            value: first(it)?,
        }),
        _ => Err(it.refuse(RefusalCode::UnsupportedScoring)),
    }
}

fn outcome(it: &Element) -> Result<OutcomeDeclaration, Refusal> {
    // What somebody else scores, no rule here can.
    if it.attribute("external-scored").is_some_and(|by| by != "none") {
        return Err(it.refuse(RefusalCode::UnsupportedScoring));
    }
    let cardinality = Cardinality::named(it.attribute("cardinality").unwrap_or("single"));
    let base_type = base_type(it)?;
    let default = it.first("default-value").map(values).unwrap_or_default();
    let default = default.iter().map(|text| literal(it, base_type, text));
    let normal_maximum = match it.attribute("normal-maximum") {
        Some(text) => Some(decimal(text).ok_or_else(|| it.refuse(RefusalCode::Invalid))?),
        None => None,
    };
    Ok(OutcomeDeclaration {
        identifier: identifier(it, "identifier")?,
        cardinality: cardinality.ok_or_else(|| it.refuse(RefusalCode::Invalid))?,
        base_type,
        default_value: default.collect::<Result<_, _>>()?,
        normal_maximum,
        lookup_table: table(it, base_type)?,
    })
}

fn table(outcome: &Element, base: BaseType) -> Result<Option<LookupTable>, Refusal> {
    let (table, exact) = match (outcome.first("match-table"), outcome.first("interpolation-table")) {
        (Some(table), _) => (table, true),
        (None, Some(table)) => (table, false),
        (None, None) => return Ok(None),
    };
    let default = table.attribute("default-value");
    let default_value: Option<Literal> = default.map(|text| literal(table, base, text)).transpose()?;
    let mut rows = Vec::new();
    for row in table.elements() {
        let invalid = || row.refuse(RefusalCode::Invalid);
        let source = row.attribute("source-value").and_then(decimal);
        rows.push(LookupRow {
            source: source.ok_or_else(invalid)?,
            include_boundary: row.flag("include-boundary", true),
            target: literal(row, base, row.attribute("target-value").unwrap_or_default())?,
        });
    }
    Ok(Some(LookupTable {
        exact,
        default_value,
        rows,
    }))
}

impl Reader<'_> {
    /// The messages of an item with rules of its own: each when they say so.
    pub(super) fn feedback_by_outcome(&mut self, root: &Element, own: &Own) -> Result<Feedback, Refusal> {
        let mut feedback = Feedback::default();
        let said = root
            .below()
            .into_iter()
            .filter(|it| matches!(it.name.as_str(), "modal-feedback" | "feedback-inline"));
        for message in said {
            let markdown = self.blocks(&message.nodes)?;
            let outcome = identifier(message, "outcome-identifier");
            let name = identifier(message, "identifier");
            let (Ok(outcome), Ok(identifier), false) = (outcome, name, markdown.is_empty()) else {
                self.note(ChangeCode::FeedbackDropped, message);
                continue;
            };
            let is_set = own.outcomes.iter().any(|it| it.identifier == outcome);
            let is_always = !is_set && message.attribute("show-hide") == Some("hide");
            if is_set {
                feedback.by_outcome.push(OutcomeFeedback {
                    outcome,
                    identifier,
                    hide: message.attribute("show-hide") == Some("hide"),
                    markdown,
                });
            } else if is_always && feedback.general.is_none() {
                feedback.general = Some(markdown);
            } else {
                self.note(ChangeCode::FeedbackDropped, message);
            }
        }
        if feedback.by_outcome.len() > limits::VARIABLES {
            return Err(root.refuse(RefusalCode::TooLarge));
        }
        Ok(feedback)
    }
}
