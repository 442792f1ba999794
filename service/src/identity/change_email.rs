use std::time::Duration;

use domain::identity::EmailAddress;

use super::{
    change_password::confirm,
    sign_up::{by_address, tell_of_account},
    token::{self, Purpose},
};
use crate::{
    Error, PersonCtx, Result,
    job::{self, Job},
    mail::{Mail, Message},
};

/// The time between two mails to addresses that are only said to be one's own.
const PAUSE: Duration = Duration::from_mins(1);

/// Asks for another address for the account; the current password is needed.
/// A link goes to the new address, and [`super::verify_email()`] makes the change.
/// An address that has an account gets a mail that says so, and the answer here
/// is the same.
pub async fn change_email(ctx: &PersonCtx, email: &str, password: &str) -> Result<()> {
    let email = EmailAddress::parse(email).map_err(|problem| Error::field("email", problem.to_string()))?;
    let person = confirm(ctx, "current-password", password).await?;
    if person.email == email.as_str() {
        return Err(Error::field("email", "email-same"));
    }
    let installation = ctx.installation();
    let tx = ctx.write().await?;
    if let Some(sent) = token::issued_at(&tx, person.id, Purpose::ChangeEmail).await? {
        let since = installation.now().since(sent);
        if since < PAUSE {
            return Err(Error::TooMany(PAUSE.saturating_sub(since)));
        }
    }
    // Made even if it goes nowhere: the next try must not tell which it was.
    let token = token::issue(&tx, installation, person.id, Purpose::ChangeEmail, Some(&email)).await?;
    match by_address(&tx, &email).await? {
        Some(other) if other.id != person.id => tell_of_account(&tx, installation, &other, None).await?,
        _ => {
            let mail = Mail {
                to: email.to_string(),
                locale: person.locale.clone(),
                message: Message::VerifyEmail {
                    link: installation.address(&format!("/verify-email?token={token}")),
                },
            };
            job::now(&tx, installation, &Job::SendMail(mail)).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
