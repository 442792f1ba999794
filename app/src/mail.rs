//! The words of mails.

use service::mail::Mail;

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The subject line.
    pub subject: String,
    /// The body, plain text.
    pub text: String,
}

/// Puts a mail into the reader's words.
#[must_use]
pub fn compose(mail: &Mail) -> Composed {
    Composed {
        subject: String::new(),
        text: format!("{:?}", mail.message),
    }
}
