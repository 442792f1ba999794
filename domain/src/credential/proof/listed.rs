//! Proofs as a document carries them.

use serde_json::{Map, Value};

use super::{
    super::{
        claims::{ClaimedPurpose, ProofClaim},
        multibase,
        public_key::PublicKey,
    },
    ProofError, Purpose, Signable,
    suite::{Form, Suite},
};
use crate::Timestamp;

/// A document with more proofs than this is not read.
const MAX_PROOFS: usize = 16;

/// One of a document's proofs, whether or not it can be read.
pub(in crate::credential) struct Listed<'d> {
    /// Its cryptosuite, or its type where it has none.
    pub(in crate::credential) kind: &'d str,
    /// The URL that names the key; empty if nothing does.
    pub(in crate::credential) verification_method: &'d str,
    pub(in crate::credential) proof: Result<Proof<'d>, ProofError>,
}

impl<'d> Listed<'d> {
    /// The proofs on `document`, each read on its own.
    pub(in crate::credential) fn all(document: &'d Map<String, Value>) -> Result<Vec<Self>, ProofError> {
        let proofs = match document.get("proof") {
            Some(Value::Array(proofs)) => proofs.as_slice(),
            Some(proof) => std::slice::from_ref(proof),
            None => &[],
        };
        if proofs.len() > MAX_PROOFS {
            return Err(ProofError::Malformed("number"));
        }
        let listed = proofs.iter().map(|proof| {
            let text = |name| proof.get(name).and_then(Value::as_str);
            Self {
                kind: text("cryptosuite").or(text("type")).unwrap_or_default(),
                verification_method: text("verificationMethod").unwrap_or_default(),
                proof: Proof::read(proof, proofs),
            }
        });
        Ok(listed.collect())
    }
}

/// A proof that can be checked.
pub(in crate::credential) struct Proof<'d> {
    options: &'d Map<String, Value>,
    suite: Suite,
    signature: [u8; 64],
    /// What the JSON says; as RDF, the RDF says more surely.
    claim: ProofClaim,
    /// The proofs that this one follows in a chain, and signs.
    previous: Vec<&'d Value>,
}

impl<'d> Proof<'d> {
    fn read(proof: &'d Value, all: &'d [Value]) -> Result<Self, ProofError> {
        let options = proof.as_object().ok_or(ProofError::Malformed("form"))?;
        let text = |name: &'static str| {
            options
                .get(name)
                .and_then(Value::as_str)
                .ok_or(ProofError::Malformed(name))
        };
        let (name, suite) = match text("type")? {
            "DataIntegrityProof" => {
                let name = text("cryptosuite")?;
                (name, Suite::of_cryptosuite(name))
            }
            older => (older, Suite::of_type(older)),
        };
        let suite = suite.ok_or_else(|| ProofError::Unsupported(name.to_owned()))?;
        let time = |name: &'static str| match options.get(name) {
            None => Ok(None),
            Some(_) => match Timestamp::parse_rfc3339(text(name)?) {
                Ok(time) => Ok(Some(time)),
                Err(_) => Err(ProofError::Malformed(name)),
            },
        };
        let optional = |name: &'static str| match options.get(name) {
            None => Ok(None),
            Some(_) => text(name).map(|text| Some(text.to_owned())),
        };
        time("created")?;
        text("verificationMethod")?;
        let value = text("proofValue")?;
        // Base 64 would decode as well, but the suites have base 58 only (§3.2.2).
        let bytes = Some(value)
            .filter(|value| value.starts_with('z'))
            .map(multibase::decode);
        let bytes: Option<[u8; 64]> = bytes.and_then(Result::ok).and_then(|bytes| bytes.try_into().ok());
        Ok(Self {
            options,
            suite,
            signature: bytes.ok_or(ProofError::Malformed("proofValue"))?,
            claim: ProofClaim {
                purpose: ClaimedPurpose::of_term(text("proofPurpose")?),
                expires: time("expires")?,
                challenge: optional("challenge")?,
                domains: texts(options.get("domain")).ok_or(ProofError::Malformed("domain"))?,
            },
            previous: previous(options, all)?,
        })
    }

    /// Whether `key` made this proof for this document and for this purpose (§3.2.2), and
    /// until when it counts. For a suite over RDF that is read, as all of a credential's
    /// claims are, from the RDF.
    pub(in crate::credential) fn check(
        &self,
        signable: &Signable<'_>,
        key: &PublicKey,
        purpose: Purpose<'_>,
    ) -> Result<Option<Timestamp>, ProofError> {
        let (data, claim) = match self.suite.form() {
            Form::Rdfc => {
                let (data, options) = signable.rdf_hashes(self.options, &self.previous)?;
                let claim = ProofClaim::read(&options).map_err(|error| ProofError::Malformed(error.0))?;
                (data, claim)
            }
            Form::Jcs => (
                signable.json_hashes(self.options, &self.previous)?,
                self.claim.clone(),
            ),
        };
        fits(&claim, purpose)?;
        if key.verifies(self.suite.algorithm(), &data, &self.signature) {
            Ok(claim.expires)
        } else {
            Err(ProofError::BadSignature)
        }
    }
}

/// Whether a proof was made for what it is shown for (Data Integrity 1.0 §4.4): to whoever
/// asks with a challenge, or in the name of a domain, no answer to another counts.
fn fits(claim: &ProofClaim, purpose: Purpose<'_>) -> Result<(), ProofError> {
    let (wanted, challenge, domain) = match purpose {
        Purpose::Assertion => (ClaimedPurpose::Assertion, None, None),
        Purpose::Authentication { challenge, domain } => (ClaimedPurpose::Authentication, challenge, domain),
    };
    if claim.purpose != wanted {
        return Err(ProofError::Malformed("proofPurpose"));
    }
    if challenge.is_some() && claim.challenge.as_deref() != challenge {
        return Err(ProofError::Malformed("challenge"));
    }
    if domain.is_some_and(|domain| !claim.domains.iter().any(|one| one == domain)) {
        return Err(ProofError::Malformed("domain"));
    }
    Ok(())
}

/// One text, several, or none.
fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    match value {
        None => Some(Vec::new()),
        Some(Value::String(text)) => Some(vec![text.clone()]),
        Some(Value::Array(texts)) => texts
            .iter()
            .map(|text| text.as_str().map(str::to_owned))
            .collect(),
        Some(_) => None,
    }
}

/// The proofs that `previousProof` names (Data Integrity 1.0 §2.1.2), each of
/// which has to be there once. A chain that bites its tail can't be signed.
pub(super) fn previous<'d>(
    options: &Map<String, Value>,
    all: &'d [Value],
) -> Result<Vec<&'d Value>, ProofError> {
    let names = match options.get("previousProof") {
        None => return Ok(Vec::new()),
        Some(Value::Array(names)) => names.as_slice(),
        Some(name) => std::slice::from_ref(name),
    };
    if names.is_empty() || names.len() > MAX_PROOFS {
        return Err(ProofError::Malformed("previousProof"));
    }
    let find = |name: &Value| {
        let name = name.as_str().ok_or(ProofError::Malformed("previousProof"))?;
        let mut found = all
            .iter()
            .filter(|proof| proof.get("id").and_then(Value::as_str) == Some(name));
        match (found.next(), found.next()) {
            (Some(proof), None) => Ok(proof),
            _ => Err(ProofError::NoPreviousProof(name.to_owned())),
        }
    };
    names.iter().map(find).collect()
}
