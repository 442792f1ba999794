//! A wallet tells what became of the badge (§11).

use domain::id::TenantId;
use entity::wallet::wallet_offer;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{Denial, WalletError, of_token};
use crate::SystemCtx;

/// What a wallet says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It has the badge.
    Accepted,
    /// It could not keep it.
    Failed,
    /// Its holder does not want it.
    Deleted,
}

impl Told {
    /// As wallets say it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "credential_accepted",
            Self::Failed => "credential_failure",
            Self::Deleted => "credential_deleted",
        }
    }

    /// What a wallet said.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Accepted, Self::Failed, Self::Deleted]
            .into_iter()
            .find(|told| told.as_str() == name)
    }
}

/// Keeps what the wallet says of the offer that it names by `notification`. Said again, it
/// is one.
pub async fn tell(
    ctx: &SystemCtx,
    tenant: TenantId,
    token: &str,
    notification: &str,
    told: Told,
) -> Result<(), WalletError> {
    let tx = ctx.write().await?;
    let offer = of_token(&tx, tenant, token, ctx.now()).await?;
    if notification.parse() != Ok(offer.id) {
        return Err(Denial::Notification.into());
    }
    let change = wallet_offer::ActiveModel {
        told: Set(Some(told.as_str().to_owned())),
        ..Default::default()
    };
    wallet_offer::Entity::update_many()
        .set(change)
        .filter(wallet_offer::Column::Id.eq(offer.id))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
