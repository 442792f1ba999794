//! Mail: what is said, not how. The words are put to it in the reader's
//! language when it is sent, and the way out is the server's.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::Result;

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The address, already checked.
    pub to: String,
    /// The reader's language, if they chose one.
    pub locale: Option<String>,
    /// What it says.
    pub message: Message,
}

/// What a mail can say. Links are full addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Message {
    /// Somebody signed up with this address; the link proves it is theirs.
    VerifyEmail { name: String, link: String },
    /// Somebody signed up with an address that has an account.
    AlreadySignedUp { name: String, link: String },
    /// Somebody asked to reset the password of this address's account.
    ResetPassword { name: String, link: String },
    /// The password was changed.
    PasswordChanged { name: String },
    /// The account's address is now another one; sent to the old one.
    EmailChanged { name: String, to: String },
    /// An invitation to join a tenant.
    Invitation {
        tenant: String,
        inviter: String,
        link: String,
    },
    /// A badge was earned.
    BadgeEarned {
        name: String,
        badge: String,
        tenant: String,
        link: String,
    },
    /// A badge was revoked.
    BadgeRevoked {
        name: String,
        badge: String,
        tenant: String,
        reason: String,
        link: String,
    },
    /// An assessment was marked.
    AttemptMarked {
        name: String,
        assessment: String,
        link: String,
    },
}

/// The way out for mail.
#[async_trait]
pub trait Mailer: Send + Sync + std::fmt::Debug {
    /// Hands a mail over. `id` is the same when the same mail is tried again, so
    /// that a receiver can see that it is one.
    async fn send(&self, id: uuid::Uuid, mail: &Mail) -> Result<()>;
}
