//! An item as the fields of its editor, and back.
//!
//! The editor writes items of one question, or of one text with gaps. What it reads it numbers anew:
//! choices are `C1`, `C2` …, whatever they were called before. Drafts may do
//! that, since a version in force never changes.

mod choice;
mod gap_match;
mod gaps;
mod hottext;
mod matching;
mod numeric;
mod order;
mod place;
mod rubric;
mod text;

use domain::{
    assessment::{
        BaseType, Block, Cardinality, ChoiceFeedback, Comparison, Feedback, Identifier, Interaction, Item,
        ItemKind, OutcomeDeclaration, Points, Purpose, ResponseDeclaration, Scoring, Value,
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
    let (prose, asked) = match item.body.as_slice() {
        [asked] => ("", asked),
        [Block::Prose(prose), asked] => (prose.as_str(), asked),
        _ => return None,
    };
    let (prompt, own) = match (asked, item.responses.as_slice()) {
        (Block::Interaction(it), [declared]) => (it.prompt(), fill_one(it, declared, &item.feedback)?),
        (Block::Passage(passage), declared) => (passage.prompt.as_str(), gaps::fill(passage, declared)?),
        _ => return None,
    };
    let kind = ItemKind::of(item)?;
    let mut fields: Fields = vec![
        pair("kind", kind),
        pair("title", &item.title),
        pair("language", &item.language),
        pair("competency", content.competency),
        pair("purpose", content.purpose),
        pair("difficulty", content.difficulty),
        pair("prose", prose),
        pair("prompt", prompt),
    ];
    for (name, text) in SAID.into_iter().zip(said_of(&item.feedback)) {
        fields.push(pair(name, text.as_deref().unwrap_or_default()));
    }
    fields.extend(own);
    Some(Form::filled(fields))
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
        Interaction::ExtendedText(it) => rubric::fill(it, declared),
        Interaction::InlineChoice(_) => None,
    }
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
        ItemKind::ExtendedText => rubric::read(form, &mut errors).map(Asked::from),
    };
    let difficulty = number(form, "difficulty", 0.0, &mut errors);
    match (competency, asked) {
        (Some(competency), Some(asked)) if errors.is_empty() => Ok(Content {
            competency,
            purpose: form.parsed("purpose").unwrap_or(Purpose::Practice),
            difficulty,
            item: item(form, asked),
        }),
        _ => Err(errors),
    }
}

fn item(form: &Form, asked: Asked) -> Item {
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
        feedback: Feedback {
            general,
            correct,
            partly,
            incorrect,
            choices: asked.said,
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
        scoring,
    })
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
        Scoring::MapResponse | Scoring::Rubric(_) => None,
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
        ItemKind::Order => &[("scoring", "all")],
        ItemKind::Match => &[("scoring", "share"), ("shuffle", "yes")],
        ItemKind::Gaps => &[("gap-0-is", ""), ("gap-1-is", "")],
        ItemKind::Hottext => &[("scoring", "share"), ("penalty", "100")],
        ItemKind::GapMatch => &[("scoring", "share")],
        ItemKind::ExtendedText => &[("lines", "8")],
    };
    Form::filled(given.chain(rows.iter().map(|(name, value)| pair(*name, value))))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn content(interaction: Json, declaration: Json) -> Content {
        let (mut asked, mut declared) = (
            json!({ "response": "RESPONSE", "prompt": "What is it?" }),
            json!({ "identifier": "RESPONSE" }),
        );
        for (whole, more) in [(&mut asked, interaction), (&mut declared, declaration)] {
            whole
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
        }
        let item = json!({
            "title": "T", "language": "en",
            "body": [{ "prose": "Read." }, { "interaction": asked }],
            "responses": [declared],
            "feedback": { "general": "Because." },
        });
        Content {
            competency: CompetencyId(uuid::Uuid::nil()),
            purpose: Purpose::Assessment,
            difficulty: -0.5,
            item: serde_json::from_value(item).unwrap(),
        }
    }

    fn named(names: &[&str]) -> Json {
        names
            .iter()
            .map(|name| json!({ "identifier": name, "content": name.to_lowercase() }))
            .collect()
    }

    fn gaps() -> Content {
        let gap = |kind: &str, name: &str, more: Json| {
            let mut gap = json!({ "kind": kind, "response": name });
            gap.as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            json!({ "part": gap })
        };
        let mut content = content(
            json!({ "kind": "textEntry" }),
            json!({ "cardinality": "single", "baseType": "string", "scoring": { "rule": "mapResponse" } }),
        );
        let item = &mut content.item;
        item.body[1] = serde_json::from_value(json!({ "passage": { "prompt": "Fill in.", "text": [
            [{ "text": "The " }, gap("inlineChoice", "RESPONSE1", json!({ "choices": named(&["C1", "C2"]) }))],
            [
                gap("textEntry", "RESPONSE2", json!({})),
                { "text": " and " },
                gap("numericEntry", "RESPONSE3", json!({ "unit": { "shown": "kg" } })),
            ],
        ] } }))
        .unwrap();
        let all = |points: f64| json!({ "rule": "matchCorrect", "points": points });
        item.responses = serde_json::from_value(json!([
            {
                "identifier": "RESPONSE1", "cardinality": "single", "baseType": "identifier",
                "correctResponse": { "identifiers": ["C1"] }, "scoring": all(1.0),
            },
            {
                "identifier": "RESPONSE2", "cardinality": "single", "baseType": "string",
                "correctResponse": { "text": "colour" },
                "comparison": { "text": { "variants": ["color"] } }, "scoring": all(0.5),
            },
            {
                "identifier": "RESPONSE3", "cardinality": "single", "baseType": "float",
                "correctResponse": { "number": { "number": "2.5" } },
                "comparison": { "number": { "tolerance": { "absolute": "0.1" } } }, "scoring": all(2.0),
            },
        ]))
        .unwrap();
        content
    }

    #[test]
    fn a_gap_stands_in_the_text_once_and_has_a_row() {
        let stored = fill(&gaps()).unwrap();
        let told = |passage: &str| {
            let fields = stored.iter().filter(|(name, _)| *name != "passage");
            let fields = fields.chain([("passage", passage)]);
            let errors = read(&Form::filled(fields)).err().unwrap_or_default();
            errors
                .iter()
                .map(|error| (error.field.clone(), error.code.clone()))
                .collect::<Vec<_>>()
        };
        let at = |field: &str, code: &str| (field.to_owned(), code.to_owned());
        assert_eq!(told("[[3]] [[2]] [[1]]"), []);
        assert_eq!(told("[[1]] [[2]]"), [at("gap-2-answer", "item-gap-unused")]);
        assert_eq!(told("[[1]] [[2]] [[3]] [[3]]"), [at("passage", "item-gap-twice")]);
        assert_eq!(
            told("[[1]] [[2]] [[3]] [[4]]"),
            [at("passage", "item-gap-unknown")]
        );
    }

    fn every_kind() -> Vec<Content> {
        let level = |name: &str, points: u8| json!({ "identifier": name, "title": "t", "descriptor": "d", "points": points });
        vec![
            content(
                json!({ "kind": "choice", "choices": named(&["C1", "C2", "C3"]) }),
                json!({
                    "cardinality": "single", "baseType": "identifier",
                    "correctResponse": { "identifiers": ["C2"] },
                    "scoring": { "rule": "matchCorrect", "points": 1 },
                }),
            ),
            content(
                json!({ "kind": "choice", "choices": named(&["C1", "C2", "C3"]), "shuffle": false, "maxChoices": 2 }),
                json!({
                    "cardinality": "multiple", "baseType": "identifier",
                    "correctResponse": { "identifiers": ["C1", "C3"] },
                    "scoring": { "rule": "perOption", "points": 1.5, "penalty": 50 },
                }),
            ),
            content(
                json!({ "kind": "textEntry", "expectedLength": 12 }),
                json!({
                    "cardinality": "single", "baseType": "string",
                    "correctResponse": { "text": "colour" },
                    "comparison": { "text": { "variants": ["color", "hue"], "ignoreAccents": true } },
                    "scoring": { "rule": "matchCorrect", "points": 1 },
                }),
            ),
            content(
                json!({ "kind": "numericEntry", "unit": "typed" }),
                json!({
                    "cardinality": "single", "baseType": "float",
                    "correctResponse": { "number": { "number": "12.50", "unit": "m" } },
                    "comparison": { "number": {
                        "tolerance": { "percent": "2.5" }, "units": [{ "symbol": "km", "factor": "1000" }],
                    } },
                    "scoring": { "rule": "matchCorrect", "points": 2 },
                }),
            ),
            content(
                json!({ "kind": "order", "choices": named(&["C1", "C2", "C3"]) }),
                json!({
                    "cardinality": "ordered", "baseType": "identifier",
                    "correctResponse": { "order": ["C1", "C2", "C3"] },
                    "scoring": { "rule": "matchCorrect", "points": 1 },
                }),
            ),
            content(
                json!({ "kind": "match", "sources": named(&["S1", "S2"]), "targets": named(&["T1", "T2", "T3"]) }),
                json!({
                    "cardinality": "multiple", "baseType": "directedPair",
                    "correctResponse": { "directedPairs": [["S1", "T1"], ["S2", "T2"]] },
                    "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
                }),
            ),
            content(
                json!({ "kind": "extendedText", "expectedLines": 9, "expectedWords": 150 }),
                json!({
                    "cardinality": "single", "baseType": "string",
                    "scoring": { "rule": "rubric", "criteria": [
                        { "identifier": "K1", "title": "Argument", "levels": [level("L1", 0), level("L2", 4)] },
                    ]},
                }),
            ),
            gaps(),
            content(
                json!({ "kind": "hottext", "maxChoices": 2, "text": [
                    [{ "text": "It is " }, { "part": { "identifier": "W1", "content": "blue" } }],
                    [{ "part": { "identifier": "W2", "content": "big" } }, { "text": "." }],
                ] }),
                json!({
                    "cardinality": "multiple", "baseType": "identifier",
                    "correctResponse": { "identifiers": ["W2"] },
                    "scoring": { "rule": "perOption", "points": 1, "penalty": 100 },
                }),
            ),
            content(
                json!({
                    "kind": "gapMatch",
                    "gapTexts": [
                        { "identifier": "T1", "content": "in", "matchMax": 2 },
                        { "identifier": "T2", "content": "out" },
                        { "identifier": "T3", "content": "over" },
                    ],
                    "text": [[
                        { "part": { "identifier": "G1" } }, { "text": " and " },
                        { "part": { "identifier": "G2" } }, { "text": " and " },
                        { "part": { "identifier": "G3" } },
                    ]],
                }),
                json!({
                    "cardinality": "multiple", "baseType": "directedPair",
                    "correctResponse": { "directedPairs": [["T1", "G1"], ["T2", "G2"], ["T1", "G3"]] },
                    "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
                }),
            ),
        ]
    }

    #[test]
    fn every_kind_goes_through_the_form_unchanged() {
        for content in every_kind() {
            let form = fill(&content).unwrap();
            assert_eq!(read(&form).unwrap(), content);
        }
    }

    #[test]
    fn what_the_form_cannot_say_is_not_filled_in() {
        let mapped = content(
            json!({ "kind": "choice", "choices": named(&["C1", "C2"]) }),
            json!({
                "cardinality": "multiple", "baseType": "identifier",
                "mapping": { "entries": [{ "key": "C1", "value": 2 }] },
                "scoring": { "rule": "mapResponse" },
            }),
        );
        assert!(fill(&mapped).is_none());
        let mut several = every_kind().remove(0);
        several.item.body.push(several.item.body[1].clone());
        assert!(fill(&several).is_none());
    }

    #[test]
    fn a_form_with_nothing_in_it_is_an_unfinished_draft() {
        for kind in ItemKind::ALL {
            let given = Form::filled([
                ("kind", kind.as_str()),
                ("competency", "00000000-0000-0000-0000-000000000000"),
                ("language", "en"),
            ]);
            let content = read(&blank(*kind, &given)).unwrap();
            assert_eq!(ItemKind::of(&content.item), Some(*kind));
            assert!(!content.item.check().is_empty(), "{kind}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_at_its_field() {
        let mut fields: Vec<(String, String)> = fill(&every_kind()[3])
            .unwrap()
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        for (name, value) in &mut fields {
            if ["answer", "points", "tolerance-by", "unit-0-factor", "competency"].contains(&name.as_str()) {
                "x".clone_into(value);
            }
        }
        let errors = read(&Form::filled(fields)).unwrap_err();
        let found: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        for name in ["competency", "answer", "tolerance-by", "unit-0-factor", "points"] {
            assert!(found.contains(&name), "{name} not in {found:?}");
        }
    }
}
