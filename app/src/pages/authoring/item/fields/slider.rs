//! A number on a scale.

use domain::assessment::{
    BaseType, Cardinality, Comparison, Decimal, Interaction, NumberRules, Quantity, ResponseDeclaration,
    Scoring, SliderInteraction, Value,
};
use service::FieldErrors;

use super::{
    Fields, Question, declaration, lines,
    numeric::{decimal, fill_tolerance, rules_of, tolerance},
    pair, points, response,
};
use crate::form::Form;

pub(super) fn fill(it: &SliderInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    let Scoring::MatchCorrect { points } = &declared.scoring else {
        return None;
    };
    let rules = rules_of(&declared.comparison)?;
    let mut fields = vec![
        pair("points", points),
        pair("lower", &it.lower_bound),
        pair("upper", &it.upper_bound),
        pair("step", &it.step),
    ];
    match &declared.correct_response {
        Some(Value::Number(right)) => fields.push(pair("answer", &right.number)),
        None => {}
        Some(_) => return None,
    }
    fields.extend(fill_tolerance(&rules.tolerance));
    rules.units.is_empty().then_some(fields)
}

pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> Option<Question> {
    let mut bound = |name: &str, otherwise: &str| -> Option<Decimal> {
        decimal(form, name, errors).or_else(|| otherwise.parse().ok())
    };
    let (lower_bound, upper_bound, step) =
        (bound("lower", "0")?, bound("upper", "100")?, bound("step", "1")?);
    let correct =
        decimal(form, "answer", errors).map(|number| Value::Number(Quantity { number, unit: None }));
    let rules = NumberRules {
        tolerance: tolerance(form, errors),
        units: Vec::new(),
    };
    let points = points(form, "points", errors);
    let mut declaration = declaration(
        Cardinality::Single,
        BaseType::Float,
        correct,
        Scoring::MatchCorrect { points },
    )?;
    declaration.comparison = Comparison::Number(rules);
    Some(Question {
        interaction: Interaction::Slider(SliderInteraction {
            response: response()?,
            prompt: lines(form.text("prompt")),
            lower_bound,
            upper_bound,
            step,
        }),
        declaration,
        said: Vec::new(),
    })
}
