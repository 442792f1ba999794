//! Putting right what was asked wrongly.

mod badges;
mod proposals;
mod scored;
mod under_way;

use std::time::Duration;

use domain::{
    assessment::{Points, RegradeState},
    id::{AchievementId, AssessmentId, AttemptId, ItemVersionId, RegradeId},
    tenancy::Role,
};
use entity::{assessment::regrade as regrades, program::award};
use sea_orm::ColumnTrait;
use serde_json::{Value as Json, json};
use service::{
    Ctx,
    assessment::regrade::{self, Chosen, Proposal},
    job::{self, Job},
    mail::Message,
};

use crate::world::{World, cut_score, take, text_item, text_item_with};

/// An assessment of one question, whose key is `right` and in a mended version
/// `wrong`; whoever masters it earns a badge, and with it a larger one.
struct Asked {
    world: World,
    assessment: AssessmentId,
    version: ItemVersionId,
    mended: ItemVersionId,
    badge: AchievementId,
}

impl Asked {
    async fn new() -> Self {
        Self::with(json!({})).await
    }

    /// With `more` in the assessment's definition.
    async fn with(more: Json) -> Self {
        let world = World::new().await;
        let competency = world.competency(cut_score(1, 100)).await;
        let version = world.item(competency, "assessment", &text_item()).await;
        let mut asks = json!({
            "sections": [{ "selection": { "items": [version] } }],
            "passRule": cut_score(1, 100),
        });
        let asked = asks.as_object_mut().unwrap();
        asked.extend(more.as_object().unwrap().clone());
        let assessment = world.assessment(competency, 1, asks).await;
        let mended = world.mended(version, &text_item_with("wrong")).await;
        let badge = world
            .achievement(json!({ "kind": "competency-mastered", "competency": competency }))
            .await;
        world
            .achievement(json!({ "kind": "badge-held", "achievement": badge }))
            .await;
        Self {
            world,
            assessment,
            version,
            mended,
            badge,
        }
    }

    async fn member(&self, role: Role) -> Ctx {
        self.world.member(role).await
    }

    /// A learner with an attempt that is scored and counted.
    async fn sat(&self, marks: &str) -> (Ctx, AttemptId) {
        let learner = self.world.learner().await;
        let (attempt, _) = take(&learner, self.assessment, marks).await;
        work(&self.world).await;
        (learner, attempt)
    }

    /// A proposal of which it is known what it would change.
    async fn proposed(&self, chosen: Chosen) -> (Ctx, RegradeId) {
        let instructor = self.member(Role::Instructor).await;
        self.world.installation.pass(Duration::from_mins(1));
        let proposal = proposal(&instructor, chosen, self.mended);
        let id = regrade::propose(&instructor, self.assessment, self.version, proposal)
            .await
            .unwrap();
        work(&self.world).await;
        assert_eq!(self.row(id).await.state, RegradeState::Ready);
        (instructor, id)
    }

    async fn applied(&self, chosen: Chosen) -> (Ctx, RegradeId) {
        let (instructor, id) = self.proposed(chosen).await;
        regrade::confirm(&instructor, id).await.unwrap();
        work(&self.world).await;
        assert_eq!(self.row(id).await.state, RegradeState::Done);
        (instructor, id)
    }

    async fn row(&self, id: RegradeId) -> regrades::Model {
        let tx = self.world.look().await;
        let row = tx.rows::<regrades::Entity>().filter(regrades::Column::Id.eq(id));
        row.one().await.unwrap().unwrap()
    }

    async fn awards(&self) -> Vec<award::Model> {
        let tx = self.world.look().await;
        tx.rows::<award::Entity>().all().await.unwrap()
    }
}

/// An assessment that asks these, passed with so many percent.
async fn form(
    world: &World,
    competency: domain::id::CompetencyId,
    versions: &[ItemVersionId],
    cut: u8,
) -> AssessmentId {
    let items = u16::try_from(versions.len()).unwrap();
    let more = json!({
        "sections": [{ "selection": { "items": versions } }],
        "passRule": cut_score(items, cut),
    });
    world.assessment(competency, items, more).await
}

fn proposal(ctx: &Ctx, chosen: Chosen, by: ItemVersionId) -> Proposal {
    Proposal {
        id: ctx.new_id(),
        remedy: Some(chosen),
        by: Some(by),
        reason: "The key named the wrong bank.".to_owned(),
        told: "The key of this question was wrong.".to_owned(),
    }
}

async fn work(world: &World) {
    while job::run_due(&world.installation, 100).await.unwrap() > 0 {}
}

async fn queue(ctx: &Ctx, again: Job) {
    let tx = ctx.write().await.unwrap();
    job::now(tx.unowned(), ctx.installation(), &again).await.unwrap();
    tx.commit().await.unwrap();
}

fn changed_results(world: &World) -> usize {
    let mails = world.installation.take_mails();
    let changed = |mail: &&service::mail::Mail| matches!(mail.message, Message::ResultChanged { .. });
    mails.iter().filter(changed).count()
}

const ONE: (Points, Points) = (Points::ONE, Points::ONE);
