use std::{sync::Arc, time::Duration};

use domain::identity::EmailAddress;
use entity::identity::person;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use url::form_urlencoded::byte_serialize;

use super::{
    password_hash,
    register::{NewPerson, check, insert, is_address_taken},
    token::{self, Purpose},
};
use crate::{
    Installation, Result,
    db::Scope,
    job::{self, Job},
    mail::{Mail, Message},
};

/// Somebody signing up, as they typed it.
#[derive(Debug, Clone, Copy)]
pub struct SignUp<'form> {
    /// The account they ask for.
    pub person: NewPerson<'form>,
    /// The path they want to go to in the end.
    pub back: Option<&'form str>,
}

/// How often somebody is told that they have an account.
const TOLD_EVERY: Duration = Duration::from_hours(1);

/// Signs somebody up. What follows is in the mail, which is another one when
/// the address has an account: the answer here, and the time it takes, are the
/// same, so that nobody learns who has an account.
pub async fn sign_up(installation: &Arc<Installation>, form: SignUp<'_>) -> Result<()> {
    let new = form.person;
    let checked = check(&new)?;
    let hash = password_hash::hash(installation, checked.password.clone()).await?;
    let tx = installation.db.write(Scope::System).await?;
    match by_address(&tx, &checked.email).await? {
        // The same form again.
        Some(known) if known.id == new.id => return Ok(()),
        Some(known) => tell_of_account(&tx, installation, &known, form.back).await?,
        None => {
            // The form again, after a look back, with another address.
            let id = match person::Entity::find_by_id(new.id).one(&tx).await? {
                Some(_) => installation.new_id(),
                None => new.id,
            };
            let row = person::Model {
                id,
                ..checked.row(&new, hash, installation.now())
            };
            match insert(&tx, row.clone()).await {
                // Somebody was faster with this address, and has the mail.
                Err(error) if is_address_taken(&error) => return Ok(()),
                stored => stored?,
            }
            send_verification(&tx, installation, &row, form.back).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Sends the link that shows that a new account's address is theirs.
pub(super) async fn send_verification(
    tx: &DatabaseTransaction,
    installation: &Installation,
    person: &person::Model,
    back: Option<&str>,
) -> Result<()> {
    let token = token::issue(tx, installation, person.id, Purpose::VerifyEmail, None).await?;
    let link = installation.address(&with_back(&format!("/verify-email?token={token}"), back));
    send(tx, installation, person, Message::VerifyEmail { link }).await
}

/// Tells the holder of an account that somebody asked for one with their
/// address; once an hour at most.
pub(super) async fn tell_of_account(
    tx: &DatabaseTransaction,
    installation: &Installation,
    known: &person::Model,
    back: Option<&str>,
) -> Result<()> {
    let told = token::issued_at(tx, known.id, Purpose::AlreadySignedUp).await?;
    if told.is_some_and(|at| installation.now().since(at) < TOLD_EVERY) {
        return Ok(());
    }
    token::issue(tx, installation, known.id, Purpose::AlreadySignedUp, None).await?;
    let message = Message::AlreadySignedUp {
        name: known.display_name.clone(),
        link: installation.address(&with_back("/sign-in", back)),
    };
    send(tx, installation, known, message).await
}

/// Queues a mail to `person`.
pub(super) async fn send(
    tx: &DatabaseTransaction,
    installation: &Installation,
    person: &person::Model,
    message: Message,
) -> Result<()> {
    let mail = Mail {
        to: person.email.clone(),
        locale: person.locale.clone(),
        message,
    };
    job::now(tx, installation, &Job::SendMail(mail)).await
}

/// The person with that address, if there is one.
pub(super) async fn by_address(
    tx: &DatabaseTransaction,
    email: &EmailAddress,
) -> Result<Option<person::Model>> {
    Ok(person::Entity::find()
        .filter(person::Column::EmailKey.eq(email.key()))
        .one(tx)
        .await?)
}

fn with_back(path: &str, back: Option<&str>) -> String {
    let Some(back) = back else {
        return path.to_owned();
    };
    let joint = if path.contains('?') { '&' } else { '?' };
    let back: String = byte_serialize(back.as_bytes()).collect();
    format!("{path}{joint}back={back}")
}
