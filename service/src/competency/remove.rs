use domain::{id::CompetencyId, tenancy::Permission};
use entity::competency::competency;
use sea_orm::{ColumnTrait, SqlErr};
use serde_json::json;

use super::framework::competency_subject;
use crate::{Ctx, Error, Result, audit};

/// Removes a competency that nothing refers to: no part of it, no item, no
/// learner's evidence. The schema's foreign keys are what knows.
pub async fn remove(ctx: &Ctx, id: CompetencyId) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    let removed = tx
        .remove::<competency::Entity>()
        .filter(competency::Column::Id.eq(id))
        .apply()
        .await
        .map_err(|cause| match cause.sql_err() {
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Error::Refused("competency-in-use"),
            _ => cause.into(),
        })?;
    if removed == 0 {
        return Err(Error::NotFound);
    }
    audit::note(&tx, ctx, "competency-removed", competency_subject(id), json!({})).await?;
    tx.commit().await?;
    Ok(())
}
