//! What a learner reads before they begin.

use std::time::Duration;

use domain::{
    Seed, Timestamp,
    assessment::{Assessment, AttemptState, Mode, Points, StartRefusal, Window, draw},
    id::{ActivityId, AssessmentId, AttemptId, CourseId},
    mastery::{Outcome, Rule},
};
use entity::assessment::attempt;

use super::{
    conclude::AttemptResult,
    pool::pool,
    sitting::{rules_of, state_of},
    start::{draw_refusal, earlier, published, start_refusal, tries},
};
use crate::{
    Ctx, Result,
    assessment::{definition::window_of, learner},
    course::{self, Way},
    mastery, tenancy,
};

/// An assessment as a learner reads of it before they begin.
#[derive(Debug, Clone)]
pub struct Brief {
    /// Which one.
    pub id: AssessmentId,
    /// What it is called.
    pub title: String,
    /// What its author says, as Markdown.
    pub instructions: String,
    /// Freely moved in, or one question after another.
    pub mode: Mode,
    /// How many questions the try under way, or the next one, has; at a gate, at most.
    pub questions: usize,
    /// How long an attempt may take, in seconds.
    pub time_limit: Option<u32>,
    /// Whether a question that was left is not seen again.
    pub linear: bool,
    /// How much longer this learner has.
    pub extra_time: Duration,
    /// How long this learner may stop the clock.
    pub break_time: Duration,
    /// When it may be begun.
    pub window: Window,
    /// Whether a code has to be typed to begin.
    pub takes_code: bool,
    /// What has to be agreed to, as Markdown; empty: nothing.
    pub honour: String,
    /// How many attempts there are.
    pub attempts: Option<u16>,
    /// When it counts as passed; none for practice.
    pub rule: Option<Rule>,
    /// The learner's attempts so far, first to last.
    pub earlier: Vec<Earlier>,
    /// The activity of a course through which they begin it; none if it stands in
    /// no course, or in none where it is open to them.
    pub within: Option<(CourseId, ActivityId)>,
    /// Whether they may begin now.
    pub readiness: Readiness,
}

/// An attempt of before, or under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Which.
    pub id: AttemptId,
    /// The learner's 1st, 2nd … at this assessment.
    pub number: i64,
    /// Where it stands.
    pub state: AttemptState,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// Points given and to be had, once it is scored.
    pub points: Option<(Points, Points)>,
    /// What the rule said, once it is scored.
    pub outcome: Option<Outcome>,
}

/// Whether a learner may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Now.
    Now,
    /// There is one to go on with.
    UnderWay(AttemptId),
    /// It is passed; nothing more is asked.
    Passed,
    /// Later.
    Later(Timestamp),
    /// Not before it opens.
    Opens(Timestamp),
    /// Not any more: it has closed.
    Closed(Timestamp),
    /// Not outside of this course, which they do not take, or where something else
    /// has to be done first.
    InCourse(CourseId),
    /// Not: the key of the sentence that says why.
    No(&'static str),
}

/// The published assessment, with the learner's attempts so far. `from` is the
/// activity of a course that they came from.
pub async fn brief(ctx: &Ctx, id: AssessmentId, from: Option<(CourseId, ActivityId)>) -> Result<Brief> {
    let person = learner(ctx)?;
    let tx = ctx.read().await?;
    let (defined, version) = published(&tx, id).await?;
    let assessment: Assessment = serde_json::from_str(&version.content)?;
    let rows = earlier(&tx, id, person).await?;
    let earlier = rows.iter().map(Earlier::of).collect::<Result<Vec<_>>>()?;
    let tries = tries(&tx, &assessment, &rows).await?;
    // The one under way, or the next.
    let coming = tries.len() + usize::from(!earlier.iter().any(|it| it.state == AttemptState::InProgress));
    let under_way = earlier.iter().find(|it| it.state == AttemptState::InProgress);
    let way = course::way_to(&tx, person, id, from).await?;
    let readiness = if let Some(under_way) = under_way {
        Readiness::UnderWay(under_way.id)
    } else if mastery::is_passed(&tx, person, id).await? {
        Readiness::Passed
    } else if let Way::Closed(course) = way {
        Readiness::InCourse(course)
    } else {
        let rules = tries.into_iter().map(rules_of).collect::<Result<Vec<_>>>()?;
        match assessment.may_start(&window_of(&defined), &rules, ctx.now()) {
            Err(StartRefusal::Cooldown { until }) => Readiness::Later(until),
            Err(StartRefusal::NotOpen { at }) => Readiness::Opens(at),
            Err(StartRefusal::Closed { at }) => Readiness::Closed(at),
            Err(refusal) => Readiness::No(start_refusal(&refusal)),
            // Whether a form can be drawn does not hang on the seed.
            Ok(()) => match draw(&assessment, &pool(&tx, &assessment, person).await?, Seed(0)) {
                Ok(_) => Readiness::Now,
                Err(problem) => Readiness::No(draw_refusal(&problem)),
            },
        }
    };
    let given = tenancy::given(&tx, person).await?;
    Ok(Brief {
        id,
        attempts: assessment.permitted_attempts(),
        questions: assessment.length_of_try(coming),
        linear: assessment.is_linear(),
        extra_time: assessment
            .limit()
            .map_or(Duration::ZERO, |limit| given.extra(limit)),
        break_time: given.breaks_in(assessment.limit()),
        window: window_of(&defined),
        takes_code: defined.access_code.is_some(),
        title: assessment.title,
        instructions: assessment.instructions,
        honour: assessment.honour,
        mode: assessment.mode,
        time_limit: assessment.time_limit,
        rule: assessment.pass_rule,
        earlier,
        within: match way {
            Way::Through(course, activity) => Some((course, activity)),
            Way::Free | Way::Closed(_) => None,
        },
        readiness,
    })
}

impl Earlier {
    fn of(row: &attempt::Model) -> Result<Self> {
        let result: Option<AttemptResult> = row.result.as_deref().map(serde_json::from_str).transpose()?;
        Ok(Self {
            id: row.id,
            number: row.number,
            state: state_of(row)?,
            started_at: row.started_at,
            submitted_at: row.submitted_at,
            points: result.as_ref().map(|result| (result.points, result.max)),
            outcome: result.and_then(|result| result.outcome),
        })
    }
}
