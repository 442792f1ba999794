//! Where the session cookie's data is kept, and how long a session lasts. The
//! server gives these to `tower-sessions`.

use std::{collections::HashMap, time::Duration};

use domain::{Timestamp, id::PersonId};
use entity::identity::web_session::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, sea_query::OnConflict,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{Installation, Result, SystemCtx, db::Scope};

/// Under this name a session keeps the id of the person who signed in.
pub const PERSON: &str = "person";
/// Under this name a session keeps what the browser called itself.
pub const USER_AGENT: &str = "user-agent";

/// No browser's name for itself is kept longer, in characters.
pub const LONGEST_USER_AGENT: usize = 300;
/// A session's last use is noted at most this often: each note is a write.
const SEEN_EVERY: Duration = Duration::from_mins(5);

/// A session ends when nobody has used it for so long: long enough for who
/// comes once a week and misses one.
pub const IDLE: Duration = Duration::from_hours(14 * 24);
/// And in any case so long after signing in (NIST SP 800-63B §2.1.3: no more
/// than 30 days at the first assurance level).
pub const LONGEST: Duration = Duration::from_hours(30 * 24);

/// What a session holds, by name.
pub type Data = HashMap<String, Value>;

/// A session as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// What it holds.
    pub data: Data,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Stores a new session under `id`, the cookie's value; false if there is one
/// under that id already.
pub async fn create(installation: &Installation, id: &str, data: &Data) -> Result<bool> {
    let now = installation.now();
    let row = Model {
        id: key(id),
        public_id: installation.new_id(),
        person_id: person_of(data),
        user_agent: user_agent_of(data),
        data: serde_json::to_string(data)?,
        created_at: now,
        seen_at: now,
        expires_at: ends_at(now, now),
    };
    let tx = installation.db.write(Scope::System).await?;
    let stored = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::column(Column::Id).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(stored > 0)
}

/// Stores what a session holds now. One that was ended in the meantime stays
/// ended.
pub async fn save(installation: &Installation, id: &str, data: &Data) -> Result<()> {
    let changed = ActiveModel {
        person_id: Set(person_of(data)),
        user_agent: Set(user_agent_of(data)),
        data: Set(serde_json::to_string(data)?),
        ..Default::default()
    };
    update(installation, id, changed).await
}

/// The session under `id`, unless it has ended. To ask for it is to use it.
pub async fn load(installation: &Installation, id: &str) -> Result<Option<Stored>> {
    let now = installation.now();
    let found = {
        let tx = installation.db.read(Scope::System).await?;
        Entity::find_by_id(key(id))
            .filter(Column::ExpiresAt.gt(now))
            .one(&tx)
            .await?
    };
    let Some(mut row) = found else {
        return Ok(None);
    };
    if now.since(row.seen_at) >= SEEN_EVERY {
        row.expires_at = ends_at(row.created_at, now);
        let seen = ActiveModel {
            seen_at: Set(now),
            expires_at: Set(row.expires_at),
            ..Default::default()
        };
        update(installation, id, seen).await?;
    }
    Ok(Some(Stored {
        data: serde_json::from_str(&row.data)?,
        expires_at: row.expires_at,
    }))
}

/// Ends the session under `id`.
pub async fn delete(installation: &Installation, id: &str) -> Result<()> {
    let tx = installation.db.write(Scope::System).await?;
    let gone = Entity::delete_by_id(key(id)).exec(&tx).await?;
    if gone.rows_affected > 0 {
        tx.commit().await?;
    }
    Ok(())
}

/// Removes sessions that are past their time.
pub async fn delete_expired(ctx: &SystemCtx) -> Result<()> {
    let tx = ctx.write().await?;
    Entity::delete_many()
        .filter(Column::ExpiresAt.lte(ctx.now()))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends every session of `person`, save the one under the cookie's value `kept`.
pub(super) async fn end_all(tx: &DatabaseTransaction, person: PersonId, kept: Option<&str>) -> Result<()> {
    let mut ended = Entity::delete_many().filter(Column::PersonId.eq(person));
    if let Some(kept) = kept {
        ended = ended.filter(Column::Id.ne(key(kept)));
    }
    ended.exec(tx).await?;
    Ok(())
}

/// What is stored of a cookie's value: who reads the database cannot make the
/// cookie from it.
pub(super) fn key(id: &str) -> String {
    Sha256::digest(id)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// When a session that began and was last used at these moments ends.
fn ends_at(began: Timestamp, used: Timestamp) -> Timestamp {
    used.after(IDLE).min(began.after(LONGEST))
}

async fn update(installation: &Installation, id: &str, changed: ActiveModel) -> Result<()> {
    let tx = installation.db.write(Scope::System).await?;
    Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(key(id)))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

fn person_of(data: &Data) -> Option<PersonId> {
    data.get(PERSON)?.as_str()?.parse::<PersonId>().ok()
}

fn user_agent_of(data: &Data) -> String {
    let given = data.get(USER_AGENT).and_then(Value::as_str).unwrap_or_default();
    given.chars().take(LONGEST_USER_AGENT).collect()
}
