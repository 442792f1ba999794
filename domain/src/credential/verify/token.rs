//! Whether a credential that came as a JSON Web Token is what it says.

use std::borrow::Cow;

use super::{
    super::{
        claims::Claims,
        jwt::Jwt,
        proof::{ProofError, Signable},
        public_key::{Algorithm, PublicKey},
        report::{CheckName, Finding, ProofResult},
    },
    Found, Judge, fine,
    keys::{key_document, key_set, may_be_listed},
    malformed,
};

/// The address of what has to be fetched to know the token's key, if anything has.
pub(super) fn issuer_document(jwt: &Jwt, issuer: &str) -> Option<String> {
    match method(jwt, issuer) {
        Some(kid) if PublicKey::from_did(&kid).is_some() => None,
        Some(kid) => {
            key_set(&kid, issuer).or_else(|| key_document(issuer).filter(|_| may_be_listed(&kid, issuer)))
        }
        None if jwt.carried_key().is_some() => key_document(issuer),
        None => None,
    }
}

/// The verification method that the header names: by its URL, by its name in
/// the issuer's document, or by naming nothing where the issuer is a key.
fn method<'j>(jwt: &'j Jwt, issuer: &'j str) -> Option<Cow<'j, str>> {
    match jwt.key_id() {
        Some(kid) if kid.contains(':') => Some(kid.into()),
        Some(kid) if kid.starts_with('#') => Some(format!("{issuer}{kid}").into()),
        Some(kid) => Some(format!("{issuer}#{kid}").into()),
        None if jwt.carried_key().is_none() && PublicKey::from_did(issuer).is_some() => Some(issuer.into()),
        None => None,
    }
}

impl<'e> Judge<'e> {
    /// Structure, terms, proof and issuer of the credential that `jwt` carries.
    /// Its claims count from and until the narrower of what both say.
    pub(super) fn token<'j>(&mut self, jwt: &'j Jwt) -> Option<(Signable<'j>, Claims)>
    where
        'e: 'j,
    {
        let (signable, mut claims) = self.reading(jwt.document())?;
        let (proof, issuer) = self.signature(jwt, &claims);
        self.proofs.push(ProofResult::new(
            jwt.algorithm_name(),
            jwt.key_id().unwrap_or_default(),
            issuer.0 != Finding::NotIssuersKey,
            &proof,
        ));
        self.add(CheckName::Proof, proof);
        self.add(CheckName::Issuer, issuer);
        claims.valid_from = claims.valid_from.max(jwt.payload.not_before);
        claims.valid_until = match (claims.valid_until, jwt.payload.expires) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        Some((signable, claims))
    }

    fn signature(&self, jwt: &Jwt, claims: &Claims) -> (Found, Found) {
        let unsigned = |finding, detail: &str| {
            let issuer = (Finding::NotReached, "there is no proof to go by".to_owned());
            ((finding, detail.to_owned()), issuer)
        };
        let algorithm = match jwt
            .algorithm()
            .and_then(|algorithm| agrees(jwt, claims, algorithm))
        {
            Ok(algorithm) => algorithm,
            Err(error @ ProofError::NotSigned) => return unsigned(Finding::NoProof, &error.to_string()),
            Err(error @ ProofError::Unsupported(_)) => {
                return unsigned(Finding::UnsupportedProof, &error.to_string());
            }
            Err(error) => return unsigned(Finding::Malformed, &error.to_string()),
        };
        let carried = jwt.carried_key().map(PublicKey::from_jwk);
        let (key, issuer) = match (method(jwt, &claims.issuer), &carried) {
            (_, Some(None)) => {
                return unsigned(Finding::Malformed, "the key in the header can\u{2019}t be read");
            }
            (Some(kid), _) => self.key_of_token(&kid, &claims.issuer),
            (None, Some(Some(key))) => (Some(key.clone()), self.owner(key, &claims.issuer)),
            (None, None) => return unsigned(Finding::Malformed, "it names no key"),
        };
        let Some(key) = key else {
            return ((Finding::NotReached, "the key is not known".to_owned()), issuer);
        };
        let (data, signature) = jwt.signed();
        let proof = if carried.flatten().is_some_and(|carried| carried != key) {
            malformed("the header carries another key than it names")
        } else if key.verifies(algorithm, data, signature) {
            fine()
        } else {
            (Finding::BadSignature, ProofError::BadSignature.to_string())
        };
        (proof, issuer)
    }
}

/// Refuses a token whose claims say something else than the credential: of two
/// readers each might believe another.
fn agrees(jwt: &Jwt, claims: &Claims, algorithm: Algorithm) -> Result<Algorithm, ProofError> {
    let payload = &jwt.payload;
    let differs = |claim: &Option<String>, own: Option<&str>| {
        own.zip(claim.as_deref()).is_some_and(|(own, claim)| own != claim)
    };
    // Without `iss`, the older form would have an issuer that no claim names.
    if differs(&payload.issuer, Some(&claims.issuer)) || (payload.is_wrapped && payload.issuer.is_none()) {
        Err(ProofError::Malformed("iss"))
    } else if differs(&payload.id, claims.id.as_deref()) {
        Err(ProofError::Malformed("jti"))
    } else if differs(&payload.subject, claims.subject.as_deref()) {
        Err(ProofError::Malformed("sub"))
    } else {
        Ok(algorithm)
    }
}
