//! An attempt from its start to its score.

#[cfg(test)]
mod tests;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Accommodation, Assessment, FeedbackTime, Layout, Mode, Navigation, Window, code::codes};
use crate::{Timestamp, mastery::Rule, text::text_enum};

/// How long after the deadline a save or submit is still taken: an answer that
/// left in time may arrive late.
pub const GRACE: Duration = Duration::from_secs(10);

text_enum! {
    /// Where an attempt stands.
    pub enum AttemptState {
        /// Answers are taken.
        InProgress = "in-progress",
        /// Answers are fixed, and not scored yet.
        Submitted = "submitted",
        /// Scored, except for what a person has to mark.
        Marking = "marking",
        /// Scored.
        Scored = "scored",
    }
}

/// What happens to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptEvent {
    /// The learner hands it in, the gate stops it, or its time is up.
    Submit,
    /// It was scored, and some of it needs a person.
    NeedMarking,
    /// It was scored, for the first time, after marking, or again.
    Score,
}

impl AttemptState {
    /// The state after an event; none if that can't happen in this state.
    /// Submitting twice is no error: the second changes nothing.
    #[must_use]
    pub const fn after(self, event: AttemptEvent) -> Option<Self> {
        use AttemptEvent as Event;
        match (self, event) {
            (Self::InProgress, Event::Submit) => Some(Self::Submitted),
            (Self::Submitted | Self::Marking | Self::Scored, Event::NeedMarking) => Some(Self::Marking),
            (Self::Submitted | Self::Marking | Self::Scored, Event::Score) => Some(Self::Scored),
            (Self::Submitted | Self::Marking | Self::Scored, Event::Submit) => Some(self),
            (Self::InProgress, Event::NeedMarking | Event::Score) => None,
        }
    }

    /// Whether nothing more is asked of the learner.
    #[must_use]
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::InProgress)
    }
}

/// An attempt, as far as its rules go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Where it stands.
    pub state: AttemptState,
    /// When it was started.
    pub started: Timestamp,
    /// When its time is up, if it has a limit. While the clock stands still, as if
    /// it stood until the breaks are used up.
    pub deadline: Option<Timestamp>,
    /// When it was submitted.
    pub ended: Option<Timestamp>,
    /// Whether that was before its time was up, by its learner or by its gate.
    pub handed_in: bool,
    /// How long the clock has been stopped.
    pub breaks_taken: Duration,
    /// How long it may still be stopped.
    pub breaks_left: Duration,
    /// Since when it stands still, if the learner is on a break.
    pub break_since: Option<Timestamp>,
}

/// Counts the saves of one item's response from one learner, across tabs: each
/// save carries a number above the last that its page knew.
pub type Sequence = u64;

/// What to do with a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Save {
    /// Store it.
    Store,
    /// It was stored before: say so again.
    Repeated,
    /// A newer one is stored: keep that, and tell the page.
    Stale,
}

codes! {
    /// Why something can't be done with an attempt.
    pub enum AttemptRefusal {
        /// It has been submitted.
        Submitted = "submitted",
        /// Its time is up.
        TimeUp = "time-up",
        /// This item has been answered, and answers stand here.
        AnswerStands = "answer-stands",
        /// Another item comes first.
        NotNext = "not-next",
        /// It was left, and there is no way back.
        LeftBehind = "left-behind",
        /// The clock stands still, and so do the answers.
        OnBreak = "on-break",
        /// There is no clock to stop, or no break left.
        NoBreak = "no-break",
    }
}

impl Attempt {
    /// A new attempt, by somebody who is given that much more than others.
    #[must_use]
    pub fn start(assessment: &Assessment, window: &Window, given: Accommodation, now: Timestamp) -> Self {
        Self {
            state: AttemptState::InProgress,
            started: now,
            deadline: given.deadline(now, assessment.limit(), window),
            ended: None,
            handed_in: false,
            breaks_taken: Duration::ZERO,
            breaks_left: given.breaks_in(assessment.limit()),
            break_since: None,
        }
    }

    /// The attempt under a window, or by a person, that changed since it was begun.
    /// No such change takes time away from it; one that had no end gets that of
    /// the window.
    #[must_use]
    pub fn under(self, assessment: &Assessment, window: &Window, given: Accommodation) -> Self {
        let left = given
            .breaks_in(assessment.limit())
            .saturating_sub(self.breaks_taken);
        let breaks_left = self.breaks_left.max(left);
        let stopped = match self.break_since {
            Some(_) => self.breaks_taken + breaks_left,
            None => self.breaks_taken,
        };
        let due = given
            .deadline(self.started, assessment.limit(), window)
            .map(|due| due.after(stopped));
        Self {
            deadline: match (self.deadline, due) {
                (Some(before), Some(due)) => Some(before.max(due)),
                (Some(_), None) => None,
                (None, due) => due,
            },
            breaks_left,
            ..self
        }
    }

    /// Stops the clock, as long as the person may.
    pub fn take_break(self, now: Timestamp) -> Result<Self, AttemptRefusal> {
        self.open(now)?;
        match self.deadline {
            Some(deadline) if !self.breaks_left.is_zero() => Ok(Self {
                // So that nobody has to come back for the time to run out.
                deadline: Some(deadline.after(self.breaks_left)),
                break_since: Some(now),
                ..self
            }),
            _ => Err(AttemptRefusal::NoBreak),
        }
    }

    /// Goes on after a break; without one, as it is.
    #[must_use]
    pub fn go_on(self, now: Timestamp) -> Self {
        let Some(since) = self.break_since else {
            return self;
        };
        let taken = now.since(since).min(self.breaks_left);
        let unused = self.breaks_left.saturating_sub(taken);
        Self {
            deadline: self.deadline.map(|deadline| deadline.before(unused)),
            breaks_taken: self.breaks_taken + taken,
            breaks_left: unused,
            break_since: None,
            ..self
        }
    }

    /// When the clock runs again by itself, if it stands still.
    #[must_use]
    pub fn break_ends(&self, now: Timestamp) -> Option<Timestamp> {
        self.break_since
            .map(|since| since.after(self.breaks_left))
            .filter(|ends| now < *ends)
    }

    /// Whether a response may be saved now, and if so, what to do with it: a
    /// save that was overtaken by a newer one never overwrites it.
    pub fn save(
        &self,
        now: Timestamp,
        stored: Option<Sequence>,
        sequence: Sequence,
    ) -> Result<Save, AttemptRefusal> {
        self.open(now)?;
        Ok(match stored {
            Some(stored) if sequence == stored => Save::Repeated,
            Some(stored) if sequence < stored => Save::Stale,
            _ => Save::Store,
        })
    }

    /// The attempt as submitted. After the deadline it ends at the deadline,
    /// with what was saved by then; submitted twice, it stays as it is.
    #[must_use]
    pub fn submit(self, now: Timestamp) -> Self {
        let ended = self
            .ended
            .unwrap_or_else(|| self.deadline.map_or(now, |deadline| now.min(deadline)));
        Self {
            state: self.state.after(AttemptEvent::Submit).unwrap_or(self.state),
            ended: Some(ended),
            ..self
        }
    }

    /// Whether its time is up, late answers included, so that it must be
    /// submitted for the learner.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        !self.state.is_over() && self.deadline.is_some_and(|deadline| now > deadline.after(GRACE))
    }

    /// Whether answers are taken now.
    pub fn open(&self, now: Timestamp) -> Result<(), AttemptRefusal> {
        match self.state {
            AttemptState::InProgress if self.is_overdue(now) => Err(AttemptRefusal::TimeUp),
            AttemptState::InProgress if self.break_ends(now).is_some() => Err(AttemptRefusal::OnBreak),
            AttemptState::InProgress => Ok(()),
            AttemptState::Submitted | AttemptState::Marking | AttemptState::Scored => {
                Err(AttemptRefusal::Submitted)
            }
        }
    }
}

impl Assessment {
    /// How long an attempt may take.
    #[must_use]
    pub fn limit(&self) -> Option<Duration> {
        self.time_limit.map(|seconds| Duration::from_secs(seconds.into()))
    }

    /// Whether an answer is scored, and stands, as soon as it is given.
    #[must_use]
    pub fn answers_stand(&self) -> bool {
        self.mode == Mode::SequentialGate || self.feedback.when == FeedbackTime::AtOnce
    }

    /// Whether its items are left for good, one after another, without being judged
    /// at once.
    #[must_use]
    pub fn is_linear(&self) -> bool {
        self.navigation == Navigation::Linear && !self.answers_stand()
    }

    /// How items are laid out: answers that stand, and items that are left for good,
    /// come one at a time.
    #[must_use]
    pub fn arrangement(&self) -> Layout {
        if self.answers_stand() || self.is_linear() {
            Layout::OneItemPerPage
        } else {
            self.layout
        }
    }

    /// Whether an answer to the item at `position` is taken, given that its own
    /// answer `stands` (was confirmed, not just saved) and which item is `next`
    /// in drawn order. On a fixed form every item is open until the end, unless
    /// feedback came at once; at a gate, and where there is no way back, only the next.
    pub fn may_answer(
        &self,
        position: usize,
        stands: bool,
        next: Option<usize>,
    ) -> Result<(), AttemptRefusal> {
        if stands && self.answers_stand() {
            Err(AttemptRefusal::AnswerStands)
        } else if self.is_linear() && next.is_some_and(|next| position < next) {
            Err(AttemptRefusal::LeftBehind)
        } else if (self.mode == Mode::SequentialGate || self.is_linear()) && next != Some(position) {
            Err(AttemptRefusal::NotNext)
        } else {
            Ok(())
        }
    }

    /// Whether a learner may start an attempt, given the earlier ones. Those
    /// that are overdue must have been submitted first.
    /// That a form can be drawn is for [`draw`](super::draw()) to say.
    pub fn may_start(
        &self,
        window: &Window,
        earlier: &[Attempt],
        now: Timestamp,
    ) -> Result<(), StartRefusal> {
        if earlier.iter().any(|attempt| !attempt.state.is_over()) {
            return Err(StartRefusal::InProgress);
        }
        window.admits(now)?;
        if let Some(allowed) = self
            .permitted_attempts()
            .filter(|allowed| earlier.len() >= usize::from(*allowed))
        {
            return Err(StartRefusal::AttemptsUsed { allowed });
        }
        let last_end = earlier
            .iter()
            .map(|attempt| attempt.ended.unwrap_or(attempt.started))
            .max();
        let until = last_end.map(|end| end.after(Duration::from_secs(self.cooldown.into())));
        match until.filter(|until| now < *until) {
            Some(until) => Err(StartRefusal::Cooldown { until }),
            None => Ok(()),
        }
    }
}

impl Assessment {
    /// How many attempts a learner has; none: any number. One that the pass
    /// rule would not count is not begun: it would cost items and change nothing.
    #[must_use]
    pub fn permitted_attempts(&self) -> Option<u16> {
        let counted = match self.pass_rule {
            Some(
                Rule::SequentialGate { tries, .. }
                | Rule::CutScore { tries, .. }
                | Rule::CombinedScore { tries, .. },
            ) => Some(u16::from(tries)),
            _ => None,
        };
        [self.attempts, counted].into_iter().flatten().min()
    }
}

/// Why an attempt can't be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum StartRefusal {
    /// An attempt is under way: go on with that one.
    #[error("an attempt is under way")]
    InProgress,
    /// No attempts are left.
    #[error("all {allowed} attempts are used")]
    AttemptsUsed {
        /// How many there were.
        allowed: u16,
    },
    /// The next may start later.
    #[error("the next attempt may start at {until}")]
    Cooldown {
        /// When.
        until: Timestamp,
    },
    /// It has not opened yet.
    #[error("it opens at {at}")]
    NotOpen {
        /// When it does.
        at: Timestamp,
    },
    /// It has closed.
    #[error("it closed at {at}")]
    Closed {
        /// When it did.
        at: Timestamp,
    },
}
