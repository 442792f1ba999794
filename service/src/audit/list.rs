use std::collections::HashMap;

use domain::{
    Timestamp,
    id::{AuditId, PersonId},
    tenancy::Permission,
};
use entity::{TenantTx, audit::audit_entry, identity::person};
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
    /// About whom, by name, if it was about somebody.
    pub person: Option<String>,
    /// What was done, as a word.
    pub action: String,
    /// To what: `kind:id`.
    pub subject: String,
    /// What else was noted.
    pub detail: serde_json::Value,
}

/// The tenant's audit trail, newest first.
pub async fn list(ctx: &Ctx, page: u32) -> Result<Paged<Entry>> {
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
    let entries = rows
        .into_iter()
        .map(|row| Ok((serde_json::from_str(&row.detail)?, row)))
        .collect::<Result<Vec<(serde_json::Value, audit_entry::Model)>>>()?;
    let people = entries
        .iter()
        .flat_map(|(detail, row)| row.actor_id.into_iter().chain(about(detail)));
    let names = names(&tx, people.collect()).await?;
    let name = |id: Option<PersonId>| id.and_then(|id| names.get(&id).cloned());
    let entries = entries.into_iter().map(|(detail, row)| Entry {
        id: row.id,
        at: row.at,
        actor: name(row.actor_id),
        person: name(about(&detail)),
        action: row.action,
        subject: row.subject,
        detail,
    });
    Ok(window.of(entries.collect()))
}

/// Whom an entry is about: details name people by id alone, so that the trail
/// knows no more of somebody than the rest does.
fn about(detail: &serde_json::Value) -> Option<PersonId> {
    detail.get("person")?.as_str()?.parse().ok()
}

async fn names(tx: &TenantTx, people: Vec<PersonId>) -> Result<HashMap<PersonId, String>> {
    let rows = person::Entity::find()
        .filter(person::Column::Id.is_in(people))
        .all(tx.unowned())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.display_name)).collect())
}
