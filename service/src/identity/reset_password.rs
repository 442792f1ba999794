use std::sync::Arc;

use domain::identity::{DisplayName, EmailAddress, Password};
use entity::identity::person;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

use super::{
    attempts::Guess,
    password_hash, sessions,
    sign_up::{by_address, send},
    token::{self, Purpose},
    verify_again::LINK_PAUSE,
};
use crate::{
    Error, Installation, Result,
    db::Scope,
    job::{self, Job},
    mail::Message,
};

/// Somebody says they forgot the password of that address's account. Whether
/// there is one is found out by a job, after the answer: so the answer, and the
/// time it takes, cannot tell.
pub async fn forgot_password(installation: &Arc<Installation>, email: &str) -> Result<()> {
    let email = EmailAddress::parse(email).map_err(|problem| Error::field("email", problem.to_string()))?;
    let address = Sha256::digest(email.key());
    let tx = installation.db.write(Scope::System).await?;
    job::once(
        &tx,
        installation,
        &Job::MailResetLink { email },
        installation.now(),
        format!("reset:{}", token::encode(&address)),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The job that [`forgot_password`] leaves: mails a link if that address has an
/// account, and none went out a moment ago.
pub(crate) async fn mail_reset_link(installation: &Arc<Installation>, email: &EmailAddress) -> Result<()> {
    let tx = installation.db.write(Scope::System).await?;
    let Some(person) = by_address(&tx, email).await? else {
        return Ok(());
    };
    let sent = token::issued_at(&tx, person.id, Purpose::ResetPassword).await?;
    if sent.is_some_and(|at| installation.now().since(at) < LINK_PAUSE) {
        return Ok(());
    }
    let token = token::issue(&tx, installation, person.id, Purpose::ResetPassword, None).await?;
    let message = Message::ResetPassword {
        name: person.display_name.clone(),
        link: installation.address(&format!("/reset-password?token={token}")),
    };
    send(&tx, installation, &person, message).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives the account that a link was sent for another password. The link shows
/// that the address is theirs; all sessions and other links end, because
/// somebody else may hold them. A link that was used or has expired is refused
/// as `link-expired`.
pub async fn reset_password(installation: &Arc<Installation>, token: &str, password: &str) -> Result<()> {
    let person = {
        let tx = installation.db.read(Scope::System).await?;
        let link = token::look_up(&tx, installation, token, &[Purpose::ResetPassword]).await?;
        person::Entity::find_by_id(link.person_id)
            .one(&tx)
            .await?
            .ok_or(Error::Refused("link-expired"))?
    };
    let password = choose(&person, "password", password)?;
    let hash = password_hash::hash(installation, password).await?;

    let tx = installation.db.write(Scope::System).await?;
    let link = token::look_up(&tx, installation, token, &[Purpose::ResetPassword]).await?;
    token::use_up(&tx, &link).await?;
    token::end_all(&tx, person.id).await?;
    sessions::end_all(&tx, person.id, None).await?;
    if let Ok(email) = EmailAddress::parse(&person.email) {
        Guess::password(&email).forget(&tx).await?;
    }
    let changed = person::ActiveModel {
        password_hash: Set(hash),
        email_verified_at: Set(person.email_verified_at.or(Some(installation.now()))),
        ..Default::default()
    };
    person::Entity::update_many()
        .set(changed)
        .filter(person::Column::Id.eq(person.id))
        .exec(&tx)
        .await?;
    let message = Message::PasswordChanged {
        name: person.display_name.clone(),
    };
    send(&tx, installation, &person, message).await?;
    tx.commit().await?;
    Ok(())
}

/// A new password for `person`, or what is wrong with it, at `field`.
pub(super) fn choose(person: &person::Model, field: &str, password: &str) -> Result<Password> {
    let wrong = |code: String| Error::field(field, code);
    let email = EmailAddress::parse(&person.email).map_err(|problem| wrong(problem.to_string()))?;
    let name = DisplayName::parse(&person.display_name).map_err(|problem| wrong(problem.to_string()))?;
    Password::choose(password, &email, &name).map_err(|problem| wrong(problem.to_string()))
}
