//! Answers that are still in the browser when the attempt has ended.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::GAP;

/// What became of an answer.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only the browser has any")
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A person decides.
    Kept,
    Counts,
    Decided,
    Refused,
    /// It could not be sent yet.
    Offline,
    SignedOut,
}

/// Sends what was answered and has not reached the server, and says what became of it.
/// Each text has a gap for the question's number.
#[island]
pub fn LateAnswers(
    /// The tenant's part of the address.
    tenant: String,
    /// The attempt's id.
    attempt: String,
    /// What is said of an answer on which a person decides.
    kept: String,
    /// What is said of one that is going to count.
    counts: String,
    /// What is said of one that was decided on.
    decided: String,
    /// What is said of one that is not kept.
    refused: String,
    /// What is said when the server cannot be reached.
    offline: String,
    /// What is said when nobody is signed in any more.
    signed_out: String,
) -> impl IntoView {
    let outcomes = RwSignal::new(BTreeMap::<u32, Outcome>::new());
    #[cfg(feature = "hydrate")]
    // Once the words stand in the page: what is set before, they do not show.
    Effect::new(move |_| sender::begin(tenant.clone(), attempt.clone(), outcomes));
    #[cfg(not(feature = "hydrate"))]
    let _ = (tenant, attempt);
    let said = move || {
        let all = outcomes.get().into_iter().map(|(position, outcome)| {
            let words = match outcome {
                Outcome::Kept => &kept,
                Outcome::Counts => &counts,
                Outcome::Decided => &decided,
                Outcome::Refused => &refused,
                Outcome::Offline => &offline,
                Outcome::SignedOut => &signed_out,
            };
            let words = words.replacen(GAP, &(position + 1).to_string(), 1);
            view! { <p>{words}</p> }
        });
        all.collect_view()
    };
    let class = move || {
        if outcomes.with(BTreeMap::is_empty) {
            "sr"
        } else {
            "notice info"
        }
    };
    view! { <div class=class role="status">{said}</div> }
}

#[cfg(feature = "hydrate")]
mod sender {
    use std::{collections::BTreeMap, time::Duration};

    use leptos::{prelude::*, task::spawn_local};

    use super::{
        super::{
            kept::Kept,
            save_answer::{Reply, save_answer},
        },
        Outcome,
    };
    use crate::islands::{CallError, listen::listen};

    /// Try again so long after a failure.
    const AGAIN: Duration = Duration::from_secs(5);

    pub(super) fn begin(tenant: String, attempt: String, outcomes: RwSignal<BTreeMap<u32, Outcome>>) {
        let sender = Sender {
            unsent: Kept::unsent(&attempt),
            tenant,
            attempt,
            outcomes,
        };
        if !sender.unsent.positions().is_empty() {
            sender.send_all();
            listen(&window(), "online", move |_| sender.send_all());
        }
    }

    #[derive(Debug, Clone)]
    struct Sender {
        tenant: String,
        attempt: String,
        unsent: Kept,
        outcomes: RwSignal<BTreeMap<u32, Outcome>>,
    }

    impl Sender {
        /// Sent twice, an answer is one.
        fn send_all(&self) {
            let sender = self.clone();
            spawn_local(async move {
                for position in sender.unsent.positions() {
                    sender.send(position).await;
                }
                let waits = sender
                    .outcomes
                    .with_untracked(|all| all.values().any(|outcome| *outcome == Outcome::Offline));
                if waits {
                    set_timeout(move || sender.send_all(), AGAIN);
                }
            });
        }

        async fn send(&self, position: u32) {
            let Some((sequence, typed)) = self.unsent.get(position) else {
                return;
            };
            let ago = self.unsent.given_ago(position, &typed);
            let (tenant, attempt) = (self.tenant.clone(), self.attempt.clone());
            let outcome = match save_answer(tenant, attempt, position, sequence, typed, ago).await {
                Ok(Reply::Kept) => None,
                Ok(Reply::LateKept) => Some(Outcome::Kept),
                Ok(Reply::LateCounts) => Some(Outcome::Counts),
                Ok(Reply::LateDecided) => Some(Outcome::Decided),
                Ok(_) | Err(CallError::Refused | CallError::NotFound) => Some(Outcome::Refused),
                Err(CallError::SignedOut) => Some(Outcome::SignedOut),
                Err(_) => Some(Outcome::Offline),
            };
            if !matches!(outcome, Some(Outcome::SignedOut | Outcome::Offline)) {
                self.unsent.remove(position);
            }
            self.outcomes.update(|all| {
                match outcome {
                    Some(outcome) => all.insert(position, outcome),
                    None => all.remove(&position),
                };
            });
        }
    }
}
