//! The link that confirms an address, sent once more.

use std::{sync::Arc, time::Duration};

use domain::identity::EmailAddress;
use entity::identity::person;
use sea_orm::DatabaseTransaction;
use sha2::{Digest, Sha256};

use super::{
    sign_up::{by_address, send_verification},
    token::{self, Purpose},
};
use crate::{
    Error, Installation, Result,
    db::Scope,
    job::{self, Job},
};

/// A link is sent again only after this time.
pub(super) const LINK_PAUSE: Duration = Duration::from_mins(5);

/// Somebody's link never came. Whether that address has an account that needs
/// one is found out by a job, after the answer: so the answer, and the time it
/// takes, cannot tell. `back` is the path they want to go to in the end.
pub async fn verify_again(installation: &Arc<Installation>, email: &str, back: Option<&str>) -> Result<()> {
    let email = EmailAddress::parse(email).map_err(|problem| Error::field("email", problem.to_string()))?;
    let address = Sha256::digest(email.key());
    let back = back.map(str::to_owned);
    let tx = installation.db.write(Scope::System).await?;
    job::once(
        &tx,
        installation,
        &Job::MailVerification { email, back },
        installation.now(),
        format!("verify:{}", token::encode(&address)),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The job that [`verify_again`] leaves.
pub(crate) async fn mail_verification(
    installation: &Arc<Installation>,
    email: &EmailAddress,
    back: Option<&str>,
) -> Result<()> {
    let tx = installation.db.write(Scope::System).await?;
    let Some(person) = by_address(&tx, email).await? else {
        return Ok(());
    };
    if person.email_verified_at.is_none() {
        remind(&tx, installation, &person, back).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Sends `person` the link again, unless one went out a moment ago.
pub(super) async fn remind(
    tx: &DatabaseTransaction,
    installation: &Installation,
    person: &person::Model,
    back: Option<&str>,
) -> Result<()> {
    let sent = token::issued_at(tx, person.id, Purpose::VerifyEmail).await?;
    if sent.is_none_or(|at| installation.now().since(at) >= LINK_PAUSE) {
        send_verification(tx, installation, person, back).await?;
    }
    Ok(())
}
