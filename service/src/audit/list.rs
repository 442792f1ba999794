use std::collections::HashMap;

use domain::{
    Timestamp,
    id::{AuditId, PersonId},
    tenancy::Permission,
};
use entity::{audit::audit_entry, identity::person};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    Ctx, Result,
    paging::{PAGE_SIZE, Paged, Window},
};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who, by name; none when Cairn acted by itself or the person is gone.
    pub actor: Option<String>,
    /// What was done, as a word.
    pub action: String,
    /// To what: `kind:id`.
    pub subject: String,
    /// What else was noted.
    pub detail: serde_json::Value,
}

/// The tenant's audit trail, newest first.
pub async fn list(ctx: &Ctx, page: u64) -> Result<Paged<Entry>> {
    ctx.require(Permission::ReadAudit)?;
    let tx = ctx.read().await?;
    let window = Window::new(page, tx.rows::<audit_entry::Entity>().count().await?);
    let rows = tx
        .rows::<audit_entry::Entity>()
        .desc(audit_entry::Column::Id)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all()
        .await?;
    let actors: Vec<PersonId> = rows.iter().filter_map(|row| row.actor_id).collect();
    let names: HashMap<PersonId, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(actors))
        .all(tx.unowned())
        .await?
        .into_iter()
        .map(|row| (row.id, row.display_name))
        .collect();
    let entries = rows.into_iter().map(|row| {
        Ok(Entry {
            id: row.id,
            at: row.at,
            actor: row.actor_id.and_then(|id| names.get(&id).cloned()),
            action: row.action,
            subject: row.subject,
            detail: serde_json::from_str(&row.detail)?,
        })
    });
    Ok(window.of(entries.collect::<Result<_>>()?))
}
