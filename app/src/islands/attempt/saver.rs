//! Saving each change by itself.
//!
//! A change is written to the browser's own store at once, and removed from
//! there when the server has it: a lost connection, a closed tab or a server
//! that is down loses nothing. Each save carries a number above the last, so it
//! does no harm to send one twice or late.

use std::{collections::BTreeSet, time::Duration};

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::{Element, FormData, HtmlFormElement, HtmlInputElement, Storage, UrlSearchParams},
};

use super::{
    autosave::Status,
    fields, form, rows,
    save_answer::{Reply, save_answer},
    scales,
};
use crate::islands::{CallError, listen::listen};

/// After a change, wait for more of them so long.
const PAUSE: Duration = Duration::from_millis(900);
/// Try again so long after a failure.
const AGAIN: Duration = Duration::from_secs(5);

/// Watches the form, and keeps `status` up to date.
pub(super) fn begin(tenant: String, attempt: String, status: RwSignal<Status>) {
    if let Some(form) = form() {
        Saver {
            form,
            tenant,
            attempt,
            status,
            due: StoredValue::new(BTreeSet::new()),
            is_waiting: StoredValue::new(false),
        }
        .begin();
    }
}

#[derive(Debug, Clone)]
struct Saver {
    form: HtmlFormElement,
    tenant: String,
    attempt: String,
    status: RwSignal<Status>,
    /// The questions whose answers are still to be sent.
    due: StoredValue<BTreeSet<u32>>,
    /// Whether they are going to be sent soon.
    is_waiting: StoredValue<bool>,
}

impl Saver {
    fn begin(self) {
        rows::begin(&self.form);
        scales::begin(&self.form);
        self.status.set(Status::Ready);
        self.take_up();
        let saver = self.clone();
        listen(&self.form, "input", move |event| {
            let field = event.target().and_then(|field| field.dyn_into().ok());
            if let Some(position) = field.and_then(|field: Element| fields::position_of(&field)) {
                saver.keep(position);
                saver.send_after(PAUSE, [position]);
            }
        });
        let saver = self.clone();
        listen(&self.form, "submit", move |event| {
            // The browser would leave the page, and arrive nowhere.
            if !window().navigator().on_line() {
                event.prevent_default();
                saver.status.set(Status::Offline);
            }
        });
        listen(&window(), "online", move |_| {
            self.due.update_value(|due| due.extend(self.stored()));
            spawn_local(self.clone().send());
        });
    }

    /// Goes on with what was typed before the script came, on this page or
    /// before it was loaded, and has not reached the server.
    fn take_up(&self) {
        let stored = self.stored();
        let mut waiting = fields::changed(&self.form);
        for position in &waiting {
            self.keep(*position);
        }
        for position in stored {
            if waiting.contains(&position) {
                continue;
            }
            let Some((sequence, typed)) = self.kept(position) else {
                continue;
            };
            if let Some(next) = self.next(position) {
                if sequence < next {
                    // A button has sent it, or something newer.
                    self.forget(position);
                    continue;
                }
                self.set_next(position, sequence + 1);
                fields::show(&self.form, position, &typed);
            }
            waiting.insert(position);
        }
        self.send_after(Duration::ZERO, waiting);
    }

    /// Writes a question's answer to the browser's own store.
    fn keep(&self, position: u32) {
        // Whatever it is changed back to, a button sends it from now on.
        if let Some(seen) = self.field(position, "seen") {
            seen.set_value("");
        }
        let (Some(store), Some((sequence, typed))) = (store(), self.typed(position)) else {
            return;
        };
        let key = self.key(position);
        if store.set_item(&key, &format!("{sequence} {typed}")).is_err() {
            // Full. Then nothing older may stay there either.
            let _ = store.remove_item(&key);
        }
    }

    /// Sends the answers to these questions, and whatever else is due, after a while.
    fn send_after(&self, pause: Duration, positions: impl IntoIterator<Item = u32>) {
        self.due.update_value(|due| due.extend(positions));
        if self.due.with_value(BTreeSet::is_empty) {
            return;
        }
        if !matches!(self.status.get_untracked(), Status::Offline | Status::SignedOut) {
            self.status.set(Status::Saving);
        }
        if self.is_waiting.get_value() {
            return;
        }
        self.is_waiting.set_value(true);
        let saver = self.clone();
        set_timeout(
            move || {
                saver.is_waiting.set_value(false);
                spawn_local(saver.send());
            },
            pause,
        );
    }

    async fn send(self) {
        let due = self.due.try_update_value(std::mem::take).unwrap_or_default();
        let mut failed = Vec::new();
        for position in due {
            if let Err(obstacle) = self.send_one(position).await {
                self.status.set(obstacle);
                failed.push(position);
            }
        }
        if !failed.is_empty() {
            self.send_after(AGAIN, failed);
        }
    }

    /// Sends one answer; an error is what keeps it from the server.
    async fn send_one(&self, position: u32) -> Result<(), Status> {
        let Some((sequence, typed)) = self.kept(position).or_else(|| self.typed(position)) else {
            return Ok(());
        };
        let (tenant, attempt) = (self.tenant.clone(), self.attempt.clone());
        let reply = match save_answer(tenant, attempt, position, sequence, typed).await {
            Ok(reply) => reply,
            Err(CallError::Refused) => Reply::Closed,
            // What was typed stays here until they are again.
            Err(CallError::SignedOut) => return Err(Status::SignedOut),
            Err(_) => return Err(Status::Offline),
        };
        let is_here = self.next(position).is_some();
        let is_newest = self.kept(position).is_none_or(|(kept, _)| kept == sequence);
        if is_newest && reply != Reply::Unfinished {
            self.forget(position);
        }
        match reply {
            // Typed on in the meantime: that is still to be sent.
            Reply::Kept if !is_newest => {}
            Reply::Kept => self.status.set(Status::Saved(now())),
            Reply::Overtaken => self.status.set(Status::Overtaken),
            Reply::Unfinished if is_here => self.status.set(Status::Unfinished),
            Reply::Unfinished => {}
            Reply::Closed => {
                let _ = window().location().reload();
            }
        }
        Ok(())
    }

    /// The questions of which the store holds an answer.
    fn stored(&self) -> Vec<u32> {
        let Some(store) = store() else {
            return Vec::new();
        };
        let prefix = self.key_prefix();
        let keys = (0..store.length().unwrap_or(0)).filter_map(|at| store.key(at).ok()?);
        keys.filter_map(|key| key.strip_prefix(&prefix)?.parse().ok())
            .collect()
    }

    /// What the store holds of a question, with the number of its save.
    fn kept(&self, position: u32) -> Option<(u64, String)> {
        let kept = store()?.get_item(&self.key(position)).ok()??;
        let (sequence, typed) = kept.split_once(' ')?;
        Some((sequence.parse().ok()?, typed.to_owned()))
    }

    fn forget(&self, position: u32) {
        if let Some(store) = store() {
            let _ = store.remove_item(&self.key(position));
        }
    }

    /// A question's part of the form, encoded as forms are, with the number of
    /// the next save. The form carries the one after it, for when a button sends it.
    fn typed(&self, position: u32) -> Option<(u64, String)> {
        let sequence = self.next(position)?;
        let all = FormData::new_with_form(&self.form).ok()?;
        let all = UrlSearchParams::new_with_str_sequence_sequence(&all).ok()?;
        let all = String::from(all.to_string());
        let prefix = format!("q{position}.r.");
        let own = all.split('&').filter(|field| field.starts_with(&prefix));
        let own = own.map(|field| &field[prefix.len() - 2..]);
        let typed = own.collect::<Vec<_>>().join("&");
        self.set_next(position, sequence + 1);
        Some((sequence, typed))
    }

    /// The number of the next save; none if the question is not on this page.
    fn next(&self, position: u32) -> Option<u64> {
        self.field(position, "sequence")?.value().parse().ok()
    }

    fn set_next(&self, position: u32, sequence: u64) {
        if let Some(field) = self.field(position, "sequence") {
            field.set_value(&sequence.to_string());
        }
    }

    /// A field that goes with a question.
    fn field(&self, position: u32, name: &str) -> Option<HtmlInputElement> {
        let name = format!("q{position}.{name}");
        self.form.elements().named_item(&name)?.dyn_into().ok()
    }

    fn key(&self, position: u32) -> String {
        format!("{}{position}", self.key_prefix())
    }

    fn key_prefix(&self) -> String {
        format!("cairn.answer.{}.", self.attempt)
    }
}

fn store() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn now() -> String {
    let root = document().document_element();
    let language = root
        .and_then(|root| root.get_attribute("lang"))
        .unwrap_or_else(|| "en".to_owned());
    js_sys::Date::new_0().to_locale_time_string(&language).into()
}
