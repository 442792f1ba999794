//! Answers in the browser's own store, each with the number of its save: a closed
//! tab or a lost connection loses nothing.

use leptos::{prelude::window, web_sys::Storage};

/// The answers of one attempt that are kept for one reason.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// Before a question's position, in the name that its answer is kept under.
    prefix: String,
}

impl Kept {
    /// What the server does not have yet.
    pub(super) fn unsent(attempt: &str) -> Self {
        Self {
            prefix: format!("cairn.answer.{attempt}."),
        }
    }

    /// What met another answer on the server, until the learner has chosen.
    pub(super) fn aside(attempt: &str) -> Self {
        Self {
            prefix: format!("cairn.aside.{attempt}."),
        }
    }

    /// The questions of which there is one.
    pub(super) fn positions(&self) -> Vec<u32> {
        let Some(store) = store() else {
            return Vec::new();
        };
        let keys = (0..store.length().unwrap_or(0)).filter_map(|at| store.key(at).ok()?);
        keys.filter_map(|key| key.strip_prefix(&self.prefix)?.parse().ok())
            .collect()
    }

    /// A question's, with its number.
    pub(super) fn get(&self, position: u32) -> Option<(u64, String)> {
        let (sequence, typed, _) = self.read(position)?;
        Some((sequence, typed))
    }

    /// How long ago it was given that is kept of a question, in milliseconds.
    pub(super) fn given_ago(&self, position: u32, typed: &str) -> Option<u64> {
        let (_, kept, given) = self.read(position)?;
        given.filter(|_| kept == typed).and_then(Moment::ago)
    }

    /// Its number, what was typed, and when.
    fn read(&self, position: u32) -> Option<(u64, String, Option<Moment>)> {
        let kept = store()?.get_item(&self.key(position)).ok()??;
        // What is encoded as forms are has no spaces.
        let mut parts = kept.split(' ');
        let (sequence, typed) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
        Some((sequence, typed, parts.next().and_then(Moment::read)))
    }

    pub(super) fn set(&self, position: u32, sequence: u64, typed: &str) {
        let Some(store) = store() else {
            return;
        };
        let key = self.key(position);
        let before = self.read(position).filter(|(_, kept, _)| kept == typed);
        let given = before
            .and_then(|(.., given)| given)
            .unwrap_or_else(Moment::now)
            .written();
        if store
            .set_item(&key, &format!("{sequence} {typed} {given}"))
            .is_err()
        {
            // Full. Then nothing older may stay there either.
            let _ = store.remove_item(&key);
        }
    }

    pub(super) fn remove(&self, position: u32) {
        if let Some(store) = store() {
            let _ = store.remove_item(&self.key(position));
        }
    }

    fn key(&self, position: u32) -> String {
        format!("{}{position}", self.prefix)
    }
}

/// The store, if the browser lets a page have one.
pub(super) fn store() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A clock that is kept right by the network goes back by less, in milliseconds.
const SLACK: f64 = 1_000.0;

/// A moment by the browser's two clocks, in milliseconds: one runs evenly as long as the
/// page is there and may stand still while the device sleeps, the other may be set.
#[derive(Debug, Clone, Copy)]
struct Moment {
    even: f64,
    wall: f64,
}

impl Moment {
    fn now() -> Self {
        let wall = js_sys::Date::now();
        let even = window()
            .performance()
            .map(|clock| clock.time_origin() + clock.now());
        Self {
            even: even.unwrap_or(wall),
            wall,
        }
    }

    fn written(self) -> String {
        format!("{:.0}:{:.0}", self.even, self.wall)
    }

    fn read(written: &str) -> Option<Self> {
        let (even, wall) = written.split_once(':')?;
        Some(Self {
            even: even.parse().ok()?,
            wall: wall.parse().ok()?,
        })
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to some thousand years"
    )]
    /// How long ago it was; none where the clock was set back since: either of the two
    /// would say less than the truth then, and what was given in time would pass for late.
    fn ago(self) -> Option<u64> {
        let now = Self::now();
        let ago = (now.even - self.even).max(now.wall - self.wall);
        let was_set_back = now.wall + SLACK < self.wall;
        (!was_set_back).then_some(ago.clamp(0.0, 1e14) as u64)
    }
}
