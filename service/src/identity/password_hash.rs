//! Passwords, hashed with argon2id off the async threads.

use std::{sync::LazyLock, thread::available_parallelism};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{Error as HashError, PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::identity::Password;
use tokio::sync::Semaphore;

use crate::{Error, Installation, Result, aside::aside};

/// Kibibytes, passes and lanes: the OWASP Password Storage Cheat Sheet's first
/// choice for argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Each hash takes a processor for a while and 19 MiB; more at once than there
/// are processors would only hold the memory while they wait.
static PLACES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(2, usize::from)));

/// What to store of `password`: a PHC string with a salt of its own.
pub(super) async fn hash(installation: &Installation, password: Password) -> Result<String> {
    let salt: [u8; 16] = installation.chance.bytes();
    off_the_async_threads(move || {
        argon2id()?
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
    })
    .await
}

/// Is `password` the one that was `stored`? With nothing stored it is not, and
/// finding that out takes as long.
pub(super) async fn matches(password: Password, stored: Option<String>) -> Result<bool> {
    off_the_async_threads(move || {
        let Some(stored) = stored else {
            argon2id()?.hash_password_with_salt(password.as_bytes(), &[0; 16])?;
            return Ok(false);
        };
        match argon2id()?.verify_password(password.as_bytes(), &PasswordHash::new(&stored)?) {
            Ok(()) => Ok(true),
            Err(HashError::PasswordInvalid) => Ok(false),
            Err(cause) => Err(cause),
        }
    })
    .await
}

fn argon2id() -> Result<Argon2<'static>, HashError> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn off_the_async_threads<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
) -> Result<T> {
    aside(&PLACES, "password hash", work)
        .await?
        .map_err(|cause| Error::Outside(format!("password hash: {cause}")))
}
