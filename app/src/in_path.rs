//! Ids in addresses.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use service::Error;

use crate::failure::Failure;

/// What the last `{…}` of the route's path stands for. What is no `T` is not
/// found, as is an id that nothing has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InPath<T>(pub(crate) T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for InPath<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| Error::NotFound)?;
        let value = params.iter().last().and_then(|(_, value)| value.parse().ok());
        value.map(Self).ok_or(Failure(Error::NotFound))
    }
}
