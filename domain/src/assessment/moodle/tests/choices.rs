//! Choices, pairs and orders.

use proptest::prelude::*;
use serde_json::json;

use super::{answer, answers, refused, taken, text};
use crate::assessment::{
    Interaction,
    imported::{chosen, codes, earned, publishable},
    qti::{ChangeCode, RefusalCode},
};

#[test]
fn one_of_several_gives_what_its_choice_is_worth() {
    let import = taken(
        "multichoice",
        &format!(
            "<defaultgrade>2.0000000</defaultgrade><single>true</single><shuffleanswers>1</shuffleanswers>\
             <answernumbering>abc</answernumbering>{}{}",
            answers(&[
                ("100", "At new moon"),
                ("50", "At &lt;b&gt;full&lt;/b&gt; moon"),
                ("-25", "Never")
            ]),
            text("correctfeedback", "<p>Yes.</p>"),
        ),
    );
    publishable(&import);
    assert_eq!(codes(&import), [ChangeCode::NeverBelowZero]);
    for (choice, points) in [(1, 200), (2, 100), (3, 0)] {
        assert_eq!(earned(&import.item, &chosen(&[choice])), points);
    }
    assert_eq!(import.item.feedback.correct.as_deref(), Some("Yes."));
    let Some(Interaction::Choice(it)) = import.item.interactions().next() else {
        panic!()
    };
    assert_eq!(it.choices[1].content, "At **full** moon");
    assert_eq!(it.prompt, "When is the water highest?");
}

#[test]
fn thirds_of_a_point_come_to_all_of_it() {
    let third = "33.33333";
    let parts = answers(&[(third, "a"), (third, "b"), (third, "c"), ("-33.33333", "d")]);
    let import = taken("multichoice", &format!("<single>false</single>{parts}"));
    assert_eq!(import.changes, []);
    for (choices, points) in [
        (&[1, 2, 3][..], 100),
        (&[1, 2], 67),
        (&[1, 4], 0),
        (&[1, 2, 3, 4], 67),
    ] {
        assert_eq!(earned(&import.item, &chosen(choices)), points, "{choices:?}");
    }
}

#[test]
fn fractions_that_no_rule_here_adds_up_to_are_refused() {
    let parts = answers(&[
        ("33.33333", "a"),
        ("33.33333", "b"),
        ("33.33333", "c"),
        ("-20", "d"),
        ("-5", "e"),
    ]);
    let parts = format!("<single>false</single>{parts}");
    assert_eq!(refused("multichoice", &parts), RefusalCode::UnsupportedScoring);
}

#[test]
fn true_stands_first_whichever_is_right() {
    let import = taken("truefalse", &answers(&[("0", "false"), ("100", "true")]));
    publishable(&import);
    assert_eq!(earned(&import.item, &json!({ "identifiers": ["true"] })), 100);
    assert_eq!(earned(&import.item, &json!({ "identifiers": ["false"] })), 0);
    let Some(Interaction::Choice(it)) = import.item.interactions().next() else {
        panic!()
    };
    assert_eq!((it.choices[0].content.as_str(), it.shuffle), ("True", false));
}

#[test]
fn each_pair_gives_its_share_and_the_same_answer_is_one() {
    let pair = |question: &str, answer: &str| {
        format!(
            "<subquestion format=\"html\"><text>{question}</text><answer><text>{answer}</text></answer></subquestion>"
        )
    };
    let parts = [
        pair("New moon", "spring"),
        pair("Full moon", "spring"),
        pair("Half moon", "neap"),
        pair("", "ebb"),
    ];
    let import = taken("matching", &parts.concat());
    publishable(&import);
    let Some(Interaction::Match(it)) = import.item.interactions().next() else {
        panic!()
    };
    assert_eq!((it.sources.len(), it.targets.len()), (3, 3));
    let pairs = |of: &[(u8, u8)]| {
        let of: Vec<_> = of
            .iter()
            .map(|(a, b)| json!([format!("source-{a}"), format!("target-{b}")]))
            .collect();
        json!({ "directedPairs": of })
    };
    assert_eq!(earned(&import.item, &pairs(&[(1, 1), (2, 1), (3, 2)])), 100);
    assert_eq!(earned(&import.item, &pairs(&[(1, 1), (2, 3), (3, 3)])), 33);
}

#[test]
fn an_order_is_scored_by_positions_or_as_a_whole() {
    let parts = |grading: &str| {
        format!(
            "<selecttype>ALL</selecttype><gradingtype>{grading}</gradingtype>{}",
            answers(&[("1", "ebb"), ("2", "low"), ("3", "flood"), ("4", "high")])
        )
    };
    let order = |of: [u8; 4]| json!({ "order": of.map(|index| format!("choice-{index}")) });
    let import = taken("ordering", &parts("ABSOLUTE_POSITION"));
    publishable(&import);
    assert_eq!(earned(&import.item, &order([1, 2, 4, 3])), 50);
    let import = taken("ordering", &parts("ALL_OR_NOTHING"));
    assert_eq!(earned(&import.item, &order([1, 2, 4, 3])), 0);
    assert_eq!(earned(&import.item, &order([1, 2, 3, 4])), 100);
    assert_eq!(
        refused("ordering", &parts("LONGEST_ORDERED_SUBSET")),
        RefusalCode::UnsupportedScoring
    );
}

/// What Moodle gives for choices of these fractions, in percent: their sum, from
/// nothing to all.
fn by_moodle(fractions: &[i32], chosen: &[usize]) -> i32 {
    let sum: i32 = chosen.iter().map(|index| fractions[*index]).sum();
    sum.clamp(0, 100)
}

proptest! {
    #[test]
    fn any_of_several_give_what_moodle_gives(
        fractions in proptest::collection::vec(
            proptest::sample::select(vec![-100, -50, -25, -20, -10, -5, 0, 5, 10, 20, 25, 50, 75, 80, 100]), 2..7),
        picks in proptest::collection::vec(any::<bool>(), 7),
        grade in 1i64..4,
    ) {
        let parts: String = fractions
            .iter()
            .enumerate()
            .map(|(index, fraction)| answer(&fraction.to_string(), &format!("choice {index}")))
            .collect();
        let parts = format!("<defaultgrade>{grade}.0000000</defaultgrade><single>false</single>{parts}");
        prop_assume!(fractions.iter().any(|fraction| *fraction > 0));
        let item = taken("multichoice", &parts).item;
        let of: Vec<usize> = (0..fractions.len()).filter(|index| picks[*index]).collect();
        let names: Vec<usize> = of.iter().map(|index| index + 1).collect();
        prop_assert_eq!(earned(&item, &chosen(&names)), i64::from(by_moodle(&fractions, &of)) * grade);
    }
}
