//! A credential in whatever form somebody presents it.

use serde_json::Value;

use super::{
    baked::{self, BakingError},
    contexts::CREDENTIALS_V2,
    data_model::ENVELOPED_CREDENTIAL,
    json,
    jsonld::ContextStore,
    jwt::Jwt,
    paper::{self, Paper, PaperError},
    report::Report,
    verify::{self, Evidence, Needs},
};

/// A credential as it was given to a verifier, read and not yet believed.
#[derive(Debug, Clone)]
pub enum Presented {
    /// A document with its proofs in it.
    Document(Value),
    /// A JSON Web Token with the credential in it.
    Token(Box<Jwt>),
    /// What a QR code on paper says of it.
    Paper(Box<Paper>),
}

/// What was presented is a credential in no form that is known here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotPresented {
    /// It is something else.
    #[error("this is no credential as JSON, as a JSON Web Token, in a picture or from paper")]
    Unknown,
    /// It is a picture.
    #[error(transparent)]
    Picture(#[from] BakingError),
    /// It begins as the text of a QR code.
    #[error(transparent)]
    Paper(#[from] PaperError),
}

impl Presented {
    /// Recognises `bytes` by their shape: a document in JSON, a JSON Web Token in
    /// compact form, a PNG or SVG with either inside, or the text of a QR code on
    /// paper. A document that is nothing but an envelope is opened (Verifiable
    /// Credentials 2.0 §4.13).
    pub fn read(bytes: &[u8]) -> Result<Self, NotPresented> {
        if let Some(inside) = baked::credential_in(bytes) {
            return Self::read_text(inside?.trim());
        }
        let text = str::from_utf8(bytes).map_err(|_| NotPresented::Unknown)?;
        Self::read_text(text.trim_start_matches('\u{feff}').trim())
    }

    fn read_text(text: &str) -> Result<Self, NotPresented> {
        if text.starts_with(paper::PREFIX) {
            return Ok(Self::Paper(Box::new(text.parse()?)));
        }
        if !text.starts_with(['{', '[', '"']) {
            return Self::read_token(text);
        }
        match json::parse(text).map_err(|_| NotPresented::Unknown)? {
            list @ Value::Array(_) => Ok(Self::Document(list)),
            other => Self::from_json(other),
        }
    }

    /// The same of what is JSON already: a document, or a token or the text of a
    /// QR code as a string.
    pub fn from_json(value: Value) -> Result<Self, NotPresented> {
        match value {
            // A string in a string is longer by half than what it holds: this ends.
            Value::String(text) => Self::read_text(text.trim()),
            Value::Object(_) => match enveloped(&value) {
                Some(token) => Self::read_token(token),
                None => Ok(Self::Document(value)),
            },
            _ => Err(NotPresented::Unknown),
        }
    }

    fn read_token(text: &str) -> Result<Self, NotPresented> {
        Jwt::parse(text)
            .map(|jwt| Self::Token(Box::new(jwt)))
            .map_err(|_| NotPresented::Unknown)
    }

    /// The credential as a document: what there is to show. Only a verdict says
    /// whether it is true.
    #[must_use]
    pub fn document(&self) -> Value {
        match self {
            Self::Document(document) => document.clone(),
            Self::Token(jwt) => Value::Object(jwt.document().clone()),
            Self::Paper(paper) => paper.document(),
        }
    }

    /// The URLs that have to be fetched before it can be verified.
    #[must_use]
    pub fn needs(&self) -> Needs {
        self.needs_under(ContextStore::embedded())
    }

    /// The same where it is read with the contexts in `store`.
    #[must_use]
    pub fn needs_under(&self, store: &ContextStore) -> Needs {
        match self {
            Self::Document(document) => verify::needs_under(document, store),
            Self::Token(jwt) => verify::needs_of_token(jwt, store),
            Self::Paper(paper) => verify::needs_of_paper(paper),
        }
    }

    /// Checks it against `evidence`.
    #[must_use]
    pub fn verify(&self, evidence: &Evidence) -> Report {
        match self {
            Self::Document(document) => verify::verify(document, evidence),
            Self::Token(jwt) => verify::verify_token(jwt, evidence),
            Self::Paper(paper) => verify::verify_paper(paper, evidence),
        }
    }
}

/// The token inside an `EnvelopedVerifiableCredential`, which means nothing without the
/// context that defines it (Verifiable Credentials 2.0 §4.13.1).
fn enveloped(document: &Value) -> Option<&str> {
    let one = |name: &str| {
        let value = document.get(name)?;
        value.get(0).unwrap_or(value).as_str()
    };
    let is_envelope = one("type") == Some(ENVELOPED_CREDENTIAL) && one("@context") == Some(CREDENTIALS_V2);
    let (kind, token) = one("id")?.strip_prefix("data:")?.split_once(',')?;
    Some(token).filter(|_| is_envelope && matches!(kind, "application/vc+jwt" | "application/jwt"))
}
