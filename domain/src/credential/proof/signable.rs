//! What a signature covers: a document and the options of its proof, hashed.

use serde_json::{Map, Value};

use super::{
    super::{
        hash::sha256,
        jcs::canonical_json,
        jsonld::{ContextStore, Expanded, expand},
        rdf::canonicalize,
    },
    ProofError,
};

/// A document without its proofs, read and hashed.
pub(in crate::credential) struct Signable<'d> {
    document: &'d Map<String, Value>,
    context: &'d Value,
    store: &'d ContextStore,
    hash: [u8; 32],
    /// What the document says.
    pub(in crate::credential) expanded: Expanded,
}

impl<'d> Signable<'d> {
    pub(in crate::credential) fn new(
        document: &'d Map<String, Value>,
        store: &'d ContextStore,
    ) -> Result<Self, ProofError> {
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

    /// What is signed as RDF (`EdDSA` Cryptosuites 1.0 §3.2.4): the hash of the
    /// proof's options, read under the document's own context, and then the
    /// document's, which carries the proofs in `previous`. Also what the
    /// options say.
    pub(in crate::credential) fn rdf_hashes(
        &self,
        options: &Map<String, Value>,
        previous: &[&Value],
    ) -> Result<([u8; 64], Expanded), ProofError> {
        let expanded = expand(options, self.context, &["proofValue"], self.store)?;
        let hash = sha256(canonicalize(&expanded.dataset)?.as_bytes());
        let document = if previous.is_empty() {
            self.hash
        } else {
            let chained = expand(&self.carrying(previous), self.context, &[], self.store)?;
            sha256(canonicalize(&chained.dataset)?.as_bytes())
        };
        Ok((join(hash, document), expanded))
    }

    /// What is signed as JSON (§3.3.4). The suite would let contexts be added
    /// behind those in the proof (§3.3.2), but no signature would cover what
    /// they make of the document.
    pub(in crate::credential) fn json_hashes(
        &self,
        options: &Map<String, Value>,
        previous: &[&Value],
    ) -> Result<[u8; 64], ProofError> {
        if options
            .get("@context")
            .is_some_and(|context| context != self.context)
        {
            return Err(ProofError::Malformed("@context"));
        }
        let hash = |object| sha256(canonical_json(&Value::Object(object)).as_bytes());
        let mut options = options.clone();
        options.remove("proofValue");
        Ok(join(hash(options), hash(self.carrying(previous))))
    }

    /// The document with these of its proofs and no other (Data Integrity 1.0
    /// §4.3 and §4.5): a link of a chain signs what it follows as well.
    fn carrying(&self, proofs: &[&Value]) -> Map<String, Value> {
        let mut document = self.document.clone();
        document.remove("proof");
        if !proofs.is_empty() {
            let proofs = proofs.iter().copied().cloned().collect();
            document.insert("proof".to_owned(), Value::Array(proofs));
        }
        document
    }
}

fn join(options: [u8; 32], document: [u8; 32]) -> [u8; 64] {
    let mut data = [0; 64];
    data[..32].copy_from_slice(&options);
    data[32..].copy_from_slice(&document);
    data
}
