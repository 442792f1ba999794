//! Items of every kind, for tests. Their identifiers tell as much as an
//! author's careless ones would.

mod graphic;

use serde_json::{Value as Json, json};

use super::{BaseType, Item};

pub(super) use graphic::{
    graphic_associate, graphic_gap_match, graphic_order, hotspot, position_object, select_point,
};

fn item(body: &Json, responses: &Json) -> Item {
    serde_json::from_value(json!({
        "title": "TITLE-SECRET", "language": "en", "body": body, "responses": responses,
        "feedback": {
            "general": "GENERAL-SECRET", "correct": "CORRECT-SECRET",
            "partly": "PARTLY-SECRET", "incorrect": "INCORRECT-SECRET",
        },
    }))
    .unwrap()
}

fn choices(names: &[&str]) -> Json {
    let numbered = names.iter().enumerate();
    numbered
        .map(|(number, name)| json!({ "identifier": name, "content": format!("Says {number}") }))
        .collect()
}

fn one(kind: &str, more: &Json, response: &Json) -> Item {
    let mut interaction = json!({ "kind": kind, "response": "KEY_VAR", "prompt": "What is it?" });
    interaction
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let mut declaration = json!({ "identifier": "KEY_VAR" });
    declaration
        .as_object_mut()
        .unwrap()
        .extend(response.as_object().unwrap().clone());
    item(
        &json!([{ "prose": "Read this." }, { "interaction": interaction }]),
        &json!([declaration]),
    )
}

/// One of three.
pub(super) fn single() -> Item {
    let mut item = one(
        "choice",
        &json!({ "choices": choices(&["correct1", "wrong-a", "wrong-bb"]) }),
        &json!({
            "cardinality": "single", "baseType": "identifier",
            "correctResponse": { "identifiers": ["correct1"] },
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }),
    );
    item.feedback.choices = serde_json::from_value(json!([
        { "response": "KEY_VAR", "choice": "wrong-a", "markdown": "CHOICE-SECRET" },
    ]))
    .unwrap();
    item
}

/// Two of five, each worth half, a wrong one taking half away.
pub(super) fn multiple() -> Item {
    one(
        "choice",
        &json!({ "choices": choices(&["correct1", "correct-22", "wrong", "wrong-bb", "wrong-ccc"]) }),
        &json!({
            "cardinality": "multiple", "baseType": "identifier",
            "correctResponse": { "identifiers": ["correct1", "correct-22"] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 50 },
        }),
    )
}

/// A mapping with a bound and a negative entry.
pub(super) fn mapped() -> Item {
    one(
        "choice",
        &json!({ "choices": choices(&["correct1", "correct-22", "wrong", "wrong-bb"]) }),
        &json!({
            "cardinality": "multiple", "baseType": "identifier",
            "mapping": {
                "upperBound": 2.5, "defaultValue": -0.77,
                "entries": [{ "key": "correct1", "value": 2 }, { "key": "correct-22", "value": 1 }],
            },
            "scoring": { "rule": "mapResponse" },
        }),
    )
}

/// A word with a variant.
pub(super) fn text() -> Item {
    one(
        "textEntry",
        &json!({}),
        &json!({
            "cardinality": "single", "baseType": "string",
            "correctResponse": { "text": "colour-SECRET" },
            "comparison": { "text": { "variants": ["color-SECRET"] } },
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }),
    )
}

/// A number with a unit.
pub(super) fn numeric() -> Item {
    one(
        "numericEntry",
        &json!({ "unit": "typed" }),
        &json!({
            "cardinality": "single", "baseType": "float",
            "correctResponse": { "number": { "number": "12345.6", "unit": "mSECRET" } },
            "comparison": { "number": {
                "tolerance": { "percent": 7.75 }, "units": [{ "symbol": "kmSECRET", "factor": 1000.0625 }],
            }},
            "scoring": { "rule": "matchCorrect", "points": 2 },
        }),
    )
}

/// Three steps.
pub(super) fn order() -> Item {
    one(
        "order",
        &json!({ "choices": choices(&["first", "second", "thirdly"]) }),
        &json!({
            "cardinality": "ordered", "baseType": "identifier",
            "correctResponse": { "order": ["first", "second", "thirdly"] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
        }),
    )
}

/// Two sources, three targets.
pub(super) fn matching() -> Item {
    one(
        "match",
        &json!({
            "sources": choices(&["source-x", "source-yy"]),
            "targets": choices(&["for-x", "for-yy", "nothing"]),
        }),
        &json!({
            "cardinality": "multiple", "baseType": "directedPair",
            "correctResponse": { "directedPairs": [["source-x", "for-x"], ["source-yy", "for-yy"]] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
        }),
    )
}

/// A text with a list, a word and a number to fill in.
pub(super) fn gaps() -> Item {
    item(
        &json!([{ "passage": { "prompt": "Fill it in.", "text": [
            [
                { "text": "The " },
                { "part": {
                    "kind": "inlineChoice", "response": "KEY_VAR",
                    "choices": choices(&["correct1", "wrong-a", "wrong-bb"]),
                } },
                { "text": " is " },
                { "part": { "kind": "textEntry", "response": "KEY_VAR_B" } },
            ],
            [{ "part": { "kind": "numericEntry", "response": "KEY_VAR_C", "unit": { "shown": "m" } } }],
        ] } }]),
        &json!([
            {
                "identifier": "KEY_VAR", "cardinality": "single", "baseType": "identifier",
                "correctResponse": { "identifiers": ["correct1"] },
                "scoring": { "rule": "matchCorrect", "points": 1 },
            },
            {
                "identifier": "KEY_VAR_B", "cardinality": "single", "baseType": "string",
                "correctResponse": { "text": "word-SECRET" },
                "scoring": { "rule": "matchCorrect", "points": 1 },
            },
            {
                "identifier": "KEY_VAR_C", "cardinality": "single", "baseType": "float",
                "correctResponse": { "number": { "number": "12345.6" } },
                "scoring": { "rule": "matchCorrect", "points": 0.5 },
            },
        ]),
    )
}

/// Two of three words in a text.
pub(super) fn hottext() -> Item {
    let word =
        |name: &str| json!({ "part": { "identifier": name, "content": format!("Word {}", name.len()) } });
    one(
        "hottext",
        &json!({ "text": [
            [{ "text": "It was " }, word("correct1"), { "text": " and " }, word("wrong")],
            [word("correct-22"), { "text": "." }],
        ] }),
        &json!({
            "cardinality": "multiple", "baseType": "identifier",
            "correctResponse": { "identifiers": ["correct1", "correct-22"] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 100 },
        }),
    )
}

/// Three texts for two gaps.
pub(super) fn gap_match() -> Item {
    one(
        "gapMatch",
        &json!({
            "gapTexts": choices(&["for-x", "for-yy", "nothing"]),
            "text": [[
                { "text": "Here " }, { "part": { "identifier": "gap-x" } },
                { "text": " and there " }, { "part": { "identifier": "gap-yy" } },
            ]],
        }),
        &json!({
            "cardinality": "multiple", "baseType": "directedPair",
            "correctResponse": { "directedPairs": [["for-x", "gap-x"], ["for-yy", "gap-yy"]] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
        }),
    )
}

/// Four choices for two pairs.
pub(super) fn associate() -> Item {
    one(
        "associate",
        &json!({ "choices": choices(&["one-x", "other-x", "one-yy", "other-yy"]) }),
        &json!({
            "cardinality": "multiple", "baseType": "pair",
            "correctResponse": { "pairs": [["one-x", "other-x"], ["one-yy", "other-yy"]] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
        }),
    )
}

/// A number from 0 to 20000 in fifths.
pub(super) fn slider() -> Item {
    one(
        "slider",
        &json!({ "lowerBound": 0, "upperBound": 20000, "step": 0.2 }),
        &json!({
            "cardinality": "single", "baseType": "float",
            "correctResponse": { "number": { "number": "12345.6" } },
            "comparison": { "number": { "tolerance": { "absolute": 7.75 } } },
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }),
    )
}

/// A text for an assessor.
pub(super) fn essay() -> Item {
    let level = |name: &str, points: u8| {
        let title = format!("Title of {name}");
        json!({ "identifier": name, "title": title, "descriptor": "LEVEL-SECRET", "points": points })
    };
    one(
        "extendedText",
        &json!({}),
        &json!({
            "cardinality": "single", "baseType": "string",
            "scoring": { "rule": "rubric", "criteria": [{
                "identifier": "argument", "title": "Argument",
                "levels": [level("none", 0), level("sound", 4)],
            }]},
        }),
    )
}

/// A photograph or a document, under the same rubric.
pub(super) fn upload() -> Item {
    let mut item = essay();
    let asked = json!({
        "kind": "upload", "response": "KEY_VAR", "prompt": "Show it.", "accepts": ["picture", "document"],
    });
    item.body[1] = serde_json::from_value(json!({ "interaction": asked })).unwrap();
    item.responses[0].base_type = BaseType::File;
    item
}

/// A product of two numbers by chance, with the template's names as careless as
/// an author's.
pub(super) fn parameterised() -> Item {
    let mut item = one(
        "numericEntry",
        &json!({ "prompt": "What is {{a}} times {{b}}, less {{c:.2}}?" }),
        &json!({
            "cardinality": "single", "baseType": "float",
            "scoring": { "rule": "matchCorrect", "points": 2 },
        }),
    );
    let variable = |name: &str| json!({ "variable": name });
    let number =
        |name: &str, base: &str| json!({ "identifier": name, "cardinality": "single", "baseType": base });
    let operation = |operator: &str, of: Json| json!({ "operation": { "operator": operator, "of": of } });
    let set = |name: &str, value: &Json| json!({ "do": { "setTemplateValue": { "identifier": name, "value": value } } });
    let by_chance = |min: u16, max: u16| json!({ "randomInteger": { "min": min, "max": max, "step": 1 } });
    let product = operation("product", json!([variable("a"), variable("b")]));
    item.template = Some(
        serde_json::from_value(json!({
            "variables": [
                number("a", "integer"), number("b", "integer"), number("c", "float"), number("KEY_SECRET", "float"),
            ],
            "rules": [
                set("a", &by_chance(100, 999)),
                set("b", &by_chance(1, 99)),
                { "do": { "templateConstraint": operation("lt", json!([variable("b"), variable("a")])) } },
                set("c", &json!({ "baseValue": { "float": "0.5" } })),
                set("KEY_SECRET", &operation("subtract", json!([product, variable("c")]))),
                { "do": { "setCorrectResponse": { "identifier": "KEY_VAR", "value": variable("KEY_SECRET") } } },
            ],
        }))
        .unwrap(),
    );
    item
}

/// A choice and a number whose points hang on each other.
pub(super) fn by_rules() -> Item {
    let when_right = |name: &str, then: &Json| {
        let both = json!([{ "variable": name }, { "correct": name }]);
        let when = json!({ "operation": { "operator": "match", "of": both } });
        json!({ "condition": { "branches": [{ "when": when, "then": then }] } })
    };
    let set = |name: &str, value: &Json| json!({ "do": { "setOutcomeValue": { "identifier": name, "value": value } } });
    let add = |points: u8| {
        let sum = json!([{ "variable": "SCORE" }, { "baseValue": { "integer": points } }]);
        set("SCORE", &json!({ "operation": { "operator": "sum", "of": sum } }))
    };
    let say = set("FEEDBACK", &json!({ "baseValue": { "identifier": "half" } }));
    let number = when_right("KEY_VAR_B", &json!([add(2)]));
    let mut item = item(
        &json!([
            { "interaction": {
                "kind": "choice", "response": "KEY_VAR", "prompt": "What is it?",
                "choices": choices(&["correct1", "wrong-a", "wrong-bb"]),
            } },
            { "interaction": { "kind": "numericEntry", "response": "KEY_VAR_B", "prompt": "How many?" } },
        ]),
        &json!([
            {
                "identifier": "KEY_VAR", "cardinality": "single", "baseType": "identifier",
                "correctResponse": { "identifiers": ["correct1"] }, "scoring": { "rule": "byRules" },
            },
            {
                "identifier": "KEY_VAR_B", "cardinality": "single", "baseType": "float",
                "correctResponse": { "number": { "number": "12345.6" } }, "scoring": { "rule": "byRules" },
            },
        ]),
    );
    item.feedback = serde_json::from_value(json!({ "byOutcome": [
        { "outcome": "FEEDBACK", "identifier": "half", "markdown": "Half of it." },
    ] }))
    .unwrap();
    item.outcomes.push(
        serde_json::from_value(
            json!({ "identifier": "FEEDBACK", "cardinality": "single", "baseType": "identifier" }),
        )
        .unwrap(),
    );
    item.processing = Some(
        serde_json::from_value(json!({ "rules": [when_right("KEY_VAR", &json!([add(1), number, say]))] }))
            .unwrap(),
    );
    item
}

/// One item of each kind.
pub(super) fn every_kind() -> Vec<Item> {
    vec![
        single(),
        multiple(),
        mapped(),
        text(),
        numeric(),
        order(),
        matching(),
        essay(),
        upload(),
        gaps(),
        hottext(),
        gap_match(),
        associate(),
        slider(),
        hotspot(),
        graphic_order(),
        graphic_associate(),
        graphic_gap_match(),
        select_point(),
        position_object(),
    ]
}

/// All of them as one item with many interactions.
pub(super) fn all_in_one() -> Item {
    let mut all = item(&json!([]), &json!([]));
    for (index, item) in every_kind().into_iter().enumerate() {
        let json = serde_json::to_string(&item)
            .unwrap()
            .replace("KEY_VAR", &format!("KEY_VAR{index}"));
        let item: Item = serde_json::from_str(&json).unwrap();
        all.body.extend(item.body);
        all.responses.extend(item.responses);
    }
    all
}
