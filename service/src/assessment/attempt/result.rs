//! What came of an attempt, as its learner sees it.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    assessment::{AttemptState, FeedbackTime, FeedbackView, Hindsight, ItemView, Points},
    id::{AchievementId, ActivityId, AssessmentId, AttemptId, AwardId, CourseId, FileId},
    mastery::Outcome,
};
use entity::{
    TenantTx,
    assessment::marking,
    mastery::decision,
    program::{achievement, award},
};
use sea_orm::ColumnTrait;

use super::{
    conclude::AttemptResult,
    sitting::{Sitting, answer_of, score_of},
};
use crate::{
    Ctx, Result,
    assessment::{
        files_of, learner,
        marking::{Annotated, StoredMark},
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
    /// The badges that this attempt completed.
    pub awards: Vec<Awarded>,
    /// Each question with what may be said about the answer. Empty if the
    /// assessment says nothing about single answers.
    pub questions: Vec<MarkedQuestion>,
    /// Whether that will be said when the assessment has closed.
    pub questions_later: bool,
    /// The files that those name.
    pub files: BTreeMap<String, FileId>,
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
    /// What was asked.
    pub view: ItemView,
    /// What was answered, as the fields of a form.
    pub fields: Vec<(String, String)>,
    /// What may be said about it.
    pub feedback: FeedbackView,
    /// What the assessor wrote, as Markdown.
    pub comments: Vec<String>,
    /// The texts in which the assessor said something of a place.
    pub annotated: Vec<Annotated>,
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
    let (points, outcome, awards) = match stored {
        Some(stored) => (
            Some((stored.points, stored.max)),
            stored.outcome,
            awarded(&tx, &stored.awards).await?,
        ),
        None => (None, None, Vec::new()),
    };
    let from = sitting.hindsight(&tx, ctx.now()).await?;
    let questions = questions(&tx, &sitting, from).await?;
    Ok(ResultSheet {
        files: files_of(&tx, questions.iter().map(|question| &question.view)).await?,
        attempt: id,
        assessment: sitting.row.assessment_id,
        within: sitting.row.course_id.zip(sitting.row.activity_id),
        title: sitting.assessment.title.clone(),
        number: sitting.row.number,
        state: sitting.attempt.state,
        submitted_at: sitting.row.submitted_at,
        points,
        outcome,
        decisions: decisions(&tx, id).await?,
        awards,
        questions_later: sitting.assessment.feedback.when == FeedbackTime::AfterWindow
            && from < Hindsight::Closed,
        questions,
    })
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

async fn decisions(tx: &TenantTx, attempt: AttemptId) -> Result<Vec<DecisionView>> {
    let rows = tx
        .rows::<decision::Entity>()
        .filter(decision::Column::AttemptId.eq(attempt))
        .asc(decision::Column::At)
        .asc(decision::Column::Id)
        .all()
        .await?;
    DecisionView::all(tx, rows).await
}

async fn questions(tx: &TenantTx, sitting: &Sitting, from: Hindsight) -> Result<Vec<MarkedQuestion>> {
    if from == Hindsight::UnderWay || !sitting.assessment.feedback.allows(from) {
        return Ok(Vec::new());
    }
    let items = sitting.items(tx).await?;
    let marks = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AttemptId.eq(sitting.row.id))
        .all()
        .await?;
    let mut questions = Vec::new();
    for (position, row) in sitting.responses.iter().enumerate() {
        let (Some(item), Some(score)) = (items.get(&row.item_version_id), score_of(row)?) else {
            continue;
        };
        let (seed, answer) = (sitting.seed(row), answer_of(row)?);
        let Some(feedback) =
            FeedbackView::new(item, seed, &answer, &score, sitting.assessment.feedback, from)
        else {
            continue;
        };
        let mark = marks.iter().find(|mark| mark.position == row.position);
        let mark: Option<StoredMark> = mark
            .and_then(|mark| mark.mark.as_deref())
            .map(serde_json::from_str)
            .transpose()?;
        questions.push(MarkedQuestion {
            position,
            view: ItemView::new(item, seed),
            fields: answer.to_form(item, seed),
            feedback,
            annotated: mark
                .as_ref()
                .map(|mark| mark.annotated(&answer))
                .unwrap_or_default(),
            comments: mark.map(StoredMark::comments).unwrap_or_default(),
        });
    }
    Ok(questions)
}
