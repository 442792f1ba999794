//! Whether a credential is what it says, check by check.
//!
//! Nothing is fetched here: [`needs`] says what has to be, and [`verify`] judges
//! from what was. What could not be had is not held against the credential: it
//! makes the outcome [`Outcome::Unchecked`], neither valid nor invalid.

mod proofs;
mod status;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    claims::{Claims, StatusClaim},
    contexts::{CREDENTIALS_V1, CREDENTIALS_V2},
    did_web::DidWeb,
    jsonld::{ContextStore, Problem},
    proof::{Listed, ProofError, Signable},
    report::{Check, CheckName, Finding, ProofResult, Report},
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
    let own = Listed::all(document)
        .into_iter()
        .flatten()
        .filter(|proof| proof.proof.is_ok() && controller(proof.verification_method) == claims.issuer);
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
        proofs: Vec::new(),
    };
    let claims = judge.credential(document).map(|(_, claims)| claims);
    if let Some(claims) = &claims {
        judge.validity(claims);
        judge.status(claims);
    }
    Report::new(judge.checks, judge.proofs, claims)
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
    proofs: Vec<ProofResult>,
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
        let structure = shape(members).or_else(|| match &claims {
            Err(error) => Some(malformed(&error.to_string())),
            // VC Data Model 1.1 §4.6 asks for it, 2.0 no longer does.
            Ok(claims) if claims.valid_from.is_none() && first_context(members) == Some(CREDENTIALS_V1) => {
                Some(malformed("issuanceDate is missing"))
            }
            Ok(_) => None,
        });
        self.add(CheckName::Structure, structure.unwrap_or_else(fine));
        self.add(CheckName::Terms, fine());
        let claims = claims.ok()?;
        let (proof, issuer) = self.proofs(members, &signable, &claims.issuer);
        self.add(CheckName::Proof, proof);
        self.add(CheckName::Issuer, issuer);
        Some((signable, claims))
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
}

/// What is wrong with a document's outer form (VC Data Model 2.0 §4.3), if anything.
fn shape(members: &Map<String, Value>) -> Option<Found> {
    if matches!(first_context(members), Some(CREDENTIALS_V2 | CREDENTIALS_V1)) {
        None
    } else {
        Some(malformed(
            "its first context is not that of verifiable credentials",
        ))
    }
}

fn first_context(members: &Map<String, Value>) -> Option<&str> {
    let context = members.get("@context")?;
    context.get(0).unwrap_or(context).as_str()
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
