//! Items and assessments, as their authors meet them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod definitions;
mod drafts;
#[path = "../school/mod.rs"]
mod school;

use std::collections::BTreeSet;

use domain::{assessment::Purpose, id::CompetencyId};
use serde_json::json;
use service::{
    Ctx,
    assessment::item::{self, Content},
};

fn question(competency: CompetencyId, title: &str) -> Content {
    let item = json!({
        "title": title, "language": "en",
        "body": [
            { "prose": "A river bends." },
            { "interaction": {
                "kind": "choice", "response": "RESPONSE", "prompt": "Where is the water fastest?",
                "choices": [
                    { "identifier": "outer", "content": "At the outer bank" },
                    { "identifier": "inner", "content": "At the inner bank" },
                ],
            } },
        ],
        "responses": [{
            "identifier": "RESPONSE", "cardinality": "single", "baseType": "identifier",
            "correctResponse": { "identifiers": ["outer"] },
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }],
    });
    Content {
        competency,
        purpose: Purpose::Assessment,
        difficulty: 0.0,
        tags: BTreeSet::new(),
        item: serde_json::from_value(item).unwrap(),
    }
}

async fn published(ctx: &Ctx, competency: CompetencyId, how_many: usize) {
    for number in 0..how_many {
        let id = ctx.new_id();
        item::create(ctx, id, question(competency, &format!("Bend {number}")))
            .await
            .unwrap();
        item::publish(ctx, id, 1).await.unwrap();
    }
}
