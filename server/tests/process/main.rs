//! `cairn serve` as a process of its own: it hands mail to a real SMTP server,
//! finishes what it has begun when asked to stop, and leaves nothing undone when
//! it is killed, however often and whatever it is in the middle of.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod cairn;
mod killed;
mod mail;
mod post_office;
mod stopping;
