//! What became of a badge: each step that its issuer took is kept, goes into the
//! audit trail and is told to its holder.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    credential::{Halt, Standing, Step, standing::Reason},
    id::{CredentialId, PersonId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    credential::{credential, credential_event},
    identity::person,
    program::achievement,
    tenancy::tenant,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::{
    Ctx, Error, Result, audit,
    job::{self, Job},
    mail::{Mail, Message},
};

/// No history is shown further back than so many steps.
pub(crate) const MOST: u64 = 100;

/// A step that was taken with a badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What was done.
    pub step: Step,
    /// When.
    pub at: Timestamp,
    /// Why; empty when it was issued.
    pub reason: String,
    /// Who did it, by name: for the issuer's own people. None: Cairn itself,
    /// somebody who is gone, or not for the reader to know.
    pub by: Option<String>,
}

impl Event {
    /// What `row` says, without who it was.
    pub(crate) fn of(row: credential_event::Model) -> Result<Self> {
        Ok(Self {
            step: row
                .step
                .parse()
                .map_err(<serde_json::Error as serde::de::Error>::custom)?,
            at: row.at,
            reason: row.reason,
            by: None,
        })
    }
}

/// Whether the badge of this row counts.
pub(crate) fn standing(row: &credential::Model) -> Standing {
    let halt = |since, reason: &Option<String>| Halt {
        since,
        reason: reason.clone().unwrap_or_default(),
    };
    match (row.revoked_at, row.suspended_at) {
        (Some(since), _) => Standing::Revoked(halt(since, &row.revoked_reason)),
        (None, Some(since)) => Standing::Suspended(halt(since, &row.suspended_reason)),
        (None, None) => Standing::InForce,
    }
}

/// All that became of a badge, newest first, for those who may change it.
pub async fn history(ctx: &Ctx, id: CredentialId) -> Result<Vec<Event>> {
    ctx.require(Permission::RevokeCredentials)?;
    let tx = ctx.read().await?;
    let rows = tx
        .rows::<credential_event::Entity>()
        .filter(credential_event::Column::CredentialId.eq(id))
        .desc(credential_event::Column::Number)
        .limit(MOST)
        .all()
        .await?;
    let names: BTreeMap<PersonId, String> = person::Entity::find()
        .filter(person::Column::Id.is_in(rows.iter().filter_map(|row| row.taken_by)))
        .all(tx.unowned())
        .await?
        .into_iter()
        .map(|person| (person.id, person.display_name))
        .collect();
    rows.into_iter()
        .map(|row| {
            let by = row.taken_by.and_then(|person| names.get(&person).cloned());
            Ok(Event {
                by,
                ..Event::of(row)?
            })
        })
        .collect()
}

/// Keeps that this step was taken with a badge, which the caller holds. Some go
/// from there into the public log.
pub(super) async fn keep(
    ctx: &Ctx,
    tx: &TenantTx,
    (badge, holder): (CredentialId, PersonId),
    step: Step,
    reason: &str,
) -> Result<()> {
    let before = tx
        .rows::<credential_event::Entity>()
        .filter(credential_event::Column::CredentialId.eq(badge))
        .count()
        .await?;
    let row = credential_event::Model {
        tenant_id: ctx.tenant(),
        credential_id: badge,
        number: i64::try_from(before + 1).unwrap_or(i64::MAX),
        person_id: holder,
        step: step.to_string(),
        reason: reason.to_owned(),
        taken_by: ctx.actor().person,
        at: ctx.now(),
        log_index: None,
        logged_at: None,
    };
    tx.insert::<credential_event::Entity>(row).await?;
    if Step::LOGGED.contains(&step) {
        job::now(tx.unowned(), ctx.installation(), &Job::AppendToLog).await?;
    }
    Ok(())
}

/// [`keep`]s a step that somebody in charge took, notes it in the audit trail,
/// and queues the mail that tells the holder.
pub(super) async fn tell(
    ctx: &Ctx,
    tx: &TenantTx,
    row: &credential::Model,
    step: Step,
    reason: &Reason,
) -> Result<()> {
    keep(ctx, tx, (row.id, row.person_id), step, reason.as_str()).await?;
    let detail = json!({ "holder": row.person_id, "reason": reason });
    let action = format!("credential-{step}");
    audit::note(tx, ctx, &action, format!("credential:{}", row.id), detail).await?;
    let Some(mail) = notice(ctx, tx, row, step, reason).await? else {
        return Ok(());
    };
    job::now(tx.unowned(), ctx.installation(), &Job::SendMail(mail)).await
}

async fn notice(
    ctx: &Ctx,
    tx: &TenantTx,
    row: &credential::Model,
    step: Step,
    reason: &Reason,
) -> Result<Option<Mail>> {
    let holder = person::Entity::find_by_id(row.person_id)
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let issuer = tenant::Entity::find_by_id(tx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let badge = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::Id.eq(row.achievement_id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let (name, badge, tenant) = (holder.display_name, badge.name, issuer.name);
    let reason = reason.to_string();
    let link = ctx.installation().address(&format!("/wallet/{}", row.id));
    let message = match step {
        // That comes with the badge.
        Step::Issued => return Ok(None),
        Step::Suspended => Message::BadgeSuspended {
            name,
            badge,
            tenant,
            reason,
            link,
        },
        Step::Reinstated => Message::BadgeReinstated {
            name,
            badge,
            tenant,
            reason,
            link,
        },
        Step::Revoked => Message::BadgeRevoked {
            name,
            badge,
            tenant,
            reason,
            link,
        },
    };
    Ok(Some(Mail {
        to: holder.email,
        locale: holder.locale,
        message,
    }))
}
