//! The DID document: which keys speak for an issuer.

use serde_json::{Value, json};

use super::{did_web::DidWeb, key::Multikey, public_key::PublicKey};
use crate::Timestamp;

/// A document with more keys than this is not an issuer's.
const MAX_METHODS: usize = 1_000;

/// Why a key may not be used to make claims in an issuer's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoKey {
    /// The document speaks of another identifier.
    #[error("the document is not about this issuer")]
    WrongDocument,
    /// The document does not list it.
    #[error("the issuer's document does not list this key")]
    NotListed,
    /// The document lists it, but as somebody else's.
    #[error("the key's controller is not the issuer")]
    WrongController,
    /// The document lists it, but not for signing credentials.
    #[error("the issuer's document does not allow this key to sign credentials")]
    NotForAssertions,
    /// The key has expired or was revoked.
    #[error("the issuer no longer signs with this key")]
    Over,
    /// It is of a kind that is not known here, or broken.
    #[error("the key can\u{2019}t be read")]
    Unreadable,
}

/// The verification method by which `did` names `key`: its fragment is the key
/// itself, so that it names the same key for ever.
#[must_use]
pub fn method_id(did: &DidWeb, key: Multikey) -> String {
    format!("{did}#{key}")
}

/// The DID document of `did` (DID Core 1.0 §5), with `keys` for signing
/// credentials.
///
/// A key that is no longer used has to stay among them, or whatever it signed
/// stops verifying; one that was stolen has to go.
#[must_use]
pub fn did_document(did: &DidWeb, keys: &[Multikey]) -> Value {
    let methods: Vec<Value> = keys
        .iter()
        .map(|key| {
            json!({
                "id": method_id(did, *key),
                "type": "Multikey",
                "controller": did.as_str(),
                "publicKeyMultibase": key.to_string(),
            })
        })
        .collect();
    let ids: Vec<String> = keys.iter().map(|key| method_id(did, *key)).collect();
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did.as_str(),
        "verificationMethod": methods,
        "assertionMethod": ids,
    })
}

/// The key that `document` (a DID document or another controlled identifier
/// document) lists as `method`, if `issuer` controls it and it may sign
/// credentials `now` (Controlled Identifiers 1.0 §2.2 and §3.3).
///
/// Reads `Multikey`, `Ed25519VerificationKey2020` and `JsonWebKey`.
pub fn assertion_key(
    document: &Value,
    issuer: &str,
    method: &str,
    now: Timestamp,
) -> Result<PublicKey, NoKey> {
    if document.get("id").and_then(Value::as_str) != Some(issuer) {
        return Err(NoKey::WrongDocument);
    }
    let relation = members(document, "assertionMethod");
    let embedded = relation.iter().find(|entry| is_method(entry, issuer, method));
    let listed = members(document, "verificationMethod")
        .iter()
        .find(|entry| is_method(entry, issuer, method));
    let found = embedded.or(listed).ok_or(NoKey::NotListed)?;
    if found.get("controller").and_then(Value::as_str) != Some(issuer) {
        return Err(NoKey::WrongController);
    }
    let referred = relation
        .iter()
        .any(|entry| entry.as_str().is_some_and(|id| same_id(id, issuer, method)));
    if embedded.is_none() && !referred {
        return Err(NoKey::NotForAssertions);
    }
    if ["expires", "revoked"]
        .iter()
        .any(|end| is_past(found.get(*end), now))
    {
        return Err(NoKey::Over);
    }
    public_key(found).ok_or(NoKey::Unreadable)
}

/// Whether `document` lists `key` under any name as one with which `issuer` may
/// sign credentials `now`.
#[must_use]
pub fn asserts_with(document: &Value, issuer: &str, key: &PublicKey, now: Timestamp) -> bool {
    let listed = members(document, "verificationMethod").iter();
    listed
        .chain(members(document, "assertionMethod"))
        .filter(|method| public_key(method).is_some_and(|found| found == *key))
        .filter_map(|method| method.get("id")?.as_str())
        .any(|id| {
            let id = match id.strip_prefix('#') {
                Some(_) => &format!("{issuer}{id}"),
                None => id,
            };
            assertion_key(document, issuer, id, now).is_ok_and(|found| found == *key)
        })
}

fn members<'a>(document: &'a Value, name: &str) -> &'a [Value] {
    match document.get(name) {
        Some(Value::Array(entries)) => &entries[..entries.len().min(MAX_METHODS)],
        Some(single) => std::slice::from_ref(single),
        None => &[],
    }
}

fn is_method(entry: &Value, issuer: &str, method: &str) -> bool {
    entry
        .get("id")
        .and_then(Value::as_str)
        .is_some_and(|id| same_id(id, issuer, method))
}

/// Whether that moment has come. One that cannot be read may have.
fn is_past(moment: Option<&Value>, now: Timestamp) -> bool {
    moment.is_some_and(|moment| {
        let moment = moment
            .as_str()
            .and_then(|text| Timestamp::parse_rfc3339(text).ok());
        moment.is_none_or(|moment| moment <= now)
    })
}

/// A DID document may name its own methods by the fragment alone (DID Core §3.2.2).
fn same_id(id: &str, issuer: &str, method: &str) -> bool {
    id == method || (id.starts_with('#') && method.strip_prefix(issuer) == Some(id))
}

fn public_key(method: &Value) -> Option<PublicKey> {
    match (method.get("publicKeyMultibase"), method.get("publicKeyJwk")) {
        (Some(multikey), None) => PublicKey::from_multikey(multikey.as_str()?),
        (None, Some(jwk)) => PublicKey::from_jwk(jwk),
        // Which of two a reader takes must not be left to the reader.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use ed25519_dalek::SigningKey;

    use super::*;

    fn key(seed: u8) -> Multikey {
        Multikey(SigningKey::from_bytes(&[seed; 32]).verifying_key())
    }

    fn did() -> DidWeb {
        "did:web:issuer.example:t:acme".parse().unwrap()
    }

    fn now() -> Timestamp {
        Timestamp::parse_rfc3339("2026-06-01T12:00:00Z").unwrap()
    }

    #[test]
    fn every_key_in_the_document_may_sign_the_retired_ones_too() {
        let document = did_document(&did(), &[key(1), key(2)]);
        for key in [key(1), key(2)] {
            let found = assertion_key(&document, did().as_str(), &method_id(&did(), key), now());
            assert_eq!(found, Ok(PublicKey::Ed25519(key.0)));
        }
    }

    #[test]
    fn a_key_that_does_not_speak_for_the_issuer_is_refused() {
        let method = method_id(&did(), key(1));
        let document = did_document(&did(), &[key(1)]);
        let refused = |change: fn(&mut Value)| {
            let mut changed = document.clone();
            change(&mut changed);
            assertion_key(&changed, did().as_str(), &method, now())
        };
        assert_eq!(
            refused(|doc| doc["id"] = json!("did:web:other.example")),
            Err(NoKey::WrongDocument)
        );
        assert_eq!(
            refused(|doc| doc["verificationMethod"] = json!([])),
            Err(NoKey::NotListed)
        );
        assert_eq!(
            refused(|doc| doc["verificationMethod"][0]["controller"] = json!("did:web:other.example")),
            Err(NoKey::WrongController)
        );
        assert_eq!(
            refused(|doc| doc["assertionMethod"] = json!([])),
            Err(NoKey::NotForAssertions)
        );
        assert_eq!(
            refused(|doc| doc["verificationMethod"][0]["publicKeyMultibase"] = json!("zDnaeg")),
            Err(NoKey::Unreadable)
        );
    }

    #[test]
    fn a_key_counts_until_it_expires_or_is_revoked() {
        let method = method_id(&did(), key(1));
        for (member, moment, expected) in [
            (
                "expires",
                "2026-06-01T12:00:01Z",
                Ok(PublicKey::Ed25519(key(1).0)),
            ),
            ("expires", "2026-06-01T12:00:00Z", Err(NoKey::Over)),
            ("revoked", "2025-01-01T00:00:00Z", Err(NoKey::Over)),
            ("revoked", "soon", Err(NoKey::Over)),
        ] {
            let mut document = did_document(&did(), &[key(1)]);
            document["verificationMethod"][0][member] = json!(moment);
            assert_eq!(
                assertion_key(&document, did().as_str(), &method, now()),
                expected,
                "{member} {moment}"
            );
        }
    }

    #[test]
    fn a_key_as_jwk_under_a_bare_fragment_is_found() {
        let x = URL_SAFE_NO_PAD.encode(key(3).0.as_bytes());
        let document = json!({
            "id": "did:web:issuer.example",
            "assertionMethod": {
                "id": "#one", "type": "JsonWebKey", "controller": "did:web:issuer.example",
                "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": x},
            },
        });
        let found = assertion_key(
            &document,
            "did:web:issuer.example",
            "did:web:issuer.example#one",
            now(),
        );
        assert_eq!(found, Ok(PublicKey::Ed25519(key(3).0)));
    }
}
