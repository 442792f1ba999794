//! What a form or a script sends as an answer: it is read or refused, its score
//! stays between its bounds, and the form that it fills reads as the same answer.

#![no_main]

use std::sync::LazyLock;

use domain::{
    Seed,
    assessment::{Item, Response, qti, score},
};
use libfuzzer_sys::fuzz_target;

macro_rules! seeds {
    ($($name:literal)*) => { [$(include_bytes!(concat!("../seeds/item_xml/", $name, ".xml")).as_slice()),*] };
}

static ITEMS: LazyLock<Vec<Item>> = LazyLock::new(|| {
    seeds!["associate" "choice" "extended-text-rubric" "gap-match" "inline-choice-text-entry" "match" "order" "slider" "text-entry"]
        .into_iter()
        .map(|xml| qti::read(xml, &mut |address| Some(address.to_owned())).expect("a seed is an item").item)
        .collect()
});

fuzz_target!(|bytes: &[u8]| {
    let Some((&[which, seed], rest)) = bytes.split_first_chunk() else {
        return;
    };
    let item = &ITEMS[usize::from(which) % ITEMS.len()];
    let seed = Seed(i64::from(seed));
    let Ok(text) = str::from_utf8(rest) else {
        return;
    };
    let read = match serde_json::from_str(text) {
        Ok(json) => Response::from_json(item, seed, &json),
        Err(_) => Response::from_form(item, seed, &fields(text)),
    };
    let Ok(response) = read else {
        return;
    };
    let scored = score(item, &response);
    assert!(scored.points <= scored.max);
    let again = Response::from_form(item, seed, &response.to_form(item, seed));
    assert_eq!(again.as_ref(), Ok(&response));
});

/// `name=value` by lines.
fn fields(text: &str) -> Vec<(String, String)> {
    text.lines()
        .map(|line| line.split_once('=').unwrap_or((line, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
