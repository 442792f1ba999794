//! Looking at what is asked about.

use std::collections::BTreeMap;

use domain::{
    assessment::{FeedbackPolicy, FeedbackTime, Hindsight},
    id::{AppealId, AssessmentId, FileId, PersonId},
    tenancy::Permission,
};
use entity::{TenantTx, assessment::appeal};
use sea_orm::ColumnTrait;

use super::Appeal;
use crate::{
    Ctx, Error, Result,
    assessment::{
        attempt::{MarkedQuestion, Sitting, questions},
        files_of,
    },
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
    /// The files that those name.
    pub files: BTreeMap<String, FileId>,
    /// Whether the actor may put a question right for everybody.
    pub may_regrade: bool,
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
    let questions = questions(&tx, &sitting, policy, Hindsight::Closed).await?;
    Ok(AppealSheet {
        id,
        assessment: row.assessment_id,
        title: sitting.assessment.title.clone(),
        appeal: Appeal::of(row),
        files: files_of(&tx, questions.iter().map(|question| &question.view)).await?,
        questions,
        may_regrade: ctx.may(Permission::Regrade),
    })
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
