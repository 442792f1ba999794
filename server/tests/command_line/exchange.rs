//! Items of other systems: scored, brought in, and written.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{cairn, succeeds};

const ITEM: &str = include_str!("../../../domain/src/assessment/qti/tests/files/multiple.v3.xml");

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn an_item_is_scored_without_a_database_and_each_point_has_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "item.xml", ITEM);
    write(
        here,
        "some.json",
        r#"{"RESPONSE":{"identifiers":["spring","autumn"]}}"#,
    );
    let said = succeeds(&cairn(here, &["score", "item.xml", "some.json"]));
    assert!(
        said.contains("0 of 2 points") && said.contains("mapped choice=spring points=1"),
        "{said}"
    );
    write(
        here,
        "all.json",
        r#"{"RESPONSE":{"identifiers":["spring","neap"]}}"#,
    );
    let said = succeeds(&cairn(here, &["score", "item.xml", "all.json", "--json"]));
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["score"]["points"], 2);
    assert!(!here.join("cairn.sqlite").exists());
}

#[test]
fn what_cannot_be_scored_says_why_in_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "item.xml", ITEM);
    write(
        here,
        "response.json",
        r#"{"RESPONSE":{"identifiers":["spring"]}}"#,
    );
    write(here, "other.json", r#"{"OTHER":{"text":"spring"}}"#);
    write(here, "broken.json", "{");
    write(here, "bomb.xml", "<!DOCTYPE a [<!ENTITY b 'ha'>]><a>&b;</a>");
    write(here, "deep.xml", &"<a>".repeat(100_000));
    for (item, response, code, reason) in [
        ("bomb.xml", "response.json", 1, "entities-forbidden"),
        ("deep.xml", "response.json", 1, "too-large"),
        ("item.xml", "other.json", 1, "OTHER"),
        ("item.xml", "broken.json", 1, "EOF"),
        ("nowhere.xml", "response.json", 2, "nowhere.xml"),
    ] {
        let answer = cairn(here, &["score", item, response]);
        let said = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert_eq!(answer.status.code(), Some(code), "{item} {response}: {said}");
        assert!(said.contains(reason), "{said}");
    }
}

#[test]
fn items_come_in_once_and_go_out_as_a_package() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    assert!(cairn(here, &["demo"]).status.success());
    write(here, "item.xml", ITEM);
    let who = ["--tenant", "harbour", "--as", "tamsin.anchorage@example.org"];
    let to = |competency, file| {
        let arguments = [&["import", "qti", file], &who[..], &["--competency", competency]].concat();
        cairn(here, &arguments)
    };
    let import = |file| to("NUM.PCT.1", file);
    assert!(succeeds(&import("item.xml")).starts_with("imported"));
    assert!(succeeds(&import("item.xml")).starts_with("already there"));
    write(
        here,
        "drawing.xml",
        &ITEM.replace("choice-interaction", "drawing-interaction"),
    );
    let refused = import("drawing.xml");
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert!(said.contains("unsupported-interaction: line 6"), "{said}");
    assert_eq!(import("nowhere.zip").status.code(), Some(2));
    let unknown = to("NO.SUCH", "item.xml");
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert_eq!(unknown.status.code(), Some(2));
    assert!(said.contains("competency: No competency has this code"), "{said}");

    succeeds(&cairn(
        here,
        &[&["export", "qti"], &who[..], &["items.zip"]].concat(),
    ));
    let package = fs::read(here.join("items.zip")).unwrap();
    let package = domain::assessment::qti::Package::open(&package).unwrap();
    assert!(package.items.len() > 20, "{}", package.items.len());
    let again = cairn(here, &[&["export", "qti"], &who[..], &["items.zip"]].concat());
    assert!(!again.status.success(), "it is there already");
    assert!(succeeds(&import("items.zip")).contains("imported"));
}

const BANK: &str = r#"<quiz>
<question type="category"><category><text>top/Percent</text></category></question>
<question type="numerical">
<name><text>A tenth</text></name><questiontext format="html"><text>How many percent is a tenth?</text></questiontext>
<answer fraction="100"><text>10</text><tolerance>0</tolerance></answer>
</question>
<question type="shortanswer">
<name><text>A half&#x9b;2J</text></name><questiontext format="html"><text>What is it?</text></questiontext>
<answer fraction="100"><text>half*</text></answer>
</question>
</quiz>"#;

#[test]
fn a_bank_of_moodle_comes_in_and_says_what_it_could_not_bring() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    assert!(cairn(here, &["demo"]).status.success());
    write(here, "bank.xml", BANK);
    let import = |more: &[&str]| {
        let who = ["--tenant", "harbour", "--as", "tamsin.anchorage@example.org"];
        let to = ["--competency", "NUM.PCT.1"];
        let arguments = [&["import", "moodle", "bank.xml"], &who[..], &to[..], more].concat();
        cairn(here, &arguments)
    };
    let answer = import(&[]);
    assert_eq!(answer.status.code(), Some(1), "one was refused");
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    assert!(
        said.contains("imported") && said.contains("in top/Percent"),
        "{said}"
    );
    assert!(said.contains("unsupported-pattern: line 9"), "{said}");
    assert!(
        !said.contains('\u{9b}'),
        "what a stranger wrote steers no terminal"
    );
    write(here, "bank.xml", &BANK.replace("A tenth", "Ten percent"));
    let said = String::from_utf8_lossy(&import(&[]).stdout).into_owned();
    assert!(said.contains("already asked"), "{said}");
    let said = String::from_utf8_lossy(&import(&["--duplicates", "--json"]).stdout).into_owned();
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said[0]["outcome"], "imported");
    assert_eq!(said[1]["code"], "unsupported-pattern");
}
