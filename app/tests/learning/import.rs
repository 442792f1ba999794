//! The page where questions of other systems are brought in.

use axum::http::StatusCode;
use domain::tenancy::Role;

use crate::{
    browser::Browser,
    world::{World, cut_score},
};

const HERE: &str = "/t/harbour/teach/items/import";
const KEPT: &str = "/t/harbour/teach/items/import/refused";

fn question(kind: &str, name: &str) -> String {
    format!(
        "<question type=\"{kind}\"><name><text>{name}</text></name>\
         <questiontext format=\"html\"><text>&lt;u&gt;Is it deep&lt;/u&gt;?</text></questiontext>\
         <answer fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer></question>"
    )
}

#[tokio::test]
async fn each_question_of_a_bank_says_what_became_of_it_and_what_was_refused_is_tried_again() {
    let world = World::new().await;
    let code = format!("RIV.{}", world.competency(cut_score(2, 60)).await);
    let browser = Browser::of(&world.member(Role::Instructor).await);
    let form = [("competency", code.as_str()), ("purpose", "practice")];

    let nothing = browser.bring(HERE, &form, ("bank.xml", "")).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        nothing.says(&format!("<option value=\"{code}\" selected")),
        "{}",
        nothing.html
    );
    let broken = browser.bring(HERE, &form, ("bank.zip", "PK, and nothing")).await;
    assert!(broken.says("This package can't be opened"), "{}", broken.html);
    let nowhere = [("competency", "SEA"), ("purpose", "practice")];
    let nowhere = browser.bring(HERE, &nowhere, ("bank.xml", "<quiz/>")).await;
    assert!(nowhere.says("No competency has this code"));

    let bank = format!(
        "<quiz>{}{}{}</quiz>",
        question("truefalse", "Deep &lt;b&gt;"),
        question("truefalse", "The same"),
        question("ddmarker", "Marked"),
    );
    let report = browser.bring(HERE, &form, ("bank.xml", &bank)).await;
    assert_eq!(report.status, StatusCode::OK);
    for said in [
        "One of 3 is a draft now",
        "One was refused",
        "Imported with changes",
        "A mark on the text was left out",
        "Already here",
        "It is a kind of question that there is not here (line 1, question)",
        "Deep &lt;b&gt;",
        "One question was refused and can be tried again",
    ] {
        assert!(report.says(said), "{said}: {}", report.html);
    }

    let kept = browser.get(KEPT).await;
    assert!(kept.says("Marked") && kept.says("bank.xml"), "{}", kept.html);
    let start = format!("href=\"{KEPT}/");
    let id = kept.html.split_once(&start).unwrap().1.split('"').next().unwrap();
    let one = format!("{KEPT}/{id}");
    assert!(browser.get(&one).await.says("Try again"));
    let again = browser.post(&one, &form).await;
    assert!(again.says("It was refused again"), "{}", again.html);
    let wrong = browser
        .post(&one, &[("competency", "SEA"), ("purpose", "practice")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let forgotten = browser.post(&format!("{one}/forget"), &[]).await;
    assert!(forgotten.says("Nothing was refused"), "{}", forgotten.html);
    assert_eq!(browser.get(&one).await.status, StatusCode::NOT_FOUND);

    let learner = Browser::of(&world.learner().await);
    assert_eq!(learner.get(HERE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(learner.get(KEPT).await.status, StatusCode::NOT_FOUND);
}
