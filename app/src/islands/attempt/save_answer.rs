//! The server's side of saving in the background.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::islands::CallError;

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// It is kept.
    Kept,
    /// Another one is kept, and no older one.
    Overtaken {
        /// That one's number.
        sequence: u64,
        /// That one's fields, encoded as forms are.
        fields: String,
    },
    /// What was typed is no answer yet.
    Unfinished,
    /// No answers are taken as long as the clock stands still.
    OnBreak,
    /// The question was left, and there is no way back to it.
    Left,
    /// No answers are taken any more.
    Closed,
    /// The time was up when it came. It is kept beside what was handed in, and a person
    /// decides.
    LateKept,
    /// The same, and it is going to count.
    LateCounts,
    /// The same, and it was decided on.
    LateDecided,
    /// The time was up when it came, and it is not kept.
    LateRefused,
}

/// Keeps an answer. `fields` is the question's part of the form, encoded as
/// forms are; `sequence` is higher than that of any save the page knew; `given_ago` is
/// how long ago it was given, in milliseconds, by what the browser says.
#[server(endpoint = "save-answer")]
pub async fn save_answer(
    tenant: String,
    attempt: String,
    position: u32,
    sequence: u64,
    fields: String,
    #[server(default)] given_ago: Option<u64>,
) -> Result<Reply, CallError> {
    use std::time::Duration;

    use service::{Error, assessment::late::Coming, tenancy::enter};

    use crate::visit::Visit;

    /// The longest essay that is taken has 50,000 characters, and a form makes up to
    /// twelve bytes of each (`%F0%9F%AA%A8`); the rest is for the names of fields.
    const LONGEST: usize = 50_000 * 12 + 10_000;

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
    match keep(&ctx, attempt, position, &fields, sequence).await {
        Ok(reply) => Ok(reply),
        Err(Error::Invalid(_)) => Ok(Reply::Unfinished),
        Err(Error::Refused("attempt-on-break")) => Ok(Reply::OnBreak),
        Err(Error::Refused("attempt-left-behind")) => Ok(Reply::Left),
        Err(Error::Refused("attempt-submitted" | "attempt-time-up")) => {
            let coming = Coming {
                position,
                fields,
                sequence,
                given_ago: given_ago.map(Duration::from_millis),
            };
            came_late(&ctx, attempt, coming).await
        }
        Err(Error::Refused(_)) => Ok(Reply::Closed),
        Err(cause) => Err(cause.into()),
    }
}

/// Hands on an answer that came when the time was up.
#[cfg(feature = "ssr")]
async fn came_late(
    ctx: &service::Ctx,
    id: domain::id::AttemptId,
    coming: service::assessment::late::Coming,
) -> Result<Reply, CallError> {
    use service::{
        Error,
        assessment::late::{Came, come},
    };

    match come(ctx, id, coming).await {
        Ok(Came::HandedIn) => Ok(Reply::Kept),
        Ok(Came::Kept) => Ok(Reply::LateKept),
        Ok(Came::Counts) => Ok(Reply::LateCounts),
        Ok(Came::Decided) => Ok(Reply::LateDecided),
        Err(Error::Refused("attempt-submitted")) => Ok(Reply::Closed),
        Err(Error::Invalid(_) | Error::Refused(_)) => Ok(Reply::LateRefused),
        Err(cause) => Err(cause.into()),
    }
}

/// Keeps an answer, unless another is kept that is no older.
#[cfg(feature = "ssr")]
async fn keep(
    ctx: &service::Ctx,
    id: domain::id::AttemptId,
    position: usize,
    fields: &[(String, String)],
    sequence: u64,
) -> service::Result<Reply> {
    use service::{
        Error,
        assessment::attempt::{Saving, Show, open, save},
    };

    let saved = save(ctx, id, position, fields, Saving::InBackground(sequence)).await?;
    if saved.is_kept {
        return Ok(Reply::Kept);
    }
    // By the number of what is kept, an answer is only compared with it: a button
    // may have sent the same.
    let compared = save(ctx, id, position, fields, Saving::InBackground(saved.sequence)).await?;
    if compared.is_kept {
        return Ok(Reply::Kept);
    }
    let sheet = open(ctx, id, Show::One(position)).await?;
    let mut questions = sheet.questions.into_iter();
    let stored = questions.find(|question| question.position == position);
    let stored = stored.ok_or(Error::NotFound)?;
    let fields = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&stored.fields)
        .finish();
    Ok(Reply::Overtaken {
        sequence: stored.sequence,
        fields,
    })
}
