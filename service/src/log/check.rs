//! Whether a badge is in a log that the verifier knows.

use domain::{
    credential::{Finding, Presented, Report, claims::Claims},
    id::CredentialId,
    log::{LogProof, VerifierKey, judge},
};
use entity::credential::public_address;
use sea_orm::EntityTrait;
use url::Url;

use super::log_proof;
use crate::{Error, Result, SystemCtx};

/// `report` on what was `presented`, with whether it was entered in the log of
/// `key`. What shows it is fetched from beside the badge; that it cannot be had
/// leaves the check open.
pub async fn check(
    ctx: &SystemCtx,
    presented: &Presented,
    key: &VerifierKey,
    report: Report,
) -> Result<Report> {
    let Some(claims) = report.claims.clone() else {
        return Ok(report);
    };
    let found = match fetch(ctx, &claims).await {
        Ok(proof) => {
            let document = match presented {
                Presented::Document(document) => Some(document),
                Presented::Token(_) | Presented::Paper(_) => None,
            };
            judge(&proof, key, &claims, document)
        }
        Err(Error::Unavailable(cause)) => return Err(Error::Unavailable(cause)),
        Err(cause) => (
            Finding::LogUnavailable,
            format!("what the log has about it could not be had: {cause}"),
        ),
    };
    Ok(report.with_log(found))
}

async fn fetch(ctx: &SystemCtx, claims: &Claims) -> Result<LogProof> {
    let badge = claims.id.as_deref().ok_or(Error::NotFound)?;
    let pages = ctx.installation().address("/c/");
    let own = badge
        .strip_prefix(&pages)
        .and_then(|id| id.parse::<CredentialId>().ok());
    if let Some(id) = own {
        let tx = ctx.read().await?;
        let address = public_address::Entity::find_by_id(id.0).one(&tx).await?;
        let tenant = address.ok_or(Error::NotFound)?.tenant_id;
        drop(tx);
        return log_proof(ctx, tenant, id).await;
    }
    let address = Url::parse(&format!("{badge}/proof")).map_err(|cause| Error::Outside(cause.to_string()))?;
    let found = ctx.installation().outside.json(&address).await?;
    serde_json::from_value(found).map_err(|cause| Error::Outside(cause.to_string()))
}
