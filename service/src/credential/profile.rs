//! A tenant as anybody may know it as an issuer.

use domain::{
    Timestamp,
    credential::badge::{Image, Issuer},
};
use entity::{TenantTx, credential::signing_key, tenancy::tenant};
use sea_orm::EntityTrait;
use serde_json::Value;

use super::issuer::{did, public_key};
use crate::{Ctx, Error, Installation, Result};

/// The newest so many keys are told of; all of them stand in the DID document.
const MOST_KEYS: u64 = 50;

/// Who issues, and by which keys that can be known.
#[derive(Debug, Clone, PartialEq)]
pub struct IssuerProfile {
    /// Its `did:web` identifier.
    pub did: String,
    /// Its keys, newest first.
    pub keys: Vec<IssuerKey>,
    /// The same as an Open Badges `Profile`, for software.
    pub document: Value,
}

/// A key that badges are signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerKey {
    /// The public key as a Multikey, `z6Mk…`.
    pub multikey: String,
    /// When it was made.
    pub made: Timestamp,
    /// When it was retired, if it was: what it had signed goes on verifying.
    pub retired: Option<Timestamp>,
}

/// The tenant of `ctx` as an issuer. Anybody may ask.
pub async fn issuer_profile(ctx: &Ctx) -> Result<IssuerProfile> {
    let tx = ctx.read().await?;
    let row = own_row(&tx).await?;
    let did = did(ctx.installation(), &row.slug)?;
    let keys = tx
        .rows::<signing_key::Entity>()
        .desc(signing_key::Column::CreatedAt)
        .limit(MOST_KEYS)
        .all()
        .await?
        .iter()
        .map(|key| {
            Ok(IssuerKey {
                multikey: public_key(key)?.to_string(),
                made: key.created_at,
                retired: key.retired_at,
            })
        })
        .collect::<Result<_>>()?;
    Ok(IssuerProfile {
        document: with_logo(ctx.installation(), did.as_str(), &row).to_document(),
        did: did.to_string(),
        keys,
    })
}

async fn own_row(tx: &TenantTx) -> Result<tenant::Model> {
    tenant::Entity::find_by_id(tx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)
}

/// The tenant as badges name it, with its logo: that may change, and badges stay.
fn with_logo(installation: &Installation, did: &str, tenant: &tenant::Model) -> Issuer {
    let image = tenant.logo_file.map(|file| Image {
        id: installation.address(&format!("/t/{}/files/{file}", tenant.slug)),
        caption: None,
    });
    Issuer {
        image,
        ..issuer(installation, did, tenant)
    }
}

/// The tenant as badges name it.
pub(super) fn issuer(installation: &Installation, did: &str, tenant: &tenant::Model) -> Issuer {
    Issuer {
        id: did.to_owned(),
        name: tenant.name.clone(),
        url: Some(installation.address(&format!("/t/{}", tenant.slug))),
        description: (!tenant.tagline.is_empty()).then(|| tenant.tagline.clone()),
        email: None,
        image: None,
    }
}
