//! The words of mails: plain text, in the reader's language.

use service::mail::{Mail, Message};

use crate::i18n::{Args, Locale, args};

/// A mail's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// One line.
    pub subject: String,
    /// Plain text; each link stands on a line of its own.
    pub text: String,
}

/// Puts a mail into the words of the reader's language.
#[must_use]
pub fn compose(mail: &Mail) -> Composed {
    let locale = Locale::choose(mail.locale.as_deref(), None);
    let (key, name, args) = parts(&mail.message);
    let greeting = match name {
        Some(name) => locale.text("mail-greeting", &args!(name = name.to_owned())),
        None => locale.text("mail-greeting-unknown", &args!()),
    };
    let text = locale.text(&format!("mail-{key}-text"), &args);
    let farewell = locale.text("mail-farewell", &args!());
    Composed {
        subject: one_line(&locale.text(&format!("mail-{key}-subject"), &args)),
        text: format!("{greeting}\n\n{text}\n\n{farewell}\n"),
    }
}

/// Which texts a message has, whom it greets, and what it mentions.
fn parts(message: &Message) -> (&'static str, Option<&str>, Args) {
    match message {
        Message::VerifyEmail { link } => ("verify-email", None, args!(link = link.clone())),
        Message::AlreadySignedUp { name, link } => {
            ("already-signed-up", Some(name), args!(link = link.clone()))
        }
        Message::ResetPassword { name, link } => ("reset-password", Some(name), args!(link = link.clone())),
        Message::PasswordChanged { name } => ("password-changed", Some(name), args!()),
        Message::EmailChanged { name, to } => ("email-changed", Some(name), args!(to = to.clone())),
        Message::Invitation {
            tenant,
            inviter,
            link,
        } => (
            "invitation",
            None,
            args!(
                tenant = tenant.clone(),
                inviter = inviter.clone(),
                link = link.clone()
            ),
        ),
        Message::BadgeEarned {
            name,
            badge,
            tenant,
            link,
        } => (
            "badge-earned",
            Some(name),
            args!(
                badge = badge.clone(),
                tenant = tenant.clone(),
                link = link.clone()
            ),
        ),
        Message::BadgeRevoked {
            name,
            badge,
            tenant,
            reason,
            link,
        } => (
            "badge-revoked",
            Some(name),
            about_badge(badge, tenant, reason, link),
        ),
        Message::BadgeSuspended {
            name,
            badge,
            tenant,
            reason,
            link,
        } => (
            "badge-suspended",
            Some(name),
            about_badge(badge, tenant, reason, link),
        ),
        Message::BadgeReinstated {
            name,
            badge,
            tenant,
            reason,
            link,
        } => (
            "badge-reinstated",
            Some(name),
            about_badge(badge, tenant, reason, link),
        ),
        Message::AttemptMarked {
            name,
            assessment,
            link,
        } => ("attempt-marked", Some(name), about_result(assessment, link)),
        Message::ResultChanged {
            name,
            assessment,
            link,
        } => ("result-changed", Some(name), about_result(assessment, link)),
        Message::LateAnswerDecided {
            name,
            assessment,
            link,
        } => ("late-answer-decided", Some(name), about_result(assessment, link)),
        Message::AppealAnswered {
            name,
            assessment,
            link,
        } => ("appeal-answered", Some(name), about_result(assessment, link)),
    }
}

/// What a mail says about a result.
fn about_result(assessment: &str, link: &str) -> Args {
    args!(assessment = assessment.to_owned(), link = link.to_owned())
}

/// What a mail says about something that was done with a badge.
fn about_badge(badge: &str, tenant: &str, reason: &str, link: &str) -> Args {
    args!(
        badge = badge.to_owned(),
        tenant = tenant.to_owned(),
        reason = reason.to_owned(),
        link = link.to_owned()
    )
}

/// What a title holds must not begin another header.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://cairn.example/somewhere?token=abc";

    fn every_message() -> Vec<Message> {
        let text = |text: &str| text.to_owned();
        vec![
            Message::VerifyEmail { link: text(LINK) },
            Message::AlreadySignedUp {
                name: text("Ines Fallow"),
                link: text(LINK),
            },
            Message::ResetPassword {
                name: text("Ines Fallow"),
                link: text(LINK),
            },
            Message::PasswordChanged {
                name: text("Ines Fallow"),
            },
            Message::EmailChanged {
                name: text("Ines Fallow"),
                to: text("ines@fallow.example"),
            },
            Message::Invitation {
                tenant: text("Ridgeway College"),
                inviter: text("Odo Marsh"),
                link: text(LINK),
            },
            Message::BadgeEarned {
                name: text("Ines Fallow"),
                badge: text("River reader"),
                tenant: text("Ridgeway College"),
                link: text(LINK),
            },
            Message::BadgeRevoked {
                name: text("Ines Fallow"),
                badge: text("River reader"),
                tenant: text("Ridgeway College"),
                reason: text("Issued twice"),
                link: text(LINK),
            },
            Message::BadgeSuspended {
                name: text("Ines Fallow"),
                badge: text("River reader"),
                tenant: text("Ridgeway College"),
                reason: text("Being looked into"),
                link: text(LINK),
            },
            Message::BadgeReinstated {
                name: text("Ines Fallow"),
                badge: text("River reader"),
                tenant: text("Ridgeway College"),
                reason: text("All is well"),
                link: text(LINK),
            },
            Message::AttemptMarked {
                name: text("Ines Fallow"),
                assessment: text("Reading a river"),
                link: text(LINK),
            },
            Message::ResultChanged {
                name: text("Ines Fallow"),
                assessment: text("Reading a river"),
                link: text(LINK),
            },
            Message::LateAnswerDecided {
                name: text("Ines Fallow"),
                assessment: text("Reading a river"),
                link: text(LINK),
            },
            Message::AppealAnswered {
                name: text("Ines Fallow"),
                assessment: text("Reading a river"),
                link: text(LINK),
            },
        ]
    }

    fn composed(message: Message) -> Composed {
        compose(&Mail {
            to: "ines@fallow.example".to_owned(),
            locale: None,
            message,
        })
    }

    #[test]
    fn every_message_has_its_words_and_says_everything_it_knows() {
        for message in every_message() {
            let known = serde_json::to_value(&message).unwrap();
            let mail = composed(message);
            let whole = format!("{}\n{}", mail.subject, mail.text);
            assert!(!whole.contains("mail-"), "a text is missing: {whole}");
            assert!(!whole.contains('{'), "a value is missing: {whole}");
            for (name, value) in known.as_object().unwrap() {
                let value = value.as_str().unwrap();
                assert!(
                    name == "kind" || whole.contains(value),
                    "{name} is not said: {whole}"
                );
            }
        }
    }

    #[test]
    fn a_link_stands_on_a_line_of_its_own() {
        for message in every_message() {
            let text = composed(message).text;
            assert!(
                text.lines().all(|line| !line.contains(LINK) || line == LINK),
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_with_line_breaks_leaves_the_subject_one_line() {
        let mail = composed(Message::Invitation {
            tenant: "Ridgeway\r\nBcc: everyone@else.example".to_owned(),
            inviter: "Odo Marsh".to_owned(),
            link: LINK.to_owned(),
        });
        assert_eq!(mail.subject.lines().count(), 1);
    }
}
