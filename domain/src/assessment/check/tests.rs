use serde_json::{Value as Json, json};

use super::*;
use crate::assessment::{Response, Verdict, sample, score};

const KEY: &str = "/responses/0/correctResponse";
const AT_KEY: &str = "responses[0].correctResponse";

/// Puts a value at a JSON pointer and looks for the problem at the path.
fn finds(item: &Item, pointer: &str, value: Json, code: &str, path: &str) {
    let mut json = serde_json::to_value(item).unwrap();
    *json.pointer_mut(pointer).unwrap() = value;
    let problems = serde_json::from_value::<Item>(json).unwrap().check();
    let found = problems
        .iter()
        .any(|problem| problem.path == path && problem.code.as_str() == code);
    assert!(found, "{code} at {path} not in {problems:?}");
}

#[test]
fn a_good_item_has_no_problems_and_its_key_earns_everything() {
    for item in sample::every_kind().into_iter().chain([sample::all_in_one()]) {
        assert_eq!(item.check(), []);
        let keys = item.responses.iter();
        let keys = keys.filter_map(|it| Some((it.identifier.clone(), it.correct_response.clone()?)));
        let response = Response {
            values: keys.collect(),
        };
        for scored in score(&item, &response).responses {
            let answered = response.get(&scored.response).is_some();
            assert_eq!(scored.verdict == Verdict::Correct, answered, "{scored:?}");
        }
    }
}

#[test]
fn the_body_is_complete_bounded_and_without_ambiguity() {
    let item = sample::single();
    finds(&item, "/title", json!(" "), "empty", "title");
    finds(&item, "/title", json!("x".repeat(201)), "too-long", "title");
    finds(
        &item,
        "/language",
        json!("english please"),
        "bad-language",
        "language",
    );
    finds(&item, "/body", json!([]), "too-few", "body");
    finds(&item, "/body/0/prose", json!(""), "empty", "body[0].prose");
    let interaction = "/body/1/interaction";
    let path = "body[1].interaction";
    let twice = format!("{path}.choices[2].identifier");
    finds(
        &item,
        &format!("{interaction}/choices/2/identifier"),
        json!("correct1"),
        "duplicate-identifier",
        &twice,
    );
    finds(
        &item,
        &format!("{interaction}/choices"),
        json!([]),
        "too-few",
        &format!("{path}.choices"),
    );
    let other = format!("{interaction}/response");
    finds(
        &item,
        &other,
        json!("OTHER"),
        "no-declaration",
        &format!("{path}.response"),
    );
    finds(&item, &other, json!("OTHER"), "no-interaction", "responses[0]");
    let choice = "feedback.choices[0].choice";
    finds(
        &item,
        "/feedback/choices/0/choice",
        json!("nobody"),
        "unknown-identifier",
        choice,
    );
    finds(&item, "/outcomes", json!([]), "unsupported-outcome", "outcomes");
}

#[test]
fn a_key_can_be_answered() {
    let single = sample::single();
    finds(&single, KEY, Json::Null, "no-correct-response", AT_KEY);
    finds(
        &single,
        KEY,
        json!({ "identifiers": [] }),
        "no-correct-choice",
        AT_KEY,
    );
    finds(
        &single,
        KEY,
        json!({ "identifiers": ["nobody"] }),
        "unknown-identifier",
        AT_KEY,
    );
    finds(
        &single,
        KEY,
        json!({ "identifiers": ["correct1", "wrong-a"] }),
        "several-correct",
        AT_KEY,
    );
    finds(
        &single,
        KEY,
        json!({ "text": "correct1" }),
        "wrong-key-type",
        AT_KEY,
    );
    finds(
        &single,
        "/responses/0/cardinality",
        json!("ordered"),
        "wrong-type",
        "responses[0]",
    );
    let order = sample::order();
    finds(
        &order,
        KEY,
        json!({ "order": ["first", null, "second"] }),
        "incomplete-order",
        AT_KEY,
    );
    let matching = sample::matching();
    let pairs = |pairs: Json| json!({ "directedPairs": pairs });
    let both = pairs(json!([["source-x", "for-x"], ["source-x", "for-yy"]]));
    finds(&matching, KEY, both, "key-exceeds-limit", AT_KEY);
    finds(
        &matching,
        KEY,
        pairs(json!([["for-x", "source-x"]])),
        "unknown-identifier",
        AT_KEY,
    );
    let gap_match = sample::gap_match();
    let both = pairs(json!([["for-x", "gap-x"], ["for-yy", "gap-x"]]));
    finds(&gap_match, KEY, both, "key-exceeds-limit", AT_KEY);
    finds(
        &gap_match,
        KEY,
        pairs(json!([["gap-x", "for-x"]])),
        "unknown-identifier",
        AT_KEY,
    );
    finds(
        &sample::hottext(),
        KEY,
        json!({ "identifiers": ["nobody"] }),
        "unknown-identifier",
        AT_KEY,
    );
    let numeric = sample::numeric();
    let unit = "responses[0].correctResponse.number.unit";
    finds(
        &numeric,
        "/body/1/interaction/unit",
        json!("none"),
        "wrong-key-type",
        unit,
    );
    finds(&numeric, KEY, json!({ "number": { "number": 1 } }), "empty", unit);
}

#[test]
fn a_passage_has_gaps_and_only_what_fits_in_a_line() {
    let gaps = sample::gaps();
    let (pointer, path) = ("/body/0/passage/text", "body[0].passage.text");
    finds(&gaps, pointer, json!([]), "too-few", path);
    let long = json!("x".repeat(20_001));
    finds(
        &gaps,
        &format!("{pointer}/0/0/text"),
        long,
        "too-long",
        &format!("{path}[0][0].text"),
    );
    let gap = serde_json::to_value(sample::essay()).unwrap()["body"][1]["interaction"].clone();
    finds(
        &gaps,
        &format!("{pointer}/0/1/part"),
        gap,
        "wrong-place",
        &format!("{path}[0][1].part"),
    );
    let inline = serde_json::to_value(&gaps).unwrap()["body"][0]["passage"]["text"][0][1]["part"].clone();
    finds(
        &sample::single(),
        "/body/1/interaction",
        inline,
        "wrong-place",
        "body[1].interaction",
    );
    finds(
        &gaps,
        &format!("{pointer}/0/3/part/response"),
        json!("KEY_VAR"),
        "duplicate-identifier",
        &format!("{path}[0][3].part.response"),
    );
}

#[test]
fn a_pair_has_room_and_a_number_is_on_its_scale() {
    let associate = sample::associate();
    let twice = json!({ "pairs": [["one-x", "other-x"], ["one-x", "other-yy"]] });
    finds(&associate, KEY, twice, "key-exceeds-limit", AT_KEY);
    let slider = sample::slider();
    for (number, code) in [("-1", "out-of-range"), ("0.3", "off-step")] {
        let key = json!({ "number": { "number": number } });
        finds(&slider, KEY, key, code, AT_KEY);
    }
    let (pointer, path) = ("/body/1/interaction", "body[1].interaction");
    for (field, value, code) in [
        ("lowerBound", 20_000, "min-over-max"),
        ("step", 0, "out-of-range"),
        ("step", 20_001, "out-of-range"),
    ] {
        let (pointer, path) = (format!("{pointer}/{field}"), format!("{path}.{field}"));
        finds(&slider, &pointer, json!(value), code, &path);
    }
}

#[test]
fn a_comparison_says_each_thing_once_and_within_reason() {
    let text = sample::text();
    let variant = "responses[0].comparison.text.variants[0]";
    let same = json!("COLOUR-secret");
    finds(
        &text,
        "/responses/0/comparison/text/variants/0",
        same,
        "same-text",
        variant,
    );
    let numeric = sample::numeric();
    let (pointer, path) = ("/responses/0/comparison/number", "responses[0].comparison.number");
    let tolerance = format!("{pointer}/tolerance");
    for bad in [
        json!({ "absolute": -1 }),
        json!({ "percent": 101 }),
        json!({ "significantFigures": 0 }),
    ] {
        finds(
            &numeric,
            &tolerance,
            bad,
            "out-of-range",
            &format!("{path}.tolerance"),
        );
    }
    let factor = format!("{path}.units[0].factor");
    finds(
        &numeric,
        &format!("{pointer}/units/0/factor"),
        json!(0),
        "out-of-range",
        &factor,
    );
    let texts = json!({ "text": {} });
    finds(
        &numeric,
        "/responses/0/comparison",
        texts,
        "wrong-comparison",
        "responses[0].comparison",
    );
}

#[test]
fn points_can_be_had_and_not_by_guessing() {
    let (pointer, path) = ("/responses/0/scoring", "responses[0].scoring");
    let map = json!({ "rule": "mapResponse" });
    finds(&sample::single(), pointer, map.clone(), "no-mapping", path);
    finds(&sample::order(), pointer, map, "wrong-scoring", path);
    let points = format!("{path}.points");
    finds(
        &sample::single(),
        &format!("{pointer}/points"),
        json!(0),
        "no-points",
        &points,
    );
    let (multiple, penalty) = (sample::multiple(), format!("{path}.penalty"));
    finds(
        &multiple,
        &format!("{pointer}/penalty"),
        json!(0),
        "everything-scores",
        &penalty,
    );
    finds(
        &multiple,
        &format!("{pointer}/penalty"),
        json!(101),
        "out-of-range",
        &penalty,
    );
    let level = format!("{pointer}/criteria/0/levels/1/points");
    finds(
        &sample::essay(),
        &level,
        json!(0),
        "no-points",
        &format!("{path}.criteria"),
    );
}

#[test]
fn a_mapping_maps_each_value_once_and_pays_for_knowing() {
    let mapped = sample::mapped();
    let (pointer, path) = ("/responses/0/mapping", "responses[0].mapping");
    let default = format!("{pointer}/defaultValue");
    finds(
        &mapped,
        &default,
        json!(1),
        "out-of-range",
        &format!("{path}.defaultValue"),
    );
    finds(&mapped, &default, json!(0), "everything-scores", path);
    let key = format!("{pointer}/entries/0/key");
    finds(
        &mapped,
        &key,
        json!("correct-22"),
        "same-text",
        &format!("{path}.entries[1].key"),
    );
    finds(
        &mapped,
        &key,
        json!("nobody"),
        "unknown-identifier",
        &format!("{path}.entries[0].key"),
    );
    finds(
        &mapped,
        &format!("{pointer}/entries"),
        json!([]),
        "too-few",
        &format!("{path}.entries"),
    );
}

#[test]
fn a_picture_says_what_it_shows_and_regions_have_names_and_lie_in_it() {
    let item = sample::hotspot();
    let (at, path) = ("/body/1/interaction", "body[1].interaction");
    for (pointer, value, code, place) in [
        ("/picture/alternative", json!(" "), "empty", "picture.alternative"),
        ("/picture/file", json!(""), "empty", "picture.file"),
        ("/picture/width", json!(0), "out-of-range", "picture.width"),
        ("/picture/height", json!(10_001), "out-of-range", "picture.height"),
        ("/hotspots/0/name", json!(""), "empty", "hotspots[0].name"),
        (
            "/hotspots/1/identifier",
            json!("correct1"),
            "duplicate-identifier",
            "hotspots[1].identifier",
        ),
        (
            "/hotspots/0/shape",
            json!({ "rect": { "left": 0, "top": 0, "right": 9001, "bottom": 9 } }),
            "outside-picture",
            "hotspots[0].shape",
        ),
        (
            "/hotspots/0/shape",
            json!({ "circle": { "x": 9, "y": 20, "radius": 10 } }),
            "outside-picture",
            "hotspots[0].shape",
        ),
        (
            "/hotspots/0/shape",
            json!({ "rect": { "left": 5, "top": 0, "right": 5, "bottom": 9 } }),
            "no-inside",
            "hotspots[0].shape",
        ),
        (
            "/hotspots/0/shape",
            json!({ "poly": [[1, 1], [5, 5]] }),
            "too-few",
            "hotspots[0].shape",
        ),
    ] {
        finds(
            &item,
            &format!("{at}{pointer}"),
            value,
            code,
            &format!("{path}.{place}"),
        );
    }
    finds(
        &sample::graphic_gap_match(),
        "/body/1/interaction/hotspots",
        json!([]),
        "too-few",
        "body[1].interaction.hotspots",
    );
    let twice = "body[1].interaction.hotspots[0].identifier";
    finds(
        &sample::graphic_gap_match(),
        "/body/1/interaction/hotspots/0/identifier",
        json!("for-x"),
        "duplicate-identifier",
        twice,
    );
}

#[test]
fn a_right_area_can_be_found_by_everybody() {
    let item = sample::select_point();
    let area = "/responses/0/areaMapping/entries/0/shape";
    let path = "responses[0].areaMapping.entries[0].shape";
    // Between the places that whole percents tell: 4500 and 4590 across, 4000 and 4080 down.
    let between = json!({ "rect": { "left": 4501, "top": 4001, "right": 4589, "bottom": 4079 } });
    finds(&item, area, between, "out-of-reach", path);
    // Behind another one that is looked at first.
    let hidden = json!({ "circle": { "x": 7919, "y": 6733, "radius": 1000 } });
    let second = "responses[0].areaMapping.entries[1].shape";
    finds(
        &item,
        "/responses/0/areaMapping/entries/1/shape",
        hidden,
        "out-of-reach",
        second,
    );
    let outside = json!({ "circle": { "x": 0, "y": 6733, "radius": 1000 } });
    finds(&item, area, outside, "outside-picture", path);
    let by_pixel = json!({ "rule": "matchCorrect", "points": 1 });
    finds(
        &item,
        "/responses/0/scoring",
        by_pixel,
        "wrong-scoring",
        "responses[0].scoring",
    );
    finds(
        &item,
        "/responses/0/areaMapping",
        json!(null),
        "no-mapping",
        "responses[0].scoring",
    );
    finds(
        &item,
        "/body/1/interaction/maxChoices",
        json!(2),
        "wrong-type",
        "responses[0]",
    );
    finds(
        &item,
        KEY,
        json!({ "points": [[9001, 1]] }),
        "outside-picture",
        AT_KEY,
    );
    let many = sample::position_object();
    finds(
        &many,
        "/body/1/interaction/maxChoices",
        json!(11),
        "out-of-range",
        "body[1].interaction.maxChoices",
    );
    finds(
        &many,
        "/responses/0/areaMapping/defaultValue",
        json!(1),
        "out-of-range",
        "responses[0].areaMapping.defaultValue",
    );
    let mut free = serde_json::to_value(&many).unwrap();
    free["responses"][0]["areaMapping"]["defaultValue"] = json!(0);
    let free: Item = serde_json::from_value(free).unwrap();
    finds(
        &free,
        "/body/1/interaction/maxChoices",
        json!(9),
        "everything-scores",
        "responses[0].areaMapping",
    );
}
