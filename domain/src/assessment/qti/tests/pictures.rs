//! Files of items that are answered in a picture.

use serde_json::{Value as Json, json};

use super::{
    super::{ChangeCode, RefusalCode},
    files::{file, given, scores},
    read,
};
use crate::assessment::ItemKind;

#[test]
fn what_is_answered_in_a_picture_scores_by_regions_and_by_places() {
    let chosen = |names: &[&str]| given(json!({ "identifiers": names }));
    let order = |names: [&str; 4]| given(json!({ "order": names }));
    let pairs = |kind: &str, pairs: Json| given(json!({ kind: pairs }));
    let points = |points: Json| given(json!({ "points": points }));
    scores(
        file!("hotspot"),
        ItemKind::Hotspot,
        &[(chosen(&["light"]), 100), (chosen(&["mole"]), 0)],
    );
    scores(
        file!("graphic-order"),
        ItemKind::GraphicOrder,
        &[
            (order(["quay", "basin", "mole", "light"]), 100),
            (order(["basin", "quay", "mole", "light"]), 0),
        ],
    );
    scores(
        file!("graphic-associate"),
        ItemKind::GraphicAssociate,
        &[
            (pairs("pairs", json!([["basin", "quay"], ["mole", "light"]])), 300),
            (pairs("pairs", json!([["light", "mole"]])), 200),
        ],
    );
    scores(
        file!("graphic-gap-match"),
        ItemKind::GraphicGapMatch,
        &[
            (
                pairs("directedPairs", json!([["crane", "quay"], ["lamp", "light"]])),
                100,
            ),
            (pairs("directedPairs", json!([["lamp", "quay"]])), 0),
        ],
    );
    scores(
        file!("select-point"),
        ItemKind::SelectPoint,
        &[
            (points(json!([[350, 230]])), 100),
            (points(json!([[350, 229]])), 50),
            (points(json!([[0, 0]])), 0),
        ],
    );
    scores(
        file!("position-object"),
        ItemKind::PositionObject,
        &[
            (points(json!([[60, 50], [250, 60]])), 200),
            (points(json!([[60, 50], [61, 50]])), 100),
            (points(json!([[60, 50], [0, 0]])), 0),
        ],
    );
}

#[test]
fn a_picture_comes_with_its_file_its_size_and_its_words() {
    let json = |(_, two, _): (&str, &str, &str)| serde_json::to_value(read(two).unwrap().item).unwrap();
    let hotspot = json(file!("hotspot"));
    let interaction = &hotspot["body"][0]["interaction"];
    assert_eq!(
        interaction["picture"],
        json!({ "file": "img/harbour.png", "width": 400, "height": 300, "alternative": "A harbour from above." })
    );
    assert_eq!(interaction["hotspots"][2]["name"], "The lighthouse");
    let gaps = json(file!("graphic-gap-match"));
    let texts = &gaps["body"][0]["interaction"]["gapTexts"];
    assert_eq!(texts[0]["content"], "![A crane](<img/crane.png>)");
    let position = json(file!("position-object"));
    let interaction = &position["body"][0]["interaction"];
    assert_eq!(interaction["prompt"], "Where do boats lie?");
    assert_eq!(interaction["object"]["picture"]["file"], "img/boat.png");
}

#[test]
fn a_region_without_a_name_gets_its_number_and_a_bad_shape_is_refused() {
    let (_, two, _) = file!("hotspot");
    let nameless = two.replace(" hotspotLabel=\"The mole\"", "");
    let import = read(&nameless).unwrap();
    assert_eq!(import.changes.len(), 1);
    assert_eq!(import.changes[0].code, ChangeCode::NameMade);
    let json = serde_json::to_value(&import.item).unwrap();
    assert_eq!(json["body"][0]["interaction"]["hotspots"][1]["name"], "2");
    for (from, to, code) in [
        ("350,250,20", "350,250", RefusalCode::Invalid),
        ("shape=\"circle\"", "shape=\"star\"", RefusalCode::Invalid),
        (
            "<object type=\"image/png\" data=\"img/harbour.png\" width=\"400\" height=\"300\">A harbour from above.</object>",
            "",
            RefusalCode::Invalid,
        ),
        (
            "match_correct",
            "map_response_point",
            RefusalCode::UnsupportedScoring,
        ),
    ] {
        assert!(two.contains(from), "{from}");
        assert_eq!(read(&two.replace(from, to)).unwrap_err().code, code, "{to}");
    }
    let (_, two, _) = file!("select-point");
    let by_pixel = two.replace("map_response_point", "map_response");
    assert_eq!(read(&by_pixel).unwrap_err().code, RefusalCode::UnsupportedScoring);
    let (_, two, _) = file!("graphic-gap-match");
    let two_in_one = two.replace("lamp light", "lamp quay");
    assert_eq!(
        read(&two_in_one).unwrap_err().code,
        RefusalCode::UnsupportedInteraction
    );
    let (_, two, _) = file!("position-object");
    let by_corner = two.replace("maxChoices=\"2\"", "maxChoices=\"2\" centerPoint=\"false\"");
    assert_eq!(
        read(&by_corner).unwrap_err().code,
        RefusalCode::UnsupportedInteraction
    );
}
