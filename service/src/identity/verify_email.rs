use std::sync::Arc;

use domain::identity::EmailAddress;
use entity::identity::{person, person_token};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::{
    register::is_address_taken,
    sign_up::send,
    token::{self, Purpose},
};
use crate::{Error, Installation, Result, db::Scope, mail::Message};

/// What a link showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// The new account's address is theirs; they can sign in.
    Account,
    /// The account's address is now the new one.
    NewAddress,
}

/// Uses the link that a new account or a new address was sent. One that was
/// used or has expired is refused as `link-expired`; one for an address that
/// another account took in the meantime as `email-taken`.
pub async fn verify_email(installation: &Arc<Installation>, token: &str) -> Result<Verified> {
    let tx = installation.db.write(Scope::System).await?;
    let purposes = [Purpose::VerifyEmail, Purpose::ChangeEmail];
    let link = token::look_up(&tx, installation, token, &purposes).await?;
    token::use_up(&tx, &link).await?;
    let verified = if Purpose::ChangeEmail.is_of(&link) {
        change(&tx, installation, &link).await?;
        Verified::NewAddress
    } else {
        let shown = person::ActiveModel {
            email_verified_at: Set(Some(installation.now())),
            ..Default::default()
        };
        person::Entity::update_many()
            .set(shown)
            .filter(person::Column::Id.eq(link.person_id))
            .exec(&tx)
            .await?;
        Verified::Account
    };
    tx.commit().await?;
    Ok(verified)
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
