//! The issuer's side: a badge as a JSON Web Token.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::Signer;
use serde_json::{Value, json};

use super::super::{
    claims::Claims,
    jsonld::ContextStore,
    proof::{ProofError, SignWith, Signable},
};
use crate::Timestamp;

/// The credential `document`, without the proof that it may have, as a token
/// signed by `with`: the credential is the payload (VC-JOSE-COSE 1.0 §3.1.1),
/// and beside it are the claims that Open Badges 3.0 §8.2.2 asks for.
///
/// The same document and key make the same token at any time, so it need not be
/// kept. What [`sign`](super::super::sign) refuses is refused here.
pub fn sign_token(document: &Value, with: &SignWith<'_>) -> Result<String, ProofError> {
    let mut payload = document.as_object().cloned().ok_or(ProofError::NotADocument)?;
    payload.remove("proof");
    let claims = Claims::read(&Signable::new(&payload, ContextStore::embedded())?.expanded)
        .map_err(|error| ProofError::Malformed(error.0))?;
    let seconds = |moment: Timestamp| Value::from(moment.unix_millis().div_euclid(1_000));
    let registered = [
        ("iss", Some(claims.issuer.into())),
        ("jti", claims.id.map(Value::from)),
        ("sub", claims.subject.map(Value::from)),
        ("nbf", claims.valid_from.map(seconds)),
        ("exp", claims.valid_until.map(seconds)),
    ];
    for (name, claim) in registered {
        if let Some(claim) = claim {
            payload.insert(name.to_owned(), claim);
        }
    }
    // VC-JOSE-COSE would rather have `vc+jwt`, but Open Badges 3.0 §8.2.1 demands
    // "JWT" if there is a type at all.
    let header = json!({"alg": "EdDSA", "typ": "JWT", "cty": "vc", "kid": with.verification_method});
    let encoded = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{}.{}", encoded(&header), encoded(&Value::Object(payload)));
    let signature = URL_SAFE_NO_PAD.encode(with.key.sign(signed.as_bytes()).to_bytes());
    Ok(format!("{signed}.{signature}"))
}
