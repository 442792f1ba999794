//! Nonces: what a wallet's proof has to answer to, so that none is used later (§7).

use std::time::Duration;

use domain::Timestamp;

use crate::{Result, SystemCtx, identity::token};

const LASTS: Duration = Duration::from_mins(5);
const PLACE: &str = "wallet-offer/nonce";

/// A fresh nonce. Nothing is stored of it: it is the time, sealed.
pub fn nonce(ctx: &SystemCtx) -> Result<String> {
    let now = ctx.now().unix_millis().to_be_bytes();
    let installation = ctx.installation();
    let sealed = installation.vault.seal(&*installation.chance, PLACE, &now)?;
    Ok(token::encode(&sealed.0))
}

/// Whether it was given out here, and not long ago.
pub(super) fn is_fresh(ctx: &SystemCtx, nonce: &str) -> bool {
    let made = token::decode_any(nonce).and_then(|sealed| {
        let open = ctx.installation().vault.open(PLACE, &sealed).ok()?;
        let millis: [u8; 8] = open.as_slice().try_into().ok()?;
        Some(Timestamp::from_unix_millis(i64::from_be_bytes(millis)))
    });
    made.is_some_and(|made| ctx.now() < made.after(LASTS))
}
