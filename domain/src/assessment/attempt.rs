//! An attempt from its start to its score.

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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_unix_millis(second * 1_000)
    }

    fn assessment(more: &serde_json::Value) -> Assessment {
        let mut document = json!({
            "title": "Final", "sections": [], "mode": "fixedForm", "feedback": { "when": "atEnd" },
        });
        document
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        serde_json::from_value(document).unwrap()
    }

    fn begun(assessment: &Assessment, now: Timestamp) -> Attempt {
        Attempt::start(assessment, &Window::default(), Accommodation::default(), now)
    }

    fn limited() -> Attempt {
        begun(&assessment(&json!({ "timeLimit": 60 })), at(1_000))
    }

    #[test]
    fn an_older_save_never_overwrites_a_newer_one() {
        let attempt = limited();
        for (stored, sequence, expected) in [
            (None, 1, Save::Store),
            (Some(1), 2, Save::Store),
            (Some(2), 2, Save::Repeated),
            (Some(3), 2, Save::Stale),
        ] {
            assert_eq!(attempt.save(at(1_001), stored, sequence), Ok(expected));
        }
    }

    #[test]
    fn a_save_that_left_in_time_may_arrive_late_but_not_too_late() {
        let attempt = limited();
        assert_eq!(attempt.save(at(1_070), None, 1), Ok(Save::Store));
        assert_eq!(attempt.save(at(1_071), None, 1), Err(AttemptRefusal::TimeUp));
        assert!(attempt.is_overdue(at(1_071)) && !attempt.is_overdue(at(1_070)));
    }

    #[test]
    fn submitting_twice_changes_nothing() {
        let once = limited().submit(at(1_030));
        assert_eq!(
            (once.state, once.ended),
            (AttemptState::Submitted, Some(at(1_030)))
        );
        assert_eq!(once.submit(at(1_031)), once);
        assert_eq!(once.save(at(1_031), None, 1), Err(AttemptRefusal::Submitted));
    }

    #[test]
    fn an_attempt_submitted_after_its_deadline_ended_then() {
        assert_eq!(limited().submit(at(5_000)).ended, Some(at(1_060)));
    }

    #[test]
    fn only_these_events_can_follow_these_states() {
        use AttemptEvent::{NeedMarking, Score, Submit};
        use AttemptState::{InProgress, Marking, Scored, Submitted};
        for (state, after) in [
            (InProgress, [Some(Submitted), None, None]),
            (Submitted, [Some(Submitted), Some(Marking), Some(Scored)]),
            (Marking, [Some(Marking), Some(Marking), Some(Scored)]),
            (Scored, [Some(Scored), Some(Marking), Some(Scored)]),
        ] {
            assert_eq!(
                [Submit, NeedMarking, Score].map(|event| state.after(event)),
                after,
                "{state:?}"
            );
        }
    }

    #[test]
    fn a_new_attempt_waits_for_the_last_to_end_and_cool_down() {
        let twice = assessment(&json!({ "attempts": 2, "cooldown": 600 }));
        let open = begun(&twice, at(0));
        let ended = open.submit(at(100));
        assert_eq!(twice.may_start(&Window::default(), &[], at(0)), Ok(()));
        assert_eq!(
            twice.may_start(&Window::default(), &[open], at(9_999)),
            Err(StartRefusal::InProgress)
        );
        assert_eq!(
            twice.may_start(&Window::default(), &[ended], at(699)),
            Err(StartRefusal::Cooldown { until: at(700) })
        );
        assert_eq!(twice.may_start(&Window::default(), &[ended], at(700)), Ok(()));
        assert_eq!(
            twice.may_start(&Window::default(), &[ended, ended], at(9_999)),
            Err(StartRefusal::AttemptsUsed { allowed: 2 })
        );
    }

    #[test]
    fn an_attempt_that_the_pass_rule_would_not_count_is_not_begun() {
        let gate = json!({"kind": "sequential-gate", "tables": "gate-1", "tries": 2, "cooldown-hours": 0});
        let gate = assessment(&json!({ "mode": "sequentialGate", "passRule": gate }));
        let ended = begun(&gate, at(0)).submit(at(1));
        assert_eq!(gate.may_start(&Window::default(), &[ended], at(9)), Ok(()));
        assert_eq!(
            gate.may_start(&Window::default(), &[ended, ended], at(9)),
            Err(StartRefusal::AttemptsUsed { allowed: 2 })
        );
    }

    #[test]
    fn the_clock_stands_still_for_as_long_as_a_person_may_stop_it() {
        let form = assessment(&json!({ "timeLimit": 600 }));
        let given = Accommodation {
            extra_time: 0,
            breaks: 5,
        };
        let attempt = Attempt::start(&form, &Window::default(), given, at(0));
        assert_eq!(limited().take_break(at(1_001)), Err(AttemptRefusal::NoBreak));

        let resting = attempt.take_break(at(100)).unwrap();
        assert_eq!(resting.save(at(120), None, 1), Err(AttemptRefusal::OnBreak));
        assert_eq!(resting.take_break(at(120)), Err(AttemptRefusal::OnBreak));
        let back = resting.go_on(at(220));
        assert_eq!(back.deadline, Some(at(720)));
        assert_eq!(back.breaks_left, Duration::from_mins(3));
        assert_eq!(back.save(at(221), None, 1), Ok(Save::Store));
        assert_eq!(back.go_on(at(300)), back);

        // Who does not come back has the whole break, and no more.
        assert_eq!(resting.break_ends(at(399)), Some(at(400)));
        assert_eq!(resting.break_ends(at(400)), None);
        assert_eq!(resting.save(at(400), None, 1), Ok(Save::Store));
        assert_eq!(resting.go_on(at(500)).deadline, Some(at(900)));
        assert_eq!(
            resting.go_on(at(500)).take_break(at(501)),
            Err(AttemptRefusal::NoBreak)
        );
        assert!(resting.is_overdue(at(911)) && !resting.is_overdue(at(910)));
    }

    #[test]
    fn what_changes_after_the_start_takes_no_time_away() {
        let form = assessment(&json!({ "timeLimit": 600 }));
        let closing = |second| Window {
            closes: Some(at(second)),
            ..Window::default()
        };
        let given = Accommodation {
            extra_time: 100,
            breaks: 0,
        };
        let attempt = Attempt::start(&form, &closing(300), Accommodation::default(), at(0));
        assert_eq!(attempt.deadline, Some(at(300)));
        for (window, given, deadline) in [
            (closing(200), Accommodation::default(), Some(at(300))),
            (closing(500), Accommodation::default(), Some(at(500))),
            (Window::default(), Accommodation::default(), Some(at(600))),
            (closing(300), given, Some(at(900))),
        ] {
            assert_eq!(attempt.under(&form, &window, given).deadline, deadline);
        }

        let rests = Accommodation {
            extra_time: 0,
            breaks: 2,
        };
        let resting = Attempt::start(&form, &Window::default(), rests, at(0))
            .take_break(at(60))
            .unwrap();
        let more = Accommodation { breaks: 5, ..given };
        assert_eq!(
            resting.under(&form, &Window::default(), more).deadline,
            Some(at(1_500))
        );
        let untimed = assessment(&json!({}));
        let endless = Attempt::start(&untimed, &Window::default(), rests, at(0));
        assert_eq!(endless.deadline, None);
        let closing = endless.under(&untimed, &closing(300), rests);
        assert_eq!(closing.deadline, Some(at(300)));
        assert_eq!(closing.take_break(at(1)), Err(AttemptRefusal::NoBreak));
        let back = resting.go_on(at(120)).under(&form, &Window::default(), more);
        assert_eq!(back.deadline, Some(at(1_260)));
        assert_eq!(back.breaks_left, Duration::from_mins(4));
    }

    #[test]
    fn a_gate_takes_the_next_item_only_and_an_answer_that_was_judged_stands() {
        let gate = assessment(&json!({ "mode": "sequentialGate" }));
        assert_eq!(gate.may_answer(1, false, Some(1)), Ok(()));
        assert_eq!(gate.may_answer(2, false, Some(1)), Err(AttemptRefusal::NotNext));
        assert_eq!(
            gate.may_answer(0, true, Some(1)),
            Err(AttemptRefusal::AnswerStands)
        );
        let practice = assessment(&json!({ "feedback": { "when": "atOnce" } }));
        assert_eq!(practice.may_answer(5, false, Some(1)), Ok(()));
        assert_eq!(
            practice.may_answer(0, true, Some(1)),
            Err(AttemptRefusal::AnswerStands)
        );
        assert_eq!(assessment(&json!({})).may_answer(0, true, Some(1)), Ok(()));
    }

    #[test]
    fn where_there_is_no_way_back_only_the_item_in_hand_is_answered() {
        let linear = assessment(&json!({ "navigation": "linear", "layout": "onePage" }));
        assert_eq!(linear.arrangement(), Layout::OneItemPerPage);
        for (position, taken) in [
            (0, Err(AttemptRefusal::LeftBehind)),
            (1, Ok(())),
            (2, Err(AttemptRefusal::NotNext)),
        ] {
            assert_eq!(linear.may_answer(position, false, Some(1)), taken);
        }
        // Answers that stand are judged on the way, and there is nothing to go back for.
        let judged = assessment(&json!({ "navigation": "linear", "feedback": { "when": "atOnce" } }));
        assert!(!judged.is_linear());
    }
}
