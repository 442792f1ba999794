//! Looking at what came late.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    assessment::{AttemptState, Identifier, ItemView, Response, Rubric},
    id::{AttemptId, FileId, PersonId},
    tenancy::Permission,
};
use entity::assessment::late_answer;

use super::told::rows;
use crate::{
    Ctx, Error, Result,
    assessment::{attempt::Sitting, files_of, marking::rubrics},
};

/// An attempt with the answers that came late. Nothing says whose it is, nor what an
/// answer would be worth: that is no reason to let it count.
#[derive(Debug, Clone)]
pub struct LateSheet {
    /// Which attempt.
    pub attempt: AttemptId,
    /// What the assessment is called.
    pub title: String,
    /// When its time was up.
    pub ended_at: Option<Timestamp>,
    /// How many questions it has.
    pub of: usize,
    /// Each question to which an answer came late.
    pub questions: Vec<LateQuestion>,
    /// The files that those name.
    pub files: BTreeMap<String, FileId>,
}

/// A question to which an answer came late.
#[derive(Debug, Clone)]
pub struct LateQuestion {
    /// From 0.
    pub position: usize,
    /// What was asked.
    pub view: ItemView,
    /// What was handed in, as the fields of a form; none if nothing was.
    pub in_time: Option<Vec<(String, String)>>,
    /// When that was saved.
    pub saved_at: Option<Timestamp>,
    /// What came late, as the fields of a form.
    pub late: Vec<(String, String)>,
    /// When it was given, by what the browser says.
    pub given_at: Option<Timestamp>,
    /// When it arrived.
    pub arrived_at: Timestamp,
    /// Whether it counts; none while that is open.
    pub counts: Option<bool>,
    /// Why.
    pub reason: Option<String>,
    /// What it has to be marked by to count, where a person marks and the rest of the
    /// attempt is marked already.
    pub marked_by: Vec<(Identifier, Rubric)>,
}

/// An attempt with what came late.
///
/// Refused: `late-own`, if it is the actor's own.
pub async fn open(ctx: &Ctx, id: AttemptId) -> Result<LateSheet> {
    let assessor = assessor(ctx)?;
    let tx = ctx.read().await?;
    let kept = rows(&tx, id).await?;
    if kept.is_empty() {
        return Err(Error::NotFound);
    }
    let sitting = Sitting::any(&tx, id).await?;
    if sitting.row.person_id == assessor {
        return Err(Error::Refused("late-own"));
    }
    let mut questions = Vec::new();
    for row in kept {
        let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
        let item = sitting.item(&tx, position).await?;
        questions.push(question(&sitting, position, &item, row)?);
    }
    Ok(LateSheet {
        attempt: id,
        title: sitting.assessment.title.clone(),
        ended_at: sitting.row.submitted_at,
        of: sitting.responses.len(),
        files: files_of(&tx, questions.iter().map(|question| &question.view)).await?,
        questions,
    })
}

fn question(
    sitting: &Sitting,
    position: usize,
    item: &domain::assessment::Item,
    row: late_answer::Model,
) -> Result<LateQuestion> {
    let handed_in = sitting.response(position)?;
    let seed = sitting.seed(handed_in);
    let fields = |answer: &str| -> Result<Vec<(String, String)>> {
        let answer: Response = serde_json::from_str(answer)?;
        Ok(answer.to_form(item, seed))
    };
    let marked_by = match sitting.attempt.state {
        AttemptState::Scored => {
            let rubrics = rubrics(item).map(|(response, rubric)| (response.clone(), rubric.clone()));
            rubrics.collect()
        }
        _ => Vec::new(),
    };
    Ok(LateQuestion {
        position,
        view: ItemView::new(item, seed),
        in_time: handed_in.answer.as_deref().map(fields).transpose()?,
        saved_at: handed_in.saved_at,
        late: fields(&row.answer)?,
        given_at: row.given_at,
        arrived_at: row.arrived_at,
        counts: row.counts,
        reason: row.reason,
        marked_by,
    })
}

/// The actor, who may decide.
pub(super) fn assessor(ctx: &Ctx) -> Result<PersonId> {
    ctx.require(Permission::Mark)?;
    ctx.person()
}
