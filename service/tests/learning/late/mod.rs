//! Answers that come when the time is up.

mod coming;
mod deciding;

use std::time::Duration;

use domain::{
    assessment::Points,
    id::{AssessmentId, AttemptId},
};
use entity::assessment::{late_answer, response};
use sea_orm::ColumnTrait;
use serde_json::{Value as Json, json};
use service::{
    Ctx, Error,
    assessment::{
        attempt::{self, Saving},
        late::{self, Came, Coming, Ruling},
    },
    job,
};

use crate::world::{World, answer_with, cut_score, start};

/// A learner whose time is up, with one of two answers handed in.
struct Late {
    world: World,
    learner: Ctx,
    assessment: AssessmentId,
    attempt: AttemptId,
}

const MINUTE: Duration = Duration::from_mins(1);

impl Late {
    async fn new(policy: Json) -> Self {
        let world = World::new().await;
        let competency = world.competency(cut_score(2, 100)).await;
        world.items(competency, "assessment", 2).await;
        let mut more = json!({ "timeLimit": 600, "passRule": cut_score(2, 100) });
        if !policy.is_null() {
            more["late"] = policy;
        }
        let assessment = world.assessment(competency, 2, more).await;
        world
            .achievement(json!({ "kind": "assessment-passed", "assessment": assessment }))
            .await;
        let learner = world.learner().await;
        let attempt = start(&learner, assessment).await.unwrap();
        attempt::save(
            &learner,
            attempt,
            0,
            &answer_with("right"),
            Saving::InBackground(1),
        )
        .await
        .unwrap();
        Self {
            world,
            learner,
            assessment,
            attempt,
        }
    }

    /// A learner who has begun that assessment of ten minutes, and answered nothing.
    async fn begun(world: World, assessment: AssessmentId) -> Self {
        let learner = world.learner().await;
        let attempt = start(&learner, assessment).await.unwrap();
        Self {
            world,
            learner,
            assessment,
            attempt,
        }
    }

    /// So long after the end, with the attempt closed.
    async fn closed(self, after: Duration) -> Self {
        // What is decided on a late answer is decided after the rest.
        let moment = Duration::from_millis(1);
        self.pass(after.saturating_sub(moment));
        job::schedule(&self.world.installation).await.unwrap();
        work(&self.world).await;
        drop(self.world.installation.take_mails());
        self.world.installation.pass(moment);
        self
    }

    fn pass(&self, after: Duration) {
        self.world.installation.pass(Duration::from_mins(10) + after);
    }

    /// An answer to the second question, given a minute before the end.
    async fn come(&self, text: &str, given_ago: Duration) -> service::Result<Came> {
        late::come(&self.learner, self.attempt, coming(1, text, Some(given_ago))).await
    }

    async fn points(&self) -> Points {
        self.result().await.points.unwrap().0
    }

    async fn result(&self) -> attempt::ResultSheet {
        attempt::result(&self.learner, self.attempt).await.unwrap()
    }

    async fn kept(&self) -> Vec<late_answer::Model> {
        let tx = self.world.look().await;
        tx.rows::<late_answer::Entity>().all().await.unwrap()
    }

    async fn handed_in(&self) -> Vec<Option<String>> {
        let tx = self.world.look().await;
        let rows = tx
            .rows::<response::Entity>()
            .filter(response::Column::AttemptId.eq(self.attempt))
            .asc(response::Column::Position);
        let rows = rows.all().await.unwrap();
        rows.into_iter().map(|row| row.answer).collect()
    }
}

fn coming(position: usize, text: &str, given_ago: Option<Duration>) -> Coming {
    Coming {
        position,
        fields: answer_with(text),
        sequence: 2,
        given_ago,
    }
}

fn ruling(counts: bool) -> Ruling {
    Ruling {
        counts: Some(counts),
        reason: "The network was away.".to_owned(),
        ..Ruling::default()
    }
}

async fn work(world: &World) {
    while job::run_due(&world.installation, 100).await.unwrap() > 0 {}
}

fn refused(came: service::Result<Came>) -> &'static str {
    match came {
        Err(Error::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}
