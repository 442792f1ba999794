//! Whether what a QR code on paper says of a badge is what its issuer said.

use super::{
    super::{
        claims::Claims,
        paper::Paper,
        proof::ProofError,
        public_key::Algorithm,
        report::{CheckName, Finding, ProofResult},
    },
    Judge, fine,
};

impl Judge<'_> {
    /// Structure, terms, proof and issuer. Its form has one meaning, and was
    /// read whole.
    pub(super) fn paper(&mut self, paper: &Paper) -> Claims {
        let claims = paper.claims();
        let method = paper.verification_method();
        let (key, issuer) = self.key(&method, &claims.issuer);
        let (message, signature) = paper.signed();
        let proof = match key {
            None => (Finding::NotReached, "the key is not known".to_owned()),
            Some(key) if key.verifies(Algorithm::EdDsa, &message, signature) => fine(),
            Some(_) => (Finding::BadSignature, ProofError::BadSignature.to_string()),
        };
        self.proofs
            .push(ProofResult::new("COSE_Sign1", &method, true, &proof));
        self.add(CheckName::Structure, fine());
        self.add(CheckName::Terms, fine());
        self.add(CheckName::Proof, proof);
        self.add(CheckName::Issuer, issuer);
        claims
    }
}
