use std::sync::Arc;

use domain::{
    id::PersonId,
    identity::{EmailAddress, Password},
};

use super::{attempts::Guess, password_hash, sign_up::by_address, verify_again::remind};
use crate::{Error, Installation, Result, db::Scope};

/// What came of the right address and password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// This person is who they say.
    Done(PersonId),
    /// The account's address was never shown to be theirs. A new link is on its
    /// way, and until it is used nobody comes in: otherwise one could sit in an
    /// account made with somebody else's address.
    Unverified,
}

/// Checks an address and a password. A wrong one of either gives the same
/// answer after the same time. After some wrong tries the account is locked for
/// a while: [`Error::TooMany`].
pub async fn sign_in(installation: &Arc<Installation>, email: &str, password: &str) -> Result<SignIn> {
    let wrong = || Error::field("email", "sign-in-wrong");
    let email = EmailAddress::parse(email).map_err(|_| wrong())?;
    let password = Password::typed(password).map_err(|_| wrong())?;
    Guess::password(&email).count(installation).await?;
    let known = {
        let tx = installation.db.read(Scope::System).await?;
        by_address(&tx, &email).await?
    };
    let stored = known.as_ref().map(|person| person.password_hash.clone());
    let is_right = password_hash::matches(password, stored).await?;
    let Some(person) = known.filter(|_| is_right) else {
        return Err(wrong());
    };
    let tx = installation.db.write(Scope::System).await?;
    Guess::password(&email).forget(&tx).await?;
    let outcome = if person.email_verified_at.is_some() {
        SignIn::Done(person.id)
    } else {
        remind(&tx, installation, &person, None).await?;
        SignIn::Unverified
    };
    tx.commit().await?;
    Ok(outcome)
}
