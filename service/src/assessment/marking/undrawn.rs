//! Pieces that wait for a second mark which nobody asks for any longer.

use domain::{
    assessment::{DoubleMarking, MarkingStage},
    id::{AssessmentId, MarkingId},
};
use entity::{TenantTx, assessment::marking};
use sea_orm::ColumnTrait;

use super::{
    StoredMark,
    claim::{found, held, whose},
    double::in_force,
    stand::stands,
};
use crate::{
    Ctx, Error, Result,
    assessment::attempt::Sitting,
    job::{self, Job},
    tenancy,
};

/// Has every piece that waits for a second mark and is not drawn any longer settled:
/// each by a job of its own, so that one that fails holds up no other.
pub(super) async fn settle_undrawn(
    ctx: &Ctx,
    tx: &TenantTx,
    assessment: AssessmentId,
    double: DoubleMarking,
) -> Result<()> {
    let rows = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AssessmentId.eq(assessment))
        .filter(marking::Column::MarkedAt.is_null())
        .filter(marking::Column::Stage.eq(MarkingStage::Second))
        .all()
        .await?;
    for row in rows.iter().filter(|row| !double.draws(row.id)) {
        let settle = Job::SettleFirstMark {
            tenant: ctx.tenant(),
            piece: row.id,
        };
        job::now(tx.unowned(), ctx.installation(), &settle).await?;
    }
    Ok(())
}

/// Lets the first mark of a piece stand, if it still waits for a second one and is
/// still not drawn. Whoever has begun the second is told that it is taken.
pub async fn settle_first_mark(ctx: &Ctx, id: MarkingId) -> Result<()> {
    let tx = ctx.write().await?;
    let attempt = match found(&tx, id).await {
        Ok(row) => row.attempt_id,
        Err(Error::NotFound) => return Ok(()),
        Err(cause) => return Err(cause),
    };
    tenancy::hold_member(&tx, whose(&tx, attempt).await?).await?;
    let mut sitting = Sitting::locked(&tx, attempt).await?;
    let row = held(&tx, id).await?;
    let double = in_force(&tx, row.assessment_id).await?;
    if row.stage != MarkingStage::Second || double.draws(id) {
        return Ok(());
    }
    let first = StoredMark::read(row.first_mark.as_deref())?.ok_or(Error::Stale)?;
    let by = row.first_by.ok_or(Error::Stale)?;
    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let item = sitting.item(&tx, position).await?;
    stands(ctx, &tx, &mut sitting, &row, &item, &first, by).await?;
    tx.commit().await?;
    Ok(())
}
