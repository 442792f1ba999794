//! Files of both versions, as other systems write them.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::{
    super::{ChangeCode, RefusalCode},
    read,
};
use crate::assessment::{ItemKind, Points, Response, score};

/// A file's name, as QTI 2 and as QTI 3.
macro_rules! file {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("files/", $name, ".v2.xml")),
            include_str!(concat!("files/", $name, ".v3.xml")),
        )
    };
}

pub(super) use file;

/// Responses to one file, each with the hundredths of a point that it is worth.
pub(super) fn scores((name, two, three): (&str, &str, &str), kind: ItemKind, worth: &[(Json, i64)]) {
    let import = read(two).unwrap();
    assert_eq!(read(three).unwrap().item, import.item, "{name}");
    assert_eq!(import.changes, [], "{name}");
    assert_eq!(ItemKind::of(&import.item), Some(kind), "{name}");
    let blocking = import
        .item
        .check()
        .into_iter()
        .filter(|problem| !problem.code.is_warning());
    assert_eq!(blocking.collect::<Vec<_>>(), [], "{name}");
    for (given, hundredths) in worth {
        let response: Response = serde_json::from_value(given.clone()).unwrap();
        let points = score(&import.item, &response).points;
        assert_eq!(points, Points::from_hundredths(*hundredths), "{name}: {given}");
    }
}

pub(super) fn given(value: Json) -> Json {
    json!({ "RESPONSE": value })
}

#[test]
fn choices_score_by_their_key_or_their_mapping() {
    let chosen = |names: &[&str]| given(json!({ "identifiers": names }));
    scores(
        file!("choice"),
        ItemKind::SingleChoice,
        &[(chosen(&["moon"]), 200), (chosen(&["wind"]), 0)],
    );
    scores(
        file!("multiple"),
        ItemKind::MultipleChoice,
        &[
            (chosen(&["spring", "neap"]), 200),
            (chosen(&["spring"]), 100),
            (chosen(&["spring", "neap", "autumn"]), 100),
            (chosen(&["autumn"]), 0),
        ],
    );
    scores(
        file!("hottext"),
        ItemKind::Hottext,
        &[(chosen(&["rises", "falls"]), 100), (chosen(&["rises"]), 0)],
    );
}

#[test]
fn entries_score_by_text_and_by_number() {
    let text = |text: &str| given(json!({ "text": text }));
    scores(
        file!("text-entry"),
        ItemKind::Text,
        &[(text("Ebb"), 100), (text("ebb TIDE"), 50), (text("flood"), 0)],
    );
    let number = |number: &str| given(json!({ "number": { "number": number } }));
    scores(
        file!("number"),
        ItemKind::Numeric,
        &[(number("12.5"), 100), (number("12.3"), 100), (number("12.51"), 0)],
    );
    scores(
        file!("slider"),
        ItemKind::Slider,
        &[(number("6"), 100), (number("8"), 0)],
    );
}

#[test]
fn gaps_in_a_text_add_up() {
    let both = |choice: &str, text: &str| json!({ "RESPONSE": { "identifiers": [choice] }, "BODY": { "text": text } });
    scores(
        file!("inline-choice"),
        ItemKind::Gaps,
        &[
            (both("full", "Sun"), 200),
            (both("half", "star"), 100),
            (both("half", "earth"), 0),
        ],
    );
}

#[test]
fn orders_and_pairs_score_whole_or_by_parts() {
    let order = |names: [&str; 3]| given(json!({ "order": names }));
    scores(
        file!("order"),
        ItemKind::Order,
        &[
            (order(["low", "flood", "high"]), 100),
            (order(["flood", "low", "high"]), 0),
        ],
    );
    let directed = |pairs: Json| given(json!({ "directedPairs": pairs }));
    scores(
        file!("match"),
        ItemKind::Match,
        &[
            (directed(json!([["bay", "wide"], ["sound", "narrow"]])), 100),
            (directed(json!([["bay", "wide"], ["sound", "deep"]])), 50),
        ],
    );
    scores(
        file!("gap-match"),
        ItemKind::GapMatch,
        &[
            (directed(json!([["moon", "first"], ["shore", "second"]])), 100),
            (directed(json!([["moon", "second"], ["shore", "first"]])), 0),
        ],
    );
    let pairs = |pairs: Json| given(json!({ "pairs": pairs }));
    scores(
        file!("associate"),
        ItemKind::Associate,
        &[
            (pairs(json!([["flood", "ebb"], ["high", "low"]])), 100),
            (pairs(json!([["ebb", "flood"]])), 0),
        ],
    );
}

#[test]
fn texts_and_messages_are_kept() {
    let item = read(file!("choice").1).unwrap().item;
    let json = serde_json::to_value(&item).unwrap();
    assert_eq!(json["body"][0]["prose"], "The sea rises and falls *twice* a day.");
    assert_eq!(
        json["body"][1]["interaction"]["prompt"],
        "What pulls the water **most**?"
    );
    assert_eq!(
        json["body"][1]["interaction"]["choices"][1]["content"],
        "The wind"
    );
    assert_eq!(
        json["feedback"]["choices"],
        json!([{ "response": "RESPONSE", "choice": "wind", "markdown": "Wind makes waves." }])
    );
    let number = serde_json::to_value(read(file!("number").1).unwrap().item).unwrap();
    assert_eq!(number["body"][0]["interaction"]["unit"], json!({ "shown": "h" }));
    let hottext = serde_json::to_value(read(file!("hottext").1).unwrap().item).unwrap();
    assert_eq!(
        hottext["body"][0]["interaction"]["text"][0][2],
        json!({ "text": ", and *then* it " })
    );
}

#[test]
fn a_text_without_criteria_gets_one_of_the_scorers_words() {
    let (_, two, three) = file!("extended-text");
    let import = read(two).unwrap();
    assert_eq!(read(three).unwrap().item, import.item);
    assert_eq!(import.changes[0].code, ChangeCode::RubricMade);
    assert!(import.item.check().is_empty());
    let json = serde_json::to_value(&import.item.responses[0].scoring).unwrap();
    assert_eq!(
        json["criteria"][0]["description"],
        "Look for the *moon* and the turning earth."
    );
    assert_eq!(json["criteria"][0]["levels"][3]["points"], 3);
}

/// The multiple-choice file with something else in it.
fn changed(from: &str, to: &str) -> String {
    let (_, two, _) = file!("multiple");
    assert!(two.contains(from), "{from}");
    two.replace(from, to)
}

#[test]
fn what_cannot_be_kept_is_refused_with_its_place() {
    for (from, to, code, line) in [
        (
            "<choiceInteraction",
            "<drawingInteraction",
            RefusalCode::Malformed,
            11,
        ),
        (
            "adaptive=\"false\"",
            "adaptive=\"true\"",
            RefusalCode::UnsupportedAdaptive,
            2,
        ),
        (
            "map_response",
            "map_response_point",
            RefusalCode::UnsupportedScoring,
            3,
        ),
        (
            "<prompt>",
            "<prompt><video src='a.mp4'/>",
            RefusalCode::UnsupportedContent,
            7,
        ),
        (
            "mappedValue=\"1\"",
            "mappedValue=\"0.333\"",
            RefusalCode::UnsupportedScoring,
            3,
        ),
        (
            "identifier=\"neap\"",
            "identifier=\"1 neap\"",
            RefusalCode::Invalid,
            9,
        ),
        (
            "cardinality=\"multiple\"",
            "cardinality=\"ordered\"",
            RefusalCode::UnsupportedType,
            3,
        ),
        ("assessmentItem", "assessmentTest", RefusalCode::NotAnItem, 2),
    ] {
        let refusal = read(&changed(from, to)).unwrap_err();
        assert_eq!((refusal.code, refusal.place.line), (code, line), "{to}");
    }
    for kind in ["drawing", "media", "custom"] {
        let refusal = read(&changed("choiceInteraction", &format!("{kind}Interaction"))).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::UnsupportedInteraction, "{kind}");
    }
}

#[test]
fn more_than_an_item_may_have_is_refused() {
    let choice = |number| format!("<simpleChoice identifier='c{number}'>c</simpleChoice>");
    let entry = |number| format!("<mapEntry mapKey='c{number}' mappedValue='1'/>");
    let choices: String = (0..5_000).map(choice).collect();
    let entries: String = (0..5_000).map(entry).collect();
    let gaps = "<p>a <inlineChoiceInteraction responseIdentifier='RESPONSE'/></p>".repeat(1_000);
    for (before, more) in [
        ("</choiceInteraction>", choices),
        ("</mapping>", entries),
        ("</itemBody>", gaps),
    ] {
        let refusal = read(&changed(before, &(more + before))).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::TooLarge, "{before}");
    }
}

#[test]
fn what_is_left_out_is_named_with_its_place() {
    for (from, to, code, line) in [
        (
            "<itemBody>",
            "<stylesheet href='a.css' type='text/css'/><itemBody>",
            ChangeCode::PresentationDropped,
            5,
        ),
        (
            "<prompt>",
            "<prompt><u>Look</u>: ",
            ChangeCode::FormattingDropped,
            7,
        ),
        ("lowerBound=\"0\"", "", ChangeCode::NeverBelowZero, 3),
        (
            "</itemBody>",
            "</itemBody><modalFeedback outcomeIdentifier='F' identifier='a' showHide='show'>Well</modalFeedback>",
            ChangeCode::FeedbackDropped,
            12,
        ),
        (
            "<prompt>Which are kinds of tide?</prompt>",
            "",
            ChangeCode::PromptMade,
            6,
        ),
        (
            "baseType=\"float\"/>",
            "baseType=\"float\" normalMaximum=\"9\"/>",
            ChangeCode::MaximumDiffers,
            2,
        ),
    ] {
        let changes = read(&changed(from, to)).unwrap().changes;
        let changes: Vec<_> = changes
            .iter()
            .map(|change| (change.code, change.place.line))
            .collect();
        assert_eq!(changes, [(code, line)], "{to}");
    }
}

#[test]
fn rules_that_do_not_add_up_by_response_stay_rules() {
    let (_, two, three) = file!("inline-choice");
    let both = |choice: &str, text: &str| {
        let given = json!({ "RESPONSE": { "identifiers": [choice] }, "BODY": { "text": text } });
        serde_json::from_value::<Response>(given).unwrap()
    };
    let two_sum = "<sum><variable identifier=\"SCORE\"/><baseValue baseType=\"float\">1</baseValue></sum>";
    assert!(two.contains(two_sum));
    // The second point takes the place of the first.
    let overwritten = read(&two.replace(two_sum, "<baseValue baseType=\"float\">1</baseValue>")).unwrap();
    let changes: Vec<_> = overwritten.changes.iter().map(|change| change.code).collect();
    assert_eq!(
        (overwritten.item.check(), changes),
        (vec![], vec![ChangeCode::MaximumAssumed])
    );
    assert_eq!(score(&overwritten.item, &both("full", "Sun")).points, Points::ONE);
    assert_eq!(
        score(&overwritten.item, &both("half", "earth")).points,
        Points::ZERO
    );
    // Nothing is the sun and a star.
    let other = read(&two.replace("<or>", "<and>").replace("</or>", "</and>")).unwrap();
    assert_eq!(score(&other.item, &both("full", "Sun")).points, Points::ONE);
    assert_eq!(
        read(
            &three
                .replace("<qti-or>", "<qti-and>")
                .replace("</qti-or>", "</qti-and>")
        )
        .unwrap()
        .item,
        other.item
    );
}

#[test]
fn rules_that_nobody_can_follow_are_refused_with_their_place() {
    let rule = |rule: &str| {
        let (_, two, _) = file!("inline-choice");
        let processing = format!("<responseProcessing>{rule}</responseProcessing>");
        let from = two.find("<responseProcessing").unwrap();
        let to = two.find("</responseProcessing>").unwrap() + "</responseProcessing>".len();
        read(&[&two[..from], &processing, &two[to..]].concat()).map(|import| import.item)
    };
    let set = |value: &str| {
        format!("<setOutcomeValue identifier=\"SCORE\">{value}</setOutcomeValue><exitResponse/>")
    };
    for (value, element) in [
        (
            "<customOperator class=\"org.example.Random\"/>",
            "custom-operator",
        ),
        ("<testVariables variableIdentifier=\"SCORE\"/>", "test-variables"),
        (
            "<baseValue baseType=\"identifier\">a</baseValue>",
            "response-processing",
        ),
        ("<randomInteger max=\"6\"/>", "response-processing"),
        ("<variable identifier=\"duration\"/>", "response-processing"),
    ] {
        let refusal = rule(&set(value)).unwrap_err();
        assert_eq!(
            (refusal.code, refusal.place.element.as_str()),
            (RefusalCode::UnsupportedScoring, element),
            "{value}"
        );
    }
    let deep = "<sum>".repeat(40) + "<baseValue baseType=\"float\">1</baseValue>" + &"</sum>".repeat(40);
    assert_eq!(rule(&set(&deep)).unwrap_err().code, RefusalCode::TooLarge);
    let item = rule(&set("<integerModulus><baseValue baseType=\"integer\">7</baseValue><baseValue baseType=\"integer\">4</baseValue></integerModulus>")).unwrap();
    assert_eq!(
        score(&item, &Response::default()).points,
        Points::from_hundredths(300)
    );
}

#[test]
fn thirds_of_a_point_are_equal_shares() {
    let third = changed("mappedValue=\"1\"", "mappedValue=\"0.33333\"")
        .replace("defaultValue=\"-1\"", "defaultValue=\"0\"")
        .replace("upperBound=\"2\" ", "")
        .replace(
            "<value>spring</value>",
            "<value>spring</value><value>autumn</value>",
        )
        .replace(
            "</mapping>",
            "<mapEntry mapKey=\"autumn\" mappedValue=\"0.33333\"/></mapping>",
        );
    let item = read(&third).unwrap().item;
    let two = serde_json::from_value(given(json!({ "identifiers": ["spring", "neap"] }))).unwrap();
    let all = serde_json::from_value(given(json!({ "identifiers": ["spring", "neap", "autumn"] }))).unwrap();
    assert_eq!(score(&item, &two).points, Points::from_hundredths(67));
    assert_eq!(score(&item, &all).points, Points::ONE);
}

#[test]
fn html_becomes_markdown_that_says_the_same() {
    for (html, markdown) in [
        (
            "<p>1. not a list, a * b_c [d] &lt;e&gt; $5</p>",
            "1\\. not a list, a \\* b\\_c \\[d\\] \\<e\\> \\$5",
        ),
        (
            "<ul><li>a</li><li><p>b</p><ol><li>c</li></ol></li></ul>",
            "- a\n\n- b\n\n  1. c",
        ),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2|3</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1 | 2\\\\|3 |",
        ),
        ("<pre>x\n y</pre>", "```\nx\n y\n```"),
        (
            "<p>x<sup>2</sup><br/>H<sub>2</sub>O</p>",
            "x${}^{\\mathrm{2}}$\\\nH${}_{\\mathrm{2}}$O",
        ),
        (
            "<p><code>a`b</code> <img src='m.png' alt='A map'/></p>",
            "``a`b`` ![A map](<m.png>)",
        ),
        (
            "<math><mfrac><mn>1</mn><msup><mi>x</mi><mn>2</mn></msup></mfrac></math>",
            "$\\frac{1}{{x}^{2}}$",
        ),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    ] {
        let xml = changed("<choiceInteraction", &format!("{html}<choiceInteraction"));
        let item = read(&xml.replace("</drawing", "</choice")).unwrap().item;
        let json = serde_json::to_value(&item.body[0]).unwrap();
        assert_eq!(json["prose"], markdown, "{html}");
    }
}

#[test]
fn a_formula_is_read_once_however_deep_it_is() {
    let deep = format!(
        "<math>{}<mi>x</mi>{}</math>",
        "<mrow>".repeat(50),
        "</mrow>".repeat(50)
    );
    let xml = changed("<choiceInteraction", &format!("{deep}<choiceInteraction"));
    let item = read(&xml.replace("</drawing", "</choice")).unwrap().item;
    assert_eq!(serde_json::to_value(&item.body[0]).unwrap()["prose"], "$x$");
}

proptest! {
    /// Whatever stands in a file, the answer is an item or a refusal.
    #[test]
    fn no_damage_makes_the_reader_panic(
        which: prop::sample::Index, at: prop::sample::Index, gone in 0..60_usize,
        instead in "[<>/='&;a-z0-9 -]{0,12}|</?(p|table|tr|ul|li|math|mfrac|sum|match|prompt|gap)/?>",
    ) {
        let files = [
            file!("choice"), file!("inline-choice"), file!("gap-match"), file!("number"), file!("extended-text"),
            file!("graphic-gap-match"), file!("position-object"),
        ];
        let (_, _, xml) = files[which.index(files.len())];
        let from = at.index(xml.len());
        let damaged = [&xml[..from], &instead, &xml[(from + gone).min(xml.len())..]].concat();
        if let Ok(import) = read(&damaged) {
            prop_assert!(import.item.interactions().count() > 0);
        }
    }
}

#[test]
fn a_maximum_that_the_file_does_not_state_is_taken_from_the_keys_and_named_or_refused() {
    let xml = super::super::write(&crate::assessment::sample::by_rules(), "item-1");
    let at = xml.find("identifier=\"MAXSCORE\"").unwrap();
    let from = at + xml[at..].find("<qti-default-value>").unwrap();
    let to = at + xml[at..].find("</qti-default-value>").unwrap() + "</qti-default-value>".len();
    let unstated = [&xml[..from], &xml[to..]].concat();
    let import = read(&unstated).unwrap();
    assert_eq!(
        import
            .changes
            .iter()
            .map(|change| change.code)
            .collect::<Vec<_>>(),
        [ChangeCode::MaximumAssumed]
    );
    let from = unstated.find("<qti-correct-response").unwrap();
    let to = unstated.find("</qti-correct-response>").unwrap() + "</qti-correct-response>".len();
    let keyless = [&unstated[..from], &unstated[to..]].concat();
    assert_eq!(read(&keyless).unwrap_err().code, RefusalCode::UnsupportedScoring);
}
