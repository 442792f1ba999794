//! Answers saved per second: many learners, each typing on in an attempt.

use std::time::Duration;

use domain::id::AttemptId;
use service::{
    Ctx, Error,
    assessment::attempt::{self, Saving, Show},
};

use super::{
    BenchError, crowd,
    rate::{AT_ONCE, Work, at_once},
};
use crate::demo::{DemoClock, history::Learner, load::Loaded};

pub(super) async fn measure(
    loaded: &Loaded<'_>,
    clock: &DemoClock,
    time: Duration,
) -> Result<f64, BenchError> {
    let mut typists = Vec::new();
    for number in 0..AT_ONCE {
        let email = format!("typist-{number}@example.org");
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
    at_once(time, typists).await
}

struct Typist {
    ctx: Ctx,
    attempt: AttemptId,
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
