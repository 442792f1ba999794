//! Saving each change by itself.
//!
//! A change is written to the browser's own store first and removed from there
//! when the server has it: a lost connection, a closed tab or a server that is
//! down loses nothing. Each save carries a number above the last, so it does no
//! harm to send one twice or late.

use std::time::Duration;

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::{Event, FormData, HtmlFormElement, HtmlInputElement, Storage, UrlSearchParams},
};

use super::{
    autosave::Status,
    form, rows,
    save_answer::{Reply, save_answer},
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
}

impl Saver {
    fn begin(self) {
        rows::begin(&self.form);
        let left_over = self.waiting();
        if !left_over.is_empty() {
            // Typed before the page was loaded, and newer than what it shows.
            self.clone().send(left_over, true);
        }
        let changed = StoredValue::new(Vec::<u32>::new());
        let saver = self.clone();
        listen(&self.form, "input", move |event| {
            let Some(position) = position_of(&event) else {
                return;
            };
            let first = changed.with_value(Vec::is_empty);
            changed.update_value(|changed| {
                if !changed.contains(&position) {
                    changed.push(position);
                }
            });
            if first {
                let saver = saver.clone();
                set_timeout(
                    move || {
                        let positions = changed.try_update_value(std::mem::take).unwrap_or_default();
                        for position in &positions {
                            saver.keep(*position);
                        }
                        saver.send(positions, false);
                    },
                    PAUSE,
                );
            }
        });
        listen(&window(), "online", move |_| {
            let waiting = self.waiting();
            self.clone().send(waiting, false);
        });
    }

    /// Writes a question's answer to the browser's own store.
    fn keep(&self, position: u32) {
        let Some(sequence) = self.next_sequence(position) else {
            return;
        };
        if let (Some(store), Some(fields)) = (store(), self.fields(position)) {
            let _ = store.set_item(&self.key(position), &format!("{sequence} {fields}"));
        }
    }

    /// Sends what the store holds for these questions.
    fn send(self, positions: Vec<u32>, then_show: bool) {
        if positions.is_empty() {
            return;
        }
        self.status.set(Status::Saving);
        spawn_local(async move {
            let mut failed = Vec::new();
            for position in positions {
                if !self.send_one(position).await {
                    failed.push(position);
                }
            }
            if !failed.is_empty() {
                self.status.set(Status::Offline);
                set_timeout(move || self.send(failed, then_show), AGAIN);
            } else if then_show {
                let _ = window().location().reload();
            }
        });
    }

    /// Sends one answer; says whether the server has seen it.
    async fn send_one(&self, position: u32) -> bool {
        let (Some(store), key) = (store(), self.key(position)) else {
            return true;
        };
        let Ok(Some(kept)) = store.get_item(&key) else {
            return true;
        };
        let Some((sequence, fields)) = kept.split_once(' ') else {
            return true;
        };
        let sequence = sequence.parse().unwrap_or(0);
        let (tenant, attempt) = (self.tenant.clone(), self.attempt.clone());
        let reply = match save_answer(tenant, attempt, position, sequence, fields.to_owned()).await {
            Ok(reply) => reply,
            Err(CallError::NotFound | CallError::Refused) => Reply::Closed,
            Err(CallError::Failed) => return false,
        };
        // Typed on in the meantime? Then what is stored now is still to be sent.
        if store.get_item(&key) == Ok(Some(kept.clone())) {
            let _ = store.remove_item(&key);
        }
        self.status.set(match reply {
            Reply::Kept => Status::Saved(now()),
            Reply::Overtaken => Status::Overtaken,
            Reply::Unfinished => Status::Unfinished,
            Reply::Closed => {
                let _ = window().location().reload();
                Status::Quiet
            }
        });
        true
    }

    /// The questions of which the store holds an answer.
    fn waiting(&self) -> Vec<u32> {
        let Some(store) = store() else {
            return Vec::new();
        };
        let prefix = self.key_prefix();
        let keys = (0..store.length().unwrap_or(0)).filter_map(|at| store.key(at).ok()?);
        keys.filter_map(|key| key.strip_prefix(&prefix)?.parse().ok())
            .collect()
    }

    /// The number of the next save. The form carries the one after it, for when
    /// a button sends it.
    fn next_sequence(&self, position: u32) -> Option<u64> {
        let name = format!("q{position}.sequence");
        let field = self.form.elements().named_item(&name)?;
        let field: HtmlInputElement = field.dyn_into().ok()?;
        let sequence: u64 = field.value().parse().ok()?;
        field.set_value(&(sequence + 1).to_string());
        Some(sequence)
    }

    /// A question's part of the form, encoded as forms are.
    fn fields(&self, position: u32) -> Option<String> {
        let all = FormData::new_with_form(&self.form).ok()?;
        let all = UrlSearchParams::new_with_str_sequence_sequence(&all).ok()?;
        let all = String::from(all.to_string());
        let prefix = format!("q{position}.r.");
        let own = all.split('&').filter(|field| field.starts_with(&prefix));
        let own = own.map(|field| &field[prefix.len() - 2..]);
        Some(own.collect::<Vec<_>>().join("&"))
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

/// Which question a changed field belongs to: `q3.r.1` to 3.
fn position_of(event: &Event) -> Option<u32> {
    let field = event.target()?.dyn_into::<leptos::web_sys::Element>().ok()?;
    let name = field.get_attribute("name")?;
    let (question, rest) = name.strip_prefix('q')?.split_once('.')?;
    rest.starts_with("r.").then(|| question.parse().ok())?
}

fn now() -> String {
    let root = document().document_element();
    let language = root
        .and_then(|root| root.get_attribute("lang"))
        .unwrap_or_else(|| "en".to_owned());
    js_sys::Date::new_0().to_locale_time_string(&language).into()
}
