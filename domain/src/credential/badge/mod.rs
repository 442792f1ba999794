//! An Open Badge as a document, before it is signed (Open Badges 3.0 §B.1).
//!
//! What is empty is left out, and a list stays a list when it has one member:
//! verifiers hold issuers to both.

mod achievement;
mod members;
mod subject;

use serde_json::{Value, json};

pub use achievement::{Achievement, Alignment, Criteria, ResultDescription, RubricLevel};
pub use subject::{AchievementResult, Identity, Subject};

use super::{contexts, status::StatusEntry};
use crate::Timestamp;
use members::Members;

/// The JSON schema that a badge names which has no more than one status.
pub const SCHEMA: &str =
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

/// An `OpenBadgeCredential` to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Badge {
    /// The URL of the badge's public page.
    pub id: String,
    /// What the badge is called in a wallet.
    pub name: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// Its picture.
    pub image: Option<Image>,
    /// Who gives it.
    pub issuer: Issuer,
    /// From when on it counts.
    pub valid_from: Timestamp,
    /// Until when it counts, if not for ever.
    pub valid_until: Option<Timestamp>,
    /// When it was first earned, if that was before `valid_from`.
    pub awarded: Option<Timestamp>,
    /// Who earned it, and how well.
    pub subject: Subject,
    /// What was earned.
    pub achievement: Achievement,
    /// What shows that it was.
    pub evidence: Vec<Evidence>,
    /// Where to look whether it was revoked or suspended. VC 2.0 allows any
    /// number of entries, 1EdTech's JSON schema only one.
    pub status: Vec<StatusEntry>,
}

/// An issuer's `Profile`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// A `did:web` identifier.
    pub id: String,
    /// The organisation's name.
    pub name: String,
    /// Its page.
    pub url: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// Where to write to.
    pub email: Option<String>,
    /// Its logo.
    pub image: Option<Image>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Its URL, which may be a `data:` URL.
    pub id: String,
    /// What it shows, for those who do not see it.
    pub caption: Option<String>,
}

/// A piece of `Evidence`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Where it can be seen.
    pub id: Option<String>,
    /// What it is called.
    pub name: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// How it came about, in Markdown.
    pub narrative: Option<String>,
    /// What kind of thing it is.
    pub genre: Option<String>,
}

impl Badge {
    /// The unsigned credential.
    #[must_use]
    pub fn to_document(&self) -> Value {
        Members::new()
            .set(
                "@context",
                json!([
                    contexts::CREDENTIALS_V2,
                    contexts::OPEN_BADGES,
                    contexts::OPEN_BADGES_EXTENSIONS
                ]),
            )
            .set("id", self.id.as_str())
            .set("type", json!(["VerifiableCredential", "OpenBadgeCredential"]))
            .set("name", self.name.as_str())
            .text("description", self.description.as_deref())
            .some("image", self.image.as_ref().map(Image::to_json))
            .set("issuer", self.issuer.to_json())
            .set("validFrom", self.valid_from.to_rfc3339_seconds())
            .some("validUntil", self.valid_until.map(Timestamp::to_rfc3339_seconds))
            .some("awardedDate", self.awarded.map(Timestamp::to_rfc3339_seconds))
            .set("credentialSubject", self.subject.to_json(&self.achievement))
            .list("evidence", self.evidence.iter().map(Evidence::to_json))
            .some("credentialStatus", self.status())
            .some("credentialSchema", self.schema())
            .into_value()
    }

    /// 1EdTech's schema of Open Badges 3.0, where the badge satisfies it: it has no
    /// place for a second status, though Verifiable Credentials 2.0 §4.10 does.
    fn schema(&self) -> Option<Value> {
        (self.status.len() < 2).then(|| json!([{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}]))
    }

    /// The one list that 1EdTech's schema wants without brackets when it has one member.
    fn status(&self) -> Option<Value> {
        match self.status.as_slice() {
            [] => None,
            [entry] => Some(entry.to_json()),
            entries => Some(entries.iter().map(StatusEntry::to_json).collect()),
        }
    }
}

impl Issuer {
    /// The `Profile` as a document of its own (Open Badges 3.0 §B.1.22).
    #[must_use]
    pub fn to_document(&self) -> Value {
        let context = json!([contexts::CREDENTIALS_V2, contexts::OPEN_BADGES]);
        self.members(Members::new().set("@context", context))
    }

    fn to_json(&self) -> Value {
        self.members(Members::new())
    }

    fn members(&self, before: Members) -> Value {
        before
            .set("type", json!(["Profile"]))
            .set("id", self.id.as_str())
            .set("name", self.name.as_str())
            .text("url", self.url.as_deref())
            .text("description", self.description.as_deref())
            .text("email", self.email.as_deref())
            .some("image", self.image.as_ref().map(Image::to_json))
            .into_value()
    }
}

impl Image {
    fn to_json(&self) -> Value {
        Members::new()
            .set("id", self.id.as_str())
            .set("type", "Image")
            .text("caption", self.caption.as_deref())
            .into_value()
    }
}

impl Evidence {
    fn to_json(&self) -> Value {
        Members::typed("Evidence")
            .text("id", self.id.as_deref())
            .text("name", self.name.as_deref())
            .text("description", self.description.as_deref())
            .text("narrative", self.narrative.as_deref())
            .text("genre", self.genre.as_deref())
            .into_value()
    }
}
