//! A wallet comes with a code.

use std::time::Duration;

use domain::id::TenantId;
use entity::wallet::wallet_offer;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Denial, MOST_WRONG_PINS, TOKEN_LASTS, WalletError};
use crate::{SystemCtx, identity::token};

/// What a wallet asks with from now on.
#[derive(Debug, Clone)]
pub struct Token {
    /// The token.
    pub access_token: String,
    /// So long it is good.
    pub lasts: Duration,
}

/// Takes a code in exchange for a token (§6). It is taken once.
pub async fn redeem(
    ctx: &SystemCtx,
    tenant: TenantId,
    code: &str,
    pin: Option<&str>,
) -> Result<Token, WalletError> {
    let secret: [u8; 32] = token::decode(code).ok_or(Denial::Code)?;
    let tx = ctx.write().await?;
    let offer = wallet_offer::Entity::find()
        .filter(wallet_offer::Column::TenantId.eq(tenant))
        .filter(wallet_offer::Column::CodeHash.eq(token::hash(&secret)))
        .filter(wallet_offer::Column::TokenHash.is_null())
        .filter(wallet_offer::Column::ExpiresAt.gt(ctx.now()))
        .filter(wallet_offer::Column::WrongPins.lt(MOST_WRONG_PINS))
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(Denial::Code)?;
    let own = wallet_offer::Column::Id.eq(offer.id);
    let given = pin.map(|pin| token::hash(pin.as_bytes()));
    match (&offer.pin_hash, given) {
        (None, Some(_)) => return Err(Denial::NoPin.into()),
        (Some(_), None) => return Err(Denial::PinMissing.into()),
        (wanted, given) if *wanted != given => {
            let counted = wallet_offer::ActiveModel {
                wrong_pins: Set(offer.wrong_pins + 1),
                ..Default::default()
            };
            wallet_offer::Entity::update_many()
                .set(counted)
                .filter(own)
                .exec(&tx)
                .await?;
            tx.commit().await?;
            return Err(Denial::Pin.into());
        }
        _ => {}
    }
    let secret = token::fresh(ctx.installation());
    let taken = wallet_offer::ActiveModel {
        token_hash: Set(Some(token::hash(&secret))),
        expires_at: Set(ctx.now().after(TOKEN_LASTS)),
        ..Default::default()
    };
    wallet_offer::Entity::update_many()
        .set(taken)
        .filter(own)
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(Token {
        access_token: token::encode(&secret),
        lasts: TOKEN_LASTS,
    })
}
