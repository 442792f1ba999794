//! A wallet asks for the badge.

use std::collections::BTreeSet;

use domain::{
    credential::{Standing, bound_to, jwt::holder_proof},
    id::WalletOfferId,
};
use entity::credential::credential;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{Denial, WalletError, issuer_identifier, nonce::is_fresh, of_token};
use crate::{
    Error, SystemCtx, audit,
    credential::{sign_bound, sign_bound_token, standing},
    tenancy::Tenant,
};

/// So many keys may ask at once; a wallet that wants the badge for each of its copies has
/// a few.
pub const MOST_PROOFS: usize = 8;

/// A form in which a badge is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The document with a Data Integrity proof, `ldp_vc`.
    Document,
    /// A JSON Web Token, `jwt_vc_json`.
    Token,
}

impl Format {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::Document, Self::Token];

    /// What a wallet asks for it by: the identifier of its credential configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "open-badge",
            Self::Token => "open-badge-jwt",
        }
    }

    /// The form of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// What a wallet asks for.
#[derive(Debug, Clone)]
pub struct Asking {
    /// With which token.
    pub token: String,
    /// In which form.
    pub format: Format,
    /// For which keys, each with a proof that it is the holder's.
    pub proofs: Vec<String>,
}

/// The badge of an offer, signed for each of the holder's keys, and what the wallet names
/// the offer by when it tells what became of it (§8). Asked again with the same token, the
/// badge is given again: what was sent may have been lost on the way.
pub async fn bound(
    ctx: &SystemCtx,
    issuer: &Tenant,
    asking: &Asking,
) -> Result<(Vec<Value>, WalletOfferId), WalletError> {
    let tx = ctx.read().await?;
    let offer = of_token(&tx, issuer.id, &asking.token, ctx.now()).await?;
    let signed = credential::Entity::find_by_id((offer.tenant_id, offer.credential_id))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    // What follows takes its own time.
    drop(tx);
    if asking.proofs.is_empty() || asking.proofs.len() > MOST_PROOFS {
        return Err(Denial::Proofs.into());
    }
    if standing(&signed) != Standing::InForce {
        return Err(Denial::NotInForce.into());
    }
    let audience = issuer_identifier(ctx.installation(), &issuer.slug);
    let document: Value = serde_json::from_str(&signed.document)?;
    let tenant = ctx.in_tenant(issuer.id);
    let mut all = Vec::new();
    let mut holders = BTreeSet::new();
    for proof in &asking.proofs {
        let shown = holder_proof(proof, &audience, ctx.now()).map_err(|_| Denial::Proof)?;
        if !is_fresh(ctx, &shown.nonce) {
            return Err(Denial::Nonce.into());
        }
        if !holders.insert(shown.holder.clone()) {
            return Err(Denial::Proof.into());
        }
        let bound = bound_to(document.clone(), &shown.holder)
            .ok_or_else(|| Error::Unsignable("it is about nobody".to_owned()))?;
        all.push(match asking.format {
            Format::Document => sign_bound(&tenant, bound).await?,
            Format::Token => sign_bound_token(&tenant, &bound).await?.into(),
        });
    }
    let tx = tenant.write().await?;
    let subject = format!("credential:{}", offer.credential_id);
    let given = json!({ "keys": holders.len(), "form": asking.format.name() });
    audit::note(&tx, &tenant, "badge-given-to-wallet", subject, given).await?;
    tx.commit().await?;
    Ok((all, offer.id))
}
