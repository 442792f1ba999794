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

/// Asks for another address for the account; the current password is needed.
/// A link goes to the new address, and [`super::verify_email`] makes the change.
/// An address that has an account gets a mail that says so, and the answer here
/// is the same.
pub async fn change_email(ctx: &PersonCtx, email: &str, password: &str) -> Result<()> {
    let email = EmailAddress::parse(email).map_err(|problem| Error::field("email", problem.to_string()))?;
    let person = confirm(ctx, "current", password).await?;
    if person.email == email.as_str() {
        return Err(Error::field("email", "email-same"));
    }
    let installation = ctx.installation();
    let tx = ctx.write().await?;
    match by_address(&tx, &email).await? {
        Some(other) if other.id != person.id => tell_of_account(&tx, installation, &other, None).await?,
        _ => {
            let token =
                token::issue(&tx, installation, person.id, Purpose::ChangeEmail, Some(&email)).await?;
            let mail = Mail {
                to: email.to_string(),
                locale: person.locale.clone(),
                message: Message::VerifyEmail {
                    name: person.display_name.clone(),
                    link: installation.address(&format!("/verify-email?token={token}")),
                },
            };
            job::now(&tx, installation, &Job::SendMail(mail)).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
