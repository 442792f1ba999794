//! Taking a piece of work to mark.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    Timestamp,
    assessment::{Identifier, ItemView, Rubric, Scoring, Value},
    id::{AssessmentId, AttemptId, FileId, MarkingId, PersonId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{attempt, marking},
};
use sea_orm::{ColumnTrait, Condition};

use super::StoredMark;
use crate::{
    Ctx, Error, Result,
    assessment::{
        attempt::{Sitting, answer_of},
        files_of,
    },
};

/// Whoever takes a piece has it for so long; then others may.
const CLAIM: Duration = Duration::from_mins(30);

/// A piece of work, as its marker sees it.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its id.
    pub id: MarkingId,
    /// At which assessment.
    pub assessment: AssessmentId,
    /// What that is called.
    pub title: String,
    /// What was asked.
    pub view: ItemView,
    /// What is to be marked.
    pub works: Vec<Work>,
    /// Until when the marker has it.
    pub claimed_until: Option<Timestamp>,
    /// The files that the question names.
    pub files: BTreeMap<String, FileId>,
    /// The mark, once it is given.
    pub mark: Option<StoredMark>,
}

/// A text, and what it is marked by.
#[derive(Debug, Clone)]
pub struct Work {
    /// Its response's name: the first part of the fields `{response}.{criterion}`.
    pub response: Identifier,
    /// What the learner wrote.
    pub text: String,
    /// What it is marked by.
    pub rubric: Rubric,
}

/// Takes a piece, unless somebody else has it or it is one's own work.
///
/// Refused: `marking-taken`, `marking-own-work`.
pub async fn claim(ctx: &Ctx, id: MarkingId) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    let row = held(&tx, id).await?;
    if is_own_work(&tx, &row, marker).await? {
        return Err(Error::Refused("marking-own-work"));
    }
    if row.marked_at.is_some() || is_with_another(ctx, &row, marker) {
        return Err(Error::Refused("marking-taken"));
    }
    take(ctx, &tx, id, marker).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the piece that has waited longest at an assessment; none if all are
/// taken or marked.
pub async fn claim_next(ctx: &Ctx, assessment: AssessmentId) -> Result<Option<MarkingId>> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    let free = Condition::any()
        .add(marking::Column::ClaimedUntil.is_null())
        .add(marking::Column::ClaimedUntil.lte(ctx.now()))
        .add(marking::Column::ClaimedBy.eq(marker));
    let rows = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AssessmentId.eq(assessment))
        .filter(marking::Column::MarkedAt.is_null())
        .filter(free)
        .asc(marking::Column::QueuedAt)
        .asc(marking::Column::Id)
        .limit(20)
        .locked()
        .all()
        .await?;
    for row in rows {
        // The lock may have been waited for while another took it.
        if is_with_another(ctx, &row, marker) || is_own_work(&tx, &row, marker).await? {
            continue;
        }
        take(ctx, &tx, row.id, marker).await?;
        tx.commit().await?;
        return Ok(Some(row.id));
    }
    Ok(None)
}

/// Gives a piece back unmarked.
pub async fn release(ctx: &Ctx, id: MarkingId) -> Result<()> {
    let marker = marker(ctx)?;
    let tx = ctx.write().await?;
    tx.change::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .filter(marking::Column::ClaimedBy.eq(marker))
        .filter(marking::Column::MarkedAt.is_null())
        .set(marking::Column::ClaimedBy, None::<uuid::Uuid>)
        .set(marking::Column::ClaimedUntil, None::<i64>)
        .apply()
        .await?;
    tx.commit().await?;
    Ok(())
}

/// A piece that the actor has taken, or has marked. Of others' there is
/// nothing to see.
pub async fn open(ctx: &Ctx, id: MarkingId) -> Result<Piece> {
    let marker = marker(ctx)?;
    let tx = ctx.read().await?;
    let row = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    if row.claimed_by != Some(marker) && row.marked_by != Some(marker) {
        return Err(Error::NotFound);
    }
    let sitting = Sitting::any(&tx, row.attempt_id).await?;
    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let response = sitting.response(position)?;
    let item = sitting.item(&tx, position).await?;
    let answer = answer_of(response)?;
    let works = item.responses.iter().filter_map(|declaration| {
        let Scoring::Rubric(rubric) = &declaration.scoring else {
            return None;
        };
        Some(Work {
            response: declaration.identifier.clone(),
            text: match answer.get(&declaration.identifier) {
                Some(Value::Text(text)) => text.clone(),
                _ => String::new(),
            },
            rubric: rubric.clone(),
        })
    });
    let view = ItemView::new(&item, sitting.seed(response));
    Ok(Piece {
        id,
        files: files_of(&tx, [&view]).await?,
        assessment: row.assessment_id,
        title: sitting.assessment.title.clone(),
        works: works.collect(),
        view,
        claimed_until: row.claimed_until,
        mark: row.mark.as_deref().map(serde_json::from_str).transpose()?,
    })
}

/// The actor, who may mark.
pub(super) fn marker(ctx: &Ctx) -> Result<PersonId> {
    ctx.require(Permission::Mark)?;
    ctx.person()
}

/// The piece, held until the transaction ends.
pub(super) async fn held(tx: &TenantTx, id: MarkingId) -> Result<marking::Model> {
    tx.rows::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)
}

/// Whether somebody else has the piece at this moment.
pub(super) fn is_with_another(ctx: &Ctx, row: &marking::Model, marker: PersonId) -> bool {
    row.claimed_by.is_some_and(|by| by != marker) && row.claimed_until.is_some_and(|until| until > ctx.now())
}

pub(super) async fn is_own_work(tx: &TenantTx, row: &marking::Model, marker: PersonId) -> Result<bool> {
    Ok(whose(tx, row.attempt_id).await? == marker)
}

/// Whose attempt it is.
pub(super) async fn whose(tx: &TenantTx, attempt: AttemptId) -> Result<PersonId> {
    let row = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::Id.eq(attempt))
        .one()
        .await?;
    Ok(row.ok_or(Error::NotFound)?.person_id)
}

async fn take(ctx: &Ctx, tx: &TenantTx, id: MarkingId, marker: PersonId) -> Result<()> {
    tx.change::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .set(marking::Column::ClaimedBy, marker)
        .set(marking::Column::ClaimedUntil, ctx.now().after(CLAIM))
        .apply()
        .await?;
    Ok(())
}
