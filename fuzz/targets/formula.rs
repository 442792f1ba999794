//! What an author types as a formula: it is read or refused with its place, it
//! reads again as it is printed, and an item that has it is made anew within bounds.

#![no_main]

use std::sync::LazyLock;

use domain::{
    Seed,
    assessment::{Formula, Identifier, Item, VariableSource, Variables},
};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

/// A number to be typed; what is fuzzed says which.
static ITEM: LazyLock<Item> = LazyLock::new(|| {
    let item = json!({
        "title": "Rope", "language": "en",
        "body": [{ "interaction": { "kind": "numericEntry", "response": "RESPONSE", "prompt": "How much?" } }],
        "responses": [{
            "identifier": "RESPONSE", "cardinality": "single", "baseType": "float",
            "correctResponse": { "number": { "number": "1" } },
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }],
    });
    serde_json::from_value(item).expect("an item")
});

/// A variable of each type.
static KNOWN: LazyLock<Variables> = LazyLock::new(|| {
    let mut known = Variables::default();
    for (name, formula) in [("n", "7"), ("x", "2.5"), ("s", "\"boat\""), ("b", "1 < 2")] {
        let formula = Formula::parse(formula, &known.known()).expect("a formula");
        known.variables.push((named(name), VariableSource::Formula(formula)));
    }
    known
});

fn named(name: &str) -> Identifier {
    name.parse().expect("a name")
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let formula = match Formula::parse(text, &KNOWN.known()) {
        Ok(formula) => formula,
        Err(error) => {
            assert!((1..=text.chars().count() + 1).contains(&error.at), "{error:?}");
            return;
        }
    };
    let again = Formula::parse(&formula.to_string(), &KNOWN.known());
    assert_eq!(again.as_ref(), Ok(&formula));

    let mut variables = KNOWN.clone();
    variables.variables.push((named("f"), VariableSource::Formula(formula.clone())));
    variables.key = formula.wanted(domain::assessment::BaseType::Float).ok();
    let response = named("RESPONSE");
    let template = variables.template(&response).expect("variables");
    let item = Item { template: Some(template), ..ITEM.clone() };
    assert_eq!(Variables::of(&item).as_ref(), Some(&variables));
    for seed in 0..3 {
        // It can fail, as a division by zero does, but neither panic nor run away.
        let _ = item.variant(Seed(seed));
    }
});
