//! A tenant as an issuer: its `did:web`, its keys.

use std::sync::Arc;

use domain::{
    credential::{
        DidWeb, Multikey, SignWith, did_document::method_id, jwt::sign_token, paper::sign_paper, sign,
    },
    id::{SigningKeyId, TenantId},
    tenancy::Permission,
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use entity::{TenantTx, credential::signing_key, tenancy::tenant};
use sea_orm::{ColumnTrait, EntityTrait};
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use crate::{Ctx, Error, Installation, Result, audit};

/// What signs for a tenant. The private key is wiped when this is dropped.
pub(super) struct Signer {
    /// Who signs.
    pub(super) did: DidWeb,
    method: String,
    key: SigningKey,
}

impl Signer {
    /// Signs `document` at the present moment.
    pub(super) fn sign(&self, ctx: &Ctx, document: Value) -> Result<Value> {
        sign(document, &self.with(ctx)).map_err(|cause| Error::Unsignable(cause.to_string()))
    }

    /// Signs a `document` again that was signed before.
    pub(super) fn again(&self, ctx: &Ctx, document: Value) -> Result<Value> {
        self.own(&document)?;
        self.sign(ctx, document)
    }

    /// `document`, which was signed before, as a JSON Web Token.
    pub(super) fn token(&self, ctx: &Ctx, document: &Value) -> Result<String> {
        self.own(document)?;
        sign_token(document, &self.with(ctx)).map_err(|cause| Error::Unsignable(cause.to_string()))
    }

    /// What `document`, which was signed before, says, as the text of a QR code.
    pub(super) fn paper(&self, ctx: &Ctx, document: &Value) -> Result<String> {
        self.own(document)?;
        sign_paper(document, &self.with(ctx)).map_err(|cause| Error::Unsignable(cause.to_string()))
    }

    /// Under an earlier address of the installation a badge had another issuer, and
    /// what is signed now would not be that one's word. Refused: `credential-elsewhere`.
    fn own(&self, document: &Value) -> Result<()> {
        if document.pointer("/issuer/id").and_then(Value::as_str) == Some(self.did.as_str()) {
            Ok(())
        } else {
            Err(Error::Refused("credential-elsewhere"))
        }
    }

    fn with(&self, ctx: &Ctx) -> SignWith<'_> {
        SignWith {
            key: &self.key,
            verification_method: &self.method,
            created: ctx.now(),
        }
    }
}

/// Makes a tenant's key, unless it has one in force.
pub async fn make_signing_key(ctx: &Ctx, tx: &TenantTx) -> Result<()> {
    if in_force(tx).await?.is_none() {
        insert_key(ctx, tx).await?;
    }
    Ok(())
}

/// Retires the key in force and makes another. What the retired one signed goes
/// on verifying: it stays in the DID document.
pub async fn rotate_key(ctx: &Ctx) -> Result<()> {
    ctx.require(Permission::ManageIssuer)?;
    let tx = ctx.write().await?;
    tx.change::<signing_key::Entity>()
        .filter(signing_key::Column::RetiredAt.is_null())
        .set(signing_key::Column::RetiredAt, ctx.now())
        .apply()
        .await?;
    let key = insert_key(ctx, &tx).await?;
    audit::note(
        &tx,
        ctx,
        "signing-key-rotated",
        format!("signing-key:{key}"),
        Value::Null,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The DID document of the tenant at `ctx`, with every key it ever signed with.
pub async fn did_document(ctx: &Ctx) -> Result<Value> {
    let tx = ctx.read().await?;
    let did = did(ctx.installation(), &slug(&tx).await?)?;
    let rows = tx
        .rows::<signing_key::Entity>()
        .desc(signing_key::Column::CreatedAt)
        .limit(1_000)
        .all()
        .await?;
    let keys: Vec<Multikey> = rows.iter().map(public_key).collect::<Result<_>>()?;
    Ok(domain::credential::did_document(&did, &keys))
}

/// The tenant's key in force, opened; made if there is none yet.
pub(super) async fn signer(ctx: &Ctx, tx: &TenantTx) -> Result<Signer> {
    make_signing_key(ctx, tx).await?;
    let row = in_force(tx).await?.ok_or(Error::NotFound)?;
    let did = did(ctx.installation(), &slug(tx).await?)?;
    let key = ctx
        .installation()
        .vault
        .open_signing_key(&place(row.tenant_id, row.id), &row.sealed_secret)?;
    let method = method_id(&did, public_key(&row)?);
    Ok(Signer { did, method, key })
}

/// The tenant's part of the address.
pub(super) async fn slug(tx: &TenantTx) -> Result<String> {
    let row = tenant::Entity::find_by_id(tx.tenant()).one(tx.unowned()).await?;
    row.map(|tenant| tenant.slug).ok_or(Error::NotFound)
}

pub(super) fn did(installation: &Arc<Installation>, slug: &str) -> Result<DidWeb> {
    let address = Url::parse(&installation.address(&format!("/t/{slug}")));
    address
        .ok()
        .and_then(|address| DidWeb::from_url(&address).ok())
        .ok_or_else(|| Error::Unsignable("the base address makes no did:web".to_owned()))
}

async fn in_force(tx: &TenantTx) -> Result<Option<signing_key::Model>> {
    Ok(tx
        .rows::<signing_key::Entity>()
        .filter(signing_key::Column::RetiredAt.is_null())
        .desc(signing_key::Column::CreatedAt)
        .one()
        .await?)
}

async fn insert_key(ctx: &Ctx, tx: &TenantTx) -> Result<SigningKeyId> {
    let installation = ctx.installation();
    let id: SigningKeyId = ctx.new_id();
    let secret = Zeroizing::new(installation.chance.bytes::<32>());
    let sealed = installation
        .vault
        .seal(&*installation.chance, &place(ctx.tenant(), id), &*secret)?;
    let row = signing_key::Model {
        tenant_id: ctx.tenant(),
        id,
        public_key: SigningKey::from_bytes(&secret)
            .verifying_key()
            .to_bytes()
            .to_vec(),
        sealed_secret: sealed.0,
        created_at: ctx.now(),
        retired_at: None,
    };
    tx.insert::<signing_key::Entity>(row).await?;
    Ok(id)
}

/// A sealed key opens only in its own row.
fn place(tenant: TenantId, key: SigningKeyId) -> String {
    format!("signing-key/{tenant}/{key}")
}

pub(super) fn public_key(row: &signing_key::Model) -> Result<Multikey> {
    let bytes = row.public_key.as_slice().try_into().ok();
    bytes
        .and_then(|bytes: &[u8; 32]| VerifyingKey::from_bytes(bytes).ok())
        .map(Multikey)
        .ok_or_else(|| Error::Unsignable(format!("signing key {} is not a key", row.id)))
}
