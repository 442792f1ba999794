//! Being told the answers.

use domain::id::AttemptId;
use entity::assessment::attempt;
use sea_orm::ColumnTrait;

use crate::{
    Ctx, Result,
    assessment::{attempt::Sitting, learner},
};

/// Tells the learner the answers of their attempt, though some of theirs might still come
/// late: from now on none is taken. Where nothing waits for it, nothing changes.
pub async fn look(ctx: &Ctx, id: AttemptId) -> Result<()> {
    let tx = ctx.write().await?;
    let sitting = Sitting::own_locked(&tx, id, learner(ctx)?).await?;
    if sitting.late_until(ctx.now()).is_none() {
        return Ok(());
    }
    tx.change::<attempt::Entity>()
        .filter(attempt::Column::Id.eq(id))
        .set(attempt::Column::ShownAt, ctx.now())
        .apply()
        .await?;
    Ok(tx.commit().await?)
}
