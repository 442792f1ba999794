use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why a call from an island did not succeed. The page underneath still works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallError {
    /// Nobody is signed in any more.
    SignedOut,
    /// There is no such thing, or not for this person.
    NotFound,
    /// It can't be done as it is now; the form on the page says why.
    Refused,
    /// What was sent cannot be read.
    Unreadable,
    /// Something failed on the way or on the server.
    Failed,
}

impl FromServerFnError for CallError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Unreadable,
            _ => Self::Failed,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<service::Error> for CallError {
    fn from(error: service::Error) -> Self {
        use service::Error;
        match error {
            Error::NotFound => Self::NotFound,
            Error::Invalid(_) | Error::Refused(_) | Error::Stale | Error::TooMany(_) => Self::Refused,
            cause => {
                tracing::error!(%cause, "a call from an island failed");
                Self::Failed
            }
        }
    }
}
