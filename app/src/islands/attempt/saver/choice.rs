//! Two answers to one question: none takes the other's place before the learner
//! has seen both and chosen.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::{AGAIN, Save, Saver};
use crate::islands::attempt::{autosave::Status, fields, save_answer::Reply, two_answers};

/// The number of what is kept aside without the server having another one.
pub(super) const NEVER_SENT: u64 = 0;

/// Between the answer that is kept aside and a newer one.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    position: u32,
    /// The newer one, as long as it is not shown.
    newer: String,
    /// Whether the one that is kept aside is shown.
    own_shown: bool,
}

impl Saver {
    /// Offers the next choice, or says on which page there is one.
    pub(super) fn look_aside(&self) {
        if self.choice.with_value(Option::is_some) {
            return;
        }
        let aside = self.aside.positions();
        if let Some(position) = aside.iter().find(|at| self.next(**at).is_some()) {
            spawn_local(self.clone().offer(*position));
        } else if let Some(position) = aside.first() {
            spawn_local(self.clone().elsewhere(*position));
        }
    }

    /// Says on which page there is a choice, if there still is one.
    async fn elsewhere(self, position: u32) {
        let Some((_, typed)) = self.aside.get(position) else {
            return;
        };
        // By a number below that of what is stored, the two are only compared.
        let own = Save {
            position,
            sequence: 0,
            typed,
        };
        match self.call(&own).await {
            Ok(Reply::Kept | Reply::Closed | Reply::Left) => {
                self.aside.remove(position);
                self.look_aside();
            }
            _ => self.status.set(Status::Elsewhere(position + 1)),
        }
    }

    /// Lets the learner see both and choose, unless the server has what was kept
    /// aside: a button may have sent it.
    async fn offer(self, position: u32) {
        let Some((number, typed)) = self.aside.get(position) else {
            return;
        };
        // By a number below that of what is stored, the two are only compared.
        let own = Save {
            position,
            sequence: 0,
            typed,
        };
        let stored = if number == NEVER_SENT {
            None
        } else {
            match self.call(&own).await {
                Ok(reply) => Some(reply),
                Err(obstacle) => {
                    self.status.set(obstacle);
                    set_timeout(move || self.look_aside(), AGAIN);
                    return;
                }
            }
        };
        if self.choice.with_value(Option::is_some) {
            return;
        }
        let choice = match stored {
            Some(Reply::Kept | Reply::Closed | Reply::Left) => {
                self.aside.remove(position);
                self.look_aside();
                return;
            }
            Some(Reply::Overtaken { sequence, fields }) if self.is_behind(&own, sequence) => {
                if let Some(shown) = self.typed(position) {
                    // It is what is aside, or more of it.
                    self.unsent.remove(position);
                    self.aside.set(position, shown.sequence, &shown.typed);
                }
                self.set_next(position, sequence + 1);
                Choice {
                    position,
                    newer: fields,
                    own_shown: true,
                }
            }
            _ => Choice {
                position,
                newer: String::new(),
                own_shown: false,
            },
        };
        two_answers::open(&self.form, position, choice.own_shown);
        self.choice.set_value(Some(choice));
        self.status.set(Status::Overtaken);
    }

    /// Whether the server has a newer answer than the page knows of, while the page
    /// shows what was typed here: what is kept aside, or more.
    fn is_behind(&self, own: &Save, stored: u64) -> bool {
        self.typed(own.position).is_some_and(|shown| {
            let shows_own = shown.typed == own.typed || fields::changed(&self.form).contains(&own.position);
            shown.sequence <= stored && shows_own
        })
    }

    /// Whether a question shows what is kept aside: that is not sent before it is
    /// chosen.
    pub(super) fn waits(&self, position: u32) -> bool {
        self.choice.with_value(|choice| {
            choice
                .as_ref()
                .is_some_and(|choice| choice.position == position && choice.own_shown)
        })
    }

    /// Shows the one of two answers that is not shown.
    pub(super) fn show_other(&self) {
        let Some(mut choice) = self.choice.get_value() else {
            return;
        };
        let position = choice.position;
        let (Some(shown), Some((number, own))) = (self.typed(position), self.aside.get(position)) else {
            return;
        };
        if choice.own_shown {
            self.aside.set(position, number, &shown.typed);
            fields::show(&self.form, position, &choice.newer);
        } else {
            choice.newer = shown.typed;
            fields::show(&self.form, position, &own);
        }
        choice.own_shown = !choice.own_shown;
        two_answers::say(choice.own_shown);
        self.choice.set_value(Some(choice));
    }

    /// Keeps the one of two answers that is shown.
    pub(super) fn choose_shown(&self) {
        let Some(choice) = self.choice.try_update_value(Option::take).flatten() else {
            return;
        };
        self.aside.remove(choice.position);
        two_answers::close();
        self.changed(choice.position, Duration::ZERO);
        if let Some(field) = fields::first(&self.form, choice.position) {
            let _ = field.focus();
        }
        self.look_aside();
    }
}
