//! The signer's side.

use ed25519_dalek::Signer;
use serde_json::{Map, Value, json};

use super::{
    super::{jsonld::ContextStore, multibase},
    ProofError, SignWith, Signable,
    listed::previous,
    suite::{Form, Suite},
};

/// How a proof is made here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cryptosuite {
    /// Over what the document means, as RDF (`EdDSA` Cryptosuites 1.0 §3.2).
    #[default]
    EddsaRdfc2022,
    /// Over how the document is written, as JSON (§3.3).
    EddsaJcs2022,
}

impl Cryptosuite {
    /// The suite of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::EddsaRdfc2022, Self::EddsaJcs2022]
            .into_iter()
            .find(|suite| suite.suite().name() == name)
    }

    fn suite(self) -> Suite {
        match self {
            Self::EddsaRdfc2022 => Suite::EddsaRdfc2022,
            Self::EddsaJcs2022 => Suite::EddsaJcs2022,
        }
    }
}

/// What a proof is for (Data Integrity 1.0 §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose<'a> {
    /// The signer claims what the document says.
    #[default]
    Assertion,
    /// The signer shows who they are, to whoever asked.
    Authentication {
        /// What was asked for, so that no answer is used twice.
        challenge: Option<&'a str>,
        /// Who asked, so that none is used elsewhere.
        domain: Option<&'a str>,
    },
}

/// What there is to say of a proof besides who makes it and when.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProofOptions<'a> {
    /// How it is made.
    pub suite: Cryptosuite,
    /// What it is for.
    pub purpose: Purpose<'a>,
    /// A URL by which a later proof may name it.
    pub id: Option<&'a str>,
    /// The ids of those proofs on the document that this one follows, and signs (§2.1.2).
    pub previous: &'a [&'a str],
}

/// Puts an `eddsa-rdfc-2022` proof for the purpose `assertionMethod` on `document`, which
/// must not have one.
pub fn sign(document: Value, with: &SignWith<'_>) -> Result<Value, ProofError> {
    if document.get("proof").is_some() {
        return Err(ProofError::AlreadySigned);
    }
    add_proof(document, with, &ProofOptions::default(), ContextStore::embedded())
}

/// Puts a proof on `document`, beside those that it has (§4.2 and §4.3), which is read
/// with the contexts in `store`.
pub fn add_proof(
    document: Value,
    with: &SignWith<'_>,
    options: &ProofOptions<'_>,
    store: &ContextStore,
) -> Result<Value, ProofError> {
    let Value::Object(mut document) = document else {
        return Err(ProofError::NotADocument);
    };
    let mut proofs = match document.remove("proof") {
        None => Vec::new(),
        Some(Value::Array(proofs)) => proofs,
        Some(proof) => vec![proof],
    };
    let mut proof = unsigned(&document, with, options);
    let earlier = previous(&proof, &proofs)?;
    let signable = Signable::new(&document, store)?;
    let data = match options.suite.suite().form() {
        Form::Rdfc => signable.rdf_hashes(&proof, &earlier)?.0,
        Form::Jcs => signable.json_hashes(&proof, &earlier)?,
    };
    let signature = with.key.sign(&data);
    proof.insert(
        "proofValue".to_owned(),
        multibase::base58btc(&signature.to_bytes()).into(),
    );
    let proof = Value::Object(proof);
    let all = if proofs.is_empty() {
        proof
    } else {
        proofs.push(proof);
        Value::Array(proofs)
    };
    document.insert("proof".to_owned(), all);
    Ok(Value::Object(document))
}

/// The proof without its value (`EdDSA` Cryptosuites 1.0 §3.2.5 and §3.3.5).
fn unsigned(
    document: &Map<String, Value>,
    with: &SignWith<'_>,
    options: &ProofOptions<'_>,
) -> Map<String, Value> {
    let suite = options.suite.suite();
    let mut members = vec![("type", json!("DataIntegrityProof"))];
    if suite.form() == Form::Jcs {
        // As JSON, nothing else would say what the terms of the proof mean.
        members.extend(
            document
                .get("@context")
                .map(|context| ("@context", context.clone())),
        );
    }
    members.extend(options.id.map(|id| ("id", json!(id))));
    members.extend([
        ("cryptosuite", json!(suite.name())),
        ("created", json!(with.created.to_rfc3339_seconds())),
        ("verificationMethod", json!(with.verification_method)),
    ]);
    match options.purpose {
        Purpose::Assertion => members.push(("proofPurpose", json!("assertionMethod"))),
        Purpose::Authentication { challenge, domain } => {
            members.push(("proofPurpose", json!("authentication")));
            members.extend(challenge.map(|challenge| ("challenge", json!(challenge))));
            members.extend(domain.map(|domain| ("domain", json!(domain))));
        }
    }
    match options.previous {
        [] => {}
        [one] => members.push(("previousProof", json!(one))),
        several => members.push(("previousProof", json!(several))),
    }
    let named = members.into_iter().map(|(name, value)| (name.to_owned(), value));
    named.collect()
}
