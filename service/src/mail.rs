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
    /// Somebody signed up with this address; the link proves it is theirs. It
    /// names nobody: a stranger may have typed the address, and would have a
    /// name to write a message of their own in.
    VerifyEmail {
        /// Where they confirm it.
        link: String,
    },
    /// Somebody signed up with an address that has an account.
    AlreadySignedUp {
        /// What the person is called.
        name: String,
        /// Where they sign in.
        link: String,
    },
    /// Somebody asked to reset the password of this address's account.
    ResetPassword {
        /// What the person is called.
        name: String,
        /// Where they choose another.
        link: String,
    },
    /// The password was changed.
    PasswordChanged {
        /// What the person is called.
        name: String,
    },
    /// The account's address is now another one; sent to the old one.
    EmailChanged {
        /// What the person is called.
        name: String,
        /// The new address.
        to: String,
    },
    /// An invitation to join a tenant.
    Invitation {
        /// The tenant's name.
        tenant: String,
        /// What the person who invites is called.
        inviter: String,
        /// Where they accept.
        link: String,
    },
    /// A badge was earned.
    BadgeEarned {
        /// What the learner is called.
        name: String,
        /// The badge's name.
        badge: String,
        /// The tenant's name.
        tenant: String,
        /// The badge in the wallet.
        link: String,
    },
    /// A badge was revoked.
    BadgeRevoked {
        /// What the learner is called.
        name: String,
        /// The badge's name.
        badge: String,
        /// The tenant's name.
        tenant: String,
        /// Why, in the words of whoever revoked it.
        reason: String,
        /// The badge in the wallet.
        link: String,
    },
    /// A badge was suspended.
    BadgeSuspended {
        /// What the learner is called.
        name: String,
        /// The badge's name.
        badge: String,
        /// The tenant's name.
        tenant: String,
        /// Why, in the words of whoever suspended it.
        reason: String,
        /// The badge in the wallet.
        link: String,
    },
    /// A badge that was suspended counts again.
    BadgeReinstated {
        /// What the learner is called.
        name: String,
        /// The badge's name.
        badge: String,
        /// The tenant's name.
        tenant: String,
        /// Why, in the words of whoever put it into force again.
        reason: String,
        /// The badge in the wallet.
        link: String,
    },
    /// An assessment was marked.
    AttemptMarked {
        /// What the learner is called.
        name: String,
        /// The assessment's title.
        assessment: String,
        /// The result.
        link: String,
    },
    /// A result is another now, because a question was put right.
    ResultChanged {
        /// What the learner is called.
        name: String,
        /// The assessment's title.
        assessment: String,
        /// The result.
        link: String,
    },
    /// It was decided whether an answer counts that came when the time was up.
    LateAnswerDecided {
        /// What the learner is called.
        name: String,
        /// The assessment's title.
        assessment: String,
        /// The result.
        link: String,
    },
    /// A learner's request to look at a result again was answered.
    AppealAnswered {
        /// What the learner is called.
        name: String,
        /// The assessment's title.
        assessment: String,
        /// The result.
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
