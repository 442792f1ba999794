//! Public keys of every kind that a credential may be signed with, and how a
//! document writes them: as a Multikey, as a JWK, or as a DID that is the key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rsa::{
    BoxedUint,
    pkcs1v15::{self, Signature as RsaSignature},
    signature::Verifier,
};
use serde_json::Value;
use sha2::Sha256;

use super::{json, key::Multikey, multibase};

/// The two bytes that say "P-256 public key" (multicodec 0x1200, as a varint).
const P256_PUB: [u8; 2] = [0x80, 0x24];

/// Bits of an RSA modulus. Shorter ones can be broken (NIST SP 800-131A), longer
/// ones are for keeping a verifier busy.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// How a signature is made. Each goes with one kind of key, so that whoever
/// names the algorithm has no say in how a key is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    /// Ed25519 (RFC 8032).
    EdDsa,
    /// ECDSA over P-256 with SHA-256; the signature is r and s, 32 bytes each.
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2).
    Rs256,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// A point of Curve25519 for Ed25519.
    Ed25519(ed25519_dalek::VerifyingKey),
    /// A point of P-256.
    P256(p256::ecdsa::VerifyingKey),
    /// An RSA modulus of 2048 to 4096 bits, and its exponent.
    Rsa(Box<rsa::PublicKey>),
}

impl PublicKey {
    /// The key that `text` is as a Multikey (Controlled Identifiers 1.0 §2.2.2).
    pub(super) fn from_multikey(text: &str) -> Option<Self> {
        if let Ok(Multikey(key)) = text.parse() {
            return Some(Self::Ed25519(key));
        }
        let bytes = multibase::decode(text).ok()?;
        let point = bytes.strip_prefix(&P256_PUB).filter(|point| point.len() == 33)?;
        p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
            .ok()
            .map(Self::P256)
    }

    /// The key that `jwk` is (RFC 7517, RFC 7518 §6, RFC 8037), if it is one for
    /// checking signatures. One that tells its secret part is nobody's any more.
    pub(super) fn from_jwk(jwk: &Value) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
        let for_signatures = match (jwk.get("use"), jwk.get("key_ops")) {
            (Some(purpose), _) if purpose != "sig" => false,
            (_, Some(uses)) => uses
                .as_array()
                .is_some_and(|uses| uses.iter().any(|one| one == "verify")),
            _ => true,
        };
        if !for_signatures || jwk.get("d").is_some() {
            return None;
        }
        let (key, algorithms): (_, &[&str]) = match (text("kty")?, text("crv")) {
            ("OKP", Some("Ed25519")) => (ed25519(&bytes("x")?)?, &["EdDSA", "Ed25519"]),
            ("EC", Some("P-256")) => (p256_point(&bytes("x")?, &bytes("y")?)?, &["ES256"]),
            ("RSA", _) => (rsa_key(&bytes("n")?, &bytes("e")?)?, &["RS256"]),
            _ => return None,
        };
        let fits = jwk
            .get("alg")
            .is_none_or(|alg| algorithms.iter().any(|name| alg == name));
        fits.then_some(key)
    }

    /// The key inside a verification method whose DID *is* the key: `did:key`, or
    /// `did:jwk`. The fragment, where there is one, has to name the same key.
    pub(super) fn from_did(method: &str) -> Option<Self> {
        let (did, fragment) = match method.split_once('#') {
            Some((did, fragment)) => (did, Some(fragment)),
            None => (method, None),
        };
        if let Some(key) = did.strip_prefix("did:key:") {
            return Self::from_multikey(key).filter(|_| fragment.is_none_or(|fragment| fragment == key));
        }
        let jwk = URL_SAFE_NO_PAD.decode(did.strip_prefix("did:jwk:")?).ok()?;
        let jwk = json::parse(str::from_utf8(&jwk).ok()?).ok()?;
        Self::from_jwk(&jwk).filter(|_| fragment.is_none_or(|fragment| fragment == "0"))
    }

    /// Whether this key made `signature` for `data`, by this very algorithm.
    pub(super) fn verifies(&self, algorithm: Algorithm, data: &[u8], signature: &[u8]) -> bool {
        match (self, algorithm) {
            // Strict: with a key of small order, one signature would fit many documents.
            (Self::Ed25519(key), Algorithm::EdDsa) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(data, &signature).is_ok()),
            (Self::P256(key), Algorithm::Es256) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(data, &signature).is_ok()),
            (Self::Rsa(key), Algorithm::Rs256) => RsaSignature::try_from(signature).is_ok_and(|signature| {
                let key = pkcs1v15::VerifyingKey::<Sha256>::new(key.as_ref().clone());
                key.verify(data, &signature).is_ok()
            }),
            _ => false,
        }
    }
}

fn ed25519(x: &[u8]) -> Option<PublicKey> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(x.try_into().ok()?);
    key.ok().map(PublicKey::Ed25519)
}

fn p256_point(x: &[u8], y: &[u8]) -> Option<PublicKey> {
    if x.len() != 32 || y.len() != 32 {
        return None;
    }
    // Uncompressed (SEC 1 §2.3.3).
    let point = [&[4], x, y].concat();
    p256::ecdsa::VerifyingKey::from_sec1_bytes(&point)
        .ok()
        .map(PublicKey::P256)
}

fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Option<PublicKey> {
    if modulus.len() > RSA_BITS.end() / 8 || exponent.len() > 8 {
        return None;
    }
    let [modulus, exponent] = [modulus, exponent].map(BoxedUint::from_be_slice_vartime);
    rsa::PublicKey::new_with_size_limits(modulus, exponent, RSA_BITS)
        .ok()
        .map(|key| PublicKey::Rsa(Box::new(key)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const P256: &str = "zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76";
    const ED25519: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

    fn modulus(bytes: usize) -> String {
        let mut modulus = vec![0xff; bytes];
        modulus[0] = 0x80;
        URL_SAFE_NO_PAD.encode(modulus)
    }

    fn ed25519_jwk() -> Value {
        let PublicKey::Ed25519(key) = PublicKey::from_multikey(ED25519).unwrap() else {
            panic!("another kind")
        };
        json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(key.as_bytes())})
    }

    #[test]
    fn a_key_is_the_same_however_it_is_written() {
        let key = PublicKey::from_multikey(ED25519);
        assert!(key.is_some());
        assert_eq!(PublicKey::from_jwk(&ed25519_jwk()), key);
        let did = format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(ed25519_jwk().to_string()));
        for method in [
            format!("did:key:{ED25519}"),
            format!("did:key:{ED25519}#{ED25519}"),
            did.clone(),
            format!("{did}#0"),
        ] {
            assert_eq!(PublicKey::from_did(&method), key, "{method}");
        }
        let Some(PublicKey::P256(point)) = PublicKey::from_multikey(P256) else {
            panic!("not a point of P-256")
        };
        let bytes = point.to_sec1_point(false);
        let [x, y] = [1..33, 33..65].map(|part| URL_SAFE_NO_PAD.encode(&bytes.as_bytes()[part]));
        let jwk = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "alg": "ES256", "use": "sig"});
        assert_eq!(PublicKey::from_jwk(&jwk), PublicKey::from_multikey(P256));
    }

    #[test]
    fn a_did_whose_fragment_names_another_key_is_refused() {
        let did = format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(ed25519_jwk().to_string()));
        for method in [
            format!("did:key:{ED25519}#{P256}"),
            format!("{did}#1"),
            "did:jwk:e30".to_owned(),
            "did:key:z6Mk".to_owned(),
            "did:web:issuer.example#key".to_owned(),
        ] {
            assert_eq!(PublicKey::from_did(&method), None, "{method}");
        }
    }

    #[test]
    fn a_jwk_that_is_not_for_checking_signatures_is_refused() {
        let changed = |name: &str, value: Value| {
            let mut jwk = ed25519_jwk();
            jwk[name] = value;
            jwk
        };
        for jwk in [
            changed("use", json!("enc")),
            changed("key_ops", json!(["sign"])),
            changed("alg", json!("HS256")),
            changed("d", json!("AAAA")),
            changed("crv", json!("X25519")),
            changed("x", json!("AAAA")),
            json!({"kty": "oct", "k": "AAAA"}),
            json!({"kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"}),
            json!("RSA"),
        ] {
            assert_eq!(PublicKey::from_jwk(&jwk), None, "{jwk}");
        }
    }

    #[test]
    fn an_rsa_key_is_neither_weak_nor_endless() {
        let jwk = |bytes, e: &str| json!({"kty": "RSA", "n": modulus(bytes), "e": e});
        assert!(PublicKey::from_jwk(&jwk(256, "AQAB")).is_some());
        assert!(PublicKey::from_jwk(&jwk(512, "AQAB")).is_some());
        for (bytes, e) in [(128, "AQAB"), (513, "AQAB"), (256, ""), (256, "AQ"), (256, "Ag")] {
            assert_eq!(PublicKey::from_jwk(&jwk(bytes, e)), None, "{bytes} {e:?}");
        }
    }
}
