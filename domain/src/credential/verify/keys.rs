//! The key that a proof names, and whether it is one of the issuer's.

use serde_json::Value;
use url::Url;

use super::{
    super::{
        did_document::{assertion_key, asserts_with},
        did_web::DidWeb,
        public_key::PublicKey,
        report::Finding,
    },
    Found, Judge, fine,
};

/// The verification method's document: what stands before the fragment.
pub(super) fn controller(method: &str) -> &str {
    method.split_once('#').map_or(method, |(document, _)| document)
}

/// Where the document with a verification method is, if it has to be fetched.
pub(super) fn key_document(method: &str) -> Option<String> {
    let document = controller(method);
    if document.starts_with("https://") {
        Some(document.to_owned())
    } else {
        document.parse::<DidWeb>().ok()?.document_url().map(String::from)
    }
}

/// The address of a JSON Web Key (Set) that a token may name by its `kid`, if it
/// is at a place that only the issuer can write to: in the folder that is the
/// issuer's own address, or under its host's `/.well-known/` (RFC 8615). Another
/// place on the same host may be another's.
pub(super) fn key_set(kid: &str, issuer: &str) -> Option<String> {
    let [address, issuer] = [controller(kid), issuer].map(|text| Url::parse(text).ok());
    let (address, issuer) = address.zip(issuer)?;
    let folder = format!("{}/", issuer.path().trim_end_matches('/'));
    let inside = |folder: &str| address.path().starts_with(folder) && address.path() != folder;
    let own = (folder != "/" && issuer.query().is_none() && inside(&folder)) || inside("/.well-known/");
    (own && address.scheme() == "https" && address.origin() == issuer.origin())
        .then(|| controller(kid).to_owned())
}

/// Whether a token's `kid` may be a verification method in the issuer's document.
pub(super) fn may_be_listed(kid: &str, issuer: &str) -> bool {
    controller(kid) == issuer || (kid.starts_with("https://") && issuer.starts_with("https://"))
}

fn others(method: &str, issuer: &str) -> Found {
    (
        Finding::NotIssuersKey,
        format!("the key {method} is not one of {issuer}"),
    )
}

fn unavailable(issuer: &str) -> Found {
    (
        Finding::IssuerUnavailable,
        format!("the keys of {issuer} could not be had"),
    )
}

impl Judge<'_> {
    /// The key that `method` names, and whether `issuer` signs with it. A key
    /// can be known and yet be somebody else's.
    pub(super) fn key(&self, method: &str, issuer: &str) -> (Option<PublicKey>, Found) {
        if controller(method) != issuer {
            return (PublicKey::from_did(method), others(method, issuer));
        }
        if let Some(known) = self.known.keys.get(method) {
            return (Some(known), fine());
        }
        let (key, found) = match PublicKey::from_did(method) {
            Some(key) => (Some(key), fine()),
            None => self.listed_key(method, issuer),
        };
        if let Some(key) = &key {
            self.known.keys.put(method, key);
        }
        (key, found)
    }

    /// The key that a token names by its `kid`: a verification method, or a JSON
    /// Web Key on the web.
    pub(super) fn key_of_token(&self, kid: &str, issuer: &str) -> (Option<PublicKey>, Found) {
        if let Some(address) = key_set(kid, issuer) {
            let Some(document) = self.evidence.fetched.get(&address) else {
                return (None, unavailable(issuer));
            };
            return match key_in_set(document, kid) {
                Some(key) => (Some(key), fine()),
                None => (None, others(kid, issuer)),
            };
        }
        if PublicKey::from_did(kid).is_none() && may_be_listed(kid, issuer) {
            return self.listed_key(kid, issuer);
        }
        self.key(kid, issuer)
    }

    /// Whether `issuer` signs with `key`, which nothing but the badge itself names.
    pub(super) fn owner(&self, key: &PublicKey, issuer: &str) -> Found {
        let listed = if let Some(own) = PublicKey::from_did(issuer) {
            own == *key
        } else {
            let document = key_document(issuer).and_then(|url| self.evidence.fetched.get(&url));
            let Some(document) = document else {
                return unavailable(issuer);
            };
            asserts_with(document, issuer, key, self.evidence.now)
        };
        if listed {
            fine()
        } else {
            others("in the badge", issuer)
        }
    }

    fn listed_key(&self, method: &str, issuer: &str) -> (Option<PublicKey>, Found) {
        let document = key_document(issuer).and_then(|url| self.evidence.fetched.get(&url));
        let Some(document) = document else {
            return (None, unavailable(issuer));
        };
        match assertion_key(document, issuer, method, self.evidence.now) {
            Ok(key) => (Some(key), fine()),
            Err(error) => (None, (Finding::NotIssuersKey, error.to_string())),
        }
    }
}

/// The JSON Web Key that `document` is, or the only one that it lists under this
/// `kid` or its fragment (RFC 7517 §4.5 and §5).
fn key_in_set(document: &Value, kid: &str) -> Option<PublicKey> {
    let Some(keys) = document.get("keys").and_then(Value::as_array) else {
        return PublicKey::from_jwk(document);
    };
    let fragment = kid.split_once('#').map(|(_, fragment)| fragment);
    let mut named = keys.iter().filter(|jwk| {
        let name = jwk.get("kid").and_then(Value::as_str);
        name.is_some_and(|name| name == kid || Some(name) == fragment)
    });
    match (named.next(), named.next()) {
        (Some(jwk), None) => PublicKey::from_jwk(jwk),
        _ => None,
    }
}
