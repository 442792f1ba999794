//! Looking at what is asked about.

use std::collections::BTreeMap;

use domain::{
    assessment::{FeedbackPolicy, FeedbackTime, Hindsight, Identifier, Mark, Rubric},
    id::{AnswerFileId, AppealId, AssessmentId, FileId, PersonId},
    tenancy::Permission,
};
use entity::{TenantTx, assessment::appeal};
use sea_orm::ColumnTrait;

use super::Appeal;
use crate::{
    Ctx, Error, Result,
    assessment::{
        attempt::{MarkedQuestion, SentFile, Sitting, any_file, given_marks, questions, unnamed_files},
        files_of,
        marking::rubrics,
    },
    files::Download,
};

/// A request, with the attempt that it is about. Nothing says whose it is.
#[derive(Debug, Clone)]
pub struct AppealSheet {
    /// Its id.
    pub id: AppealId,
    /// At which assessment.
    pub assessment: AssessmentId,
    /// What that is called.
    pub title: String,
    /// What was asked, and the answer.
    pub appeal: Appeal,
    /// Every question that counts.
    pub questions: Vec<MarkedQuestion>,
    /// Of these, by position, what a person marks: it is marked again by its levels.
    pub marked: BTreeMap<usize, Vec<Marked>>,
    /// The files that those name.
    pub files: BTreeMap<String, FileId>,
    /// The files that were sent as answers.
    pub sent: Vec<SentFile>,
    /// Whether the actor may put a question right for everybody.
    pub may_regrade: bool,
}

/// What a person has marked.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The response.
    pub response: Identifier,
    /// What it is marked by.
    pub rubric: Rubric,
    /// The mark that was given; without levels if there is none.
    pub mark: Mark,
}

/// A request with the attempt that it is about.
///
/// Refused: `appeal-own`, if it is the actor's own.
pub async fn open(ctx: &Ctx, id: AppealId) -> Result<AppealSheet> {
    let assessor = assessor(ctx)?;
    let tx = ctx.read().await?;
    let row = row(&tx, id).await?;
    let sitting = Sitting::any(&tx, row.attempt_id).await?;
    if sitting.row.person_id == assessor {
        return Err(Error::Refused("appeal-own"));
    }
    // Whoever judges sees all.
    let policy = FeedbackPolicy {
        when: FeedbackTime::AtOnce,
        correct_answers: true,
    };
    let attempt = row.attempt_id;
    let questions = questions(&tx, &sitting, policy, Hindsight::Closed).await?;
    Ok(AppealSheet {
        marked: marked(&tx, &sitting).await?,
        id,
        assessment: row.assessment_id,
        title: sitting.assessment.title.clone(),
        appeal: Appeal::of(row),
        files: files_of(&tx, questions.iter().map(|question| &question.view)).await?,
        sent: unnamed_files(&tx, attempt, questions.iter().map(|question| &question.view)).await?,
        questions,
        may_regrade: ctx.may(Permission::Regrade),
    })
}

/// A file that was sent as an answer in the attempt that it is about.
///
/// Refused: `appeal-own`, if it is the actor's own.
pub async fn file(ctx: &Ctx, id: AppealId, file: AnswerFileId) -> Result<Download> {
    let assessor = assessor(ctx)?;
    let tx = ctx.read().await?;
    let row = row(&tx, id).await?;
    if Sitting::any(&tx, row.attempt_id).await?.row.person_id == assessor {
        return Err(Error::Refused("appeal-own"));
    }
    any_file(&tx, row.attempt_id, None, file).await
}

async fn marked(tx: &TenantTx, sitting: &Sitting) -> Result<BTreeMap<usize, Vec<Marked>>> {
    let items = sitting.items(tx).await?;
    let given = given_marks(tx, sitting).await?;
    let mut marked = BTreeMap::new();
    for (position, row) in sitting.responses.iter().enumerate() {
        let item = items.get(&row.item_version_id).ok_or(Error::NotFound)?;
        let said = given.get(&row.position).map(|given| &given.mark.marks);
        let works = rubrics(item).map(|(response, rubric)| Marked {
            response: response.clone(),
            rubric: rubric.clone(),
            mark: said
                .and_then(|said| said.get(response))
                .cloned()
                .unwrap_or_default(),
        });
        let works: Vec<Marked> = works.collect();
        if !works.is_empty() {
            marked.insert(position, works);
        }
    }
    Ok(marked)
}

/// The actor, who may answer.
pub(super) fn assessor(ctx: &Ctx) -> Result<PersonId> {
    ctx.require(Permission::Mark)?;
    ctx.person()
}

pub(super) async fn row(tx: &TenantTx, id: AppealId) -> Result<appeal::Model> {
    tx.rows::<appeal::Entity>()
        .filter(appeal::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)
}
