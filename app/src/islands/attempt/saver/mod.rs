//! Saving each change by itself.
//!
//! A change is written to the browser's own store at once, and removed from
//! there when the server has it: a lost connection, a closed tab or a server
//! that is down loses nothing. A save carries the number after the last that its
//! page knew of. If another window has used that number, this one is kept aside
//! until the learner has seen both and chosen.

mod choice;

use std::{collections::BTreeSet, time::Duration};

use leptos::{
    prelude::*,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::{Element, FormData, HtmlFormElement, HtmlInputElement, UrlSearchParams},
};

use self::choice::{Choice, NEVER_SENT};
use super::{
    autosave::Status,
    fields, form,
    kept::Kept,
    rows,
    save_answer::{Reply, save_answer},
    scales,
    two_answers::{self, Asked},
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
            unsent: Kept::unsent(&attempt),
            aside: Kept::aside(&attempt),
            tenant,
            attempt,
            status,
            due: StoredValue::new(BTreeSet::new()),
            is_waiting: StoredValue::new(false),
            on_the_way: StoredValue::new(BTreeSet::new()),
            unanswered: StoredValue::new(Vec::new()),
            choice: StoredValue::new(None),
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
    /// What the server does not have yet.
    unsent: Kept,
    /// What met another answer there.
    aside: Kept,
    /// The questions whose answers are still to be sent.
    due: StoredValue<BTreeSet<u32>>,
    /// Whether they are going to be sent soon.
    is_waiting: StoredValue<bool>,
    /// The questions of which a save is under way: of each, one at a time.
    on_the_way: StoredValue<BTreeSet<u32>>,
    /// What was sent, and nobody knows whether it arrived.
    unanswered: StoredValue<Vec<Save>>,
    /// What the learner chooses from.
    choice: StoredValue<Option<Choice>>,
}

/// A question's answer, encoded as forms are, and the number that it is sent with.
#[derive(Debug, Clone)]
struct Save {
    position: u32,
    sequence: u64,
    typed: String,
}

impl Saver {
    fn begin(self) {
        rows::begin(&self.form);
        scales::begin(&self.form);
        self.status.set(Status::Ready);
        self.take_up();
        self.look_aside();
        let saver = self.clone();
        listen(&self.form, "input", move |event| {
            let field = event.target().and_then(|field| field.dyn_into().ok());
            if let Some(position) = field.and_then(|field: Element| fields::position_of(&field)) {
                saver.changed(position, PAUSE);
            }
        });
        let saver = self.clone();
        listen(&self.form, "click", move |event| {
            match two_answers::asked(&event) {
                Some(Asked::Other) => saver.show_other(),
                Some(Asked::Keep) => saver.choose_shown(),
                None => {}
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
            self.due.update_value(|due| due.extend(self.unsent.positions()));
            self.send();
        });
    }

    /// Goes on with what was typed before the script came, on this page or
    /// before it was loaded, and has not reached the server.
    fn take_up(&self) {
        let changed = fields::changed(&self.form);
        let mut due = changed.clone();
        for position in self.unsent.positions() {
            let Some((sequence, typed)) = self.unsent.get(position) else {
                continue;
            };
            let has_other =
                changed.contains(&position) && self.typed(position).is_some_and(|shown| shown.typed != typed);
            match self.next(position) {
                Some(next) if sequence < next && self.shows(position, &typed) => {
                    // A button has sent it.
                    self.unsent.remove(position);
                }
                Some(next) if sequence < next => self.set_aside(position, sequence, &typed),
                Some(_) if has_other => self.set_aside(position, NEVER_SENT, &typed),
                Some(_) => {
                    self.set_next(position, sequence);
                    fields::show(&self.form, position, &typed);
                    due.insert(position);
                }
                None => {
                    due.insert(position);
                }
            }
        }
        for position in changed {
            self.keep(position);
        }
        self.send_after(Duration::ZERO, due);
    }

    /// A question has another answer than before.
    fn changed(&self, position: u32, pause: Duration) {
        if self.keep(position) {
            self.send_after(pause, [position]);
        }
    }

    /// Writes a question's answer to the browser's own store, and says whether it
    /// is to be sent from there.
    fn keep(&self, position: u32) -> bool {
        // Whatever it is changed back to, a button sends it from now on.
        if let Some(seen) = self.field(position, "seen") {
            seen.set_value("");
        }
        let Some(save) = self.typed(position) else {
            return false;
        };
        let is_sent = !self.waits(position);
        let place = if is_sent { &self.unsent } else { &self.aside };
        place.set(position, save.sequence, &save.typed);
        is_sent
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
                saver.send();
            },
            pause,
        );
    }

    /// Sends what is due. If two saves of one question were under way at once, the
    /// later could come first, and the other would be taken for another window's.
    fn send(&self) {
        let due = self.due.try_update_value(std::mem::take).unwrap_or_default();
        for position in due {
            let is_first = self.on_the_way.try_update_value(|all| all.insert(position));
            if is_first == Some(false) {
                self.due.update_value(|due| due.extend([position]));
                continue;
            }
            let saver = self.clone();
            spawn_local(async move {
                let outcome = saver.send_one(position).await;
                saver
                    .on_the_way
                    .update_value(|all| all.retain(|other| *other != position));
                match outcome {
                    Ok(()) => saver.send_after(PAUSE, []),
                    Err(obstacle) => {
                        saver.status.set(obstacle);
                        saver.send_after(AGAIN, [position]);
                    }
                }
            });
        }
    }

    /// Sends one answer; an error is what keeps it from the server.
    async fn send_one(&self, position: u32) -> Result<(), Status> {
        let Some(save) = self.to_send(position) else {
            return Ok(());
        };
        self.unanswered.update_value(|all| all.push(save.clone()));
        let reply = self.call(&save).await?;
        self.forget_unanswered(position);
        let is_here = self.next(position).is_some();
        match reply {
            Reply::Kept => self.kept(&save),
            Reply::Overtaken { .. } if self.waits(position) => {}
            Reply::Overtaken { .. } => self.overtaken(save),
            Reply::Unfinished if !self.is_newest(&save) => self.changed(position, PAUSE),
            Reply::Unfinished if is_here => self.status.set(Status::Unfinished),
            Reply::Unfinished => {}
            // The page that comes says so.
            Reply::OnBreak | Reply::LateRefused => load_again(),
            Reply::Left => {
                self.unsent.remove(position);
                self.aside.remove(position);
            }
            Reply::Closed | Reply::LateKept | Reply::LateCounts | Reply::LateDecided => {
                self.unsent.remove(position);
                load_again();
            }
        }
        Ok(())
    }

    /// What is to be sent next of a question. What was sent and not answered may
    /// have arrived: it is sent again as it was, so that it is known again.
    fn to_send(&self, position: u32) -> Option<Save> {
        let unanswered = self
            .unanswered
            .with_value(|all| all.iter().find(|save| save.position == position).cloned());
        if unanswered.is_some() {
            self.forget_unanswered(position);
            return unanswered;
        }
        if self.waits(position) {
            return None;
        }
        self.typed(position).or_else(|| {
            let (sequence, typed) = self.unsent.get(position)?;
            Some(Save {
                position,
                sequence,
                typed,
            })
        })
    }

    fn forget_unanswered(&self, position: u32) {
        self.unanswered
            .update_value(|all| all.retain(|save| save.position != position));
    }

    async fn call(&self, save: &Save) -> Result<Reply, Status> {
        let (tenant, attempt) = (self.tenant.clone(), self.attempt.clone());
        let ago = self.unsent.given_ago(save.position, &save.typed);
        match save_answer(
            tenant,
            attempt,
            save.position,
            save.sequence,
            save.typed.clone(),
            ago,
        )
        .await
        {
            Ok(reply) => Ok(reply),
            Err(CallError::Refused) => Ok(Reply::Closed),
            // What was typed stays here until they are again.
            Err(CallError::SignedOut) => Err(Status::SignedOut),
            Err(_) => Err(Status::Offline),
        }
    }

    /// The server has it.
    fn kept(&self, save: &Save) {
        let position = save.position;
        if self.next(position) == Some(save.sequence) {
            self.set_next(position, save.sequence + 1);
        }
        if !self.is_newest(save) {
            self.changed(position, PAUSE);
            return;
        }
        let unsent = self.unsent.get(position);
        if unsent.is_some_and(|(_, typed)| typed == save.typed) {
            self.unsent.remove(position);
        }
        self.status.set(Status::Saved(now()));
    }

    /// Whether nothing was typed since in the question: that would still be to be sent.
    fn is_newest(&self, save: &Save) -> bool {
        self.typed(save.position)
            .is_none_or(|newest| newest.typed == save.typed)
    }

    /// The server has another one, which this page did not know of.
    fn overtaken(&self, save: Save) {
        let newest = self.typed(save.position).unwrap_or(save);
        self.set_aside(newest.position, newest.sequence, &newest.typed);
        self.look_aside();
    }

    /// What is aside already gives way to nothing before it was chosen against.
    fn set_aside(&self, position: u32, sequence: u64, typed: &str) {
        if self.aside.get(position).is_some_and(|(_, kept)| kept != typed) {
            return;
        }
        self.unsent.remove(position);
        self.aside.set(position, sequence, typed);
    }

    /// A question's part of the form, with the number of the next save. The form
    /// carries the same number, for when a button sends it.
    fn typed(&self, position: u32) -> Option<Save> {
        let sequence = self.next(position)?;
        let all = FormData::new_with_form(&self.form).ok()?;
        let all = UrlSearchParams::new_with_str_sequence_sequence(&all).ok()?;
        let all = String::from(all.to_string());
        let prefix = format!("q{position}.r.");
        let own = all.split('&').filter(|field| field.starts_with(&prefix));
        let own = own.map(|field| &field[prefix.len() - 2..]);
        let typed = own.collect::<Vec<_>>().join("&");
        Some(Save {
            position,
            sequence,
            typed,
        })
    }

    /// Whether the page shows that answer.
    fn shows(&self, position: u32, typed: &str) -> bool {
        self.typed(position).is_some_and(|shown| shown.typed == typed)
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
}

fn load_again() {
    let _ = window().location().reload();
}

fn now() -> String {
    let root = document().document_element();
    let language = root
        .and_then(|root| root.get_attribute("lang"))
        .unwrap_or_else(|| "en".to_owned());
    js_sys::Date::new_0().to_locale_time_string(&language).into()
}
