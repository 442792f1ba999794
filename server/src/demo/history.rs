//! The learners' past: each lives through the course as far as the content says.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    Seed,
    assessment::{BlockView, ItemView, Mark, MarkingStage, Mode},
    course::{Draw, State},
    id::{ActivityId, AssessmentId, AttemptId, CourseId},
};
use rand_chacha::ChaCha20Rng;
use service::{
    Ctx, Error,
    assessment::{attempt, marking, practice},
    course, job,
};

use super::{
    DemoClock, DemoError, Doing,
    answer::{fields, happens},
    content::{ActivityKind, ActivityText, DrawText, ItemText, PersonText},
    load::Loaded,
};

/// So long a learner thinks about a question.
const THOUGHT: Duration = Duration::from_secs(45);
/// After this a next try may begin.
const A_DAY: Duration = Duration::from_hours(24);

/// A learner who is living through the course.
pub(crate) struct Learner<'demo> {
    loaded: &'demo Loaded<'demo>,
    clock: &'demo DemoClock,
    ctx: Ctx,
    accuracy: f64,
    chance: ChaCha20Rng,
}

/// Lets every learner live through their part of the course, from where a load that
/// was cut short left them. Who is through with it is left alone.
pub(super) async fn live(loaded: &Loaded<'_>, clock: &DemoClock) -> Result<(), DemoError> {
    let learners: Vec<&PersonText> = loaded
        .content
        .people
        .iter()
        .filter(|person| person.progress.is_some())
        .collect();
    for (place, person) in learners.into_iter().enumerate() {
        let Some(ctx) = loaded.acting(person) else {
            continue;
        };
        // One after another, over a month.
        clock.set_back(36 - 2 * place as u64);
        let accuracy = person.accuracy.unwrap_or(0.8);
        Learner::new(loaded, clock, ctx, accuracy, &person.email)
            .take_course(person.progress.as_deref().unwrap_or_default())
            .await?;
        run_jobs(loaded).await?;
    }
    Ok(())
}

async fn run_jobs(loaded: &Loaded<'_>) -> Result<(), DemoError> {
    while job::run_due(&loaded.installation, 100).await.doing("jobs")? > 0 {}
    Ok(())
}

impl<'demo> Learner<'demo> {
    /// Somebody who answers rightly with a chance of `accuracy`; `name` makes
    /// their luck their own.
    pub(crate) fn new(
        loaded: &'demo Loaded<'demo>,
        clock: &'demo DemoClock,
        ctx: Ctx,
        accuracy: f64,
        name: &str,
    ) -> Self {
        Self {
            loaded,
            clock,
            ctx,
            accuracy,
            chance: Seed(7).rng(name),
        }
    }

    async fn take_course(&mut self, progress: &str) -> Result<(), DemoError> {
        let text = &self.loaded.content.course;
        let (modules, last_part) = match progress {
            "none" => return Ok(()),
            "started" => (1, 4),
            "complete" => (text.module.len(), usize::MAX),
            counted => {
                let count = counted.trim_start_matches("module-").parse().unwrap_or(1);
                (count, usize::MAX)
            }
        };
        course::enrol(&self.ctx, self.loaded.id("course", &text.slug))
            .await
            .doing(&text.slug)?;
        let modules = text.module.iter().take(modules);
        let part: Vec<&ActivityText> = modules
            .flat_map(|it| it.activity.iter().take(last_part))
            .collect();
        if self.has_come_to(part.last().copied()).await? {
            return Ok(());
        }
        for activity in part {
            self.clock.pass(Duration::from_mins(10));
            self.take(activity).await?;
        }
        Ok(())
    }

    /// Whether they have begun the last thing that they will do.
    async fn has_come_to(&self, last: Option<&ActivityText>) -> Result<bool, DemoError> {
        let slug = &self.loaded.content.course.slug;
        let outline = course::show(&self.ctx, slug).await.doing(slug)?.outline;
        let last: Option<ActivityId> = last.map(|last| self.loaded.id("activity", &last.key));
        let mut begun = outline
            .activities()
            .filter(|activity| matches!(activity.state, State::Started | State::Done));
        Ok(begun.any(|activity| Some(activity.id) == last))
    }

    async fn take(&mut self, activity: &ActivityText) -> Result<(), DemoError> {
        let course = self.loaded.id("course", &self.loaded.content.course.slug);
        let id = self.loaded.id("activity", &activity.key);
        match activity.kind {
            ActivityKind::Lesson => course::complete(&self.ctx, course, id).await.doing(&activity.key),
            ActivityKind::Practice => self.practise(activity, (course, id)).await,
            ActivityKind::Assessment => {
                let assessment = activity.assessment.as_deref().unwrap_or_default();
                self.be_assessed(self.loaded.id("assessment", assessment), (course, id))
                    .await
            }
        }
    }

    async fn practise(
        &mut self,
        activity: &ActivityText,
        within: (CourseId, ActivityId),
    ) -> Result<(), DemoError> {
        let draw = |draw: &DrawText| Draw {
            competency: self.loaded.id("competency", &draw.competency),
            count: draw.n,
        };
        let draws: Vec<Draw> = activity.items.iter().map(draw).collect();
        loop {
            let practised = practice::practised(&self.ctx, &draws)
                .await
                .doing(&activity.key)?;
            if practised.is_enough() {
                break;
            }
            self.clock.pass(THOUGHT);
            let about = practised.competencies();
            let Some(question) = practice::next(&self.ctx, &about).await.doing(&activity.key)? else {
                break;
            };
            let fields = self.answer(&question.view)?;
            let given = practice::PracticeAnswer {
                id: question.id,
                within: Some(within),
                item_version: question.item_version,
                fields,
            };
            practice::answer(&self.ctx, given).await.doing(&activity.key)?;
        }
        // Where the answers were given before, none of them was the last.
        let (course, id) = within;
        course::complete(&self.ctx, course, id).await.doing(&activity.key)
    }

    /// As many tries as are given, a day apart.
    async fn be_assessed(
        &mut self,
        assessment: AssessmentId,
        within: (CourseId, ActivityId),
    ) -> Result<(), DemoError> {
        loop {
            let new = attempt::Start {
                id: self.ctx.new_id(),
                assessment,
                within: Some(within),
                access_code: String::new(),
                agreed: false,
            };
            let id = match attempt::start(&self.ctx, new).await {
                Ok(id) => id,
                Err(Error::Refused(_)) => return Ok(()),
                Err(cause) => return Err(cause).doing("an attempt"),
            };
            self.sit(id).await?;
            self.be_marked(assessment).await?;
            run_jobs(self.loaded).await?;
            self.clock.pass(A_DAY);
        }
    }

    async fn sit(&mut self, id: AttemptId) -> Result<(), DemoError> {
        let sheet = attempt::open(&self.ctx, id, attempt::Show::All)
            .await
            .doing("an attempt")?;
        if sheet.mode == Mode::FixedForm {
            self.fill_in(id, &sheet.questions).await?;
            attempt::submit(&self.ctx, id).await.doing("an attempt")?;
            return Ok(());
        }
        let mut next = sheet.questions.into_iter().next();
        while let Some(question) = next {
            self.clock.pass(THOUGHT);
            let fields = self.answer(&question.view)?;
            let answered = attempt::answer(&self.ctx, id, question.position, &fields)
                .await
                .doing("an answer")?;
            next = match answered {
                attempt::Answered::Next(position) => {
                    let show = attempt::Show::One(position);
                    attempt::open(&self.ctx, id, show)
                        .await
                        .doing("an attempt")?
                        .questions
                        .into_iter()
                        .next()
                }
                attempt::Answered::AllAnswered | attempt::Answered::Ended(_) => None,
            };
        }
        Ok(())
    }

    /// Answers every one of `questions`, and does not hand in.
    pub(crate) async fn fill_in(
        &mut self,
        id: AttemptId,
        questions: &[attempt::Question],
    ) -> Result<(), DemoError> {
        for question in questions {
            self.clock.pass(THOUGHT);
            let fields = self.answer(&question.view)?;
            let saving = attempt::Saving::Deliberate(question.sequence);
            attempt::save(&self.ctx, id, question.position, &fields, saving)
                .await
                .doing("an answer")?;
        }
        Ok(())
    }

    /// What this learner types at a question that looks so.
    pub(crate) fn answer(&mut self, view: &ItemView) -> Result<Vec<(String, String)>, DemoError> {
        let right = happens(&mut self.chance, self.accuracy);
        let text = self
            .text_of(view)
            .ok_or(Error::NotFound)
            .doing("an item that the content does not have")?;
        Ok(fields(view, text, right))
    }

    fn text_of(&self, view: &ItemView) -> Option<&ItemText> {
        let asked = view.body.iter().find_map(|block| match block {
            BlockView::Interaction(interaction) => Some(interaction.prompt.as_str()),
            BlockView::Passage(passage) => Some(passage.prompt.as_str()),
            BlockView::Prose(_) => None,
        })?;
        self.loaded
            .content
            .items
            .iter()
            .find(|item| super::load::in_place(&item.prompt) == asked)
    }

    /// Somebody marks what this learner wrote: the best level for those who are
    /// mostly right, the lowest for others.
    async fn be_marked(&mut self, assessment: AssessmentId) -> Result<(), DemoError> {
        let assessor = self.loaded.somebody("assessor")?;
        while let Some(piece) = marking::claim_next(&assessor, assessment)
            .await
            .doing("marking")?
        {
            self.clock.pass(THOUGHT);
            let good = happens(&mut self.chance, self.accuracy);
            let work = marking::open(&assessor, piece).await.doing("marking")?;
            let mut marks = BTreeMap::new();
            for work in work.works {
                let levels = work.rubric.criteria.iter().filter_map(|criterion| {
                    let level = if good {
                        criterion.levels.last()
                    } else {
                        criterion.levels.first()
                    };
                    level.map(|level| (criterion.identifier.clone(), level.identifier.clone()))
                });
                let comment = if good {
                    "Clear and careful. Well done."
                } else {
                    "Start with the main figure, and say what follows from it."
                };
                marks.insert(
                    work.response,
                    Mark {
                        levels: levels.collect(),
                        comment: comment.to_owned(),
                        ..Mark::default()
                    },
                );
            }
            marking::mark(&assessor, piece, MarkingStage::First, marks)
                .await
                .doing("marking")?;
        }
        Ok(())
    }
}
