use entity::{TenantTx, audit::audit_entry};

use crate::{Ctx, Result};

/// Notes, in the transaction that makes the change, that the actor of `ctx` did
/// `action` to `subject`.
///
/// `action` is a word like `course-published`, with the text
/// `audit-course-published` in the catalogue. `subject` is `kind:id`. `detail`
/// is what an owner would want to know afterwards, and never a secret.
pub async fn note(
    tx: &TenantTx,
    ctx: &Ctx,
    action: &str,
    subject: impl Into<String>,
    detail: serde_json::Value,
) -> Result<()> {
    let entry = audit_entry::Model {
        tenant_id: ctx.tenant(),
        id: ctx.new_id(),
        at: ctx.now(),
        actor_id: ctx.actor().person,
        action: action.to_owned(),
        subject: subject.into(),
        detail: detail.to_string(),
    };
    tx.insert::<audit_entry::Entity>(entry).await?;
    Ok(())
}
