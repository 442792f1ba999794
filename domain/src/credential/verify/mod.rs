//! Whether a credential is what it says, check by check.
//!
//! Nothing is fetched here: [`needs`] says what has to be, and [`verify`] judges
//! from what was. What could not be had is not held against the credential: it
//! makes the outcome [`Outcome::Unchecked`](super::Outcome::Unchecked), neither valid nor invalid.

mod keys;
mod known;
mod paper;
mod proofs;
mod status;
mod token;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    claims::{Claims, StatusClaim},
    contexts::{CREDENTIALS_V1, CREDENTIALS_V2},
    jsonld::{ContextStore, Problem},
    jwt::Jwt,
    paper::Paper,
    presented::Presented,
    proof::{Listed, ProofError, Signable},
    report::{Check, CheckName, Finding, ProofResult, Report},
};
use crate::Timestamp;

use keys::{controller, key_document};
use known::Known;

/// What a verdict rests on.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The time to judge at.
    pub now: Timestamp,
    /// What was fetched, by the URL that [`needs`] named; a JSON Web Token as a
    /// string. What could not be fetched is left out.
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
    let Some((document, claims)) = document
        .as_object()
        .and_then(|members| Some((members, read(members)?)))
    else {
        return Needs::default();
    };
    // Another's key is not the issuer's, whatever its own document says.
    let own = Listed::all(document)
        .into_iter()
        .flatten()
        .filter(|proof| proof.proof.is_ok() && controller(proof.verification_method) == claims.issuer);
    Needs::of(&claims, own.map(|proof| key_document(proof.verification_method)))
}

/// The URLs that have to be fetched before the credential in `jwt` can be
/// verified; as few as for a document.
#[must_use]
pub fn needs_of_token(jwt: &Jwt) -> Needs {
    read(jwt.document()).map_or_else(Needs::default, |claims| {
        Needs::of(&claims, [token::issuer_document(jwt, &claims.issuer)])
    })
}

/// The URLs that have to be fetched before what `paper` says of a badge can be
/// verified; as few as for a document.
#[must_use]
pub fn needs_of_paper(paper: &Paper) -> Needs {
    Needs::of(&paper.claims(), [key_document(&paper.verification_method())])
}

fn read(members: &Map<String, Value>) -> Option<Claims> {
    let signable = Signable::new(members, ContextStore::embedded()).ok()?;
    Claims::read(&signable.expanded).ok()
}

impl Needs {
    fn of(claims: &Claims, issuer_documents: impl IntoIterator<Item = Option<String>>) -> Self {
        let mut needs = Self::default();
        for url in issuer_documents {
            add(&mut needs.issuer_documents, url);
        }
        for status in &claims.status {
            if let StatusClaim::Bitstring { list_url, .. } = status {
                add(&mut needs.status_lists, Some(list_url.clone()));
            }
        }
        needs
    }
}

fn add(urls: &mut Vec<String>, url: Option<String>) {
    urls.extend(url.filter(|url| !urls.contains(url)));
}

/// Checks `document` against `evidence`, under the embedded contexts.
#[must_use]
pub fn verify(document: &Value, evidence: &Evidence) -> Report {
    Judge::new(evidence, &Known::default()).verify(document)
}

/// Checks the credential in `jwt` against `evidence`, in the same way.
#[must_use]
pub fn verify_token(jwt: &Jwt, evidence: &Evidence) -> Report {
    Judge::new(evidence, &Known::default()).verify_token(jwt)
}

/// Checks what `paper` says of a badge against `evidence`, in the same way.
#[must_use]
pub fn verify_paper(paper: &Paper, evidence: &Evidence) -> Report {
    Judge::new(evidence, &Known::default()).verify_paper(paper)
}

/// Checks one credential after another against the same evidence, each as if it
/// were alone. Keys and status lists that several name are judged once.
#[derive(Debug)]
pub struct Verifier {
    evidence: Evidence,
    known: Known,
}

impl Verifier {
    /// Whoever has this one judges by `evidence`, which does not change any more.
    #[must_use]
    pub fn new(evidence: Evidence) -> Self {
        Self {
            evidence,
            known: Known::default(),
        }
    }

    /// Checks what was `presented`.
    #[must_use]
    pub fn verify(&self, presented: &Presented) -> Report {
        let judge = Judge::new(&self.evidence, &self.known);
        match presented {
            Presented::Document(document) => judge.verify(document),
            Presented::Token(jwt) => judge.verify_token(jwt),
            Presented::Paper(paper) => judge.verify_paper(paper),
        }
    }
}

struct Judge<'e> {
    evidence: &'e Evidence,
    known: &'e Known,
    checks: Vec<Check>,
    proofs: Vec<ProofResult>,
}

type Found = (Finding, String);

fn fine() -> Found {
    (Finding::Fine, "as it should be".to_owned())
}

impl<'e> Judge<'e> {
    fn new(evidence: &'e Evidence, known: &'e Known) -> Self {
        Self {
            evidence,
            known,
            checks: Vec::new(),
            proofs: Vec::new(),
        }
    }

    fn verify(mut self, document: &Value) -> Report {
        let claims = self.document(document).map(|(_, claims)| claims);
        self.report(claims)
    }

    fn verify_token(mut self, jwt: &Jwt) -> Report {
        let claims = self.token(jwt).map(|(_, claims)| claims);
        self.report(claims)
    }

    fn verify_paper(mut self, paper: &Paper) -> Report {
        let claims = self.paper(paper);
        self.report(Some(claims))
    }

    fn report(mut self, claims: Option<Claims>) -> Report {
        if let Some(claims) = &claims {
            self.validity(claims);
            self.status(claims);
        }
        Report::new(self.checks, self.proofs, claims)
    }

    fn add(&mut self, name: CheckName, (finding, detail): Found) {
        self.checks.push(Check {
            name,
            outcome: finding.outcome(),
            finding,
            detail,
        });
    }

    /// Structure, terms, proof and issuer of a document with its proofs in it.
    fn document<'d>(&mut self, document: &'d Value) -> Option<(Signable<'d>, Claims)> {
        let Some(members) = document.as_object() else {
            self.add(CheckName::Structure, malformed("it is not a JSON object"));
            return None;
        };
        let (signable, claims) = self.reading(members)?;
        let (proof, issuer) = self.proofs(members, &signable, &claims.issuer);
        self.add(CheckName::Proof, proof);
        self.add(CheckName::Issuer, issuer);
        Some((signable, claims))
    }

    /// Structure and terms.
    fn reading<'d>(&mut self, members: &'d Map<String, Value>) -> Option<(Signable<'d>, Claims)> {
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
        Some((signable, claims.ok()?))
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
