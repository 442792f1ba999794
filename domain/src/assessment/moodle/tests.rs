//! What is read scores as Moodle would, or is refused.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{embedded, read, split};
use crate::assessment::{
    Block, Decimal, Interaction, Item, Points, Response, Scoring, Tolerance, UnitEntry, max_score,
    qti::{self, ChangeCode, Import, Refusal, RefusalCode},
    score,
};

fn bank(kind: &str, parts: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n<question type=\"{kind}\">\n\
         <name><text>Tides</text></name>\n{parts}\n</question>\n</quiz>"
    )
}

fn text(name: &str, html: &str) -> String {
    format!("<{name} format=\"html\"><text><![CDATA[{html}]]></text></{name}>")
}

fn answer(fraction: &str, words: &str) -> String {
    format!(
        "<answer fraction=\"{fraction}\" format=\"html\"><text>{words}</text><feedback><text/></feedback></answer>"
    )
}

fn answers(of: &[(&str, &str)]) -> String {
    of.iter()
        .map(|(fraction, words)| answer(fraction, words))
        .collect()
}

fn try_read(xml: &str) -> Result<Import, Refusal> {
    read(xml.as_bytes(), &mut |path| Some(format!("files/{path}")))
}

fn taken(kind: &str, parts: &str) -> Import {
    let asks = text("questiontext", "<p>When is the water highest?</p>");
    let xml = bank(kind, &format!("{asks}{parts}"));
    try_read(&xml).unwrap_or_else(|refusal| panic!("{refusal}: {xml}"))
}

fn refused(kind: &str, parts: &str) -> RefusalCode {
    let asks = text("questiontext", "<p>When is the water highest?</p>");
    try_read(&bank(kind, &format!("{asks}{parts}"))).unwrap_err().code
}

fn codes(import: &Import) -> Vec<ChangeCode> {
    import.changes.iter().map(|change| change.code).collect()
}

/// Hundredths of a point for one value of the only response.
fn earned(item: &Item, value: &Json) -> i64 {
    let response: Response = serde_json::from_value(json!({ "RESPONSE": value })).unwrap();
    score(item, &response).points.hundredths()
}

fn typed(words: &str) -> Json {
    json!({ "text": words })
}

fn number(number: &str) -> Json {
    json!({ "number": { "number": number } })
}

fn chosen(of: &[usize]) -> Json {
    let names: Vec<_> = of.iter().map(|index| format!("choice-{index}")).collect();
    json!({ "identifiers": names })
}

/// It can be published as it is, and goes out to others and in again.
fn publishable(import: &Import) {
    let problems = import.item.check();
    assert!(problems.iter().all(|it| it.code.is_warning()), "{problems:?}");
    let written = qti::write(&import.item, "again");
    let again = qti::read(written.as_bytes(), &mut |name| Some(name.to_owned()));
    let again = again.unwrap_or_else(|refusal| panic!("{refusal}: {written}"));
    assert_eq!(max_score(&again.item), max_score(&import.item));
}

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

fn near(fraction: &str, number: &str, tolerance: &str) -> String {
    format!(
        "<answer fraction=\"{fraction}\"><text>{number}</text><tolerance>{tolerance}</tolerance></answer>"
    )
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

const UNITS: &str = "<units><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit>\
    <unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>";

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

#[test]
fn tags_come_along_but_for_those_that_are_none_here() {
    let tags = ["Spring Tide", "spring tide", "", "a,b"].map(|tag| format!("<tag><text>{tag}</text></tag>"));
    let truth = answers(&[("100", "true"), ("0", "false")]);
    let import = taken("truefalse", &format!("{truth}<tags>{}</tags>", tags.concat()));
    let known: Vec<_> = import.tags.iter().map(ToString::to_string).collect();
    assert_eq!(known, ["spring tide"]);
    assert_eq!(codes(&import), [ChangeCode::TagDropped]);
    let many: String = (0..21)
        .map(|index| format!("<tag><text>t{index}</text></tag>\n"))
        .collect();
    let import = taken("truefalse", &format!("{truth}<tags>{many}</tags>"));
    assert_eq!(import.tags.len(), 20);
    assert_eq!(codes(&import), [ChangeCode::TagDropped]);
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
fn what_asks_nothing_or_is_not_known_says_so() {
    for (kind, code) in [
        ("description", RefusalCode::NoInteraction),
        ("ddmarker", RefusalCode::UnsupportedInteraction),
        ("calculated", RefusalCode::UnsupportedTemplate),
        ("", RefusalCode::UnsupportedInteraction),
    ] {
        assert_eq!(refused(kind, ""), code, "{kind}");
    }
    let item = "<assessmentItem/>";
    assert_eq!(try_read(item).unwrap_err().code, RefusalCode::NotAnItem);
    assert_eq!(split(item.as_bytes()).unwrap_err().code, RefusalCode::NotAnItem);
}

#[test]
fn a_picture_that_stands_beside_its_text_is_found_by_number() {
    let file =
        |words: &str| format!("<file name=\"the bay.png\" path=\"/\" encoding=\"base64\">{words}</file>");
    let asks = format!(
        "<questiontext format=\"html\"><text><![CDATA[<img src=\"@@PLUGINFILE@@/the%20bay.png\" alt=\"A bay\">]]>\
         </text>{}</questiontext>",
        file("QUJD")
    );
    let general = format!(
        "<generalfeedback format=\"html\"><text>&lt;img src='@@PLUGINFILE@@/the%20bay.png'&gt;</text>{}</generalfeedback>",
        file("REVG")
    );
    let xml = bank(
        "truefalse",
        &format!("{asks}{general}{}", answers(&[("100", "true"), ("0", "false")])),
    );
    let import = try_read(&xml).unwrap();
    let Some(Interaction::Choice(it)) = import.item.interactions().next() else {
        panic!()
    };
    assert_eq!(it.prompt, "![A bay](<files/0/the bay.png>)");
    assert_eq!(
        import.item.feedback.general.as_deref(),
        Some("![](<files/1/the bay.png>)")
    );
    assert_eq!(embedded(xml.as_bytes(), "0/the bay.png").unwrap(), b"ABC");
    assert_eq!(embedded(xml.as_bytes(), "1/../../etc/passwd").unwrap(), b"DEF");
    assert_eq!(embedded(xml.as_bytes(), "2/x"), None);
    // A picture from elsewhere is none that can be shown.
    let far = xml.replace("@@PLUGINFILE@@/the%20bay.png", "https://example.org/bay.png");
    let nowhere = read(far.as_bytes(), &mut |_| None);
    assert_eq!(nowhere.unwrap_err().code, RefusalCode::UnsupportedContent);
    let out = xml
        .replace("the bay.png", "../../bay.png")
        .replace("the%20bay.png", "../../bay.png");
    let read_out = try_read(&out).unwrap();
    assert!(!format!("{read_out:?}").contains(".."), "{read_out:?}");
}

#[test]
fn a_bank_is_split_and_each_part_is_read_where_it_stood() {
    let category =
        "<question type=\"category\"><category><text>$course$/top/Tides</text></category></question>";
    let one = bank("truefalse", &answers(&[("100", "true"), ("0", "false")]));
    let one = one.split_once("<quiz>").unwrap().1.replace("</quiz>", "");
    let xml = format!(
        "\u{feff}<quiz>\n{category}\n{one}\n{}</quiz>",
        one.replace("truefalse", "ddmarker")
    );
    let parts = split(xml.as_bytes()).unwrap();
    assert_eq!(parts.len(), 2);
    assert_eq!(
        (parts[0].name.as_str(), parts[0].category.as_str()),
        ("Tides", "$course$/top/Tides")
    );
    assert_eq!((parts[0].line, parts[1].line), (4, 10));
    assert!(try_read(&parts[0].source).is_ok());
    let refusal = try_read(&parts[1].source).unwrap_err();
    assert_eq!(
        (refusal.code, refusal.place.line),
        (RefusalCode::UnsupportedInteraction, 1)
    );
}

#[test]
fn nothing_that_a_stranger_wrote_runs_or_grows() {
    let laughs = "<!DOCTYPE quiz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><quiz>&b;</quiz>";
    let deep = format!("<quiz>{}", "<question>".repeat(1_000));
    for (xml, code) in [
        (laughs, RefusalCode::EntitiesForbidden),
        (&deep, RefusalCode::TooLarge),
    ] {
        assert_eq!(split(xml.as_bytes()).unwrap_err().code, code);
    }
    let asks = text(
        "questiontext",
        "Is it?<script>x()</script><a href='javascript:x()' onclick='y()'>so</a>",
    );
    let truth = answers(&[("100", "true"), ("0", "false")]);
    let import = read(
        bank("truefalse", &format!("{asks}{truth}")).as_bytes(),
        &mut |_| None,
    )
    .unwrap();
    assert_eq!(
        codes(&import),
        [ChangeCode::PresentationDropped, ChangeCode::AddressDropped]
    );
    assert_eq!(import.item.interactions().next().unwrap().prompt(), "Is it?so");
    let deep = text("questiontext", &"<div>".repeat(10_000));
    let refusal = try_read(&bank("truefalse", &format!("{deep}{truth}"))).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::TooLarge);
    let far = "<questiontext format=\"html\"><text>&lt;iframe src='https://example.org'&gt;&lt;/iframe&gt;</text></questiontext>";
    let refusal = try_read(&bank("truefalse", &format!("{far}{truth}"))).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::UnsupportedContent);
    let huge = format!("<quiz><file>{}</file></quiz>", "QUJD".repeat(9 << 20));
    assert_eq!(split(huge.as_bytes()).unwrap_err().code, RefusalCode::TooLarge);
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

    #[test]
    fn no_change_to_a_bank_makes_it_fall_over(at in 0.0f64..1.0, cut in 0usize..40, put in ".{0,8}") {
        let asks = text("questiontext", "<p>It is [[1]] {1:MC:=a~b} \\(x\\) <img src='@@PLUGINFILE@@/a'></p>");
        let parts = [asks, answers(&[("100", "a"), ("50", "b*")]), near("100", "1", "0"), UNITS.to_owned()].concat();
        for kind in ["multichoice", "shortanswer", "numerical", "cloze", "gapselect", "ddwtos", "ordering"] {
            let xml = bank(kind, &parts);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss,
                reason = "a place in a short text")]
            let begin = (at * xml.len() as f64) as usize;
            let begin = (begin..=xml.len()).find(|at| xml.is_char_boundary(*at)).unwrap();
            let end = (begin + cut..=xml.len()).find(|at| xml.is_char_boundary(*at)).unwrap_or(xml.len());
            let changed = format!("{}{put}{}", &xml[..begin], &xml[end..]);
            let _ = split(changed.as_bytes());
            if let Ok(import) = try_read(&changed) {
                let _ = import.item.check();
                let _ = qti::write(&import.item, "again");
            }
        }
    }
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
