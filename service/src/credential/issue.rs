//! From an award to a signed badge in its holder's wallet.

use domain::{
    credential::{
        StatusEntry, StatusPurpose, Step,
        badge::{self, Badge, Criteria, Evidence, Identity, Image, Subject},
    },
    id::{AwardId, CredentialId},
    program,
};
use entity::{
    TenantTx,
    credential::{credential, public_address},
    identity::person,
    program::{achievement_version, award},
    tenancy::tenant,
    wallet::wallet_item,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel};

use super::{
    event,
    issuer::{Signer, signer},
    profile::issuer,
    status_list::{self, Place, take_place},
};
use crate::{
    Ctx, Error, Result,
    job::{self, Job},
    mail::{Mail, Message},
};

/// Everything that goes into a badge, loaded.
struct Granted {
    award: award::Model,
    version: achievement_version::Model,
    achievement: program::Achievement,
    holder: person::Model,
    tenant: tenant::Model,
}

/// Signs the badge for `award` and puts it into the holder's wallet. An award
/// that has its badge, or was withdrawn before it got one, is left as it is: the
/// job may run as often as it likes.
pub async fn issue(ctx: &Ctx, award: AwardId) -> Result<()> {
    let tx = ctx.write().await?;
    let Some(granted) = load(&tx, award).await? else {
        return Ok(());
    };
    let signer = signer(ctx, &tx).await?;
    // One after the other, always in this order: each holds its list.
    let revocation = take_place(ctx, &tx, &signer, StatusPurpose::Revocation).await?;
    let suspension = if granted.tenant.allows_suspension {
        Some(take_place(ctx, &tx, &signer, StatusPurpose::Suspension).await?)
    } else {
        None
    };
    let id: CredentialId = ctx.new_id();
    let document = signer.sign(
        ctx,
        unsigned(
            ctx,
            &granted,
            id,
            &signer,
            status(ctx, &revocation, suspension.as_ref()),
        )
        .to_document(),
    )?;
    let row = credential::Model {
        tenant_id: ctx.tenant(),
        id,
        award_id: award,
        person_id: granted.holder.id,
        achievement_id: granted.award.achievement_id,
        document: serde_json::to_string(&document)?,
        status_list_id: revocation.list,
        status_index: column(revocation.index),
        issued_at: ctx.now(),
        valid_until: None,
        revoked_at: None,
        revoked_reason: None,
        suspension_list_id: suspension.as_ref().map(|place| place.list),
        suspension_index: suspension.as_ref().map(|place| column(place.index)),
        suspended_at: None,
        suspended_reason: None,
    };
    tx.insert::<credential::Entity>(row).await?;
    event::keep(ctx, &tx, (id, granted.holder.id), Step::Issued, "").await?;
    let address = public_address::Model {
        id: id.0,
        kind: "credential".to_owned(),
        tenant_id: ctx.tenant(),
    };
    public_address::Entity::insert(address.into_active_model().reset_all())
        .exec_without_returning(tx.unowned())
        .await?;
    let item = wallet_item::Model {
        person_id: granted.holder.id,
        tenant_id: ctx.tenant(),
        credential_id: id,
        is_public: false,
        shows_evidence: false,
        added_at: ctx.now(),
    };
    tx.insert::<wallet_item::Entity>(item).await?;
    job::now(
        tx.unowned(),
        ctx.installation(),
        &Job::SendMail(congratulation(ctx, granted, id)),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn load(tx: &TenantTx, id: AwardId) -> Result<Option<Granted>> {
    let award = tx
        .rows::<award::Entity>()
        .filter(award::Column::Id.eq(id))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let issued = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::AwardId.eq(id))
        .one()
        .await?;
    if award.withdrawn_at.is_some() || issued.is_some() {
        return Ok(None);
    }
    let version = tx
        .rows::<achievement_version::Entity>()
        .filter(achievement_version::Column::Id.eq(award.achievement_version_id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let achievement = serde_json::from_str(&version.content)?;
    let holder = person::Entity::find_by_id(award.person_id)
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let tenant = tenant::Entity::find_by_id(tx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Some(Granted {
        award,
        version,
        achievement,
        holder,
        tenant,
    }))
}

fn column(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// Where to look the badge up.
fn status(ctx: &Ctx, revocation: &Place, suspension: Option<&Place>) -> Vec<StatusEntry> {
    std::iter::once(revocation)
        .chain(suspension)
        .map(|place| StatusEntry {
            list_url: status_list::address(ctx, place.list),
            index: place.index,
            purpose: place.purpose,
        })
        .collect()
}

fn unsigned(
    ctx: &Ctx,
    granted: &Granted,
    id: CredentialId,
    signer: &Signer,
    status: Vec<StatusEntry>,
) -> Badge {
    let Granted {
        award,
        version,
        achievement,
        holder,
        tenant,
    } = granted;
    let at = |path: String| ctx.installation().address(&path);
    let achievement_url = at(format!(
        "/t/{}/achievements/{}",
        tenant.slug, award.achievement_id
    ));
    let image = Image {
        id: format!("{achievement_url}/image.png?version={}", version.number),
        caption: Some(achievement.name.clone()),
    };
    let salt: String = ctx
        .installation()
        .chance
        .bytes::<16>()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let page = at(format!("/c/{id}"));
    Badge {
        id: page.clone(),
        name: achievement.name.clone(),
        description: None,
        image: Some(image.clone()),
        issuer: issuer(ctx.installation(), signer.did.as_str(), tenant),
        valid_from: ctx.now(),
        valid_until: None,
        awarded: Some(award.awarded_at),
        subject: Subject {
            identities: vec![Identity::email(&holder.email, &salt)],
            ..Subject::default()
        },
        achievement: badge::Achievement {
            id: achievement_url.clone(),
            name: achievement.name.clone(),
            description: achievement.description.clone(),
            criteria: Criteria {
                id: Some(achievement_url),
                narrative: Some(achievement.criteria_narrative.clone()),
            },
            image: Some(image),
            achievement_type: Some(achievement.achievement_type.as_str().to_owned()),
            alignments: achievement.alignments.iter().map(alignment).collect(),
            results: Vec::new(),
            tags: achievement.tags.clone(),
            version: Some(version.number.to_string()),
            language: default_language(tenant),
        },
        // What can be seen there is for the learner to say.
        evidence: vec![Evidence {
            id: Some(format!("{page}#evidence")),
            ..Evidence::default()
        }],
        status,
    }
}

fn alignment(own: &program::Alignment) -> badge::Alignment {
    badge::Alignment {
        name: own.target_name.clone(),
        url: own.target_url.clone(),
        description: None,
        framework: own.target_framework.clone(),
        code: own.target_code.clone(),
        target_type: None,
    }
}

fn default_language(tenant: &tenant::Model) -> Option<String> {
    serde_json::from_str::<Vec<String>>(&tenant.languages)
        .ok()?
        .into_iter()
        .next()
}

fn congratulation(ctx: &Ctx, granted: Granted, id: CredentialId) -> Mail {
    Mail {
        to: granted.holder.email,
        locale: granted.holder.locale,
        message: Message::BadgeEarned {
            name: granted.holder.display_name,
            badge: granted.achievement.name,
            tenant: granted.tenant.name,
            link: ctx.installation().address(&format!("/wallet/{id}")),
        },
    }
}
