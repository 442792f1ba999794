//! Secrets in links that are sent by mail. Only their SHA-256 is stored.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Timestamp, id::PersonId, identity::EmailAddress};
use entity::identity::person_token::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use sha2::{Digest, Sha256};

use crate::{Error, Installation, Result};

/// A fresh secret: 256 bits of chance.
pub(crate) fn fresh(installation: &Installation) -> [u8; 32] {
    installation.chance.bytes()
}

/// What is stored of a secret.
pub(crate) fn hash(secret: &[u8]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// How bytes stand in a link.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of a link, if they are `N`.
pub(crate) fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    // Bounded before it is looked at.
    if text.len() > N.div_ceil(3) * 4 {
        return None;
    }
    decode_any(text)?.try_into().ok()
}

/// What [`encode`] wrote.
pub(crate) fn decode_any(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// What a person's link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To show that the account's address is theirs.
    VerifyEmail,
    /// To show that a new address is theirs, which then becomes the account's.
    ChangeEmail,
    /// To choose another password.
    ResetPassword,
    /// For nothing: it remembers that the account's holder was told that they
    /// have one, so that nobody can have them told every minute.
    AlreadySignedUp,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify-email",
            Self::ChangeEmail => "change-email",
            Self::ResetPassword => "reset-password",
            Self::AlreadySignedUp => "already-signed-up",
        }
    }

    /// Is `link` for this?
    pub(super) fn is_of(self, link: &Model) -> bool {
        link.purpose == self.as_str()
    }

    fn lasts(self) -> Duration {
        match self {
            Self::VerifyEmail | Self::ChangeEmail => Duration::from_hours(24),
            Self::ResetPassword | Self::AlreadySignedUp => Duration::from_hours(1),
        }
    }
}

/// Makes a link's token for `person`. Earlier ones for the same purpose end.
pub(super) async fn issue(
    tx: &DatabaseTransaction,
    installation: &Installation,
    person: PersonId,
    purpose: Purpose,
    email: Option<&EmailAddress>,
) -> Result<String> {
    Entity::delete_many()
        .filter(Column::PersonId.eq(person))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .exec(tx)
        .await?;
    let secret = fresh(installation);
    let row = Model {
        token_hash: hash(&secret),
        person_id: person,
        purpose: purpose.as_str().to_owned(),
        email: email.map(ToString::to_string),
        expires_at: installation.now().after(purpose.lasts()),
    };
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(encode(&secret))
}

/// When the person's latest link for `purpose` that still works was made.
pub(super) async fn issued_at(
    tx: &DatabaseTransaction,
    person: PersonId,
    purpose: Purpose,
) -> Result<Option<Timestamp>> {
    let row = Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .one(tx)
        .await?;
    Ok(row.map(|row| row.expires_at.before(purpose.lasts())))
}

/// What a link is good for: the person, and the new address if it is about one.
/// A link that was used, has expired or never was is refused, all alike.
pub(super) async fn look_up(
    tx: &DatabaseTransaction,
    installation: &Installation,
    token: &str,
    purposes: &[Purpose],
) -> Result<Model> {
    let secret: [u8; 32] = decode(token).ok_or(Error::Refused("link-expired"))?;
    Entity::find_by_id(hash(&secret))
        .filter(Column::Purpose.is_in(purposes.iter().map(|purpose| purpose.as_str())))
        .filter(Column::ExpiresAt.gt(installation.now()))
        .one(tx)
        .await?
        .ok_or(Error::Refused("link-expired"))
}

/// Uses a link up; refused if somebody else was first.
pub(super) async fn use_up(tx: &DatabaseTransaction, link: &Model) -> Result<()> {
    let gone = Entity::delete_by_id(link.token_hash.clone()).exec(tx).await?;
    if gone.rows_affected == 0 {
        return Err(Error::Refused("link-expired"));
    }
    Ok(())
}

/// Ends all links of `person`.
pub(super) async fn end_all(tx: &DatabaseTransaction, person: PersonId) -> Result<()> {
    Entity::delete_many()
        .filter(Column::PersonId.eq(person))
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes links that have expired.
pub(super) async fn sweep(tx: &DatabaseTransaction, now: Timestamp) -> Result<()> {
    Entity::delete_many()
        .filter(Column::ExpiresAt.lte(now))
        .exec(tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_reads_back_and_nothing_else_does() {
        let secret = [9; 32];
        assert_eq!(decode(&encode(&secret)), Some(secret));
        assert_eq!(decode::<32>(&encode(&[9; 31])), None);
        assert_eq!(decode::<32>("not base64!"), None);
        assert_eq!(decode::<32>(&"A".repeat(1_000_000)), None);
    }
}
