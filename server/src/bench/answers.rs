//! Answers saved: learners, each typing on in an attempt.

use std::time::Duration;

use domain::id::AttemptId;
use service::{
    Ctx, Error,
    assessment::attempt::{self, Saving, Show},
};

use super::{
    BenchError, crowd,
    rate::{CROWDS, Fared, Work, at_once},
};
use crate::demo::{DemoClock, history::Learner, load::Loaded};

pub(super) async fn measure(
    loaded: &Loaded<'_>,
    clock: &DemoClock,
    time: Duration,
) -> Result<Vec<Fared>, BenchError> {
    let mut fared = Vec::new();
    for learners in CROWDS {
        let typists = typists(loaded, clock, &format!("of-{learners}"), learners).await?;
        fared.push(at_once(time, typists).await?);
    }
    Ok(fared)
}

/// So many learners of that name, each at the first question of an attempt.
pub(super) async fn typists(
    loaded: &Loaded<'_>,
    clock: &DemoClock,
    name: &str,
    count: usize,
) -> Result<Vec<Typist>, BenchError> {
    let mut typists = Vec::new();
    for number in 0..count {
        let email = format!("typist-{name}-{number}@example.org");
        let ctx = crowd::learner(loaded, &email).await?;
        let attempt = crowd::begin(loaded, &ctx).await?;
        let sheet = attempt::open(&ctx, attempt, Show::All).await?;
        let question = sheet.questions.first().ok_or(Error::NotFound)?;
        let mut learner = Learner::new(loaded, clock, ctx.clone(), 1.0, &email);
        typists.push(Typist {
            fields: learner.answer(&question.view)?,
            ctx,
            attempt,
            sequence: 0,
        });
    }
    Ok(typists)
}

/// Answers one question over and over.
pub(super) struct Typist {
    pub(super) ctx: Ctx,
    pub(super) attempt: AttemptId,
    fields: Vec<(String, String)>,
    sequence: u64,
}

impl Work for Typist {
    async fn once(&mut self) -> Result<(), BenchError> {
        self.sequence += 1;
        let saving = Saving::InBackground(self.sequence);
        let saved = attempt::save(&self.ctx, self.attempt, 0, &self.fields, saving).await?;
        if saved.is_kept {
            Ok(())
        } else {
            Err(BenchError::Wrong("an answer was not kept".to_owned()))
        }
    }
}
