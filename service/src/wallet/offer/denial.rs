//! Why a wallet gets nothing. Software reads it, and no person.

use sea_orm::DbErr;

use crate::Error;

/// What stands against a wallet's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    /// The code is none, was taken, is past its time, or wrong transaction codes were
    /// given with it too often.
    Code,
    /// The transaction code is wrong.
    Pin,
    /// The transaction code is missing.
    PinMissing,
    /// There is a transaction code, and none was asked for.
    NoPin,
    /// The token is none, or past its time.
    Token,
    /// There is no proof, or there are too many.
    Proofs,
    /// A proof does not hold for here and now, or two are of one key.
    Proof,
    /// A proof's nonce is none of ours, or past its time: a new one helps.
    Nonce,
    /// It is the name of nothing that was given.
    Notification,
    /// The badge does not count any more.
    NotInForce,
}

/// A wallet gets nothing.
#[derive(Debug)]
pub enum WalletError {
    /// It is not to.
    Denied(Denial),
    /// It could not be done.
    Failed(Error),
}

impl From<Denial> for WalletError {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

impl From<Error> for WalletError {
    fn from(cause: Error) -> Self {
        Self::Failed(cause)
    }
}

impl From<DbErr> for WalletError {
    fn from(cause: DbErr) -> Self {
        Self::Failed(cause.into())
    }
}

impl From<serde_json::Error> for WalletError {
    fn from(cause: serde_json::Error) -> Self {
        Self::Failed(cause.into())
    }
}
