//! What came of an attempt, as its learner sees it.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    assessment::{
        Amendment, AttemptState, FeedbackPolicy, FeedbackTime, FeedbackView, Hindsight, ItemView, LatePolicy,
        Points, max_score,
    },
    id::{
        AchievementId, ActivityId, AssessmentId, AttemptId, AwardId, CourseId, DecisionId, FileId,
        ItemVersionId,
    },
    mastery::Outcome,
};
use entity::{
    TenantTx,
    assessment::{amendment, marking, regrade as regraded},
    mastery::decision,
    program::{achievement, award},
};
use sea_orm::{ColumnTrait, Condition};

use super::{
    conclude::AttemptResult,
    send_file::{SentFile, sent_files},
    sitting::{Sitting, answer_of, score_of},
};
use crate::{
    Ctx, Result,
    assessment::{
        appeal::{self, Appeal},
        files_of,
        late::{self, LateTold},
        learner,
        marking::{Annotated, StoredMark},
        regrade::{self, StoredAmendment, Worth},
    },
    mastery::DecisionView,
};

/// What came of an attempt.
#[derive(Debug, Clone)]
pub struct ResultSheet {
    /// Which attempt.
    pub attempt: AttemptId,
    /// At which assessment.
    pub assessment: AssessmentId,
    /// Where in a course it was begun.
    pub within: Option<(CourseId, ActivityId)>,
    /// What the assessment is called.
    pub title: String,
    /// The learner's 1st, 2nd … at this assessment.
    pub number: i64,
    /// Where it stands: in progress, waiting for marks, or scored.
    pub state: AttemptState,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// Points given and to be had; none until all is marked.
    pub points: Option<(Points, Points)>,
    /// What the assessment's rule says; none where it has none.
    pub outcome: Option<Outcome>,
    /// What was decided, of the assessment first, then of each competency.
    pub decisions: Vec<DecisionView>,
    /// Whether some of that was decided with attempts that came later.
    pub decided_later: bool,
    /// What was decided before something was put right.
    pub earlier_decisions: Vec<DecisionView>,
    /// What was put right since, first to last.
    pub amendments: Vec<Amended>,
    /// The answers that came when the time was up.
    pub late: Vec<LateTold>,
    /// Until when others may; until then nothing is told of single answers, unless the
    /// learner asks for it and gives that up.
    pub late_until: Option<Timestamp>,
    /// Whether its time was up lately: there may be answers in a browser that came too late.
    pub ended_just_now: bool,
    /// What the learner asked to have looked at again; none if they didn't.
    pub appeal: Option<Appeal>,
    /// The badges that this attempt completed.
    pub awards: Vec<Awarded>,
    /// Each question with what may be said about the answer. Empty if the
    /// assessment says nothing about single answers.
    pub questions: Vec<MarkedQuestion>,
    /// Whether that will be said when the assessment has closed.
    pub questions_later: bool,
    /// The files that those name.
    pub files: BTreeMap<String, FileId>,
    /// The files that were sent as answers.
    pub sent: Vec<SentFile>,
}

/// A badge that was earned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awarded {
    /// The award.
    pub award: AwardId,
    /// Of which achievement.
    pub achievement: AchievementId,
    /// What it is called.
    pub name: String,
}

/// A question of the past.
#[derive(Debug, Clone)]
pub struct MarkedQuestion {
    /// From 0.
    pub position: usize,
    /// The version that was asked.
    pub version: ItemVersionId,
    /// What was asked.
    pub view: ItemView,
    /// What was answered, as the fields of a form.
    pub fields: Vec<(String, String)>,
    /// What may be said about it.
    pub feedback: FeedbackView,
    /// The most points that it has, as it was asked.
    pub most: Points,
    /// What was put right about it; none if it stands as it was scored first.
    pub amended: Option<Amendment>,
    /// What the assessor wrote, as Markdown.
    pub comments: Vec<String>,
    /// The texts in which the assessor said something of a place.
    pub annotated: Vec<Annotated>,
}

/// What was put right in an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// When.
    pub at: Timestamp,
    /// What the attempt was worth before.
    pub before: Worth,
    /// What it was worth then.
    pub after: Worth,
    /// Because of what.
    pub by: AmendedBy,
    /// Why, as the learners are told of a regrade, once something may be said about the
    /// questions: it may tell what is right.
    pub told: Option<String>,
}

/// Because of what an attempt was put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmendedBy {
    /// A question was regraded.
    Regrade,
    /// An assessor answered an appeal.
    Appeal,
    /// An answer that came late counts.
    Late,
}

/// What came of the person's attempt.
pub async fn result(ctx: &Ctx, id: AttemptId) -> Result<ResultSheet> {
    let tx = ctx.read().await?;
    let sitting = Sitting::own(&tx, id, learner(ctx)?).await?;
    let stored: Option<AttemptResult> = sitting
        .row
        .result
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?;
    let (points, outcome, awards, standing) = match stored {
        Some(stored) => (
            Some((stored.points, stored.max)),
            stored.outcome,
            awarded(&tx, &stored.awards).await?,
            stored.decisions,
        ),
        None => (None, None, Vec::new(), Vec::new()),
    };
    let from = sitting.hindsight(&tx, ctx.now()).await?;
    let questions = questions(&tx, &sitting, sitting.assessment.feedback, from).await?;
    let (decisions, mut earlier_decisions) = decisions(&tx, id, &standing).await?;
    let may_tell = sitting.assessment.feedback.allows(from);
    let amendments = amendments(&tx, id, may_tell).await?;
    if amendments.is_empty() {
        // What was decided since then because of another attempt is told there.
        earlier_decisions.clear();
    }
    Ok(ResultSheet {
        files: files_of(&tx, questions.iter().map(|question| &question.view)).await?,
        sent: sent_files(&tx, id, questions.iter().map(|question| &question.view)).await?,
        attempt: id,
        assessment: sitting.row.assessment_id,
        within: sitting.row.course_id.zip(sitting.row.activity_id),
        title: sitting.assessment.title.clone(),
        number: sitting.row.number,
        state: sitting.attempt.state,
        submitted_at: sitting.row.submitted_at,
        points,
        outcome,
        decided_later: is_about_another(&tx, id, &standing).await?,
        decisions,
        earlier_decisions,
        amendments,
        late: late::of_attempt(&tx, &sitting, ctx.now()).await?,
        ended_just_now: sitting
            .attempt
            .late_until(LatePolicy::Keep)
            .is_some_and(|until| ctx.now() <= until),
        late_until: sitting
            .late_until(ctx.now())
            .filter(|_| sitting.assessment.feedback.when != FeedbackTime::Never),
        appeal: appeal::of_attempt(&tx, id).await?,
        awards,
        questions_later: sitting.assessment.feedback.when == FeedbackTime::AfterWindow
            && (Hindsight::Over..Hindsight::Closed).contains(&from),
        questions,
    })
}

async fn amendments(tx: &TenantTx, attempt: AttemptId, may_tell: bool) -> Result<Vec<Amended>> {
    let rows = tx
        .rows::<amendment::Entity>()
        .filter(amendment::Column::AttemptId.eq(attempt))
        .asc(amendment::Column::At)
        .asc(amendment::Column::Id)
        .all()
        .await?;
    let regrades = tx
        .rows::<regraded::Entity>()
        .filter(regraded::Column::Id.is_in(rows.iter().filter_map(|row| row.regrade_id)))
        .all()
        .await?;
    rows.into_iter()
        .map(|row| {
            let before: StoredAmendment = serde_json::from_str(&row.before)?;
            let after: AttemptResult = serde_json::from_str(&row.after)?;
            let regrade = regrades.iter().find(|it| Some(it.id) == row.regrade_id);
            Ok(Amended {
                at: row.at,
                before: Worth::of(&before.result),
                after: Worth::of(&after),
                by: match (row.regrade_id, row.late_position) {
                    (Some(_), _) => AmendedBy::Regrade,
                    (None, Some(_)) => AmendedBy::Late,
                    (None, None) => AmendedBy::Appeal,
                },
                told: regrade.filter(|_| may_tell).map(|regrade| regrade.told.clone()),
            })
        })
        .collect()
}

async fn awarded(tx: &TenantTx, ids: &[AwardId]) -> Result<Vec<Awarded>> {
    let rows = tx
        .rows::<award::Entity>()
        .filter(award::Column::Id.is_in(ids.iter().copied()))
        .filter(award::Column::WithdrawnAt.is_null())
        .all()
        .await?;
    let names = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::Id.is_in(rows.iter().map(|row| row.achievement_id)))
        .all()
        .await?;
    let name = |id: AchievementId| names.iter().find(|row| row.id == id).map(|row| row.name.clone());
    // In the order in which they were given: parts before the whole.
    let mut rows = rows;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows
        .into_iter()
        .map(|row| Awarded {
            award: row.id,
            achievement: row.achievement_id,
            name: name(row.achievement_id).unwrap_or_default(),
        })
        .collect())
}

/// Whether one of these decisions came of another attempt.
async fn is_about_another(tx: &TenantTx, attempt: AttemptId, standing: &[DecisionId]) -> Result<bool> {
    let others = tx
        .rows::<decision::Entity>()
        .filter(decision::Column::Id.is_in(standing.iter().copied()))
        .filter(decision::Column::AttemptId.ne(attempt));
    Ok(others.count().await? > 0)
}

/// The decisions that hold, in their order, and those that were made before them.
async fn decisions(
    tx: &TenantTx,
    attempt: AttemptId,
    standing: &[DecisionId],
) -> Result<(Vec<DecisionView>, Vec<DecisionView>)> {
    let rows = tx
        .rows::<decision::Entity>()
        .filter(
            Condition::any()
                .add(decision::Column::AttemptId.eq(attempt))
                .add(decision::Column::Id.is_in(standing.iter().copied())),
        )
        .asc(decision::Column::At)
        .asc(decision::Column::Id)
        .all()
        .await?;
    let place = |row: &decision::Model| standing.iter().position(|id| *id == row.id);
    let (mut now, before): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| place(row).is_some());
    now.sort_by_key(place);
    Ok((
        DecisionView::all(tx, now).await?,
        DecisionView::all(tx, before).await?,
    ))
}

/// The questions with what may be said about the answers; none where nothing may.
pub(crate) async fn questions(
    tx: &TenantTx,
    sitting: &Sitting,
    policy: FeedbackPolicy,
    from: Hindsight,
) -> Result<Vec<MarkedQuestion>> {
    if from == Hindsight::UnderWay || !policy.allows(from) {
        return Ok(Vec::new());
    }
    let items = sitting.items(tx).await?;
    let marks = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AttemptId.eq(sitting.row.id))
        .all()
        .await?;
    let late = late::marks(tx, sitting.row.id).await?;
    let mut questions = Vec::new();
    for (position, row) in sitting.responses.iter().enumerate() {
        let (Some(item), Some(score)) = (items.get(&row.item_version_id), score_of(row)?) else {
            continue;
        };
        let (seed, answer) = (sitting.seed(row), answer_of(row)?);
        let keyed = regrade::with_key_in_force(tx, item, row.item_version_id, &score).await?;
        let Some(feedback) = FeedbackView::new(&keyed, seed, &answer, &score, policy, from) else {
            continue;
        };
        let mark = marks.iter().find(|mark| mark.position == row.position);
        let late = late.get(&row.position).and_then(|late| late.mark.as_deref());
        let mark: Option<StoredMark> = late
            .or_else(|| mark.and_then(|mark| mark.mark.as_deref()))
            .map(serde_json::from_str)
            .transpose()?;
        questions.push(MarkedQuestion {
            position,
            version: row.item_version_id,
            view: ItemView::new(item, seed),
            fields: answer.to_form(item, seed),
            feedback,
            most: max_score(item),
            amended: score.amended,
            annotated: mark
                .as_ref()
                .map(|mark| mark.annotated(&answer))
                .unwrap_or_default(),
            comments: mark.map(StoredMark::comments).unwrap_or_default(),
        });
    }
    Ok(questions)
}
