//! How much is marked by two.

use domain::{
    assessment::{DoubleMarking, Points},
    id::AssessmentId,
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{assessment, double_marking as table},
};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::undrawn::settle_undrawn;
use crate::{Ctx, Error, FieldErrors, Result, audit, draft};

/// How much of what people mark at an assessment is marked by two.
pub async fn double_marking(ctx: &Ctx, id: AssessmentId) -> Result<DoubleMarking> {
    ctx.require(Permission::Author)?;
    let tx = ctx.read().await?;
    draft::row::<assessment::Entity>(&tx, id).await?;
    in_force(&tx, id).await
}

/// Has so much marked by two of what is handed in from now on. `seen` is how it was
/// when that was decided. A smaller share holds for what was handed in before as well:
/// where a second mark is asked for no longer, the first one stands. How far two marks
/// may be apart holds for every piece whose second mark is still to come.
pub async fn set_double_marking(
    ctx: &Ctx,
    id: AssessmentId,
    seen: DoubleMarking,
    next: DoubleMarking,
) -> Result<()> {
    ctx.require(Permission::Author)?;
    let mut errors = FieldErrors::default();
    for problem in next.check() {
        errors.add_problem(problem.path.clone(), &problem);
    }
    errors.check()?;
    let tx = ctx.write().await?;
    draft::held::<assessment::Entity>(&tx, id).await?;
    let before = in_force(&tx, id).await?;
    if before == next {
        return Ok(());
    }
    if before != seen {
        return Err(Error::Stale);
    }
    let row = table::Model {
        tenant_id: ctx.tenant(),
        assessment_id: id,
        share: next.share.into(),
        tolerance: next.tolerance.hundredths(),
    };
    tx.upsert::<table::Entity>(
        row,
        [table::Column::TenantId, table::Column::AssessmentId],
        [table::Column::Share, table::Column::Tolerance],
    )
    .await?;
    if next.share < before.share {
        settle_undrawn(ctx, &tx, id, next).await?;
    }
    audit::note(
        &tx,
        ctx,
        "assessment-double-marking-changed",
        format!("assessment:{id}"),
        json!({ "share": next.share, "tolerance": next.tolerance }),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// What is in force now; nothing twice where nobody said so.
pub(super) async fn in_force(tx: &TenantTx, id: AssessmentId) -> Result<DoubleMarking> {
    let row = tx
        .rows::<table::Entity>()
        .filter(table::Column::AssessmentId.eq(id))
        .one()
        .await?;
    Ok(scheme(row))
}

/// What is in force, and stays so until the transaction ends.
pub(super) async fn kept_in_force(tx: &TenantTx, id: AssessmentId) -> Result<DoubleMarking> {
    let row = tx
        .rows::<table::Entity>()
        .filter(table::Column::AssessmentId.eq(id))
        .kept()
        .one()
        .await?;
    Ok(scheme(row))
}

fn scheme(row: Option<table::Model>) -> DoubleMarking {
    row.map_or_else(DoubleMarking::default, |row| DoubleMarking {
        share: u8::try_from(row.share).unwrap_or(0),
        tolerance: Points::from_hundredths(row.tolerance),
    })
}
