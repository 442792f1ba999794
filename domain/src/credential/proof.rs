//! Data Integrity proofs: `eddsa-rdfc-2022`, made and checked, and
//! `eddsa-jcs-2022`, checked (Data Integrity `EdDSA` Cryptosuites 1.0).

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde_json::{Map, Value, json};

use super::{
    claims::ProofClaim,
    hash::sha256,
    jcs::canonical_json,
    jsonld::{ContextStore, Expanded, JsonLdError, expand},
    multibase,
    rdf::{PoisonGraph, canonicalize},
};
use crate::Timestamp;

/// A document with more proofs than this is not read.
const MAX_PROOFS: usize = 16;

/// Why a document can't be signed, or a proof does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The document is not an object with an `@context`.
    #[error("the document is not a JSON object with an @context")]
    NotADocument,
    /// The document to be signed has a proof already.
    #[error("the document is signed already")]
    AlreadySigned,
    /// The document can't be read as JSON-LD.
    #[error(transparent)]
    JsonLd(#[from] JsonLdError),
    /// The document was made to be slow to read.
    #[error(transparent)]
    PoisonGraph(#[from] PoisonGraph),
    /// A member of the proof is missing or not as it should be.
    #[error("the proof\u{2019}s {0} is missing or malformed")]
    Malformed(&'static str),
    /// The proof is of a kind that is not known here.
    #[error("proofs of the kind {0} cannot be checked")]
    Unsupported(String),
    /// The signature does not fit the document, the proof and the key.
    #[error("the signature does not fit the document")]
    BadSignature,
}

/// What signs a document.
#[derive(Debug, Clone, Copy)]
pub struct SignWith<'a> {
    /// The issuer's private key.
    pub key: &'a SigningKey,
    /// The URL by which the issuer's document names the public key.
    pub verification_method: &'a str,
    /// When; written in whole seconds.
    pub created: Timestamp,
}

/// Puts an `eddsa-rdfc-2022` proof on `document` (§3.2.1), for the purpose
/// `assertionMethod`.
pub fn sign(document: Value, with: &SignWith<'_>) -> Result<Value, ProofError> {
    let Value::Object(mut document) = document else {
        return Err(ProofError::NotADocument);
    };
    if document.contains_key("proof") {
        return Err(ProofError::AlreadySigned);
    }
    let Value::Object(mut proof) = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": Suite::Rdfc.as_str(),
        "created": with.created.to_rfc3339_seconds(),
        "verificationMethod": with.verification_method,
        "proofPurpose": "assertionMethod",
    }) else {
        return Err(ProofError::NotADocument);
    };
    let (data, _) = Signable::new(&document, ContextStore::embedded())?.hash_data(&proof)?;
    let signature = with.key.sign(&data);
    proof.insert(
        "proofValue".to_owned(),
        multibase::base58btc(&signature.to_bytes()).into(),
    );
    document.insert("proof".to_owned(), Value::Object(proof));
    Ok(Value::Object(document))
}

/// How a document is turned into what is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suite {
    /// `eddsa-rdfc-2022`: as an RDF dataset.
    Rdfc,
    /// `eddsa-jcs-2022`: as JSON text.
    Jcs,
}

impl Suite {
    fn as_str(self) -> &'static str {
        match self {
            Self::Rdfc => "eddsa-rdfc-2022",
            Self::Jcs => "eddsa-jcs-2022",
        }
    }
}

/// A document without its proofs, read and hashed.
pub(super) struct Signable<'d> {
    document: &'d Map<String, Value>,
    context: &'d Value,
    store: &'d ContextStore,
    hash: [u8; 32],
    /// What the document says.
    pub(super) expanded: Expanded,
}

impl<'d> Signable<'d> {
    pub(super) fn new(document: &'d Map<String, Value>, store: &'d ContextStore) -> Result<Self, ProofError> {
        let context = document.get("@context").ok_or(ProofError::NotADocument)?;
        let expanded = expand(document, context, &["proof"], store)?;
        let hash = sha256(canonicalize(&expanded.dataset)?.as_bytes());
        Ok(Self {
            document,
            context,
            store,
            hash,
            expanded,
        })
    }

    /// What `eddsa-rdfc-2022` signs (§3.2.4): the hash of the proof's options,
    /// read under the document's own context, and then the document's. Also
    /// what the options say.
    pub(super) fn hash_data(&self, options: &Map<String, Value>) -> Result<([u8; 64], Expanded), ProofError> {
        let expanded = expand(options, self.context, &["proofValue"], self.store)?;
        let hash = sha256(canonicalize(&expanded.dataset)?.as_bytes());
        Ok((join(hash, self.hash), expanded))
    }

    /// What `eddsa-jcs-2022` signs (§3.3.4). The suite would let contexts be
    /// added behind those in the proof (§3.3.2), but no signature would cover
    /// what they make of the document.
    fn hash_data_jcs(&self, options: &Map<String, Value>) -> Result<[u8; 64], ProofError> {
        if options
            .get("@context")
            .is_some_and(|context| context != self.context)
        {
            return Err(ProofError::Malformed("@context"));
        }
        let hash = |object: &Map<String, Value>, without| {
            let mut object = object.clone();
            object.remove(without);
            sha256(canonical_json(&Value::Object(object)).as_bytes())
        };
        Ok(join(hash(options, "proofValue"), hash(self.document, "proof")))
    }
}

fn join(options: [u8; 32], document: [u8; 32]) -> [u8; 64] {
    let mut data = [0; 64];
    data[..32].copy_from_slice(&options);
    data[32..].copy_from_slice(&document);
    data
}

/// A proof as a document carries it.
pub(super) struct Proof<'d> {
    options: &'d Map<String, Value>,
    suite: Suite,
    signature: Signature,
    /// What the JSON says; with the RDF suite, the RDF says more surely.
    claim: ProofClaim,
    /// The URL that names the key.
    pub(super) verification_method: &'d str,
}

impl<'d> Proof<'d> {
    /// The proofs on `document`, each read on its own.
    pub(super) fn all(document: &'d Map<String, Value>) -> Vec<Result<Self, ProofError>> {
        let proofs = match document.get("proof") {
            Some(Value::Array(proofs)) => proofs.as_slice(),
            Some(proof) => std::slice::from_ref(proof),
            None => &[],
        };
        if proofs.len() > MAX_PROOFS {
            return vec![Err(ProofError::Malformed("number"))];
        }
        proofs.iter().map(Self::read).collect()
    }

    fn read(proof: &'d Value) -> Result<Self, ProofError> {
        let options = proof.as_object().ok_or(ProofError::Malformed("form"))?;
        let text = |name: &'static str| {
            options
                .get(name)
                .and_then(Value::as_str)
                .ok_or(ProofError::Malformed(name))
        };
        let kind = text("type")?;
        if kind != "DataIntegrityProof" {
            return Err(ProofError::Unsupported(kind.to_owned()));
        }
        let suite = match text("cryptosuite")? {
            "eddsa-rdfc-2022" => Suite::Rdfc,
            "eddsa-jcs-2022" => Suite::Jcs,
            other => return Err(ProofError::Unsupported(other.to_owned())),
        };
        if options.contains_key("previousProof") {
            return Err(ProofError::Unsupported("a chain of proofs".to_owned()));
        }
        let time = |name: &'static str| match options.get(name) {
            None => Ok(None),
            Some(_) => match Timestamp::parse_rfc3339(text(name)?) {
                Ok(time) => Ok(Some(time)),
                Err(_) => Err(ProofError::Malformed(name)),
            },
        };
        time("created")?;
        let value = text("proofValue")?;
        // Base 64 would decode as well, but the suite has base 58 only (§3.2.2).
        let bytes = Some(value)
            .filter(|value| value.starts_with('z'))
            .map(multibase::decode);
        let bytes: Option<[u8; 64]> = bytes.and_then(Result::ok).and_then(|bytes| bytes.try_into().ok());
        Ok(Self {
            options,
            suite,
            signature: Signature::from_bytes(&bytes.ok_or(ProofError::Malformed("proofValue"))?),
            verification_method: text("verificationMethod")?,
            claim: ProofClaim {
                for_assertions: text("proofPurpose")? == "assertionMethod",
                expires: time("expires")?,
            },
        })
    }

    /// Whether `key` made this proof for this document (§3.2.2), and until when
    /// it counts. For the RDF suite that is read, as all of a credential's
    /// claims are, from the RDF.
    pub(super) fn check(
        &self,
        signable: &Signable<'_>,
        key: &VerifyingKey,
    ) -> Result<Option<Timestamp>, ProofError> {
        let (data, claim) = match self.suite {
            Suite::Rdfc => {
                let (data, options) = signable.hash_data(self.options)?;
                (
                    data,
                    ProofClaim::read(&options).map_err(|error| ProofError::Malformed(error.0))?,
                )
            }
            Suite::Jcs => (signable.hash_data_jcs(self.options)?, self.claim),
        };
        if !claim.for_assertions {
            return Err(ProofError::Malformed("proofPurpose"));
        }
        // Strict: with a key of small order, one signature would fit many documents.
        key.verify_strict(&data, &self.signature)
            .map_err(|_| ProofError::BadSignature)?;
        Ok(claim.expires)
    }
}
