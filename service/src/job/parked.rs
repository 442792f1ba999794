//! Jobs that were given up, for whoever runs the installation.

use domain::{Timestamp, id::JobId};
use entity::job::job;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    Error, Result, SystemCtx,
    paging::{PAGE_SIZE, Paged, Window},
};

/// A job that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// Its id.
    pub id: JobId,
    /// What it was to do.
    pub kind: String,
    /// How often it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub last_error: String,
    /// When it was given up.
    pub at: Timestamp,
}

/// The jobs that were given up, newest first.
pub async fn parked(ctx: &SystemCtx, page: u32) -> Result<Paged<Parked>> {
    let tx = ctx.read().await?;
    let found = job::Entity::find().filter(job::Column::ParkedAt.is_not_null());
    let window = Window::new(page, found.clone().count(&tx).await?);
    let rows = found
        .order_by_desc(job::Column::ParkedAt)
        .order_by_desc(job::Column::Id)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all(&tx)
        .await?;
    let parked = rows.into_iter().map(|row| Parked {
        id: row.id,
        kind: row.kind,
        tries: row.tries,
        last_error: row.last_error.unwrap_or_default(),
        at: row.parked_at.unwrap_or(row.run_at),
    });
    Ok(window.of(parked.collect()))
}

/// Tries a parked job again, from the first pause.
pub async fn retry(ctx: &SystemCtx, id: JobId) -> Result<()> {
    let tx = ctx.write().await?;
    let again = job::ActiveModel {
        tries: Set(0),
        run_at: Set(ctx.now()),
        parked_at: Set(None),
        ..Default::default()
    };
    let changed = job::Entity::update_many()
        .set(again)
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::ParkedAt.is_not_null())
        .exec(&tx)
        .await?;
    tx.commit().await?;
    if changed.rows_affected == 0 {
        Err(Error::NotFound)
    } else {
        Ok(())
    }
}

/// Removes a parked job for good.
pub async fn discard(ctx: &SystemCtx, id: JobId) -> Result<()> {
    let tx = ctx.write().await?;
    let gone = job::Entity::delete_many()
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::ParkedAt.is_not_null())
        .exec(&tx)
        .await?;
    tx.commit().await?;
    if gone.rows_affected == 0 {
        Err(Error::NotFound)
    } else {
        Ok(())
    }
}
