//! A tenant with a framework, items and people, made row by row.

use std::sync::Arc;

use domain::{
    Timestamp,
    assessment::AttemptState,
    id::{
        AchievementId, AssessmentId, AttemptId, CompetencyId, FrameworkId, ItemId, ItemVersionId, PersonId,
        TenantId,
    },
    tenancy::Role,
};
use entity::{
    TenantTx,
    assessment::{assessment, assessment_version, item, item_version},
    competency::{competency, framework},
    identity::person,
    program::{achievement, achievement_version},
    tenancy::{membership, tenant},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, IntoActiveModel};
use serde_json::{Value as Json, json};
use service::{
    Actor, Ctx,
    assessment::attempt::{self, Start},
    testing::TestInstallation,
};

/// Who writes everything here.
const AUTHOR: PersonId = PersonId(uuid::Uuid::nil());

/// An installation with one tenant.
pub(crate) struct World {
    pub(crate) installation: TestInstallation,
    pub(crate) tenant: TenantId,
    framework: FrameworkId,
}

impl World {
    pub(crate) async fn new() -> Self {
        let installation = TestInstallation::new().await;
        let tenant = add_tenant(&installation, "harbour").await;
        let world = Self {
            framework: installation.new_id(),
            installation,
            tenant,
        };
        let row = framework::Model {
            tenant_id: tenant,
            id: world.framework,
            code: "RIV".to_owned(),
            title: "Rivers".to_owned(),
            description: String::new(),
            created_at: world.now(),
        };
        world
            .store(async |tx| tx.insert::<framework::Entity>(row).await.unwrap())
            .await;
        world
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.installation.now()
    }

    /// A new member with that role.
    pub(crate) async fn member(&self, role: Role) -> Ctx {
        join(&self.installation, self.tenant, role).await
    }

    pub(crate) async fn learner(&self) -> Ctx {
        self.member(Role::Learner).await
    }

    /// A competency that is mastered by `rule`.
    pub(crate) async fn competency(&self, rule: Json) -> CompetencyId {
        let id: CompetencyId = self.installation.new_id();
        let row = competency::Model {
            tenant_id: self.tenant,
            id,
            framework_id: self.framework,
            parent_id: None,
            code: format!("RIV.{id}"),
            statement: "Reads a river.".to_owned(),
            level: String::new(),
            position: 0,
            rule: rule.to_string(),
            rule_version: 1,
        };
        self.store(async |tx| tx.insert::<competency::Entity>(row).await.unwrap())
            .await;
        id
    }

    /// Published items that are answered rightly with `right`.
    pub(crate) async fn items(&self, competency: CompetencyId, purpose: &str, count: usize) {
        for _ in 0..count {
            self.item(competency, purpose, &text_item()).await;
        }
    }

    /// A published item.
    pub(crate) async fn item(
        &self,
        competency: CompetencyId,
        purpose: &str,
        content: &Json,
    ) -> ItemVersionId {
        let (id, version): (ItemId, ItemVersionId) = (self.installation.new_id(), self.installation.new_id());
        let row = item::Model {
            tenant_id: self.tenant,
            id,
            competency_id: competency,
            title: "Item".to_owned(),
            asked: String::new(),
            kind: "text".to_owned(),
            purpose: purpose.to_owned(),
            difficulty: 0.0,
            draft: content.to_string(),
            draft_revision: 1,
            published_version_id: Some(version),
            drawn_competency_id: Some(competency),
            drawn_kind: Some("text".to_owned()),
            drawn_purpose: Some(purpose.to_owned()),
            drawn_difficulty: Some(0.0),
            created_by: AUTHOR,
            created_at: self.now(),
            updated_at: self.now(),
            retired_at: None,
            review: "draft".to_owned(),
            language: String::new(),
            search: String::new(),
        };
        let published = item_version::Model {
            tenant_id: self.tenant,
            id: version,
            item_id: id,
            number: 1,
            content: content.to_string(),
            published_by: AUTHOR,
            published_at: self.now(),
        };
        self.store(async |tx| {
            tx.insert::<item::Entity>(row).await.unwrap();
            tx.insert::<item_version::Entity>(published).await.unwrap();
        })
        .await;
        version
    }

    /// A second version of an item, which is drawn from now on.
    pub(crate) async fn mended(&self, version: ItemVersionId, content: &Json) -> ItemVersionId {
        let tx = self.look().await;
        let first = tx
            .rows::<item_version::Entity>()
            .filter(item_version::Column::Id.eq(version))
            .one()
            .await
            .unwrap()
            .unwrap();
        drop(tx);
        let id: ItemVersionId = self.installation.new_id();
        let item = first.item_id;
        let row = item_version::Model {
            id,
            number: 2,
            content: content.to_string(),
            ..first
        };
        self.store(async |tx| {
            tx.insert::<item_version::Entity>(row).await.unwrap();
            tx.change::<item::Entity>()
                .filter(item::Column::Id.eq(item))
                .set(item::Column::PublishedVersionId, id)
                .apply()
                .await
                .unwrap();
        })
        .await;
        id
    }

    /// A published assessment that draws `count` items of one competency, with
    /// `more` in its definition.
    pub(crate) async fn assessment(&self, competency: CompetencyId, count: u16, more: Json) -> AssessmentId {
        let id: AssessmentId = self.installation.new_id();
        let mut content = json!({
            "title": "Reading a river", "mode": "fixedForm", "unseen": "preferred",
            "feedback": { "when": "atEnd" },
            "sections": [{ "selection": { "pool": { "competencies": [competency], "count": count } } }],
        });
        content
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let version = self.installation.new_id();
        let row = assessment::Model {
            tenant_id: self.tenant,
            id,
            title: "Reading a river".to_owned(),
            draft: content.to_string(),
            draft_revision: 1,
            published_version_id: Some(version),
            created_by: AUTHOR,
            created_at: self.now(),
            updated_at: self.now(),
            archived_at: None,
            opens_at: None,
            closes_at: None,
            access_code: None,
        };
        let published = assessment_version::Model {
            tenant_id: self.tenant,
            id: version,
            assessment_id: id,
            number: 1,
            content: content.to_string(),
            published_by: AUTHOR,
            published_at: self.now(),
        };
        self.store(async |tx| {
            tx.insert::<assessment::Entity>(row).await.unwrap();
            tx.insert::<assessment_version::Entity>(published).await.unwrap();
        })
        .await;
        id
    }

    /// A published badge with these criteria.
    pub(crate) async fn achievement(&self, criteria: Json) -> AchievementId {
        let id: AchievementId = self.installation.new_id();
        let content = json!({
            "name": "River reader", "description": "Reads rivers.", "criteria-narrative": "Read a river.",
            "achievement-type": "Badge", "criteria": criteria,
        });
        let version = self.installation.new_id();
        let row = achievement::Model {
            tenant_id: self.tenant,
            id,
            name: "River reader".to_owned(),
            draft: content.to_string(),
            draft_revision: 1,
            image_file: None,
            published_version_id: Some(version),
            created_by: AUTHOR,
            created_at: self.now(),
            updated_at: self.now(),
            archived_at: None,
        };
        let published = achievement_version::Model {
            tenant_id: self.tenant,
            id: version,
            achievement_id: id,
            number: 1,
            content: content.to_string(),
            image_file: None,
            published_by: AUTHOR,
            published_at: self.now(),
        };
        self.store(async |tx| {
            tx.insert::<achievement::Entity>(row).await.unwrap();
            tx.insert::<achievement_version::Entity>(published).await.unwrap();
        })
        .await;
        id
    }

    /// Looks into the tenant's rows.
    pub(crate) async fn look(&self) -> TenantTx {
        self.installation
            .system()
            .in_tenant(self.tenant)
            .read()
            .await
            .unwrap()
    }

    /// Changes the tenant's rows.
    pub(crate) async fn store(&self, write: impl AsyncFnOnce(&TenantTx)) {
        let ctx = self.installation.system().in_tenant(self.tenant);
        let tx = ctx.write().await.unwrap();
        write(&tx).await;
        tx.commit().await.unwrap();
    }
}

pub(crate) async fn add_tenant(installation: &TestInstallation, slug: &str) -> TenantId {
    let id: TenantId = installation.new_id();
    let row = tenant::Model {
        id,
        slug: slug.to_owned(),
        name: slug.to_owned(),
        tagline: String::new(),
        description: String::new(),
        languages: r#"["en"]"#.to_owned(),
        accent: "#336655".to_owned(),
        logo_file: None,
        sign_up: r#"{"kind":"open"}"#.to_owned(),
        created_at: installation.now(),
        allows_suspension: true,
        requires_review: false,
    };
    let tx = installation.system().write().await.unwrap();
    row.into_active_model().reset_all().insert(&tx).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A new person who is a member there.
pub(crate) async fn join(installation: &TestInstallation, tenant: TenantId, role: Role) -> Ctx {
    let id: PersonId = installation.new_id();
    let row = person::Model {
        id,
        email: format!("{id}@example.org"),
        email_key: format!("{id}@example.org"),
        email_verified_at: None,
        password_hash: String::new(),
        display_name: "Wren Overbrook".to_owned(),
        locale: None,
        theme: "auto".to_owned(),
        is_operator: false,
        created_at: installation.now(),
    };
    let tx = installation.system().write().await.unwrap();
    row.into_active_model().reset_all().insert(&tx).await.unwrap();
    tx.commit().await.unwrap();
    let actor = Actor {
        person: Some(id),
        role: Some(role),
    };
    let ctx = Ctx::new(Arc::clone(installation), tenant, actor);
    let tx = ctx.write().await.unwrap();
    tx.insert::<membership::Entity>(membership::Model {
        tenant_id: tenant,
        id: installation.new_id(),
        person_id: id,
        role: role.to_string(),
        joined_at: installation.now(),
        ended_at: None,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    ctx
}

/// A line of text; `right` is right.
pub(crate) fn text_item() -> Json {
    text_item_with("right")
}

/// A line of text; `key` is right.
pub(crate) fn text_item_with(key: &str) -> Json {
    json!({
        "title": "Item", "language": "en",
        "body": [{ "interaction": { "kind": "textEntry", "response": "R", "prompt": "Say it." } }],
        "responses": [{
            "identifier": "R", "cardinality": "single", "baseType": "string",
            "correctResponse": { "text": key }, "scoring": { "rule": "matchCorrect", "points": 1 },
        }],
    })
}

/// A text that a person marks, from 0 to 4 points.
pub(crate) fn essay() -> Json {
    let level = |name: &str, points: u8| json!({ "identifier": name, "title": name, "descriptor": name, "points": points });
    json!({
        "title": "Essay", "language": "en",
        "body": [{ "interaction": { "kind": "extendedText", "response": "R", "prompt": "Write." } }],
        "responses": [{
            "identifier": "R", "cardinality": "single", "baseType": "string",
            "scoring": { "rule": "rubric", "criteria": [{
                "identifier": "clear", "title": "Clear", "levels": [level("no", 0), level("yes", 4)],
            }] },
        }],
    })
}

/// Passed with so many percent of the points of a form of `items`.
pub(crate) fn cut_score(items: u16, cut: u8) -> Json {
    json!({ "kind": "cut-score", "items": items, "cut": cut, "tries": 3, "cooldown-hours": 0 })
}

pub(crate) fn answer_with(text: &str) -> Vec<(String, String)> {
    vec![("r.1".to_owned(), text.to_owned())]
}

pub(crate) async fn start(ctx: &Ctx, assessment: AssessmentId) -> service::Result<AttemptId> {
    let id = ctx.new_id();
    attempt::start(
        ctx,
        Start {
            id,
            assessment,
            within: None,
            access_code: String::new(),
            agreed: false,
        },
    )
    .await
}

/// A whole attempt: `+` for each right answer, `-` for each wrong one.
pub(crate) async fn take(ctx: &Ctx, assessment: AssessmentId, marks: &str) -> (AttemptId, AttemptState) {
    let attempt = start(ctx, assessment).await.unwrap();
    for (position, mark) in marks.chars().enumerate() {
        let fields = answer_with(if mark == '+' { "right" } else { "wrong" });
        let saving = attempt::Saving::Deliberate(1);
        attempt::save(ctx, attempt, position, &fields, saving)
            .await
            .unwrap();
    }
    let state = attempt::submit(ctx, attempt).await.unwrap();
    (attempt, state)
}
