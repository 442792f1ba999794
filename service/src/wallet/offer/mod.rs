//! A badge into another wallet: its holder offers it, and whoever has the offer's code
//! gets it for a key of theirs (`OpenID` for Verifiable Credential Issuance 1.0, with the
//! pre-authorised code flow).

mod ask;
mod denial;
mod make;
mod nonce;
mod redeem;
mod tell;

pub use ask::{Asking, Format, MOST_PROOFS, bound};
pub use denial::{Denial, WalletError};
pub use make::{Offer, offer};
pub use nonce::nonce;
pub use redeem::{Token, redeem};
pub use tell::{Told, tell};

use std::time::Duration;

use domain::{Timestamp, id::TenantId};
use entity::wallet::wallet_offer;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::{Installation, Result, identity::token};

/// So long a code is good: as long as it takes to get out another device.
const CODE_LASTS: Duration = Duration::from_mins(10);
/// So long a token is good.
const TOKEN_LASTS: Duration = Duration::from_mins(10);
/// After so many wrong transaction codes an offer is over.
const MOST_WRONG_PINS: i64 = 5;

/// The Credential Issuer Identifier of the tenant with this part of the address.
#[must_use]
pub fn issuer_identifier(installation: &Installation, slug: &str) -> String {
    installation.address(&format!("/t/{slug}"))
}

/// Removes offers that are past their time.
pub(crate) async fn sweep(tx: &DatabaseTransaction, now: Timestamp) -> Result<()> {
    wallet_offer::Entity::delete_many()
        .filter(wallet_offer::Column::ExpiresAt.lte(now))
        .exec(tx)
        .await?;
    Ok(())
}

/// The offer whose token this is; it has to be the tenant's, and in time.
async fn of_token(
    tx: &DatabaseTransaction,
    tenant: TenantId,
    token: &str,
    now: Timestamp,
) -> Result<wallet_offer::Model, WalletError> {
    let secret: [u8; 32] = token::decode(token).ok_or(Denial::Token)?;
    wallet_offer::Entity::find()
        .filter(wallet_offer::Column::TenantId.eq(tenant))
        .filter(wallet_offer::Column::TokenHash.eq(token::hash(&secret)))
        .filter(wallet_offer::Column::ExpiresAt.gt(now))
        .one(tx)
        .await?
        .ok_or_else(|| Denial::Token.into())
}
