//! What is read scores as Moodle would, or is refused.

mod banks;
mod choices;
mod entries;
mod gaps;

use serde_json::{Value as Json, json};

use super::read;
use crate::assessment::qti::{Import, Refusal, RefusalCode};

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

fn number(number: &str) -> Json {
    json!({ "number": { "number": number } })
}

fn near(fraction: &str, number: &str, tolerance: &str) -> String {
    format!(
        "<answer fraction=\"{fraction}\"><text>{number}</text><tolerance>{tolerance}</tolerance></answer>"
    )
}

const UNITS: &str = "<units><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit>\
    <unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>";
