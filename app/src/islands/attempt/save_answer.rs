//! The server's side of saving in the background.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::islands::CallError;

/// What became of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// It is kept.
    Kept,
    /// A newer one is kept.
    Overtaken,
    /// What was typed is no answer yet.
    Unfinished,
    /// No answers are taken any more.
    Closed,
}

/// Keeps an answer. `fields` is the question's part of the form, encoded as
/// forms are; `sequence` is higher than that of any save the page knew.
#[server(endpoint = "save-answer")]
pub async fn save_answer(
    tenant: String,
    attempt: String,
    position: u32,
    sequence: u64,
    fields: String,
) -> Result<Reply, CallError> {
    use service::{
        Error,
        assessment::attempt::{Saving, save},
        tenancy::enter,
    };

    use crate::visit::Visit;

    /// No question has more to say.
    const LONGEST: usize = 400_000;

    let visit = use_context::<Visit>().ok_or(CallError::NotFound)?;
    let person = visit.person.as_ref().ok_or(CallError::SignedOut)?.id;
    let attempt = attempt.parse().map_err(|_| CallError::NotFound)?;
    if fields.len() > LONGEST {
        return Ok(Reply::Unfinished);
    }
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(fields.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let (_, ctx) = enter(visit.installation(), &tenant, Some(person)).await?;
    let position = usize::try_from(position).unwrap_or(usize::MAX);
    match save(&ctx, attempt, position, &fields, Saving::InBackground(sequence)).await {
        Ok(saved) if saved.is_kept => Ok(Reply::Kept),
        Ok(_) => Ok(Reply::Overtaken),
        Err(Error::Invalid(_)) => Ok(Reply::Unfinished),
        Err(Error::Refused(_)) => Ok(Reply::Closed),
        Err(cause) => Err(cause.into()),
    }
}
