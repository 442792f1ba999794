//! Ids and names in addresses.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use domain::id::AnswerFileId;
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

/// A file that was sent as an answer, and what it belongs to: the `{…}`s of a path
/// that ends in `{…}/files/{file}/{name}`. The name is for people only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SentInPath<T>(pub(crate) T, pub(crate) AnswerFileId);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for SentInPath<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| Error::NotFound)?;
        let values: Vec<&str> = params.iter().map(|(_, value)| value).collect();
        let [.., of, file, _] = values.as_slice() else {
            return Err(Failure(Error::NotFound));
        };
        let found = of.parse().ok().zip(file.parse().ok());
        let (of, file) = found.ok_or(Error::NotFound)?;
        Ok(Self(of, file))
    }
}

/// A name as it stands in an address, between two slashes: addresses come here
/// decoded, and whatever is sent on in one is encoded anew.
pub(crate) fn segment(name: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    // In a form a plus is a space, in a path it is a plus.
    encoded.replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_an_address_stays_between_its_slashes() {
        for (name, address) in [
            ("rivers", "rivers"),
            ("numbers-for-work", "numbers-for-work"),
            ("a b+c", "a%20b%2Bc"),
            ("../x?y#z", "..%2Fx%3Fy%23z"),
            ("fl\u{fc}sse", "fl%C3%BCsse"),
            ("a\r\nSet-Cookie: x", "a%0D%0ASet-Cookie%3A%20x"),
        ] {
            assert_eq!(segment(name), address);
        }
    }
}
