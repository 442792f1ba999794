//! Whether a credential's proofs hold, and whose they are.

use serde_json::{Map, Value};

use super::{
    super::{
        proof::{Listed, Proof, ProofError, Purpose, Signable},
        public_key::PublicKey,
        report::{Finding, Outcome, ProofResult},
    },
    Found, Judge, fine,
    keys::{controller, holders_key},
    unreadable,
};

/// What was found of one proof: whether it holds, and whether its key is the issuer's.
struct Judged {
    proof: Found,
    issuer: Found,
    /// Whether it claims to be the issuer's.
    own: bool,
}

impl Judge<'_> {
    /// Judges every proof, and answers for all of them: whether they hold, and
    /// whether the issuer made them.
    ///
    /// One of the issuer's own has to be there. Others may have signed as well:
    /// theirs have to hold where they can be checked, and say nothing where
    /// they can't, as a proof of an unknown kind says nothing.
    pub(super) fn proofs(
        &mut self,
        members: &Map<String, Value>,
        signable: &Signable<'_>,
        issuer: &str,
        purpose: Purpose<'_>,
    ) -> (Found, Found) {
        let nobodys = |finding, detail: &str| {
            let issuer = (Finding::NotReached, "there is no proof to go by".to_owned());
            ((finding, detail.to_owned()), issuer)
        };
        let listed = match Listed::all(members) {
            Ok(listed) if listed.is_empty() => return nobodys(Finding::NoProof, "it is not signed"),
            Ok(listed) => listed,
            Err(error) => return nobodys(Finding::Malformed, &error.to_string()),
        };
        let mut judged = Vec::new();
        for one in &listed {
            let found = self.listed(one, signable, issuer, purpose);
            self.proofs.push(ProofResult::new(
                one.kind,
                one.verification_method,
                found.own,
                &found.proof,
            ));
            if found.proof.0 != Finding::UnsupportedProof {
                judged.push(found);
            }
        }
        let any_own = judged.iter().any(|found| found.own);
        judged.retain(|found| found.own || !any_own || found.proof.0.outcome() == Outcome::Invalid);
        let worst = |part: fn(&Judged) -> &Found, among: &mut dyn Iterator<Item = &Judged>| {
            among.map(part).max_by_key(|found| found.0.outcome()).cloned()
        };
        let proof = worst(|found| &found.proof, &mut judged.iter());
        let issuer = worst(
            |found| &found.issuer,
            &mut judged.iter().filter(|found| found.own == any_own),
        );
        proof.zip(issuer).unwrap_or_else(|| {
            nobodys(
                Finding::UnsupportedProof,
                "it is signed in a way that is not known here",
            )
        })
    }

    fn listed(
        &self,
        listed: &Listed<'_>,
        signable: &Signable<'_>,
        issuer: &str,
        purpose: Purpose<'_>,
    ) -> Judged {
        let own = controller(listed.verification_method) == issuer;
        let nobodys = |finding, error: &ProofError| Judged {
            proof: (finding, error.to_string()),
            issuer: (Finding::NotReached, "there is no proof to go by".to_owned()),
            own,
        };
        match &listed.proof {
            Ok(proof) => {
                let found = self.signer(listed.verification_method, issuer, purpose);
                self.proof(proof, found, signable, purpose, own)
            }
            Err(error @ ProofError::Unsupported(_)) => nobodys(Finding::UnsupportedProof, error),
            Err(error) => nobodys(Finding::Malformed, error),
        }
    }

    /// The key that `method` names, and whether `signer` may use it for that.
    fn signer(&self, method: &str, signer: &str, purpose: Purpose<'_>) -> (Option<PublicKey>, Found) {
        match purpose {
            Purpose::Assertion => self.key(method, signer),
            Purpose::Authentication { .. } => holders_key(method, signer),
        }
    }

    fn proof(
        &self,
        proof: &Proof<'_>,
        (key, issuer): (Option<PublicKey>, Found),
        signable: &Signable<'_>,
        purpose: Purpose<'_>,
        own: bool,
    ) -> Judged {
        let proof = match key.map(|key| proof.check(signable, &key, purpose)) {
            None => (Finding::NotReached, "the key is not known".to_owned()),
            Some(Err(ProofError::BadSignature)) => {
                (Finding::BadSignature, ProofError::BadSignature.to_string())
            }
            Some(Err(error)) => unreadable(&error),
            Some(Ok(expires)) if expires.is_some_and(|expires| expires < self.evidence.now) => {
                (Finding::ProofExpired, "the proof has expired".to_owned())
            }
            Some(Ok(_)) => fine(),
        };
        Judged { proof, issuer, own }
    }
}
