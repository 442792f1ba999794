//! Credentials as JSON Web Tokens, in the three forms there are: the credential
//! as the payload (Securing Verifiable Credentials using JOSE and COSE 1.0
//! §3.1), the same with claims beside it (Open Badges 3.0 §8.2), and inside the
//! claim `vc` (Verifiable Credentials 1.1 §6.3.1).

mod holder;
mod issue;
mod payload;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{json, proof::ProofError, public_key::Algorithm};
pub use holder::{BadProof, HolderProof, holder_proof};
pub use issue::sign_token;
use payload::Payload;

/// Characters of a token; more are not read. Evidence may be inside as `data:` URLs.
const MAX_LENGTH: usize = 1 << 20;

/// What tokens that carry a credential say they are. A token of another type is
/// not one, whatever it carries (RFC 8725 §3.11).
const TYPES: [&str; 4] = ["jwt", "vc+jwt", "vc+ld+json+jwt", "vc+ld+jwt"];

/// The text is not a JSON Web Token in compact form whose parts are JSON objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a JSON Web Token with a credential")]
pub struct NotAJwt;

/// A JSON Web Token that carries a credential, taken apart and not yet believed.
#[derive(Debug, Clone)]
pub struct Jwt {
    /// What is signed: header and payload as they stood.
    signed: String,
    signature: Vec<u8>,
    header: Map<String, Value>,
    pub(super) payload: Payload,
}

impl Jwt {
    /// Takes `text` apart (RFC 7515 §7.1). No name stands twice in any of its
    /// objects.
    pub fn parse(text: &str) -> Result<Self, NotAJwt> {
        if text.len() > MAX_LENGTH {
            return Err(NotAJwt);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(NotAJwt)?;
        let (header, payload) = signed.split_once('.').ok_or(NotAJwt)?;
        Ok(Self {
            signature: URL_SAFE_NO_PAD.decode(signature).map_err(|_| NotAJwt)?,
            header: object(header)?,
            payload: Payload::read(object(payload)?).ok_or(NotAJwt)?,
            signed: signed.to_owned(),
        })
    }

    /// The credential inside, in the form that it would have as a document.
    #[must_use]
    pub fn document(&self) -> &Map<String, Value> {
        &self.payload.credential
    }

    /// The algorithm that the header names, as it names it.
    pub(super) fn algorithm_name(&self) -> &str {
        self.text("alg").unwrap_or_default()
    }

    /// The key that the header names.
    pub(super) fn key_id(&self) -> Option<&str> {
        self.text("kid")
    }

    /// The key that the header carries. Anybody can put one there.
    pub(super) fn carried_key(&self) -> Option<&Value> {
        self.header.get("jwk")
    }

    /// The algorithm by which the token has to be checked, if the header is one
    /// under which it may be.
    pub(super) fn algorithm(&self) -> Result<Algorithm, ProofError> {
        if let Some(kind) = self.header.get("typ") {
            let kind = kind.as_str().unwrap_or_default().to_ascii_lowercase();
            let kind = kind.strip_prefix("application/").unwrap_or(&kind);
            let inside = kind == "vc+jwt" && self.payload.is_wrapped;
            if !TYPES.contains(&kind) || inside {
                return Err(ProofError::Malformed("typ"));
            }
        }
        // Whoever does not know what is critical must not accept it (RFC 7515 §4.1.11).
        if self.header.contains_key("crit") {
            return Err(ProofError::Unsupported("crit".to_owned()));
        }
        match self.algorithm_name() {
            "EdDSA" | "Ed25519" => Ok(Algorithm::EdDsa),
            "ES256" => Ok(Algorithm::Es256),
            "RS256" => Ok(Algorithm::Rs256),
            "none" => Err(ProofError::NotSigned),
            // Whoever can check these can make them.
            "" | "HS256" | "HS384" | "HS512" => Err(ProofError::Malformed("alg")),
            other => Err(ProofError::Unsupported(other.to_owned())),
        }
    }

    /// What is signed, and the signature.
    pub(super) fn signed(&self) -> (&[u8], &[u8]) {
        (self.signed.as_bytes(), &self.signature)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }
}

fn object(part: &str) -> Result<Map<String, Value>, NotAJwt> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| NotAJwt)?;
    let text = str::from_utf8(&bytes).map_err(|_| NotAJwt)?;
    match json::parse(text) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(NotAJwt),
    }
}
