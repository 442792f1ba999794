//! Data Integrity proofs: `eddsa-rdfc-2022`, made and checked, and
//! `eddsa-jcs-2022`, checked (Data Integrity EdDSA Cryptosuites 1.0).

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde_json::{Map, Value, json};

use super::{
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
    let data = Signable::new(&document, ContextStore::embedded())?.hash_data(&proof)?;
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
    /// read under the document's own context, and then the document's.
    fn hash_data(&self, options: &Map<String, Value>) -> Result<[u8; 64], ProofError> {
        let expanded = expand(options, self.context, &["proofValue"], self.store)?;
        Ok(join(
            sha256(canonicalize(&expanded.dataset)?.as_bytes()),
            self.hash,
        ))
    }

    /// What `eddsa-jcs-2022` signs (§3.3.4). A context in the proof has to be
    /// where the document's begins, and stands in for it (§3.3.2).
    fn hash_data_jcs(&self, options: &Map<String, Value>) -> Result<[u8; 64], ProofError> {
        let mut document = self.document.clone();
        document.remove("proof");
        if let Some(context) = options.get("@context") {
            if !entries(self.context).starts_with(entries(context)) {
                return Err(ProofError::Malformed("@context"));
            }
            document.insert("@context".to_owned(), context.clone());
        }
        let mut options = options.clone();
        options.remove("proofValue");
        let hash = |object| sha256(canonical_json(&Value::Object(object)).as_bytes());
        Ok(join(hash(options), hash(document)))
    }
}

fn entries(context: &Value) -> &[Value] {
    match context {
        Value::Array(entries) => entries,
        entry => std::slice::from_ref(entry),
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
    /// The URL that names the key.
    pub(super) verification_method: &'d str,
    /// From when on the proof no longer counts.
    pub(super) expires: Option<Timestamp>,
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
        if text("proofPurpose")? != "assertionMethod" {
            return Err(ProofError::Malformed("proofPurpose"));
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
            expires: time("expires")?,
        })
    }

    /// Whether `key` made this proof for this document (§3.2.2).
    pub(super) fn check(&self, signable: &Signable<'_>, key: &VerifyingKey) -> Result<(), ProofError> {
        let data = match self.suite {
            Suite::Rdfc => signable.hash_data(self.options)?,
            Suite::Jcs => signable.hash_data_jcs(self.options)?,
        };
        // Strict: with a key of small order, one signature would fit many documents.
        key.verify_strict(&data, &self.signature)
            .map_err(|_| ProofError::BadSignature)
    }
}
