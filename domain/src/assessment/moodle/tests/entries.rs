//! What is typed.

use proptest::prelude::*;
use serde_json::json;

use super::{UNITS, answer, answers, bank, near, number, refused, taken, text, try_read};
use crate::assessment::{
    Decimal, Interaction, Points, Scoring, Tolerance, UnitEntry,
    imported::{codes, earned, publishable, typed},
    max_score,
    qti::{ChangeCode, RefusalCode},
};

#[test]
fn a_word_gives_what_the_first_answer_gives_that_it_is() {
    let parts = answers(&[("100", "spring tide"), ("50", "tide"), ("0", "Tide"), ("0", "*")]);
    let import = taken("shortanswer", &format!("<usecase>0</usecase>{parts}"));
    publishable(&import);
    for (words, points) in [(" Spring Tide ", 100), ("TIDE", 50), ("neap", 0), ("", 0)] {
        assert_eq!(earned(&import.item, &typed(words)), points, "{words}");
    }
    let parts = answers(&[("100", "Ebb"), ("100", "ebb tide"), ("100", "a \\* b")]);
    let import = taken("shortanswer", &format!("<usecase>1</usecase>{parts}"));
    for (words, points) in [("Ebb", 100), ("ebb tide", 100), ("ebb", 0), ("a * b", 100)] {
        assert_eq!(earned(&import.item, &typed(words)), points, "{words}");
    }
}

#[test]
fn signs_that_are_told_apart_there_and_not_here_are_named_or_refused() {
    let import = |of: &[(&str, &str)]| taken("shortanswer", &answers(of));
    assert_eq!(codes(&import(&[("100", "Ebb"), ("50", "ebb tide")])), []);
    for answer in ["10²", "102", "don’t", "ﬁsh"] {
        let import = import(&[("100", answer)]);
        assert_eq!(codes(&import), [ChangeCode::LookalikesTaken], "{answer}");
        publishable(&import);
    }
    // Who types 102 would have all points.
    let parts = answers(&[("100", "10²"), ("0", "102")]);
    assert_eq!(refused("shortanswer", &parts), RefusalCode::UnsupportedScoring);
    let parts = answers(&[("100", "tide"), ("100", "10²"), ("100", "102")]);
    assert_eq!(earned(&taken("shortanswer", &parts).item, &typed("102")), 100);
}

#[test]
fn an_answer_of_which_a_part_may_be_anything_is_refused() {
    assert_eq!(
        refused("shortanswer", &answers(&[("100", "spring*")])),
        RefusalCode::UnsupportedPattern
    );
    assert_eq!(
        refused("shortanswer", &answers(&[("100", "spring"), ("50", "*")])),
        RefusalCode::UnsupportedPattern
    );
}

#[test]
fn a_number_gives_what_the_first_answer_gives_that_it_is_near() {
    let import = taken("numerical", &near("100", "3.5", "0.1"));
    publishable(&import);
    for (given, points) in [("3.5", 100), ("3.6", 100), ("3.61", 0), ("3.40", 100)] {
        assert_eq!(earned(&import.item, &number(given)), points, "{given}");
    }
    let parts = [
        near("100", "3.5", "0.1"),
        near("33.33333", "3.5", "1"),
        near("0", "*", "0"),
    ]
    .concat();
    let import = taken("numerical", &format!("<defaultgrade>2</defaultgrade>{parts}"));
    publishable(&import);
    assert_eq!(max_score(&import.item), Points::from_hundredths(200));
    for (given, points) in [("3.5", 200), ("4.5", 67), ("2.5", 67), ("4.51", 0)] {
        assert_eq!(earned(&import.item, &number(given)), points, "{given}");
    }
}

#[test]
fn a_unit_that_must_be_there_is_typed_and_converted() {
    let settings =
        "<unitgradingtype>1</unitgradingtype><unitpenalty>1.0000000</unitpenalty><showunits>0</showunits>";
    let import = taken(
        "numerical",
        &format!("{}{settings}{UNITS}", near("100", "3.5", "0.1")),
    );
    publishable(&import);
    let given = |number: &str, unit: &str| json!({ "number": { "number": number, "unit": unit } });
    for (number, unit, points) in [
        ("3.5", "m", 100),
        ("350", "cm", 100),
        ("350", "m", 0),
        ("3.5", "km", 0),
    ] {
        assert_eq!(
            earned(&import.item, &given(number, unit)),
            points,
            "{number} {unit}"
        );
    }
    let less = settings.replace("1.0000000", "0.1");
    let parts = format!("{}{less}{UNITS}", near("100", "3.5", "0.1"));
    assert_eq!(refused("numerical", &parts), RefusalCode::UnsupportedScoring);
}

#[test]
fn a_unit_that_may_be_left_out_stands_beside_the_field() {
    let settings = "<unitgradingtype>0</unitgradingtype><showunits>0</showunits>";
    let import = taken(
        "numerical",
        &format!("{}{settings}{UNITS}", near("100", "3.5", "0.1")),
    );
    assert_eq!(codes(&import), [ChangeCode::UnitShown]);
    let Some(Interaction::NumericEntry(it)) = import.item.interactions().next() else {
        panic!()
    };
    assert_eq!(it.unit, UnitEntry::Shown("m".to_owned()));
    assert_eq!(earned(&import.item, &number("3.5")), 100);
}

#[test]
fn a_longer_text_is_marked_by_what_graders_are_told() {
    let parts = format!(
        "<defaultgrade>3</defaultgrade><responsefieldlines>15</responsefieldlines>{}",
        text("graderinfo", "<p>Sun <em>and</em> moon.</p>")
    );
    let import = taken("essay", &parts);
    publishable(&import);
    assert_eq!(codes(&import), [ChangeCode::RubricMade]);
    let Scoring::Rubric(rubric) = &import.item.responses[0].scoring else {
        panic!()
    };
    assert_eq!(rubric.criteria[0].description, "Sun *and* moon.");
    assert_eq!(rubric.max(), Points::from_hundredths(300));
    let parts = "<responseformat>noinline</responseformat>";
    assert_eq!(refused("essay", parts), RefusalCode::UnsupportedInteraction);
}

#[test]
fn a_tolerance_is_the_decimal_that_was_written() {
    let import = taken("numerical", &near("100", "0.3", "0.1"));
    assert_eq!(earned(&import.item, &number("0.4")), 100);
    let crate::assessment::Comparison::Number(rules) = &import.item.responses[0].comparison else {
        panic!()
    };
    let written: Decimal = "0.1".parse().unwrap();
    assert_eq!(rules.tolerance, Tolerance::Absolute(written));
}

proptest! {
    #[test]
    fn a_number_gives_what_moodle_gives(
        of in proptest::collection::vec(
            (-20i32..20, 0i32..6, proptest::sample::select(vec![0, 25, 50, 100])), 1..5),
        given in -25i32..25,
    ) {
        prop_assume!(of.iter().any(|(.., fraction)| *fraction == 100));
        let parts: String = of
            .iter()
            .map(|(number, tolerance, fraction)| {
                near(&fraction.to_string(), &number.to_string(), &tolerance.to_string())
            })
            .collect();
        let asks = text("questiontext", "How many?");
        let Ok(import) = try_read(&bank("numerical", &format!("{asks}{parts}"))) else {
            // What gives all is never met but for less.
            let whole = of.iter().filter(|(.., fraction)| *fraction == 100);
            let mut first = whole.map(|(key, ..)| of.iter().find(|(number, tolerance, _)| (number - key).abs() <= *tolerance));
            prop_assert!(first.all(|first| first.is_some_and(|(.., fraction)| *fraction < 100)));
            return Ok(());
        };
        let item = import.item;
        let met = of.iter().find(|(number, tolerance, _)| (number - given).abs() <= *tolerance);
        let expected = met.map_or(0, |(.., fraction)| i64::from(*fraction));
        prop_assert_eq!(earned(&item, &number(&given.to_string())), expected);
    }

    #[test]
    fn a_word_gives_what_moodle_gives(
        of in proptest::collection::vec(("[ab]{1,2}|[AB]", proptest::sample::select(vec![0, 50, 100])), 1..6),
        given in "[abAB]{1,2}",
        has_case: bool,
    ) {
        prop_assume!(of.iter().any(|(_, fraction)| *fraction == 100));
        let parts: String = of.iter().map(|(words, fraction)| answer(&fraction.to_string(), words)).collect();
        let parts = format!("<usecase>{}</usecase>{parts}", u8::from(has_case));
        let form = |words: &str| if has_case { words.to_owned() } else { words.to_lowercase() };
        let met = of.iter().find(|(words, _)| form(words) == form(&given));
        let expected = met.map_or(0, |(_, fraction)| i64::from(*fraction));
        let xml = bank("shortanswer", &format!("{}{parts}", text("questiontext", "Which?")));
        // Where the one that gives all is never met, nothing does.
        if let Ok(import) = try_read(&xml) {
            prop_assert_eq!(earned(&import.item, &typed(&given)), expected);
        }
    }
}
