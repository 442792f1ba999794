//! Items that are made anew for each learner.

use std::collections::BTreeSet;

use domain::{
    assessment::{ItemView, Verdict},
    id::AttemptId,
};
use serde_json::{Value as Json, json};
use service::{
    Ctx,
    assessment::{
        attempt::{self, Saving, Show},
        practice::{self, PracticeAnswer},
    },
};

use crate::world::{World, answer_with, cut_score, start};

/// The successor of a number by chance.
fn successor() -> Json {
    let variable = json!({ "variable": "a" });
    let sum =
        json!({ "operation": { "operator": "sum", "of": [variable, { "baseValue": { "integer": 1 } }] } });
    let chance = json!({ "randomInteger": { "min": 1, "max": 1_000_000, "step": 1 } });
    json!({
        "title": "Item", "language": "en",
        "body": [{ "interaction": { "kind": "numericEntry", "response": "R", "prompt": "What follows {{a}}?" } }],
        "responses": [{
            "identifier": "R", "cardinality": "single", "baseType": "float",
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }],
        "template": {
            "variables": [{ "identifier": "a", "cardinality": "single", "baseType": "integer" }],
            "rules": [
                { "do": { "setTemplateValue": { "identifier": "a", "value": chance } } },
                { "do": { "setCorrectResponse": { "identifier": "R", "value": sum } } },
            ],
        },
    })
}

/// The number that is asked about.
fn number(view: &ItemView) -> i64 {
    let prompt = &view.interactions().next().unwrap().prompt;
    let number = prompt.trim_start_matches("What follows ").trim_end_matches('?');
    number.parse().unwrap()
}

async fn asked(ctx: &Ctx, attempt: AttemptId) -> ItemView {
    let mut sheet = attempt::open(ctx, attempt, Show::One(0)).await.unwrap();
    let view = sheet.questions.remove(0).view;
    let sent = serde_json::to_string(&view).unwrap();
    let next = number(&view) + 1;
    assert!(
        !sent.contains(&next.to_string()) && !sent.contains("template"),
        "{sent}"
    );
    view
}

#[tokio::test]
async fn an_attempt_asks_scores_and_explains_one_and_the_same_variant() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 60)).await;
    world.item(competency, "assessment", &successor()).await;
    let more = json!({
        "passRule": cut_score(1, 60), "feedback": { "when": "atEnd", "correctAnswers": true },
    });
    let assessment = world.assessment(competency, 1, more).await;
    let mut numbers = BTreeSet::new();
    for _ in 0..3 {
        let ctx = world.learner().await;
        let id = start(&ctx, assessment).await.unwrap();
        let view = asked(&ctx, id).await;
        assert_eq!(asked(&ctx, id).await, view, "at every reload");
        let right = answer_with(&(number(&view) + 1).to_string());
        attempt::save(&ctx, id, 0, &right, Saving::Deliberate(1))
            .await
            .unwrap();
        attempt::submit(&ctx, id).await.unwrap();
        let result = attempt::result(&ctx, id).await.unwrap();
        let question = &result.questions[0];
        assert_eq!(question.view, view);
        assert_eq!(question.feedback.verdict, Verdict::Correct);
        numbers.insert(number(&view));
    }
    assert_eq!(numbers.len(), 3, "each learner has their own: {numbers:?}");
}

#[tokio::test]
async fn practice_asks_scores_and_explains_one_and_the_same_variant() {
    let world = World::new().await;
    let competency = world.competency(cut_score(3, 60)).await;
    world.item(competency, "practice", &successor()).await;
    let ctx = world.learner().await;
    let question = practice::next(&ctx, &[competency]).await.unwrap().unwrap();
    let again = practice::again(&ctx, question.id, question.item_version)
        .await
        .unwrap();
    assert_eq!(again.view, question.view);
    let given = PracticeAnswer {
        within: None,
        id: question.id,
        item_version: question.item_version,
        fields: answer_with(&(number(&question.view) + 1).to_string()),
    };
    practice::answer(&ctx, given).await.unwrap();
    let told = practice::feedback(&ctx, question.id).await.unwrap();
    assert_eq!(
        (told.view, told.feedback.verdict),
        (question.view, Verdict::Correct)
    );
}
