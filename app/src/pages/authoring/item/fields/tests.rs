use std::collections::BTreeSet;

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
        tags: BTreeSet::new(),
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
fn a_number_without_a_tolerance_is_filled_in_as_an_exact_one() {
    let mut content = gaps();
    content.item.responses[2].comparison = Comparison::Exact;
    let fields = fill(&content).unwrap();
    assert_eq!(
        (fields.text("gap-2-answer"), fields.text("gap-2-within")),
        ("2.5", "")
    );
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
    [by_themselves(), with_parts(), in_pictures()].concat()
}

fn in_pictures() -> Vec<Content> {
    let picture = || json!({ "file": "map.png", "width": 400, "height": 300, "alternative": "A map" });
    let rect = |left: u16| json!({ "rect": { "left": left, "top": 10, "right": left + 20, "bottom": 30 } });
    let region = |name: &str, left: u16| json!({ "identifier": name, "name": name.to_lowercase(), "shape": rect(left) });
    let share = || json!({ "rule": "perOption", "points": 1, "penalty": 0 });
    let mut hub = json!([region("H1", 0), region("H2", 50), region("H3", 90)]);
    hub[0]["matchMax"] = json!(2);
    let circle = json!({ "circle": { "x": 100, "y": 90, "radius": 20 } });
    let around = json!({ "ellipse": { "x": 100, "y": 90, "across": 60, "down": 30 } });
    let areas = json!({ "defaultValue": -0.5, "entries": [
        { "shape": circle, "value": 2 }, { "shape": around, "value": 1 },
    ] });
    vec![
        content(
            json!({ "kind": "hotspot", "picture": picture(), "hotspots": [region("H1", 0), region("H2", 50)] }),
            json!({
                "cardinality": "single", "baseType": "identifier",
                "correctResponse": { "identifiers": ["H2"] },
                "scoring": { "rule": "matchCorrect", "points": 2 },
            }),
        ),
        content(
            json!({
                "kind": "hotspot", "picture": picture(), "maxChoices": 2,
                "hotspots": [region("H1", 0), region("H2", 50), { "identifier": "H3", "name": "sea", "shape": "default" }],
            }),
            json!({
                "cardinality": "multiple", "baseType": "identifier",
                "correctResponse": { "identifiers": ["H1", "H3"] }, "scoring": share(),
            }),
        ),
        content(
            json!({ "kind": "graphicOrder", "picture": picture(), "hotspots": [region("H1", 0), region("H2", 50)] }),
            json!({
                "cardinality": "ordered", "baseType": "identifier",
                "correctResponse": { "order": ["H1", "H2"] }, "scoring": share(),
            }),
        ),
        content(
            json!({ "kind": "graphicAssociate", "picture": picture(), "hotspots": hub, "maxAssociations": 2 }),
            json!({
                "cardinality": "multiple", "baseType": "pair",
                "correctResponse": { "pairs": [["H1", "H2"], ["H1", "H3"]] }, "scoring": share(),
            }),
        ),
        content(
            json!({
                "kind": "graphicGapMatch", "picture": picture(),
                "gapTexts": [
                    { "identifier": "T1", "content": "![A crane](<crane.png>)", "matchMax": 2 },
                    { "identifier": "T2", "content": "lamp" }, { "identifier": "T3", "content": "spare" },
                ],
                "hotspots": [region("H1", 0), region("H2", 50), region("H3", 90), region("H4", 120)],
            }),
            json!({
                "cardinality": "multiple", "baseType": "directedPair",
                "correctResponse": { "directedPairs": [["T1", "H1"], ["T2", "H2"], ["T1", "H4"]] },
                "scoring": share(),
            }),
        ),
        content(
            json!({ "kind": "selectPoint", "picture": picture(), "maxChoices": 1 }),
            json!({
                "cardinality": "single", "baseType": "point",
                "areaMapping": { "entries": [{ "shape": rect(5), "value": 1 }] },
                "scoring": { "rule": "mapResponsePoint" },
            }),
        ),
        content(
            json!({
                "kind": "positionObject", "picture": picture(), "maxChoices": 3,
                "object": { "picture": { "file": "boat.png", "width": 40, "height": 20, "alternative": "A boat" } },
            }),
            json!({
                "cardinality": "multiple", "baseType": "point", "areaMapping": areas,
                "scoring": { "rule": "mapResponsePoint" },
            }),
        ),
    ]
}

#[test]
fn a_region_or_a_pair_that_cannot_be_read_is_said_at_its_field() {
    let told = |which: usize, changes: &[(&str, &str)]| {
        let stored = fill(&in_pictures()[which]).unwrap();
        let kept = stored
            .iter()
            .filter(|(name, _)| changes.iter().all(|(other, _)| other != name));
        let form = Form::filled(kept.chain(changes.iter().copied()).collect::<Vec<_>>());
        let errors = read(&form).err().unwrap_or_default();
        errors
            .iter()
            .map(|error| format!("{} {}", error.field, error.code))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        told(0, &[("region-1-coords", "1,2,3")]),
        ["region-1-coords item-coords"]
    );
    assert_eq!(told(3, &[("pairs", "1 2\n1 9")]), ["pairs item-pair-numbers"]);
    assert_eq!(told(3, &[("pairs", "1-2")]), [""; 0]);
    assert_eq!(
        told(5, &[("region-0-coords", "")]),
        ["region-0-coords item-coords"]
    );
}

fn with_parts() -> Vec<Content> {
    vec![
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
            json!({ "kind": "associate", "maxAssociations": 3, "choices": [
                { "identifier": "A1", "content": "a", "matchMax": 3 }, { "identifier": "A2", "content": "b" },
                { "identifier": "A3", "content": "c" }, { "identifier": "A4", "content": "d" },
                { "identifier": "A5", "content": "e" },
            ] }),
            json!({
                "cardinality": "multiple", "baseType": "pair",
                "correctResponse": { "pairs": [["A1", "A2"], ["A3", "A1"], ["A1", "A4"]] },
                "scoring": { "rule": "matchCorrect", "points": 2 },
            }),
        ),
        content(
            json!({ "kind": "slider", "lowerBound": "-5", "upperBound": "5", "step": "0.5" }),
            json!({
                "cardinality": "single", "baseType": "float",
                "correctResponse": { "number": { "number": "2.5" } },
                "comparison": { "number": { "tolerance": { "absolute": "0.5" } } },
                "scoring": { "rule": "matchCorrect", "points": 1 },
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

fn by_themselves() -> Vec<Content> {
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
