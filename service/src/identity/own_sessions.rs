use domain::{Timestamp, id::SessionId};
use entity::identity::web_session::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::sessions::{self, key};
use crate::{PersonCtx, Result};

/// One of the places where a person is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// Names it; not the cookie's value.
    pub id: SessionId,
    /// What the browser calls itself.
    pub user_agent: String,
    /// When they signed in there.
    pub since: Timestamp,
    /// When it was last used, to five minutes.
    pub seen_at: Timestamp,
    /// Is this the one that asks?
    pub is_current: bool,
}

/// Where the person is signed in, last used first. `session` is the asking
/// cookie's value.
pub async fn own_sessions(ctx: &PersonCtx, session: Option<&str>) -> Result<Vec<OwnSession>> {
    let current = session.map(key);
    let rows = Entity::find()
        .filter(Column::PersonId.eq(ctx.person()))
        .filter(Column::ExpiresAt.gt(ctx.now()))
        .order_by_desc(Column::SeenAt)
        .limit(100)
        .all(&ctx.read().await?)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| OwnSession {
            id: row.public_id,
            is_current: current.as_ref() == Some(&row.id),
            user_agent: row.user_agent,
            since: row.created_at,
            seen_at: row.seen_at,
        })
        .collect())
}

/// Ends one of the person's sessions. That it has ended already, or never was
/// theirs, is no error: the button may be pressed twice.
pub async fn end_session(ctx: &PersonCtx, id: SessionId) -> Result<()> {
    let tx = ctx.write().await?;
    Entity::delete_many()
        .filter(Column::PersonId.eq(ctx.person()))
        .filter(Column::PublicId.eq(id))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all of the person's sessions but the asking one.
pub async fn end_other_sessions(ctx: &PersonCtx, session: Option<&str>) -> Result<()> {
    let tx = ctx.write().await?;
    sessions::end_all(&tx, ctx.person(), session).await?;
    tx.commit().await?;
    Ok(())
}
