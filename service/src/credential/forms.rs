//! A badge in other forms than the document that was signed: as a JSON Web
//! Token, and inside a picture.

use domain::credential::baked;
use entity::{credential::credential, program::award};
use sea_orm::ColumnTrait;
use serde_json::Value;

use super::{PublicCredential, issuer::signer, symbol::Symbol};
use crate::{
    Ctx, Error, Result, SystemCtx,
    program::achievement::{Format, picture_in},
};

/// `badge` as a JSON Web Token, signed with the tenant's key in force.
///
/// It is signed when it is asked for and not kept: the same claims under the
/// same key are the same token, and a badge from before a key was changed gets
/// one by the new key. Whether it was revoked stands in the same status list.
pub async fn token(ctx: &SystemCtx, badge: &PublicCredential) -> Result<String> {
    let ctx = ctx.in_tenant(badge.issuer.id);
    let tx = ctx.read().await?;
    signer(&ctx, &tx).await?.token(&ctx, &badge.document)
}

/// The badge `document`, bound to a key of its holder's, signed with the tenant's key in
/// force: it is the same badge, and stands in the same status lists.
pub(crate) async fn sign_bound(ctx: &Ctx, document: Value) -> Result<Value> {
    let tx = ctx.read().await?;
    signer(ctx, &tx).await?.again(ctx, document)
}

/// The same as a JSON Web Token.
pub(crate) async fn sign_bound_token(ctx: &Ctx, document: &Value) -> Result<String> {
    let tx = ctx.read().await?;
    signer(ctx, &tx).await?.token(ctx, document)
}

/// A QR code that carries `text`, as SVG.
pub(crate) fn qr_code(text: &str) -> Result<String> {
    Ok(Symbol::of(text)?.svg())
}

/// The picture of `badge` with the badge inside, byte for byte as it was signed.
pub async fn baked(ctx: &SystemCtx, badge: &PublicCredential, format: Format) -> Result<Vec<u8>> {
    let picture = picture(ctx, badge, format).await?;
    let failed = |cause: baked::BakingError| Error::Outside(format!("baking a badge: {cause}"));
    match format {
        Format::Png => baked::into_png(&picture, &badge.signed).map_err(failed),
        Format::Svg => {
            let picture = String::from_utf8(picture).map_err(|cause| Error::Outside(cause.to_string()))?;
            baked::into_svg(&picture, &badge.signed)
                .map(String::into_bytes)
                .map_err(failed)
        }
    }
}

/// The picture of `badge` as it was when the badge was earned.
pub(super) async fn picture(ctx: &SystemCtx, badge: &PublicCredential, format: Format) -> Result<Vec<u8>> {
    let ctx = ctx.in_tenant(badge.issuer.id);
    let tx = ctx.read().await?;
    let award = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::Id.eq(badge.id))
        .one()
        .await?
        .ok_or(Error::NotFound)?
        .award_id;
    let version = tx
        .rows::<award::Entity>()
        .filter(award::Column::Id.eq(award))
        .one()
        .await?
        .ok_or(Error::NotFound)?
        .achievement_version_id;
    drop(tx);
    picture_in(&ctx, version, format).await
}
