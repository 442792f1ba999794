//! Badges whose ground is gone, after a regrade or an answered appeal: a person looks
//! at each, and withdraws it or lets it stand.

use domain::{
    Timestamp,
    id::{AwardId, CredentialId, RegradeId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    credential::credential,
    program::{achievement, award, groundless_award},
};
use sea_orm::{ColumnTrait, Condition};
use serde_json::json;

use super::show::names;
use crate::{Ctx, Error, Result, audit, credential as badges, program};

/// So many badges are shown at once; the rest follows as they are worked off.
const MOST_SHOWN: u64 = 200;

/// A badge whose ground is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groundless {
    /// The award.
    pub award: AwardId,
    /// What the badge is called.
    pub badge: String,
    /// Who holds it.
    pub holder: String,
    /// The signed badge; none while it waits to be signed.
    pub credential: Option<CredentialId>,
    /// Which regrade took its ground; none where the answer to an appeal did.
    pub regrade: Option<RegradeId>,
    /// When it was noted.
    pub noted_at: Timestamp,
}

/// The badges that wait for a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Those noted first, first.
    pub badges: Vec<Groundless>,
    /// Whether the actor may withdraw them, or say that they stand.
    pub may_withdraw: bool,
}

/// The badges of the tenant that wait for a review.
pub async fn review(ctx: &Ctx) -> Result<Review> {
    ctx.require(Permission::Regrade)?;
    let tx = ctx.read().await?;
    Ok(Review {
        badges: groundless(&tx, Condition::all()).await?,
        may_withdraw: ctx.may(Permission::RevokeCredentials),
    })
}

/// Withdraws one badge whose ground is gone, and what stacks on it: it is revoked,
/// with this reason. Done twice, it is done once.
///
/// The field `reason`: as [`crate::credential::revoke`]. Refused: `regrade-not-signed`,
/// while it is not signed yet; `regrade-grounded`, if its ground is there again.
pub async fn withdraw(ctx: &Ctx, award: AwardId, reason: &str) -> Result<()> {
    permitted(ctx)?;
    match verdict(ctx, award).await? {
        Verdict::Revoke(credential) => badges::revoke(ctx, credential, reason).await.map(drop),
        Verdict::NotSigned => Err(Error::Refused("regrade-not-signed")),
        Verdict::Grounded => {
            forget(ctx, award).await?;
            Err(Error::Refused("regrade-grounded"))
        }
        Verdict::Gone => Ok(()),
    }
}

/// Withdraws these, each as [`withdraw()`]. Those that can't be now are passed over.
pub async fn withdraw_all(ctx: &Ctx, awards: &[AwardId], reason: &str) -> Result<()> {
    for award in awards {
        match withdraw(ctx, *award, reason).await {
            Ok(()) | Err(Error::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Lets a badge stand although its ground is gone: it was earned in good faith. Said
/// twice, it is said once.
pub async fn keep(ctx: &Ctx, award: AwardId) -> Result<()> {
    permitted(ctx)?;
    let tx = ctx.write().await?;
    find(&tx, award).await?;
    let waited = tx
        .remove::<groundless_award::Entity>()
        .filter(groundless_award::Column::AwardId.eq(award))
        .apply()
        .await?;
    if waited == 0 {
        return Ok(());
    }
    audit::note(
        &tx,
        ctx,
        "groundless-badge-kept",
        format!("award:{award}"),
        json!({}),
    )
    .await?;
    Ok(tx.commit().await?)
}

fn permitted(ctx: &Ctx) -> Result<()> {
    ctx.require(Permission::Regrade)?;
    ctx.require(Permission::RevokeCredentials)
}

/// What is to be done about a badge on the list.
enum Verdict {
    Revoke(CredentialId),
    NotSigned,
    /// The holder has shown it again in the meantime.
    Grounded,
    /// It was withdrawn already.
    Gone,
}

async fn verdict(ctx: &Ctx, award: AwardId) -> Result<Verdict> {
    let tx = ctx.read().await?;
    let held = find(&tx, award).await?;
    if held.withdrawn_at.is_some() {
        return Ok(Verdict::Gone);
    }
    let waits = tx.rows::<groundless_award::Entity>();
    let waits = waits.filter(groundless_award::Column::AwardId.eq(award));
    waits.one().await?.ok_or(Error::NotFound)?;
    let groundless = program::groundless(ctx, &tx, held.person_id).await?;
    if !groundless.contains_key(&award) {
        return Ok(Verdict::Grounded);
    }
    let signed = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::AwardId.eq(award))
        .one()
        .await?;
    Ok(signed.map_or(Verdict::NotSigned, |signed| Verdict::Revoke(signed.id)))
}

async fn find(tx: &TenantTx, award: AwardId) -> Result<award::Model> {
    let found = tx.rows::<award::Entity>().filter(award::Column::Id.eq(award));
    found.one().await?.ok_or(Error::NotFound)
}

/// Takes a badge off the list.
async fn forget(ctx: &Ctx, award: AwardId) -> Result<()> {
    let tx = ctx.write().await?;
    tx.remove::<groundless_award::Entity>()
        .filter(groundless_award::Column::AwardId.eq(award))
        .apply()
        .await?;
    Ok(tx.commit().await?)
}

/// The badges on the list of which this is true. Whatever withdraws one takes it off the
/// list, so that each of them is held.
pub(super) async fn groundless(tx: &TenantTx, which: Condition) -> Result<Vec<Groundless>> {
    let noted = tx
        .rows::<groundless_award::Entity>()
        .filter(which)
        .asc(groundless_award::Column::NotedAt)
        .asc(groundless_award::Column::AwardId)
        .limit(MOST_SHOWN)
        .all()
        .await?;
    let awards = tx
        .rows::<award::Entity>()
        .filter(award::Column::Id.is_in(noted.iter().map(|row| row.award_id)))
        .all()
        .await?;
    let names = names(tx, awards.iter().map(|award| award.person_id)).await?;
    let badges = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::Id.is_in(awards.iter().map(|award| award.achievement_id)))
        .all()
        .await?;
    let signed = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::AwardId.is_in(awards.iter().map(|award| award.id)))
        .all()
        .await?;
    let shown = |row: groundless_award::Model| {
        let award = awards.iter().find(|award| award.id == row.award_id)?;
        let badge = badges.iter().find(|badge| badge.id == award.achievement_id);
        Some(Groundless {
            award: award.id,
            badge: badge.map_or_else(String::new, |badge| badge.name.clone()),
            holder: names.get(&award.person_id).cloned().unwrap_or_default(),
            credential: signed.iter().find(|it| it.award_id == award.id).map(|it| it.id),
            regrade: row.regrade_id,
            noted_at: row.noted_at,
        })
    };
    Ok(noted.into_iter().filter_map(shown).collect())
}
