//! A badge on paper: as the text of a QR code, and as the code.

use domain::credential::Standing;

use super::{PublicCredential, issuer::signer, symbol::Symbol};
use crate::{Error, Result, SystemCtx};

/// What `badge` says, as the text of a QR code, signed with the tenant's key in
/// force. Like the token it is made when it is asked for: the same badge and key
/// give the same text. A badge that does not count is not put on paper.
pub async fn on_paper(ctx: &SystemCtx, badge: &PublicCredential) -> Result<String> {
    if badge.standing != Standing::InForce {
        return Err(Error::NotFound);
    }
    let ctx = ctx.in_tenant(badge.issuer.id);
    let tx = ctx.read().await?;
    signer(&ctx, &tx).await?.paper(&ctx, &badge.document)
}

/// The QR code with that text, as SVG.
pub async fn proof_svg(ctx: &SystemCtx, badge: &PublicCredential) -> Result<String> {
    Ok(Symbol::of(&on_paper(ctx, badge).await?)?.svg())
}
