//! Whether a badge is in a log that the verifier knows.

use domain::{
    credential::{Finding, Presented, Report, claims::Claims},
    id::CredentialId,
    log::{LogProof, VerifierKey, hash_of_document, judge},
};
use serde_json::Value;
use url::Url;

use super::proof_of_document;
use crate::{Error, Result, SystemCtx};

/// `report` on what was `presented`, with whether it was entered in the log of
/// `key`. What shows it is fetched from beside the badge; that it cannot be had
/// leaves the check open. So does a token or a paper: what the log has is the hash
/// of the signed document, and whoever has the issuer's key can write another
/// token about the same badge at any time.
pub async fn check(
    ctx: &SystemCtx,
    presented: &Presented,
    key: &VerifierKey,
    report: Report,
) -> Result<Report> {
    let Some(claims) = report.claims.clone() else {
        return Ok(report);
    };
    let Presented::Document(document) = presented else {
        let needed = "the log has the signed document itself: that is needed to look it up";
        return Ok(report.with_log((Finding::LogUnavailable, needed.to_owned())));
    };
    let found = match fetch(ctx, &claims, document).await {
        Ok(proof) => judge(&proof, key, &claims, document),
        Err(Error::Unavailable(cause)) => return Err(Error::Unavailable(cause)),
        Err(cause) => (
            Finding::LogUnavailable,
            format!("what the log has about it could not be had: {cause}"),
        ),
    };
    Ok(report.with_log(found))
}

async fn fetch(ctx: &SystemCtx, claims: &Claims, document: &Value) -> Result<LogProof> {
    let badge = claims.id.as_deref().ok_or(Error::NotFound)?;
    let hash = hash_of_document(document);
    let pages = ctx.installation().address("/c/");
    let own = badge
        .strip_prefix(&pages)
        .and_then(|id| id.parse::<CredentialId>().ok());
    if let Some(id) = own {
        return proof_of_document(ctx, id, &hash).await;
    }
    let address = beside(badge, &hash).ok_or_else(|| Error::Outside("its URL is no address".to_owned()))?;
    let found = ctx.installation().outside.json(&address).await?;
    serde_json::from_value(found).map_err(|cause| Error::Outside(cause.to_string()))
}

/// Where the proof of the document with this hash is, for a badge with this URL.
fn beside(badge: &str, hash: &str) -> Option<Url> {
    let mut address = Url::parse(badge).ok()?;
    address.set_fragment(None);
    address.path_segments_mut().ok()?.push("proof");
    address.query_pairs_mut().append_pair("document", hash);
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_lies_beside_its_badge() {
        for (badge, expected) in [
            (
                "https://badges.example/c/1",
                "https://badges.example/c/1/proof?document=ab",
            ),
            (
                "https://badges.example/c?id=1#top",
                "https://badges.example/c/proof?id=1&document=ab",
            ),
        ] {
            assert_eq!(beside(badge, "ab").map(String::from).as_deref(), Some(expected));
        }
        assert_eq!(beside("urn:uuid:1", "ab"), None);
    }
}
