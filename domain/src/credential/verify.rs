//! Whether a credential is what it says, check by check.
//!
//! Nothing is fetched here: [`needs`] says what has to be, and [`verify`] judges
//! from what was. What could not be had is not held against the credential: it
//! makes the outcome [`Outcome::Unchecked`], neither valid nor invalid.

use std::collections::BTreeMap;

use ed25519_dalek::VerifyingKey;
use serde_json::{Map, Value};

use super::{
    claims::{Claims, ListClaim, StatusClaim},
    contexts::{CREDENTIALS_V1, CREDENTIALS_V2},
    did_document::assertion_key,
    did_web::DidWeb,
    jsonld::{ContextStore, Problem},
    key::Multikey,
    proof::{Proof, ProofError, Signable},
    report::{Check, CheckName, Finding, Outcome, Report},
    status::StatusList,
};
use crate::Timestamp;

/// What a verdict rests on.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The time to judge at.
    pub now: Timestamp,
    /// What was fetched, by the URL that [`needs`] named. What could not be
    /// fetched is left out.
    pub fetched: BTreeMap<String, Value>,
}

/// What has to be fetched to verify a credential.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// The documents with the issuer's keys.
    pub issuer_documents: Vec<String>,
    /// The status list credentials.
    pub status_lists: Vec<String>,
}

/// The URLs that have to be fetched before `document` can be verified.
///
/// They come from the document, which anybody may have written: whoever fetches
/// them must keep them from reaching inside. There is one for the issuer, and a
/// few for lists: a document must not make a verifier knock on many doors.
#[must_use]
pub fn needs(document: &Value) -> Needs {
    let mut needs = Needs::default();
    let Some(document) = document.as_object() else {
        return needs;
    };
    let claims = Signable::new(document, ContextStore::embedded())
        .ok()
        .and_then(|signable| Claims::read(&signable.expanded).ok());
    let Some(claims) = claims else {
        return needs;
    };
    // Another's key is not the issuer's, whatever its own document says.
    let own = Proof::all(document)
        .into_iter()
        .flatten()
        .filter(|proof| controller(proof.verification_method) == claims.issuer);
    for proof in own {
        add(
            &mut needs.issuer_documents,
            key_document(proof.verification_method),
        );
    }
    for status in claims.status {
        if let StatusClaim::Bitstring { list_url, .. } = status {
            add(&mut needs.status_lists, Some(list_url));
        }
    }
    needs
}

fn add(urls: &mut Vec<String>, url: Option<String>) {
    urls.extend(url.filter(|url| !urls.contains(url)));
}

/// Checks `document` against `evidence`, under the embedded contexts.
#[must_use]
pub fn verify(document: &Value, evidence: &Evidence) -> Report {
    let mut judge = Judge {
        evidence,
        checks: Vec::new(),
    };
    let claims = judge.credential(document).map(|(_, claims)| claims);
    if let Some(claims) = &claims {
        judge.validity(claims);
        judge.status(claims);
    }
    Report::new(judge.checks, claims)
}

/// The verification method's document: what stands before the fragment.
fn controller(method: &str) -> &str {
    method.split_once('#').map_or(method, |(document, _)| document)
}

/// Where the document with a verification method is, if it has to be fetched.
fn key_document(method: &str) -> Option<String> {
    let document = controller(method);
    if document.starts_with("https://") {
        Some(document.to_owned())
    } else {
        document.parse::<DidWeb>().ok()?.document_url().map(String::from)
    }
}

struct Judge<'e> {
    evidence: &'e Evidence,
    checks: Vec<Check>,
}

type Found = (Finding, String);

fn fine() -> Found {
    (Finding::Fine, "as it should be".to_owned())
}

impl Judge<'_> {
    fn add(&mut self, name: CheckName, (finding, detail): Found) {
        self.checks.push(Check {
            name,
            outcome: finding.outcome(),
            finding,
            detail,
        });
    }

    /// Structure, terms, proof and issuer.
    fn credential<'d>(&mut self, document: &'d Value) -> Option<(Signable<'d>, Claims)> {
        let Some(members) = document.as_object() else {
            self.add(CheckName::Structure, malformed("it is not a JSON object"));
            return None;
        };
        let signable = match Signable::new(members, ContextStore::embedded()) {
            Ok(signable) => signable,
            Err(error) => {
                self.add(CheckName::Structure, shape(members).unwrap_or_else(fine));
                self.add(CheckName::Terms, unreadable(&error));
                return None;
            }
        };
        let claims = Claims::read(&signable.expanded);
        let structure =
            shape(members).or_else(|| claims.as_ref().err().map(|error| malformed(&error.to_string())));
        self.add(CheckName::Structure, structure.unwrap_or_else(fine));
        self.add(CheckName::Terms, fine());
        let claims = claims.ok()?;
        let (proof, issuer) = self.proofs(members, &signable, &claims.issuer);
        self.add(CheckName::Proof, proof);
        self.add(CheckName::Issuer, issuer);
        Some((signable, claims))
    }

    /// Every proof of a known kind has to hold; there has to be one.
    fn proofs(&self, members: &Map<String, Value>, signable: &Signable<'_>, issuer: &str) -> (Found, Found) {
        let unknown = |finding, detail: &str| {
            let issuer = (Finding::NotReached, "there is no proof to go by".to_owned());
            ((finding, detail.to_owned()), issuer)
        };
        let proofs = Proof::all(members);
        if proofs.is_empty() {
            return unknown(Finding::NoProof, "it is not signed");
        }
        let judged = proofs.iter().filter_map(|proof| match proof {
            Ok(proof) => Some(self.proof(proof, signable, issuer)),
            Err(ProofError::Unsupported(_)) => None,
            Err(error) => Some(unknown(Finding::Malformed, &error.to_string())),
        });
        let worst = judged.max_by_key(|((proof, _), (issuer, _))| proof.outcome().max(issuer.outcome()));
        worst.unwrap_or_else(|| {
            unknown(
                Finding::UnsupportedProof,
                "it is signed in a way that is not known here",
            )
        })
    }

    fn proof(&self, proof: &Proof<'_>, signable: &Signable<'_>, issuer: &str) -> (Found, Found) {
        let (key, binding) = self.key(proof.verification_method, issuer);
        let Some(key) = key else {
            return ((Finding::NotReached, "the key is not known".to_owned()), binding);
        };
        let found = match proof.check(signable, &key) {
            Err(ProofError::BadSignature) => (Finding::BadSignature, ProofError::BadSignature.to_string()),
            Err(error) => unreadable(&error),
            Ok(expires) if expires.is_some_and(|expires| expires < self.evidence.now) => {
                (Finding::ProofExpired, "the proof has expired".to_owned())
            }
            Ok(_) => fine(),
        };
        (found, binding)
    }

    /// The key that `method` names, and whether `issuer` signs with it. A key
    /// can be known and yet be somebody else's.
    fn key(&self, method: &str, issuer: &str) -> (Option<VerifyingKey>, Found) {
        let others = || {
            (
                Finding::NotIssuersKey,
                format!("the key {method} is not one of {issuer}"),
            )
        };
        let own = controller(method) == issuer;
        if let Ok(key) = Multikey::from_did_key(method) {
            return (Some(key.0), if own { fine() } else { others() });
        }
        if !own {
            return (None, others());
        }
        let document = key_document(method).and_then(|url| self.evidence.fetched.get(&url));
        let Some(document) = document else {
            return (
                None,
                (
                    Finding::IssuerUnavailable,
                    format!("the keys of {issuer} could not be had"),
                ),
            );
        };
        match assertion_key(document, issuer, method, self.evidence.now) {
            Ok(key) => (Some(key), fine()),
            Err(error) => (None, (Finding::NotIssuersKey, error.to_string())),
        }
    }

    fn validity(&mut self, claims: &Claims) {
        let now = self.evidence.now;
        let found = match (claims.valid_from, claims.valid_until) {
            (Some(from), _) if now < from => (Finding::NotYetValid, format!("it counts from {from}")),
            (_, Some(until)) if until < now => (Finding::Expired, format!("it counted until {until}")),
            _ => fine(),
        };
        self.add(CheckName::Validity, found);
    }

    fn status(&mut self, claims: &Claims) {
        let none = || (Finding::NoStatus, "it names no status list".to_owned());
        let found = claims.status.iter().map(|status| self.entry(status, claims));
        let worst = found
            .max_by_key(|(finding, _)| finding.outcome())
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
            .list(list, list_url, purpose, claims)
            .and_then(|list| list.get(*index).map_err(|error| error.to_string()))
        {
            Ok(true) => set,
            Ok(false) => fine(),
            Err(trouble) => unknown_status(&trouble),
        }
    }

    /// The bits of a status list credential, which has to be the issuer's own
    /// and as good as the credential itself.
    fn list(
        &self,
        list: &Value,
        url: &str,
        purpose: &str,
        credential: &Claims,
    ) -> Result<StatusList, String> {
        let mut judge = Judge {
            checks: Vec::new(),
            ..*self
        };
        let Some((signable, claims)) = judge.credential(list) else {
            return Err("the status list can\u{2019}t be read".to_owned());
        };
        judge.validity(&claims);
        if let Some(failed) = judge.checks.iter().find(|check| check.outcome != Outcome::Valid) {
            return Err(format!(
                "the status list can\u{2019}t be relied on: {}",
                failed.detail
            ));
        }
        if claims.issuer != credential.issuer || claims.id.as_deref() != Some(url) {
            return Err(
                "the status list is not the issuer\u{2019}s, or another than was asked for".to_owned(),
            );
        }
        let list = ListClaim::read(&signable.expanded).map_err(|error| error.to_string())?;
        if !list.purposes.iter().any(|found| found == purpose) {
            return Err("the status list is for another purpose".to_owned());
        }
        StatusList::decode(&list.encoded).map_err(|error| error.to_string())
    }
}

/// What is wrong with a document's outer form (VC Data Model 2.0 §4.3), if anything.
fn shape(members: &Map<String, Value>) -> Option<Found> {
    let context = members.get("@context");
    let first = context
        .and_then(|context| context.get(0))
        .or(context)
        .and_then(Value::as_str);
    if matches!(first, Some(CREDENTIALS_V2 | CREDENTIALS_V1)) {
        None
    } else {
        Some(malformed(
            "its first context is not that of verifiable credentials",
        ))
    }
}

fn malformed(detail: &str) -> Found {
    (Finding::Malformed, detail.to_owned())
}

fn unknown_status(detail: &str) -> Found {
    (Finding::StatusUnknown, detail.to_owned())
}

fn unreadable(error: &ProofError) -> Found {
    let finding = match error {
        ProofError::JsonLd(error) => match error.problem {
            Problem::UnknownContext(_) => Finding::UnknownContext,
            Problem::Unsupported(_) => Finding::Unsupported,
            Problem::UndefinedTerm(_) | Problem::NotAnIri(_) => Finding::UndefinedTerm,
            _ => Finding::Malformed,
        },
        _ => Finding::Malformed,
    };
    (finding, error.to_string())
}
