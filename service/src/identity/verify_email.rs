use std::sync::Arc;

use domain::{id::PersonId, identity::EmailAddress};
use entity::identity::{person, person_token};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::{
    change_password::confirm,
    register::is_address_taken,
    sign_up::send,
    token::{self, Purpose},
};
use crate::{Error, Installation, PersonCtx, Result, db::Scope, mail::Message};

/// What a link showed, and whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// The new account's address is theirs.
    Account(PersonId),
    /// The account's address is now the new one.
    NewAddress(PersonId),
}

/// Uses the link that a new account or a new address was sent, by whoever also
/// has the account's password: somebody else may have made the account, or asked
/// for the change, with an address that is not theirs, and would otherwise have
/// its holder confirm it for them. Tries are counted like sign-ins.
///
/// A link that was used or has expired is refused as `link-expired`; one for an
/// address that another account took in the meantime as `email-taken`.
pub async fn verify_email(installation: &Arc<Installation>, token: &str, password: &str) -> Result<Verified> {
    let person = {
        let tx = installation.db.read(Scope::System).await?;
        look_up(&tx, installation, token).await?.person_id
    };
    confirm(
        &PersonCtx::new(Arc::clone(installation), person),
        "password",
        password,
    )
    .await?;
    let tx = installation.db.write(Scope::System).await?;
    let link = look_up(&tx, installation, token).await?;
    token::use_up(&tx, &link).await?;
    let verified = if Purpose::ChangeEmail.is_of(&link) {
        change(&tx, installation, &link).await?;
        Verified::NewAddress(person)
    } else {
        let shown = person::ActiveModel {
            email_verified_at: Set(Some(installation.now())),
            ..Default::default()
        };
        person::Entity::update_many()
            .set(shown)
            .filter(person::Column::Id.eq(person))
            .exec(&tx)
            .await?;
        Verified::Account(person)
    };
    tx.commit().await?;
    Ok(verified)
}

async fn look_up(
    tx: &DatabaseTransaction,
    installation: &Installation,
    token: &str,
) -> Result<person_token::Model> {
    let purposes = [Purpose::VerifyEmail, Purpose::ChangeEmail];
    token::look_up(tx, installation, token, &purposes).await
}

async fn change(
    tx: &DatabaseTransaction,
    installation: &Installation,
    link: &person_token::Model,
) -> Result<()> {
    let expired = Error::Refused("link-expired");
    let Some(email) = link
        .email
        .as_deref()
        .and_then(|text| EmailAddress::parse(text).ok())
    else {
        return Err(expired);
    };
    let person = person::Entity::find_by_id(link.person_id)
        .one(tx)
        .await?
        .ok_or(expired)?;
    let changed = person::ActiveModel {
        email: Set(email.to_string()),
        email_key: Set(email.key()),
        email_verified_at: Set(Some(installation.now())),
        ..Default::default()
    };
    person::Entity::update_many()
        .set(changed)
        .filter(person::Column::Id.eq(person.id))
        .exec(tx)
        .await
        .map_err(|cause| {
            let error = Error::from(cause);
            if is_address_taken(&error) {
                Error::Refused("email-taken")
            } else {
                error
            }
        })?;
    // Links that went to the old address are no longer theirs to use.
    token::end_all(tx, person.id).await?;
    let message = Message::EmailChanged {
        name: person.display_name.clone(),
        to: email.to_string(),
    };
    send(tx, installation, &person, message).await
}
