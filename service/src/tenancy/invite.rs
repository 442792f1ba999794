use domain::{
    Timestamp,
    id::{InvitationId, PersonId},
    identity::EmailAddress,
    tenancy::{Permission, Role},
};
use entity::{
    TenantTx,
    identity::person,
    tenancy::{invitation, membership, tenant},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use std::time::Duration;

use super::invitation::link;
use crate::{
    Ctx, Error, FieldErrors, Paged, Result, audit,
    identity::token,
    job::{self, Job},
    mail::{Mail, Message},
    paging::{PAGE_SIZE, Window},
};

/// How long an invitation stands.
const STANDS: Duration = Duration::from_hours(7 * 24);

/// Invites the holder of an address to join with a role. An invitation that
/// address still has is replaced. `id` is fresh, and the same when the same form
/// is sent twice.
pub async fn invite(ctx: &Ctx, id: InvitationId, email: &str, role: &str) -> Result<()> {
    ctx.require(Permission::ManagePeople)?;
    let mut errors = FieldErrors::default();
    let email = errors.take("email", EmailAddress::parse(email));
    let role = errors.take("role", role.parse::<Role>().map_err(|_| "choice-unknown"));
    let (Some(email), Some(role)) = (email, role) else {
        return Err(errors.into());
    };
    if !ctx.actor().role.is_some_and(|own| own.may_assign(role)) {
        return Err(Error::field("role", "role-above"));
    }
    let tx = ctx.write().await?;
    let again = tx
        .rows::<invitation::Entity>()
        .filter(invitation::Column::Id.eq(id))
        .count()
        .await?;
    if again > 0 {
        return Ok(());
    }
    if is_member(&tx, &email).await? {
        return Err(Error::field("email", "already-member"));
    }
    send(&tx, ctx, id, &email, role).await?;
    tx.commit().await?;
    Ok(())
}

/// Stores an invitation and queues its mail.
pub(super) async fn send(
    tx: &TenantTx,
    ctx: &Ctx,
    id: InvitationId,
    email: &EmailAddress,
    role: Role,
) -> Result<()> {
    tx.change::<invitation::Entity>()
        .filter(invitation::Column::EmailKey.eq(email.key()))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .set(invitation::Column::RevokedAt, ctx.now())
        .apply()
        .await?;
    let secret = token::fresh(ctx.installation());
    let inviter = ctx.person()?;
    let row = invitation::Model {
        tenant_id: ctx.tenant(),
        id,
        email: email.to_string(),
        email_key: email.key(),
        role: role.to_string(),
        token_hash: token::hash(&secret),
        invited_by: inviter,
        created_at: ctx.now(),
        expires_at: ctx.now().after(STANDS),
        accepted_at: None,
        revoked_at: None,
    };
    tx.insert::<invitation::Entity>(row).await?;
    let tenant = tenant::Entity::find_by_id(ctx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let inviter = person::Entity::find_by_id(inviter)
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let languages: Vec<String> = serde_json::from_str(&tenant.languages)?;
    let mail = Mail {
        to: email.to_string(),
        locale: languages.into_iter().next(),
        message: Message::Invitation {
            tenant: tenant.name,
            inviter: inviter.display_name,
            link: ctx.installation().address(&link(ctx.tenant(), &secret)),
        },
    };
    job::now(tx.unowned(), ctx.installation(), &Job::SendMail(mail)).await?;
    let detail = json!({ "email": email, "role": role });
    audit::note(tx, ctx, "invitation-sent", format!("invitation:{id}"), detail).await
}

async fn is_member(tx: &TenantTx, email: &EmailAddress) -> Result<bool> {
    let known = person::Entity::find()
        .filter(person::Column::EmailKey.eq(email.key()))
        .one(tx.unowned())
        .await?;
    let Some(known) = known else {
        return Ok(false);
    };
    let memberships = tx
        .rows::<membership::Entity>()
        .filter(membership::Column::PersonId.eq(known.id))
        .filter(membership::Column::EndedAt.is_null())
        .count()
        .await?;
    Ok(memberships > 0)
}

/// Takes back what `inviter` offered and, as a member with the role `now` or as
/// none, may offer no longer: an invitation does not outlast the right to send it.
pub(super) async fn withdraw(tx: &TenantTx, ctx: &Ctx, inviter: PersonId, now: Option<Role>) -> Result<()> {
    let beyond = Role::ALL
        .iter()
        .filter(|role| !now.is_some_and(|own| own.may_assign(**role)))
        .map(|role| role.as_str());
    let waiting = tx
        .rows::<invitation::Entity>()
        .filter(invitation::Column::InvitedBy.eq(inviter))
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(invitation::Column::Role.is_in(beyond))
        .locked()
        .all()
        .await?;
    for row in waiting {
        if InvitationState::of(&row, ctx.now()) == InvitationState::Waiting {
            revoke(tx, ctx, row).await?;
        }
    }
    Ok(())
}

async fn revoke(tx: &TenantTx, ctx: &Ctx, row: invitation::Model) -> Result<()> {
    tx.change::<invitation::Entity>()
        .filter(invitation::Column::Id.eq(row.id))
        .set(invitation::Column::RevokedAt, ctx.now())
        .apply()
        .await?;
    let detail = json!({ "email": row.email });
    audit::note(
        tx,
        ctx,
        "invitation-revoked",
        format!("invitation:{}", row.id),
        detail,
    )
    .await
}

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationState {
    /// Not answered yet.
    Waiting,
    /// The person joined.
    Accepted,
    /// Taken back, or replaced by another.
    Revoked,
    /// Not answered in time.
    Expired,
}

impl InvitationState {
    pub(super) fn of(row: &invitation::Model, now: Timestamp) -> Self {
        if row.accepted_at.is_some() {
            Self::Accepted
        } else if row.revoked_at.is_some() {
            Self::Revoked
        } else if row.expires_at <= now {
            Self::Expired
        } else {
            Self::Waiting
        }
    }
}

/// An invitation, as admins see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// To which address.
    pub email: String,
    /// To be what.
    pub role: Role,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Where it stands.
    pub state: InvitationState,
}

/// The tenant's invitations, newest first.
pub async fn invitations(ctx: &Ctx, page: u32) -> Result<Paged<Invitation>> {
    ctx.require(Permission::ManagePeople)?;
    let tx = ctx.read().await?;
    let window = Window::new(page, tx.rows::<invitation::Entity>().count().await?);
    let rows = tx
        .rows::<invitation::Entity>()
        .desc(invitation::Column::CreatedAt)
        .desc(invitation::Column::Id)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all()
        .await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(Invitation {
                id: row.id,
                role: row.role.parse().map_err(|_| Error::NotFound)?,
                sent_at: row.created_at,
                expires_at: row.expires_at,
                state: InvitationState::of(&row, ctx.now()),
                email: row.email,
            })
        })
        .collect::<Result<_>>()?;
    Ok(window.of(rows))
}

/// Takes an invitation back. One that was answered stays answered.
pub async fn revoke_invitation(ctx: &Ctx, id: InvitationId) -> Result<()> {
    ctx.require(Permission::ManagePeople)?;
    let tx = ctx.write().await?;
    let row = tx
        .rows::<invitation::Entity>()
        .filter(invitation::Column::Id.eq(id))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    match InvitationState::of(&row, ctx.now()) {
        InvitationState::Revoked => return Ok(()),
        InvitationState::Accepted => return Err(Error::Refused("invitation-accepted")),
        InvitationState::Waiting | InvitationState::Expired => {}
    }
    revoke(&tx, ctx, row).await?;
    tx.commit().await?;
    Ok(())
}
