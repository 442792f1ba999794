//! Whether a credential was revoked or suspended.

use std::sync::Arc;

use serde_json::Value;

use super::{
    super::{
        claims::{Claims, ListClaim, StatusClaim},
        jwt::Jwt,
        report::{CheckName, Finding, Outcome},
    },
    Found, Judge, fine,
    known::SoundList,
    unknown_status,
};

impl Judge<'_> {
    pub(super) fn status(&mut self, claims: &Claims) {
        let none = || (Finding::NoStatus, "it names no status list".to_owned());
        let found = claims.status.iter().map(|status| self.entry(status, claims));
        let worst = found
            // What is revoked for good is not said to be only suspended.
            .max_by_key(|(finding, _)| (finding.outcome(), *finding == Finding::Revoked))
            .unwrap_or_else(none);
        self.add(CheckName::Status, worst);
    }

    fn entry(&self, status: &StatusClaim, claims: &Claims) -> Found {
        let StatusClaim::Bitstring {
            purpose,
            index,
            list_url,
        } = status
        else {
            return unknown_status("its status is kept in a way that is not known here");
        };
        let set = match purpose.as_str() {
            "revocation" => (Finding::Revoked, "it was revoked".to_owned()),
            "suspension" => (Finding::Suspended, "it is suspended".to_owned()),
            other => {
                return unknown_status(&format!(
                    "its status is of the purpose {other}, which is not known here"
                ));
            }
        };
        let Some(list) = self.evidence.fetched.get(list_url) else {
            return (
                Finding::StatusUnavailable,
                format!("the status list {list_url} could not be had"),
            );
        };
        match self
            .list(list, list_url)
            .and_then(|list| bit(&list, *index, list_url, purpose, claims))
        {
            Ok(true) => set,
            Ok(false) => fine(),
            Err(trouble) => unknown_status(&trouble),
        }
    }

    /// A status list credential that is as good as the credential itself.
    fn list(&self, list: &Value, url: &str) -> Result<Arc<SoundList>, String> {
        if let Some(known) = self.known.lists.get(url) {
            return known;
        }
        let found = self.read_list(list).map(Arc::new);
        self.known.lists.put(url, &found);
        found
    }

    fn read_list(&self, list: &Value) -> Result<SoundList, String> {
        let mut judge = Judge::new(self.evidence, self.known);
        let token = list.as_str().and_then(|text| Jwt::parse(text).ok());
        let read = match &token {
            Some(jwt) => judge.token(jwt),
            None => judge.document(list),
        };
        let Some((signable, claims)) = read else {
            return Err("the status list can\u{2019}t be read".to_owned());
        };
        judge.validity(&claims);
        if let Some(failed) = judge.checks.iter().find(|check| check.outcome != Outcome::Valid) {
            return Err(format!(
                "the status list can\u{2019}t be relied on: {}",
                failed.detail
            ));
        }
        Ok(SoundList::new(claims, ListClaim::read(&signable.expanded)))
    }
}

/// The credential's bit in the list from `url`, which has to be of its issuer
/// and for this purpose.
fn bit(
    list: &SoundList,
    index: usize,
    url: &str,
    purpose: &str,
    credential: &Claims,
) -> Result<bool, String> {
    if list.issuer != credential.issuer || list.id.as_deref() != Some(url) {
        return Err("the status list is not the issuer\u{2019}s, or another than was asked for".to_owned());
    }
    let claim = list.claim.as_ref().map_err(ToString::to_string)?;
    if !claim.purposes.iter().any(|found| found == purpose) {
        return Err("the status list is for another purpose".to_owned());
    }
    list.bit(claim, index).map_err(|error| error.to_string())
}
