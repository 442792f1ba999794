//! An attempt as its learner sees it.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    Timestamp,
    assessment::{AttemptState, FeedbackView, Hindsight, ItemView, Layout, Mode, Sequence},
    id::{ActivityId, AssessmentId, AttemptId, CourseId, FileId},
};
use entity::{TenantTx, assessment::response};

use super::{
    send_file::{SentFile, sent_files},
    sitting::{Sitting, answer_of, score_of},
};
use crate::{
    Ctx, Result,
    assessment::{files_of, learner, regrade},
};

/// Which questions to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// None: the list of places is enough.
    Places,
    /// The one at this position; at a gate, and where there is no way back, the one
    /// in hand, whatever is asked for.
    One(usize),
    /// All of them; at a gate, and where there is no way back, the one in hand.
    All,
}

/// An attempt as its learner sees it.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Which attempt.
    pub attempt: AttemptId,
    /// At which assessment.
    pub assessment: AssessmentId,
    /// Where in a course it was begun.
    pub within: Option<(CourseId, ActivityId)>,
    /// What the assessment is called.
    pub title: String,
    /// Freely moved in, or one after another.
    pub mode: Mode,
    /// One question on a page, or all.
    pub layout: Layout,
    /// Whether an answer is scored, and stands, as soon as it is given.
    pub at_once: bool,
    /// Whether a question that was left is not seen again.
    pub linear: bool,
    /// Where it stands.
    pub state: AttemptState,
    /// When its time is up, if it has a limit.
    pub deadline: Option<Timestamp>,
    /// The present moment, by which a clock on the page is set.
    pub now: Timestamp,
    /// Whether no answers are taken any more because the time is up.
    pub time_up: bool,
    /// Until when the clock stands still, while the learner is on a break: then
    /// nothing of what is asked is shown.
    pub resting: Option<Timestamp>,
    /// How long the clock may still be stopped, where there is one.
    pub breaks_left: Option<Duration>,
    /// Each position of the form; at a gate, those so far.
    pub places: Vec<Place>,
    /// How many there are at most.
    pub length: usize,
    /// What was asked to be shown.
    pub questions: Vec<Question>,
    /// The files that those name.
    pub files: BTreeMap<String, FileId>,
    /// The files that were sent as answers.
    pub sent: Vec<SentFile>,
}

/// A position of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From 0.
    pub position: usize,
    /// Whether it has an answer.
    pub answered: bool,
    /// Whether the learner wants to come back to it.
    pub flagged: bool,
    /// Whether its answer stands.
    pub stands: bool,
}

/// A question, with the answer so far.
#[derive(Debug, Clone)]
pub struct Question {
    /// From 0.
    pub position: usize,
    /// What is asked; nothing from which the key follows.
    pub view: ItemView,
    /// What was answered, as the fields of a form.
    pub fields: Vec<(String, String)>,
    /// The last save's number; the next one's is higher.
    pub sequence: Sequence,
    /// When it was last saved.
    pub saved_at: Option<Timestamp>,
    /// Whether the learner wants to come back to it.
    pub flagged: bool,
    /// Whether its answer stands.
    pub stands: bool,
    /// What the learner may be told about an answer that stands.
    pub feedback: Option<FeedbackView>,
}

/// The person's attempt, with the questions asked for.
pub async fn open(ctx: &Ctx, id: AttemptId, show: Show) -> Result<Sheet> {
    let tx = ctx.read().await?;
    let sitting = Sitting::own(&tx, id, learner(ctx)?).await?;
    let from = sitting.hindsight(&tx, ctx.now()).await?;
    let mut questions = Vec::new();
    if sitting.attempt.break_ends(ctx.now()).is_none() {
        for position in shown(&sitting, show, from) {
            questions.push(question(&tx, &sitting, position, from).await?);
        }
    }
    let files = files_of(&tx, questions.iter().map(|question| &question.view)).await?;
    let sent = sent_files(&tx, id, questions.iter().map(|question| &question.view)).await?;
    Ok(Sheet {
        files,
        sent,
        ..sheet(ctx, &sitting, questions)
    })
}

fn shown(sitting: &Sitting, show: Show, from: Hindsight) -> Vec<usize> {
    let over = sitting.attempt.state.is_over();
    match (show, sitting.assessment.mode) {
        (Show::Places, _) => Vec::new(),
        (Show::One(position), _) if may_look_back(sitting, position, from) => vec![position],
        (_, Mode::SequentialGate) if over => Vec::new(),
        (_, Mode::SequentialGate) => sitting.next().into_iter().collect(),
        (_, Mode::FixedForm) if sitting.assessment.is_linear() && !over => {
            sitting.next().into_iter().collect()
        }
        (Show::One(position), Mode::FixedForm) => vec![position],
        (Show::All, Mode::FixedForm) => (0..sitting.responses.len()).collect(),
    }
}

/// Just after an answer that stands, its feedback is shown with it.
fn may_look_back(sitting: &Sitting, position: usize, from: Hindsight) -> bool {
    let stands = sitting
        .responses
        .get(position)
        .is_some_and(|row| row.score.is_some());
    stands && sitting.assessment.feedback.allows(from)
}

async fn question(tx: &TenantTx, sitting: &Sitting, position: usize, from: Hindsight) -> Result<Question> {
    let row = sitting.response(position)?;
    let item = sitting.item(tx, position).await?;
    let (seed, answer) = (sitting.seed(row), answer_of(row)?);
    let feedback = match score_of(row)? {
        Some(score) => {
            let keyed = regrade::with_key_in_force(tx, &item, row.item_version_id, &score).await?;
            FeedbackView::new(&keyed, seed, &answer, &score, sitting.assessment.feedback, from)
        }
        None => None,
    };
    Ok(Question {
        position,
        view: ItemView::new(&item, seed),
        fields: answer.to_form(&item, seed),
        sequence: row.sequence.cast_unsigned(),
        saved_at: row.saved_at,
        flagged: row.flagged,
        stands: row.score.is_some(),
        feedback,
    })
}

fn sheet(ctx: &Ctx, sitting: &Sitting, questions: Vec<Question>) -> Sheet {
    let place = |(position, row): (usize, &response::Model)| Place {
        position,
        answered: row.answer.is_some(),
        flagged: row.flagged,
        stands: row.score.is_some(),
    };
    Sheet {
        attempt: sitting.row.id,
        assessment: sitting.row.assessment_id,
        within: sitting.row.course_id.zip(sitting.row.activity_id),
        title: sitting.assessment.title.clone(),
        mode: sitting.assessment.mode,
        layout: sitting.assessment.arrangement(),
        at_once: sitting.assessment.answers_stand(),
        linear: sitting.assessment.is_linear(),
        state: sitting.attempt.state,
        deadline: sitting.attempt.deadline,
        now: ctx.now(),
        time_up: sitting.attempt.is_overdue(ctx.now()),
        resting: sitting.attempt.break_ends(ctx.now()),
        breaks_left: sitting
            .attempt
            .deadline
            .map(|_| sitting.attempt.go_on(ctx.now()).breaks_left)
            .filter(|left| !left.is_zero()),
        places: sitting
            .responses
            .iter()
            .enumerate()
            .take(sitting.shown())
            .map(place)
            .collect(),
        length: usize::try_from(sitting.row.number)
            .map_or(usize::MAX, |number| sitting.assessment.length_of_try(number))
            .min(sitting.responses.len()),
        questions,
        files: BTreeMap::new(),
        sent: Vec::new(),
    }
}
