//! Banks as files that strangers wrote.

use proptest::prelude::*;

use super::{UNITS, answers, bank, near, refused, taken, text, try_read};
use crate::assessment::{
    Interaction, SourceKind,
    imported::{changed, codes},
    moodle::{read, split},
    qti::{self, ChangeCode, RefusalCode},
};

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
    let document = SourceKind::Moodle.open(xml.as_bytes()).unwrap();
    assert_eq!(document.embedded("0/the bay.png").unwrap(), b"ABC");
    assert_eq!(document.embedded("1/../../etc/passwd").unwrap(), b"DEF");
    assert_eq!(document.embedded("2/x"), None);
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
fn a_picture_that_is_shown_many_times_is_looked_up_and_not_looked_for() {
    // A long name among the most files that there may be, shown as often as a text holds.
    let long = "x".repeat(20_000);
    let files: String = (0..50)
        .map(|index| format!("<file name=\"{index}{long}\" path=\"/\"></file>"))
        .collect();
    let shown = "<img src=\"@@PLUGINFILE@@/49%20\" alt=\"x\">".repeat(4_000);
    let feedback = format!("<feedback><text><![CDATA[{shown}]]></text>{files}</feedback>");
    let asks = text("questiontext", "Is it?");
    let truth = answers(&[("100", "true"), ("0", "false")]);
    let xml = bank(
        "truefalse",
        &format!(
            "{asks}{}",
            truth.replacen("<feedback><text/></feedback>", &feedback, 1)
        ),
    );
    let document = SourceKind::Moodle.open(xml.as_bytes()).unwrap();
    let mut asked = 0;
    let read = document.read(&mut |address| {
        asked += 1;
        Some(address.to_owned())
    });
    assert!(read.is_ok(), "{read:?}");
    assert_eq!(asked, 4_000);
}

#[test]
fn the_same_name_beside_two_texts_is_two_files_and_one_that_is_written_so_comes_first() {
    let file = |name: &str, words: &str| format!("<file name=\"{name}\" encoding=\"base64\">{words}</file>");
    let asks = format!(
        "<questiontext format=\"html\"><text>&lt;img src='@@PLUGINFILE@@/a%20b.png' alt='x'&gt;</text>{}{}</questiontext>",
        file("a b.png", "QUJD"),
        file("a%20b.png", "REVG"),
    );
    let xml = bank(
        "truefalse",
        &format!("{asks}{}", answers(&[("100", "true"), ("0", "false")])),
    );
    let document = SourceKind::Moodle.open(xml.as_bytes()).unwrap();
    let mut asked = Vec::new();
    let read = document.read(&mut |address| {
        asked.push(address.to_owned());
        Some(address.to_owned())
    });
    assert!(read.is_ok(), "{read:?}");
    assert_eq!(asked, ["1/a%20b.png"]);
    assert_eq!(document.embedded("1/a%20b.png").unwrap(), b"DEF");
}

#[test]
fn a_question_with_more_of_anything_than_an_item_has_is_refused_before_it_is_worked_out() {
    let numbers: String = (0..20_000)
        .flat_map(|index| {
            [
                near("50", &index.to_string(), "0"),
                near("100", &index.to_string(), "0"),
            ]
        })
        .collect();
    assert_eq!(refused("numerical", &numbers), RefusalCode::TooLarge);
    let long = "x".repeat(300 << 10);
    for format in ["markdown", "plain_text", "html"] {
        let asks = format!("<questiontext format=\"{format}\"><text>{long}</text></questiontext>");
        let xml = bank(
            "truefalse",
            &format!("{asks}{}", answers(&[("100", "true"), ("0", "false")])),
        );
        assert_eq!(
            try_read(&xml).unwrap_err().code,
            RefusalCode::TooLarge,
            "{format}"
        );
    }
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
    let files = "<file name=\"a.png\"></file>".repeat(51);
    let refusal = try_read(&bank("truefalse", &format!("{asks}{truth}{files}"))).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::TooLarge);
    let far = "<questiontext format=\"html\"><text>&lt;iframe src='https://example.org'&gt;&lt;/iframe&gt;</text></questiontext>";
    let refusal = try_read(&bank("truefalse", &format!("{far}{truth}"))).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::UnsupportedContent);
    let huge = format!("<quiz><file>{}</file></quiz>", "QUJD".repeat(9 << 20));
    assert_eq!(split(huge.as_bytes()).unwrap_err().code, RefusalCode::TooLarge);
}

proptest! {
    #[test]
    fn no_change_to_a_bank_makes_it_fall_over(at in 0.0f64..1.0, cut in 0usize..40, put in ".{0,8}") {
        let asks = text("questiontext", "<p>It is [[1]] {1:MC:=a~b} \\(x\\) <img src='@@PLUGINFILE@@/a'></p>");
        let parts = [asks, answers(&[("100", "a"), ("50", "b*")]), near("100", "1", "0"), UNITS.to_owned()].concat();
        for kind in ["multichoice", "shortanswer", "numerical", "cloze", "gapselect", "ddwtos", "ordering"] {
            let xml = bank(kind, &parts);
            let changed = changed(&xml, at, cut, &put);
            let _ = split(changed.as_bytes());
            if let Ok(import) = try_read(&changed) {
                let _ = import.item.check();
                let _ = qti::write(&import.item, "again");
            }
        }
    }
}
