//! Making an offer.

use domain::{
    Timestamp,
    credential::Standing,
    id::{CredentialId, WalletOfferId},
};
use entity::{
    credential::credential,
    tenancy::tenant,
    wallet::{wallet_item, wallet_offer},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use url::form_urlencoded;

use super::{CODE_LASTS, Format, issuer_identifier};
use crate::{
    Error, PersonCtx, Result,
    credential::{qr_code, standing},
    identity::token,
};

/// An offer, which is shown once: nothing that is stored tells its code.
#[derive(Debug, Clone)]
pub struct Offer {
    /// What a wallet on this device opens.
    pub link: String,
    /// The same as a QR code for a wallet on another one, in SVG.
    pub code: String,
    /// What is typed into the wallet besides, if anything is.
    pub pin: Option<String>,
    /// Until when it can be taken.
    pub expires_at: Timestamp,
}

/// Offers one of the person's badges to a wallet of theirs. An earlier offer of the same
/// badge is over.
///
/// Refused: `offer-not-in-force`, if the badge does not count.
pub async fn offer(ctx: &PersonCtx, id: CredentialId, with_pin: bool) -> Result<Offer> {
    let tx = ctx.write().await?;
    let item = wallet_item::Entity::find_by_id((ctx.person(), id))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let signed = credential::Entity::find_by_id((item.tenant_id, id))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    if standing(&signed) != Standing::InForce {
        return Err(Error::Refused("offer-not-in-force"));
    }
    let issuer = tenant::Entity::find_by_id(item.tenant_id)
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    wallet_offer::Entity::delete_many()
        .filter(wallet_offer::Column::PersonId.eq(ctx.person()))
        .filter(wallet_offer::Column::CredentialId.eq(id))
        .exec(&tx)
        .await?;
    let installation = ctx.installation();
    let secret = token::fresh(installation);
    let pin = with_pin.then(|| {
        let chance = u32::from_be_bytes(installation.chance.bytes());
        format!("{:06}", chance % 1_000_000)
    });
    let expires_at = ctx.now().after(CODE_LASTS);
    let row = wallet_offer::Model {
        id: installation.new_id::<WalletOfferId>(),
        person_id: ctx.person(),
        tenant_id: item.tenant_id,
        credential_id: id,
        code_hash: token::hash(&secret),
        pin_hash: pin.as_ref().map(|pin| token::hash(pin.as_bytes())),
        wrong_pins: 0,
        expires_at,
        token_hash: None,
        told: None,
    };
    wallet_offer::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    let link = link(
        &issuer_identifier(installation, &issuer.slug),
        &token::encode(&secret),
        pin.is_some(),
    );
    Ok(Offer {
        code: qr_code(&link)?,
        link,
        pin,
        expires_at,
    })
}

/// The offer by value (§4.1.2).
fn link(issuer: &str, code: &str, asks_pin: bool) -> String {
    let mut grant = json!({ "pre-authorized_code": code });
    if asks_pin {
        grant["tx_code"] = json!({ "input_mode": "numeric", "length": 6 });
    }
    let offer = json!({
        "credential_issuer": issuer,
        "credential_configuration_ids": Format::ALL.map(Format::name),
        "grants": { "urn:ietf:params:oauth:grant-type:pre-authorized_code": grant },
    });
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("credential_offer", &offer.to_string())
        .finish();
    // Wallets decode it as a URI, in which a plus is a plus.
    format!("openid-credential-offer://?{}", query.replace('+', "%20"))
}
