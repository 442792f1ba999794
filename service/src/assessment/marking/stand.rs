//! A mark stands.

use domain::{
    assessment::{Item, Mark, MarkingStage, Score, mark as score_by},
    id::{AttemptId, MarkingId, PersonId},
};
use entity::{TenantTx, assessment::marking};
use sea_orm::ColumnTrait;

use super::{StoredMark, draft::drop_drafts, piece::rubrics};
use crate::{
    Ctx, Error, Result,
    assessment::{
        attempt::{Sitting, conclude, store},
        regrade, tell,
    },
    mail::Message,
};

/// From now on this mark of a piece stands, given by that person. The last piece of
/// an attempt completes it, and the learner gets a mail. The caller holds learner,
/// attempt and piece.
pub(super) async fn stands(
    ctx: &Ctx,
    tx: &TenantTx,
    sitting: &mut Sitting,
    row: &marking::Model,
    item: &Item,
    mark: &StoredMark,
    by: PersonId,
) -> Result<()> {
    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let response = sitting.responses.get_mut(position).ok_or(Error::NotFound)?;
    let scored: Score = response
        .score
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?
        .ok_or(Error::Stale)?;
    store(tx, response, &with_marks(scored, item, mark)?).await?;
    settle(ctx, tx, row.id, mark, by).await?;
    drop_drafts(tx, row.id, None).await?;
    complete(ctx, tx, sitting).await
}

/// Completes an attempt of which nothing waits for marks any more, and the learner gets a
/// mail. The caller holds learner and attempt.
pub(crate) async fn complete(ctx: &Ctx, tx: &TenantTx, sitting: &mut Sitting) -> Result<()> {
    if open_pieces(tx, sitting.row.id).await? == 0 {
        regrade::put_right(tx, sitting).await?;
        say(ctx, tx, sitting).await?;
        conclude(ctx, tx, sitting).await?;
    }
    Ok(())
}

async fn settle(ctx: &Ctx, tx: &TenantTx, id: MarkingId, mark: &StoredMark, by: PersonId) -> Result<()> {
    tx.change::<marking::Entity>()
        .filter(marking::Column::Id.eq(id))
        .set(marking::Column::Stage, MarkingStage::Settled)
        .set(marking::Column::Mark, serde_json::to_string(mark)?)
        .set(marking::Column::MarkedBy, by)
        .set(marking::Column::MarkedAt, ctx.now())
        .apply()
        .await?;
    Ok(())
}

async fn open_pieces(tx: &TenantTx, attempt: AttemptId) -> Result<u64> {
    Ok(tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AttemptId.eq(attempt))
        .filter(marking::Column::MarkedAt.is_null())
        .count()
        .await?)
}

/// The score with the marks in it.
fn with_marks(mut score: Score, item: &Item, standing: &StoredMark) -> Result<Score> {
    let none = Mark::default();
    for (response, rubric) in rubrics(item) {
        let given = standing.marks.get(response).unwrap_or(&none);
        let marked = score_by(response, rubric, given).map_err(|_| Error::Stale)?;
        score = score.with_mark(marked);
    }
    Ok(score)
}

async fn say(ctx: &Ctx, tx: &TenantTx, sitting: &Sitting) -> Result<()> {
    let assessment = sitting.assessment.title.clone();
    let message = |name, link| Message::AttemptMarked {
        name,
        assessment,
        link,
    };
    tell::tell(ctx, tx, sitting.row.person_id, sitting.row.id, message).await
}
