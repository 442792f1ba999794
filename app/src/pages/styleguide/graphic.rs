use domain::{
    Seed,
    assessment::{Item, ItemView},
    course::markdown::FileLinks,
};
use leptos::prelude::*;
use serde_json::{Value, json};

use crate::pages::assessment::question::{Asked, Question};

/// A bank, a bend and a bar.
const SKETCH: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 480 240'%3E\
    %3Cpath fill='%23dfe8d4' d='M0 0h480v240H0z'/%3E\
    %3Cpath fill='none' stroke='%236fa3b8' stroke-width='48' d='M-20 60c160 0 120 120 260 120s140-110 260-110'/%3E%3C/svg%3E";

/// Questions in a picture: one with regions, one with places.
pub(super) fn all() -> AnyView {
    let circle = |x: u16, y: u16| json!({ "circle": { "x": x, "y": y, "radius": 36 } });
    let regions = json!([
        { "identifier": "a", "name": "Where it comes in", "shape": circle(70, 66) },
        { "identifier": "b", "name": "The outer bank of the bend", "shape": circle(240, 200) },
        { "identifier": "c", "name": "Where it goes out", "shape": circle(430, 76) },
    ]);
    view! {
        {asked("hotspot", &json!({ "hotspots": regions }), "identifier")}
        {asked("selectPoint", &json!({ "maxChoices": 2 }), "point")}
    }
    .into_any()
}

fn asked(kind: &str, more: &Value, base_type: &str) -> AnyView {
    let mut interaction = json!({
        "kind": kind, "response": "R", "prompt": "Where does the river dig?",
        "picture": {
            "file": "sketch.svg", "width": 480, "height": 240,
            "alternative": "A river from above, with one bend.",
        },
    });
    if let (Some(interaction), Some(more)) = (interaction.as_object_mut(), more.as_object()) {
        interaction.extend(more.clone());
    }
    let item = json!({
        "title": kind, "language": "en", "body": [{ "interaction": interaction }],
        "responses": [{
            "identifier": "R", "cardinality": "multiple", "baseType": base_type,
            "scoring": { "rule": "mapResponse" },
        }],
    });
    let Ok(item) = serde_json::from_value::<Item>(item) else {
        return ().into_any();
    };
    let asked = Asked {
        view: ItemView::new(&item, Seed(1)),
        fields: vec![
            ("r.1.1.x".to_owned(), "50".to_owned()),
            ("r.1.1.y".to_owned(), "82".to_owned()),
        ],
        prefix: format!("{kind}."),
        place: String::new(),
        files: FileLinks::from_iter([("sketch.svg".to_owned(), SKETCH.to_owned())]),
        fixed: false,
        takes_files: false,
        feedback: None,
    };
    view! { <Question asked /> }.into_any()
}
