//! Items that are answered in a picture.

use serde_json::{Value as Json, json};

use super::{choices, one};
use crate::assessment::Item;

fn picture() -> Json {
    json!({ "file": "maps/delta.png", "width": 9000, "height": 8000, "alternative": "A delta with three arms." })
}

/// Regions one below the other, the first at the bottom.
fn regions(names: &[&str]) -> Json {
    let numbered = names.iter().enumerate();
    numbered
        .map(|(number, name)| {
            let top = 7000 - 1000 * number;
            let shape = json!({ "rect": { "left": 50, "top": top, "right": 950, "bottom": top + 500 } });
            json!({ "identifier": name, "name": format!("Arm {number}"), "shape": shape })
        })
        .collect()
}

/// Two of four regions.
pub(in crate::assessment) fn hotspot() -> Item {
    let mut hotspots = regions(&["correct1", "correct-22", "wrong"]);
    let corners = json!([[100, 200], [300, 200], [200, 400]]);
    hotspots.as_array_mut().unwrap().push(json!({
        "identifier": "wrong-bb", "name": "The spit", "shape": { "poly": corners },
    }));
    one(
        "hotspot",
        &json!({ "picture": picture(), "hotspots": hotspots }),
        &json!({
            "cardinality": "multiple", "baseType": "identifier",
            "correctResponse": { "identifiers": ["correct1", "correct-22"] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 50 },
        }),
    )
}

/// Three regions in order.
pub(in crate::assessment) fn graphic_order() -> Item {
    one(
        "graphicOrder",
        &json!({ "picture": picture(), "hotspots": regions(&["first", "second", "thirdly"]) }),
        &json!({
            "cardinality": "ordered", "baseType": "identifier",
            "correctResponse": { "order": ["first", "second", "thirdly"] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
        }),
    )
}

/// Four regions for two pairs.
pub(in crate::assessment) fn graphic_associate() -> Item {
    one(
        "graphicAssociate",
        &json!({ "picture": picture(), "hotspots": regions(&["one-x", "one-yy", "other-x", "other-yy"]) }),
        &json!({
            "cardinality": "multiple", "baseType": "pair",
            "correctResponse": { "pairs": [["one-x", "other-x"], ["one-yy", "other-yy"]] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
        }),
    )
}

/// Three texts, of which one is a picture, for two regions.
pub(in crate::assessment) fn graphic_gap_match() -> Item {
    let mut texts = choices(&["for-x", "for-yy", "nothing"]);
    texts[1]["content"] = json!("![A mill](<maps/mill.png>)");
    one(
        "graphicGapMatch",
        &json!({ "picture": picture(), "gapTexts": texts, "hotspots": regions(&["gap-x", "gap-yy"]) }),
        &json!({
            "cardinality": "multiple", "baseType": "directedPair",
            "correctResponse": { "directedPairs": [["for-x", "gap-x"], ["for-yy", "gap-yy"]] },
            "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
        }),
    )
}

/// One place, right in a circle, and half right around it.
pub(in crate::assessment) fn select_point() -> Item {
    let circle = json!({ "circle": { "x": 7919, "y": 6733, "radius": 1013 } });
    let around = json!({ "ellipse": { "x": 7129, "y": 6133, "across": 1811, "down": 1861 } });
    one(
        "selectPoint",
        &json!({ "picture": picture() }),
        &json!({
            "cardinality": "single", "baseType": "point",
            "correctResponse": { "points": [[7919, 6733]] },
            "areaMapping": { "defaultValue": 0, "entries": [
                { "shape": circle, "value": 2 }, { "shape": around, "value": 1 },
            ] },
            "scoring": { "rule": "mapResponsePoint" },
        }),
    )
}

/// A boat to be put into two of two places, a wrong one taking points away.
pub(in crate::assessment) fn position_object() -> Item {
    let boat = json!({ "file": "maps/boat.png", "width": 400, "height": 200, "alternative": "A boat." });
    let here = json!({ "rect": { "left": 6599, "top": 6271, "right": 7703, "bottom": 7451 } });
    let there = json!({ "poly": [[1811, 1823], [3803, 1847], [2777, 3823]] });
    one(
        "positionObject",
        &json!({ "picture": picture(), "object": { "picture": boat }, "maxChoices": 2 }),
        &json!({
            "cardinality": "multiple", "baseType": "point",
            "correctResponse": { "points": [[6600, 6272], [2777, 2777]] },
            "areaMapping": { "upperBound": 2.5, "defaultValue": -0.77, "entries": [
                { "shape": here, "value": 2 }, { "shape": there, "value": 1 },
            ] },
            "scoring": { "rule": "mapResponsePoint" },
        }),
    )
}
