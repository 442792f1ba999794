//! Items that come from other systems, and go to them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod banks;
mod packages;
mod refused;
#[path = "../school/mod.rs"]
mod school;

use std::collections::BTreeMap;

use domain::assessment::{Purpose, qti};
use entity::{TenantTx, assessment::refused_item};
use service::{
    Ctx, Turn,
    assessment::item::{self, Destination, Filter, Outcome, Report, Source},
};

const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>"#;

fn question(identifier: &str, asked: &str) -> String {
    format!(
        r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{identifier}"
        title="Bends" xml:lang="en" adaptive="false" timeDependent="false">
        <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
        <correctResponse><value>outer</value></correctResponse></responseDeclaration>
        <itemBody><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>{asked}</prompt>
        <simpleChoice identifier="outer">At the outer bank</simpleChoice>
        <simpleChoice identifier="inner">At the inner bank</simpleChoice></choiceInteraction></itemBody>
        <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>
        </assessmentItem>"#
    )
}

/// Keeps this of the only question that was refused, as if another version had refused it.
async fn keep_instead(tx: TenantTx, source: Vec<u8>) {
    tx.change::<refused_item::Entity>()
        .set(refused_item::Column::Source, source)
        .apply()
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn package(items: &[(&str, String)]) -> Vec<u8> {
    let items = items.iter().map(|(name, xml)| ((*name).to_owned(), xml.clone()));
    let files = BTreeMap::from([("bend.svg".to_owned(), DRAWING.as_bytes().to_vec())]);
    qti::pack(&items.collect(), &files).unwrap()
}

fn to(competency: &str) -> Destination {
    Destination {
        competency: competency.to_owned(),
        purpose: Purpose::Assessment,
        duplicates: false,
    }
}

fn source(bytes: &[u8]) -> Source<'_> {
    Source {
        name: "questions",
        bytes: bytes.to_vec(),
    }
}

async fn bring(ctx: &Ctx, bytes: &[u8]) -> Vec<Report> {
    item::import(ctx, &to("RIV"), source(bytes)).await.unwrap()
}

async fn how_many(ctx: &Ctx) -> u64 {
    item::list(ctx, &Filter::default(), Turn::First)
        .await
        .unwrap()
        .total
}

/// A question bank of Moodle, of questions by kind and name.
fn bank(questions: &[(&str, &str)]) -> String {
    let question = |(kind, name): &(&str, &str)| {
        format!(
            "<question type=\"{kind}\">\n<name><text>{name}</text></name>\
             <questiontext format=\"html\"><text><![CDATA[<p>Is {name} fast?</p>\
             <img src=\"@@PLUGINFILE@@/bend.svg\" alt=\"A bend\">]]></text>\
             <file name=\"bend.svg\" path=\"/\" encoding=\"base64\">{}</file></questiontext>\
             <answer fraction=\"100\"><text>true</text></answer>\
             <answer fraction=\"0\"><text>false</text></answer></question>\n",
            "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxjaXJjbGUgcj0iMyIvPjwvc3ZnPg=="
        )
    };
    let questions: String = questions.iter().map(question).collect();
    let category = "<question type=\"category\"><category><text>top/Rivers</text></category></question>\n";
    format!("<?xml version=\"1.0\"?>\n<quiz>\n{category}{questions}</quiz>")
}

fn refused_as(report: &Report) -> (&str, u32) {
    match &report.outcome {
        Outcome::Refused { code, place, .. } => (code, place.line),
        other => panic!("{other:?}"),
    }
}

/// A bank out of a Common Cartridge, of questions by kind and name.
fn cartridge(questions: &[(&str, &str)]) -> Vec<u8> {
    let question = |(kind, name): &(&str, &str)| {
        format!(
            "<item ident=\"{name}\">\n<presentation><material><mattext texttype=\"text/html\">Is {name} fast? \
             &lt;img src=\"$IMS-CC-FILEBASE$/bend.svg\" alt=\"A bend\"></mattext></material>\
             <{kind} ident=\"R\"><render_choice>\
             <response_label ident=\"y\"><material><mattext>Yes</mattext></material></response_label>\
             <response_label ident=\"n\"><material><mattext>No</mattext></material></response_label>\
             </render_choice></{kind}></presentation><resprocessing><respcondition><conditionvar>\
             <varequal respident=\"R\">y</varequal></conditionvar><setvar>100</setvar></respcondition>\
             </resprocessing></item>\n"
        )
    };
    let questions: String = questions.iter().map(question).collect();
    let bank = format!("<questestinterop><objectbank>\n{questions}</objectbank></questestinterop>");
    // What a package is listed as does not matter: what it holds says what it is.
    let items = BTreeMap::from([("banks/rivers".to_owned(), bank)]);
    let files = BTreeMap::from([("web_resources/bend.svg".to_owned(), DRAWING.as_bytes().to_vec())]);
    qti::pack(&items, &files).unwrap()
}
