//! A holder's proof that a key is theirs, as wallets send it to ask for a credential
//! (`OpenID` for Verifiable Credential Issuance 1.0, Appendix F.1).

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{
    super::{
        jcs::canonical_json,
        public_key::{Algorithm, PublicKey},
    },
    object,
    payload::moment,
};
use crate::Timestamp;

/// Characters of a proof; more are not read.
const MAX_LENGTH: usize = 16 * 1024;

/// A wallet's clock may be off by so much, and its request take so long.
const LEEWAY: Duration = Duration::from_mins(5);

/// The proof is none, or none for here and now; says which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the proof\u{2019}s {0} is missing or not as it should be")]
pub struct BadProof(pub &'static str);

/// What a proof shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderProof {
    /// The DID that is the holder's key: `did:key` or `did:jwk`.
    pub holder: String,
    /// The nonce that it was made with. Whether that was given out is for whoever gave it
    /// to say.
    pub nonce: String,
}

/// Reads and checks a proof for the issuer `audience` at the time `now`.
pub fn holder_proof(text: &str, audience: &str, now: Timestamp) -> Result<HolderProof, BadProof> {
    if text.len() > MAX_LENGTH {
        return Err(BadProof("length"));
    }
    let form = BadProof("form");
    let (signed, signature) = text.rsplit_once('.').ok_or(form)?;
    let (header, payload) = signed.split_once('.').ok_or(form)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| form)?;
    let (header, payload) = (
        object(header).map_err(|_| form)?,
        object(payload).map_err(|_| form)?,
    );
    let (holder, key) = holder(&header)?;
    let algorithm = algorithm(&header)?;
    if !key.verifies(algorithm, signed.as_bytes(), &signature) {
        return Err(BadProof("signature"));
    }
    let text = |name: &'static str| payload.get(name).and_then(Value::as_str).ok_or(BadProof(name));
    if text("aud")? != audience {
        return Err(BadProof("aud"));
    }
    let made = payload.get("iat").and_then(moment).ok_or(BadProof("iat"))?;
    if made > now.after(LEEWAY) || made < now.before(LEEWAY) {
        return Err(BadProof("iat"));
    }
    let nonce = text("nonce")?.to_owned();
    Ok(HolderProof { holder, nonce })
}

/// The key that the header names, in exactly one of the ways that there are, and the DID
/// that it is.
fn holder(header: &Map<String, Value>) -> Result<(String, PublicKey), BadProof> {
    // A chain of certificates would name a person, and nobody asked for one.
    if header.contains_key("x5c") || header.contains_key("trust_chain") {
        return Err(BadProof("key"));
    }
    match (header.get("kid"), header.get("jwk")) {
        (Some(Value::String(method)), None) => {
            let key = PublicKey::from_did(method).ok_or(BadProof("kid"))?;
            let did = method.split_once('#').map_or(method.as_str(), |(did, _)| did);
            Ok((did.to_owned(), key))
        }
        (None, Some(jwk)) => {
            let key = PublicKey::from_jwk(jwk).ok_or(BadProof("jwk"))?;
            let did = format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(canonical_json(jwk)));
            Ok((did, key))
        }
        _ => Err(BadProof("key")),
    }
}

fn algorithm(header: &Map<String, Value>) -> Result<Algorithm, BadProof> {
    // Its type keeps it from being anything else that the key signed (RFC 8725 §3.11).
    if header
        .get("typ")
        .is_none_or(|kind| kind != "openid4vci-proof+jwt")
    {
        return Err(BadProof("typ"));
    }
    if header.contains_key("crit") {
        return Err(BadProof("crit"));
    }
    match header.get("alg").and_then(Value::as_str) {
        Some("EdDSA" | "Ed25519") => Ok(Algorithm::EdDsa),
        Some("ES256") => Ok(Algorithm::Es256),
        _ => Err(BadProof("alg")),
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};
    use p256::ecdsa::{Signature, SigningKey as P256Key};
    use serde_json::json;

    use super::*;
    use crate::credential::Multikey;

    const AUDIENCE: &str = "https://badges.example/t/acme";

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[5; 32])
    }

    fn did() -> String {
        Multikey(key().verifying_key()).did_key()
    }

    fn now() -> Timestamp {
        Timestamp::parse_rfc3339("2026-03-01T12:00:00Z").unwrap()
    }

    fn header() -> Value {
        let method = Multikey(key().verifying_key()).did_key_method();
        json!({ "typ": "openid4vci-proof+jwt", "alg": "EdDSA", "kid": method })
    }

    fn payload() -> Value {
        json!({ "aud": AUDIENCE, "iat": now().unix_millis() / 1_000, "nonce": "n-1" })
    }

    fn encoded(value: &Value) -> String {
        URL_SAFE_NO_PAD.encode(value.to_string())
    }

    fn signed_by(sign: impl Fn(&[u8]) -> Vec<u8>, header: &Value, payload: &Value) -> String {
        let signed = format!("{}.{}", encoded(header), encoded(payload));
        let signature = URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    fn proof(header: &Value, payload: &Value) -> String {
        signed_by(|data| key().sign(data).to_bytes().to_vec(), header, payload)
    }

    fn read(text: &str) -> Result<HolderProof, BadProof> {
        holder_proof(text, AUDIENCE, now())
    }

    #[test]
    fn a_proof_shows_whose_key_it_is_and_which_nonce_it_answers() {
        let shown = HolderProof {
            holder: did(),
            nonce: "n-1".to_owned(),
        };
        assert_eq!(read(&proof(&header(), &payload())), Ok(shown.clone()));
        // As a browser's clock has it.
        let mut fraction = payload();
        fraction["iat"] = json!(1_772_366_400.123);
        assert_eq!(read(&proof(&header(), &fraction)), Ok(shown));
    }

    #[test]
    fn a_key_on_p256_is_named_as_a_did_that_is_that_key() {
        let key = P256Key::from_slice(&[6; 32]).unwrap();
        let point = key.verifying_key().to_sec1_point(false);
        let part = |bytes: Option<&_>| URL_SAFE_NO_PAD.encode(bytes.copied().unwrap_or_default());
        let jwk = json!({ "kty": "EC", "crv": "P-256", "x": part(point.x()), "y": part(point.y()) });
        let header = json!({ "typ": "openid4vci-proof+jwt", "alg": "ES256", "jwk": jwk });
        let sign = |data: &[u8]| {
            let signature: Signature = key.sign(data);
            signature.to_bytes().to_vec()
        };
        let shown = read(&signed_by(sign, &header, &payload())).unwrap();
        let named = PublicKey::from_did(&shown.holder);
        assert_eq!(named, Some(PublicKey::P256(*key.verifying_key())));
    }

    #[test]
    fn what_is_not_for_here_and_now_or_by_that_key_is_no_proof() {
        let with = |mut value: Value, name: &str, part: Value| {
            value[name] = part;
            value
        };
        let seconds = now().unix_millis() / 1_000;
        for (name, part) in [
            ("aud", json!("https://thief.example")),
            ("aud", json!([AUDIENCE])),
            ("iat", json!(seconds - 301)),
            ("iat", json!(seconds + 301)),
            ("iat", json!("now")),
            ("nonce", json!(null)),
        ] {
            let text = proof(&header(), &with(payload(), name, part));
            assert_eq!(read(&text), Err(BadProof(name)));
        }
        let own = header()["kid"].clone();
        for (name, part, fault) in [
            ("typ", json!("JWT"), "typ"),
            ("alg", json!("none"), "alg"),
            ("alg", json!("ES256"), "signature"),
            ("crit", json!(["exp"]), "crit"),
            ("kid", json!("did:web:thief.example#1"), "kid"),
            ("kid", json!(null), "key"),
            ("jwk", json!({ "kty": "OKP" }), "key"),
            ("x5c", json!([]), "key"),
        ] {
            let text = proof(&with(header(), name, part), &payload());
            assert_eq!(read(&text), Err(BadProof(fault)), "{name}, {own}");
        }
        let whole = proof(&header(), &payload());
        let other = SigningKey::from_bytes(&[7; 32]);
        let forged = signed_by(|data| other.sign(data).to_bytes().to_vec(), &header(), &payload());
        assert_eq!(read(&forged), Err(BadProof("signature")));
        for text in [
            "",
            "a.b.c",
            &whole.replace('.', ""),
            &format!("{whole}.x"),
            &"a".repeat(MAX_LENGTH + 1),
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
