//! What tests ask of a question that came from another system.

use serde_json::{Value as Json, json};

use super::{
    Item, Response, max_score,
    qti::{self, ChangeCode, Import},
    score,
};

/// What was changed on the way.
pub(in crate::assessment) fn codes(import: &Import) -> Vec<ChangeCode> {
    import.changes.iter().map(|change| change.code).collect()
}

/// Hundredths of a point for one value of the only response.
pub(in crate::assessment) fn earned(item: &Item, value: &Json) -> i64 {
    let response: Response = serde_json::from_value(json!({ "RESPONSE": value })).unwrap();
    score(item, &response).points.hundredths()
}

pub(in crate::assessment) fn typed(words: &str) -> Json {
    json!({ "text": words })
}

pub(in crate::assessment) fn chosen(of: &[usize]) -> Json {
    let names: Vec<_> = of.iter().map(|index| format!("choice-{index}")).collect();
    json!({ "identifiers": names })
}

/// It can be published as it is, and goes out to others and in again.
pub(in crate::assessment) fn publishable(import: &Import) {
    let problems = import.item.check();
    assert!(problems.iter().all(|it| it.code.is_warning()), "{problems:?}");
    let written = qti::write(&import.item, "again");
    let again = qti::read(written.as_bytes(), &mut |name| Some(name.to_owned()));
    let again = again.unwrap_or_else(|refusal| panic!("{refusal}: {written}"));
    assert_eq!(max_score(&again.item), max_score(&import.item));
}

/// `xml` with a piece of it cut out and `put` in its place, as whoever sends it may have it.
/// `at` is the place as a part of the whole.
pub(in crate::assessment) fn changed(xml: &str, at: f64, cut: usize, put: &str) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a short text"
    )]
    let begin = (at * xml.len() as f64) as usize;
    let boundary = |from| {
        (from..=xml.len())
            .find(|at| xml.is_char_boundary(*at))
            .unwrap_or(xml.len())
    };
    let begin = boundary(begin);
    format!("{}{put}{}", &xml[..begin], &xml[boundary(begin + cut)..])
}
