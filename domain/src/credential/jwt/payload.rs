//! The credential that a token carries, and what the token claims beside it.

use serde_json::{Map, Value};

use super::super::contexts::CREDENTIALS_V1;
use crate::Timestamp;

/// The names that RFC 7519 §4.1 and RFC 7800 give to claims. They are the
/// token's, and no members of a credential.
const REGISTERED: [&str; 8] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf"];

/// A token's payload.
#[derive(Debug, Clone)]
pub(in crate::credential) struct Payload {
    /// The credential as a document.
    pub(in crate::credential) credential: Map<String, Value>,
    /// Whether it stood inside `vc`.
    pub(in crate::credential) is_wrapped: bool,
    /// `iss`: who issued it.
    pub(in crate::credential) issuer: Option<String>,
    /// `jti`: its URL.
    pub(in crate::credential) id: Option<String>,
    /// `sub`: whom it is about.
    pub(in crate::credential) subject: Option<String>,
    /// `nbf`: from when on it counts.
    pub(in crate::credential) not_before: Option<Timestamp>,
    /// `exp`: until when it counts.
    pub(in crate::credential) expires: Option<Timestamp>,
}

impl Payload {
    /// Tells the credential from the claims; nothing if a claim is malformed.
    pub(super) fn read(mut members: Map<String, Value>) -> Option<Self> {
        let text = |name: &str| match members.get(name) {
            None => Some(None),
            Some(value) => value.as_str().map(|text| Some(text.to_owned())),
        };
        let time = |name: &str| match members.get(name) {
            None => Some(None),
            Some(value) => moment(value).map(Some),
        };
        let [issuer, id, subject] = [text("iss")?, text("jti")?, text("sub")?];
        let [not_before, expires] = [time("nbf")?, time("exp")?];
        let wrapped = members.remove("vc");
        let mut payload = Self {
            is_wrapped: wrapped.is_some(),
            credential: match wrapped {
                Some(Value::Object(credential)) => credential,
                Some(_) => return None,
                None => {
                    members.retain(|name, _| !REGISTERED.contains(&name.as_str()));
                    members
                }
            },
            issuer,
            id,
            subject,
            not_before,
            expires,
        };
        if payload.is_wrapped {
            payload.complete();
        }
        Some(payload)
    }

    /// Puts into the credential what only the claims say (VC Data Model 1.1
    /// §6.3.1, "JWT Decoding"). What both say is left as it is: that they agree
    /// is for the verifier to see.
    fn complete(&mut self) {
        let context = self.credential.get("@context");
        let context = context.and_then(|context| context.get(0)).or(context);
        let [from, until] = if context.is_some_and(|context| context == CREDENTIALS_V1) {
            ["issuanceDate", "expirationDate"]
        } else {
            ["validFrom", "validUntil"]
        };
        let moments = [(from, self.not_before), (until, self.expires)]
            .map(|(name, moment)| (name, moment.map(Timestamp::to_rfc3339_seconds)));
        for (name, value) in [("id", self.id.clone())].into_iter().chain(moments) {
            if let Some(value) = value {
                self.credential.entry(name).or_insert(value.into());
            }
        }
        for (name, id) in [("issuer", &self.issuer), ("credentialSubject", &self.subject)] {
            let Some(id) = id else { continue };
            let named = match self.credential.entry(name).or_insert_with(|| Map::new().into()) {
                Value::Array(several) if several.len() == 1 => &mut several[0],
                one => one,
            };
            if let Value::Object(members) = named {
                members.entry("id").or_insert_with(|| id.clone().into());
            }
        }
    }
}

/// Seconds since 1970, with or without a fraction (RFC 7519 §2, `NumericDate`).
pub(super) fn moment(value: &Value) -> Option<Timestamp> {
    let millis = value.as_f64()? * 1_000.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "beyond 64 bits it is clamped, and a timestamp is clamped anyway"
    )]
    Some(Timestamp::from_unix_millis(millis.floor() as i64))
}
