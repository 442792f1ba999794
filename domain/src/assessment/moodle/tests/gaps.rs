//! Gaps in a text.

use serde_json::json;

use super::{bank, number, text, try_read};
use crate::assessment::{
    Block, Interaction, Points, Response,
    imported::{codes, earned, publishable},
    max_score,
    qti::{ChangeCode, Import},
    score,
};

fn gapped(kind: &str, asked: &str, parts: &str) -> Import {
    let xml = bank(kind, &format!("{}{parts}", text("questiontext", asked)));
    try_read(&xml).unwrap_or_else(|refusal| panic!("{refusal}: {xml}"))
}

fn word(name: &str, text: &str, group: u8, more: &str) -> String {
    format!("<{name}><text>{text}</text><group>{group}</group>{more}</{name}>")
}

#[test]
fn words_go_into_the_gaps_that_name_them() {
    let words = ["high", "low", "dry"]
        .map(|text| word("dragbox", text, 1, ""))
        .concat();
    let asked = "<p>Fill in.</p><p>At new moon it is [[1]], then [[2]].</p>";
    let import = gapped("ddwtos", asked, &words);
    publishable(&import);
    assert_eq!(import.changes, []);
    let Some(Interaction::GapMatch(it)) = import.item.interactions().next() else {
        panic!()
    };
    assert_eq!((it.prompt.as_str(), it.text.parts().count()), ("Fill in.", 2));
    let pairs = |of: &[[&str; 2]]| json!({ "directedPairs": of });
    assert_eq!(
        earned(&import.item, &pairs(&[["word-1", "gap-1"], ["word-2", "gap-2"]])),
        100
    );
    assert_eq!(
        earned(&import.item, &pairs(&[["word-1", "gap-1"], ["word-3", "gap-2"]])),
        50
    );
}

#[test]
fn lists_in_gaps_hold_the_words_of_their_group_and_share_the_points() {
    let options = [("high", 1), ("low", 1), ("sun", 2), ("moon", 2)]
        .map(|(text, group)| word("selectoption", text, group, ""))
        .concat();
    let import = gapped("gapselect", "<p>It is [[1]], [[2]] by the [[4]].</p>", &options);
    publishable(&import);
    assert_eq!(max_score(&import.item), Points::ONE);
    let given = |words: [u8; 3]| {
        let values = words.iter().enumerate().map(|(gap, word)| {
            (
                format!("RESPONSE-{}", gap + 1),
                json!({ "identifiers": [format!("word-{word}")] }),
            )
        });
        let response: Response =
            serde_json::from_value(values.collect::<serde_json::Map<_, _>>().into()).unwrap();
        score(&import.item, &response).points.hundredths()
    };
    assert_eq!(
        (given([1, 2, 4]), given([1, 2, 3]), given([1, 1, 3])),
        (100, 67, 33)
    );
    let lists = import.item.interactions().map(|it| it.choices().len());
    assert_eq!(lists.collect::<Vec<_>>(), [2, 2, 2]);
}

#[test]
fn questions_in_a_text_are_gaps_of_their_kinds() {
    let asked = "<p>The tide is {1:SHORTANSWER:=high~%50%highish#nearly~*#no} at {2:MC:=new~%25%full \
        \\~ half~no} moon, {1:NUMERICAL:=2:0.5} times {a day}.</p>";
    let import = gapped("cloze", asked, "");
    publishable(&import);
    assert_eq!(codes(&import), [ChangeCode::FeedbackDropped]);
    assert_eq!(max_score(&import.item), Points::from_hundredths(400));
    let given = |word: &str, choice: u8, times: &str| {
        let response: Response = serde_json::from_value(json!({
            "RESPONSE-1": { "text": word },
            "RESPONSE-2": { "identifiers": [format!("choice-{choice}")] },
            "RESPONSE-3": number(times),
        }))
        .unwrap();
        score(&import.item, &response).points.hundredths()
    };
    assert_eq!(given("High", 1, "2.5"), 400);
    assert_eq!(given("highish", 2, "3"), 100);
    let Block::Passage(passage) = &import.item.body[0] else {
        panic!()
    };
    assert!(passage.text.texts().any(|text| text.ends_with("times {a day}.")));
}
