//! Attempts submitted per second – every answer scored, evidence and decision
//! stored, the badge awarded – and the badges that follow from them issued.

use std::sync::Arc;

use domain::{
    id::{AchievementId, AttemptId},
    program::{Achievement, AchievementType, Criteria},
};
use serde::Serialize;
use service::{
    Ctx,
    assessment::attempt::{self, Show},
    job,
    program::achievement,
};

use super::{
    BenchError, crowd,
    rate::{CROWDS, Fared, Work, each, until_idle},
};
use crate::demo::{DemoClock, history::Learner, load::Loaded};

/// So many hand in at least, even where they do so one after the other.
const LEARNERS: usize = 200;

/// What comes of handing in.
#[derive(Debug, Serialize)]
pub(super) struct Attempts {
    submitted: Vec<Fared>,
    /// Per second, every job that follows: the badge signed and stored, the mail
    /// handed on.
    jobs_after: f64,
}

pub(super) async fn measure(loaded: &Loaded<'_>, clock: &DemoClock) -> Result<Attempts, BenchError> {
    offer_badge(loaded).await?;
    let mut submitted = Vec::new();
    for at_once in CROWDS {
        let mut ready = Vec::new();
        for number in 0..at_once.max(LEARNERS) {
            let email = format!("candidate-of-{at_once}-{number}@example.org");
            let ctx = crowd::learner(loaded, &email).await?;
            let attempt = crowd::begin(loaded, &ctx).await?;
            let sheet = attempt::open(&ctx, attempt, Show::All).await?;
            let mut learner = Learner::new(loaded, clock, ctx.clone(), 1.0, &email);
            learner.fill_in(attempt, &sheet.questions).await?;
            ready.push(HandIn { ctx, attempt });
        }
        // What came before is not measured with it.
        if at_once == CROWDS[0] {
            while job::run_due(&loaded.installation, 100).await? > 0 {}
        }
        submitted.push(each(at_once, ready).await?);
    }
    Ok(Attempts {
        submitted,
        jobs_after: until_idle(Arc::clone(&loaded.installation)).await?,
    })
}

/// A badge for the one assessment, so that every learner who passes earns one.
async fn offer_badge(loaded: &Loaded<'_>) -> Result<(), BenchError> {
    let owner = loaded.somebody("owner")?;
    let id: AchievementId = owner.new_id();
    let content = achievement::Content {
        achievement: Achievement {
            name: "Sharing and mixing".to_owned(),
            description: "Shares and mixes amounts in a given ratio.".to_owned(),
            criteria_narrative: "Passed the check.".to_owned(),
            achievement_type: AchievementType::Badge,
            level: None,
            tags: Vec::new(),
            alignments: Vec::new(),
            criteria: Criteria::AssessmentPassed {
                assessment: crowd::assessment(loaded),
            },
        },
        competencies: Vec::new(),
    };
    achievement::create(&owner, id, &content).await?;
    let draft = achievement::load(&owner, id).await?;
    achievement::publish(&owner, id, draft.revision).await?;
    Ok(())
}

struct HandIn {
    ctx: Ctx,
    attempt: AttemptId,
}

impl Work for HandIn {
    async fn once(&mut self) -> Result<(), BenchError> {
        attempt::submit(&self.ctx, self.attempt).await?;
        Ok(())
    }
}
