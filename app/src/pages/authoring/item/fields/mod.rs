//! An item as the fields of its editor, and back.
//!
//! The editor writes items of one question, or of one text with gaps. What it reads it numbers anew:
//! choices are `C1`, `C2` …, whatever they were called before. Drafts may do
//! that, since a version in force never changes.

mod areas;
mod associate;
mod choice;
mod gap_match;
mod gaps;
mod graphic;
mod hottext;
mod matching;
mod numeric;
mod order;
mod place;
mod rubric;
mod slider;
#[cfg(test)]
mod tests;
mod text;
mod variables;

use std::collections::BTreeSet;

use domain::{
    assessment::{
        BaseType, Block, Cardinality, ChoiceFeedback, Comparison, Feedback, Identifier, Interaction, Item,
        ItemKind, OutcomeDeclaration, Points, Purpose, ResponseDeclaration, Scoring, Tag, Template, Value,
        Variables,
    },
    id::CompetencyId,
};
use service::{FieldErrors, assessment::item::Content};

pub(super) use place::field_at;

use crate::form::Form;

/// Names and values, in the order of the form.
type Fields = Vec<(String, String)>;

/// A question read from a form.
struct Question {
    interaction: Interaction,
    declaration: ResponseDeclaration,
    said: Vec<ChoiceFeedback>,
}

/// What an item asks, with its key: the part of an item that hangs on its kind.
struct Asked {
    block: Block,
    declarations: Vec<ResponseDeclaration>,
    said: Vec<ChoiceFeedback>,
}

impl From<Question> for Asked {
    fn from(question: Question) -> Self {
        Self {
            block: Block::Interaction(question.interaction),
            declarations: vec![question.declaration],
            said: question.said,
        }
    }
}

/// The fields that show an item; none for one that this editor could not write,
/// because it asks several questions or scores in another way.
pub(super) fn fill(content: &Content) -> Option<Form> {
    let item = &content.item;
    if item.processing.is_some() {
        return None;
    }
    let (prose, asked) = match item.body.as_slice() {
        [asked] => ("", asked),
        [Block::Prose(prose), asked] => (prose.as_str(), asked),
        _ => return None,
    };
    let (prompt, mut own) = match (asked, item.responses.as_slice()) {
        (Block::Interaction(it), [declared]) => (it.prompt(), fill_one(it, declared, &item.feedback)?),
        (Block::Passage(passage), declared) => (passage.prompt.as_str(), gaps::fill(passage, declared)?),
        _ => return None,
    };
    let kind = ItemKind::of(item)?;
    if item.template.is_some() {
        match Variables::of(item) {
            Some(all) => {
                // What is computed is not typed as well.
                own.retain(|(name, _)| all.key.is_none() || name != "answer");
                own.extend(variables::fill(&all));
            }
            None if variables::can_be_kept(kind) && is_named_as_here(item) => {
                own.push(pair("template", "kept"));
            }
            None => return None,
        }
    }
    let mut fields: Fields = vec![
        pair("kind", kind),
        pair("title", &item.title),
        pair("language", &item.language),
        pair("competency", content.competency),
        pair("purpose", content.purpose),
        pair("difficulty", content.difficulty),
        pair("tags", tags(&content.tags)),
        pair("prose", prose),
        pair("prompt", prompt),
    ];
    for (name, text) in SAID.into_iter().zip(said_of(&item.feedback)) {
        fields.push(pair(name, text.as_deref().unwrap_or_default()));
    }
    fields.extend(own);
    Some(Form::filled(fields))
}

/// Whether the response is called what this editor calls it: then the rules of a
/// template that stays as it is still mean it.
fn is_named_as_here(item: &Item) -> bool {
    let own = response();
    item.responses
        .iter()
        .all(|declared| Some(&declared.identifier) == own.as_ref())
}

fn fill_one(
    interaction: &Interaction,
    declared: &ResponseDeclaration,
    feedback: &Feedback,
) -> Option<Fields> {
    match interaction {
        Interaction::Choice(it) => choice::fill(it, declared, &feedback.choices),
        Interaction::TextEntry(it) => text::fill(it, declared),
        Interaction::NumericEntry(it) => numeric::fill(it, declared),
        Interaction::Order(it) => order::fill(it, declared),
        Interaction::Match(it) => matching::fill(it, declared),
        Interaction::Hottext(it) => hottext::fill(it, declared),
        Interaction::GapMatch(it) => gap_match::fill(it, declared),
        Interaction::Associate(it) => associate::fill(it, declared),
        Interaction::Slider(it) => slider::fill(it, declared),
        Interaction::ExtendedText(_) | Interaction::Upload(_) => rubric::fill(interaction, declared),
        Interaction::Hotspot(_)
        | Interaction::GraphicOrder(_)
        | Interaction::GraphicAssociate(_)
        | Interaction::GraphicGapMatch(_) => graphic::fill(interaction, declared),
        Interaction::SelectPoint(_) | Interaction::PositionObject(_) => areas::fill(interaction, declared),
        Interaction::InlineChoice(_) => None,
    }
}

/// The item that the fields say, with the template of the stored one where the
/// editor shows nothing of that.
pub(super) fn over(stored: &Item, form: &Form) -> Result<Content, FieldErrors> {
    let mut content = read(form)?;
    if variables::are_kept(form) {
        content.item.template.clone_from(&stored.template);
    }
    Ok(content)
}

/// The item that the fields say. It may be unfinished; what cannot be read at
/// all is said at its field.
pub(super) fn read(form: &Form) -> Result<Content, FieldErrors> {
    let mut errors = FieldErrors::default();
    let kind = form.parsed("kind").unwrap_or(ItemKind::SingleChoice);
    let competency: Option<CompetencyId> = form.parsed("competency");
    if competency.is_none() {
        errors.add("competency", "item-competency");
    }
    let asked = match kind {
        ItemKind::SingleChoice | ItemKind::MultipleChoice => {
            choice::read(form, kind, &mut errors).map(Asked::from)
        }
        ItemKind::Text => text::read(form, &mut errors).map(Asked::from),
        ItemKind::Numeric => numeric::read(form, &mut errors).map(Asked::from),
        ItemKind::Order => order::read(form, &mut errors).map(Asked::from),
        ItemKind::Match => matching::read(form, &mut errors).map(Asked::from),
        ItemKind::Gaps => gaps::read(form, &mut errors),
        ItemKind::Hottext => hottext::read(form, &mut errors).map(Asked::from),
        ItemKind::GapMatch => gap_match::read(form, &mut errors).map(Asked::from),
        ItemKind::Associate => associate::read(form, &mut errors).map(Asked::from),
        ItemKind::Slider => slider::read(form, &mut errors).map(Asked::from),
        ItemKind::ExtendedText | ItemKind::Upload => rubric::read(form, kind, &mut errors).map(Asked::from),
        ItemKind::Hotspot
        | ItemKind::GraphicOrder
        | ItemKind::GraphicAssociate
        | ItemKind::GraphicGapMatch => graphic::read(form, kind, &mut errors).map(Asked::from),
        ItemKind::SelectPoint | ItemKind::PositionObject => {
            areas::read(form, kind, &mut errors).map(Asked::from)
        }
    };
    let difficulty = number(form, "difficulty", 0.0, &mut errors);
    let interaction = asked.as_ref().and_then(|asked| match &asked.block {
        Block::Interaction(it) => Some(it),
        Block::Prose(_) | Block::Passage(_) => None,
    });
    let variables = variables::read(form, interaction, &mut errors);
    let template = response().and_then(|response| variables.template(&response));
    let tags = errors.take("tags", Tag::parse_all(form.text("tags")));
    match (competency, asked) {
        (Some(competency), Some(asked)) if errors.is_empty() => Ok(Content {
            competency,
            purpose: form.parsed("purpose").unwrap_or(Purpose::Practice),
            difficulty,
            tags: tags.unwrap_or_default(),
            item: item(form, asked, template),
        }),
        _ => Err(errors),
    }
}

fn item(form: &Form, asked: Asked, template: Option<Template>) -> Item {
    let prose = form.text("prose");
    let before = (!prose.trim().is_empty()).then(|| Block::Prose(lines(prose)));
    let [general, correct, partly, incorrect] = SAID.map(|name| {
        let text = form.text(name);
        (!text.trim().is_empty()).then(|| lines(text))
    });
    Item {
        title: form.text("title").trim().to_owned(),
        language: form.text("language").trim().to_owned(),
        body: before.into_iter().chain([asked.block]).collect(),
        responses: asked.declarations,
        outcomes: OutcomeDeclaration::standard(),
        processing: None,
        template,
        feedback: Feedback {
            general,
            correct,
            partly,
            incorrect,
            choices: asked.said,
            by_outcome: Vec::new(),
        },
    }
}

const SAID: [&str; 4] = ["said-general", "said-correct", "said-partly", "said-incorrect"];

fn said_of(feedback: &Feedback) -> [&Option<String>; 4] {
    [
        &feedback.general,
        &feedback.correct,
        &feedback.partly,
        &feedback.incorrect,
    ]
}

/// Tags as they are typed, with commas between them.
fn tags(tags: &BTreeSet<Tag>) -> String {
    tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(", ")
}

fn pair(name: impl Into<String>, value: impl ToString) -> (String, String) {
    (name.into(), value.to_string())
}

/// Browsers send texts with the line ends of another age.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// The only response of an item that this editor writes.
fn response() -> Option<Identifier> {
    "RESPONSE".parse().ok()
}

/// `C1`, `C2` … for the rows of a form, from 0.
fn numbered(letter: char, row: usize) -> Option<Identifier> {
    format!("{letter}{}", row + 1).parse().ok()
}

fn declaration(
    cardinality: Cardinality,
    base_type: BaseType,
    correct: Option<Value>,
    scoring: Scoring,
) -> Option<ResponseDeclaration> {
    Some(ResponseDeclaration {
        identifier: response()?,
        cardinality,
        base_type,
        correct_response: correct,
        comparison: Comparison::Exact,
        mapping: None,
        area_mapping: None,
        scoring,
    })
}

/// In how many pairs something may be that belongs in so many: as a rule in one.
fn most(uses: usize) -> Option<u16> {
    u16::try_from(uses).ok().filter(|uses| *uses > 1)
}

/// A number in a field; `otherwise` if it is empty.
fn number(form: &Form, name: &str, otherwise: f64, errors: &mut FieldErrors) -> f64 {
    let typed = form.text(name).trim().replace(',', ".");
    if typed.is_empty() {
        return otherwise;
    }
    typed.parse().unwrap_or_else(|_| {
        errors.add(name, "item-number");
        otherwise
    })
}

/// Points in a field; one if it is empty.
fn points(form: &Form, name: &str, errors: &mut FieldErrors) -> Points {
    let typed = number(form, name, 1.0, errors);
    serde_json::to_value(typed)
        .and_then(serde_json::from_value)
        .unwrap_or_else(|_| {
            errors.add(name, "item-points");
            Points::ONE
        })
}

/// A whole number in a field; none if it is empty.
fn whole<T: std::str::FromStr>(form: &Form, name: &str, errors: &mut FieldErrors) -> Option<T> {
    let typed = form.text(name).trim();
    if typed.is_empty() {
        return None;
    }
    let number = typed.parse().ok();
    if number.is_none() {
        errors.add(name, "item-whole-number");
    }
    number
}

/// All or nothing, or an equal share for each part, as the field `scoring` says.
fn scoring(form: &Form, errors: &mut FieldErrors) -> Scoring {
    let points = points(form, "points", errors);
    if form.text("scoring") == "all" {
        return Scoring::MatchCorrect { points };
    }
    let penalty = whole(form, "penalty", errors).unwrap_or(0);
    Scoring::PerOption { points, penalty }
}

fn fill_scoring(scoring: &Scoring) -> Option<Fields> {
    match scoring {
        Scoring::MatchCorrect { points } => Some(vec![pair("scoring", "all"), pair("points", points)]),
        Scoring::PerOption { points, penalty } => Some(vec![
            pair("scoring", "share"),
            pair("points", points),
            pair("penalty", penalty),
        ]),
        Scoring::MapResponse | Scoring::MapResponsePoint | Scoring::Rubric(_) | Scoring::ByRules => None,
    }
}

/// An item of that kind with nothing in it yet but room to write.
pub(super) fn blank(kind: ItemKind, form: &Form) -> Form {
    let given = form
        .iter()
        .filter(|(name, _)| *name != "do")
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let rows: &[(&str, &str)] = match kind {
        ItemKind::SingleChoice | ItemKind::MultipleChoice => &[("shuffle", "yes"), ("scoring", "all")],
        ItemKind::Text => &[("ignore-case", "yes")],
        ItemKind::Numeric => &[("tolerance", "exact"), ("unit", "none")],
        ItemKind::Order | ItemKind::Hotspot | ItemKind::GraphicOrder => &[("scoring", "all")],
        ItemKind::Match => &[("scoring", "share"), ("shuffle", "yes")],
        ItemKind::Gaps => &[("gap-0-is", ""), ("gap-1-is", "")],
        ItemKind::Hottext => &[("scoring", "share"), ("penalty", "100")],
        ItemKind::GapMatch | ItemKind::Associate | ItemKind::GraphicAssociate | ItemKind::GraphicGapMatch => {
            &[("scoring", "share")]
        }
        ItemKind::Slider => &[("lower", "0"), ("upper", "100"), ("step", "1")],
        ItemKind::ExtendedText => &[("lines", "8")],
        ItemKind::Upload => &[("accepts", "picture")],
        ItemKind::SelectPoint | ItemKind::PositionObject => &[("max-choices", "1")],
    };
    Form::filled(given.chain(rows.iter().map(|(name, value)| pair(*name, value))))
}
