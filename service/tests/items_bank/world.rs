//! Items of a tenant whose authors look at each other's work.

use std::collections::BTreeSet;

use domain::{
    assessment::{Item, Purpose, ReviewStep},
    id::{CompetencyId, FrameworkId, ItemId},
};
use serde_json::json;
use service::{
    Ctx, Result,
    assessment::item::{self, Content, ReviewForm},
    competency::{self, Details, FrameworkDetails, NewCompetency, standard_rule},
    tenancy::{self, SettingsForm},
};

/// A competency of the tenant of `author`, with that code.
pub(crate) async fn competency(author: &Ctx, code: &str) -> CompetencyId {
    let (framework, id): (FrameworkId, CompetencyId) = (author.new_id(), author.new_id());
    let details = FrameworkDetails {
        code: code.to_owned(),
        title: "Rivers".to_owned(),
        description: String::new(),
    };
    competency::create_framework(author, framework, &details)
        .await
        .unwrap();
    let new = NewCompetency {
        id,
        framework,
        details: Details {
            code: code.to_owned(),
            statement: format!("Can do {code}."),
            level: String::new(),
            parent: None,
            rule: standard_rule(),
        },
    };
    competency::create(author, new).await.unwrap();
    id
}

pub(crate) fn question(competency: CompetencyId, title: &str) -> Content {
    let item: Item = serde_json::from_value(json!({
        "title": title, "language": "en",
        "body": [{ "interaction": {
            "kind": "textEntry", "response": "RESPONSE", "prompt": "Where is the water fastest?",
        } }],
        "responses": [{
            "identifier": "RESPONSE", "cardinality": "single", "baseType": "string",
            "correctResponse": { "text": "outside" },
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }],
    }))
    .unwrap();
    Content {
        competency,
        purpose: Purpose::Assessment,
        difficulty: 0.0,
        tags: BTreeSet::new(),
        item,
    }
}

/// A new item that `author` has written.
pub(crate) async fn written(author: &Ctx, content: Content) -> ItemId {
    let id = author.new_id();
    item::create(author, id, content).await.unwrap();
    id
}

/// Takes a step at the draft as it is stored.
pub(crate) async fn step(ctx: &Ctx, id: ItemId, step: ReviewStep, comment: &str) -> Result<()> {
    let form = ReviewForm {
        id: ctx.new_id(),
        revision: item::load(ctx, id).await?.revision,
        step,
        comment,
    };
    item::review(ctx, id, form).await
}

/// Lets items of the tenant of `owner` be published only once they are approved.
pub(crate) async fn require_review(owner: &Ctx) {
    let settings = tenancy::settings(owner).await.unwrap();
    let form = SettingsForm {
        revision: &settings.revision,
        name: &settings.name,
        tagline: &settings.tagline,
        description: &settings.description,
        languages: "en",
        accent: &settings.accent,
        sign_up: "open",
        domains: "",
        allows_suspension: false,
        requires_review: true,
    };
    tenancy::update_settings(owner, form).await.unwrap();
}
