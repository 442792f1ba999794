//! Answers that come when the time is up.
//!
//! What was saved by the deadline is what was handed in, and stays so. An answer that
//! was given before and came after it, because the network was away, is kept beside it.
//! When it was given only the browser says, and nobody can check that: where an answer
//! counts because it arrives soon enough, those minutes are anybody's who wants them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Assessment, Attempt, AttemptRefusal, GRACE};
use crate::Timestamp;

/// What becomes of answers that come when the time is up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LatePolicy {
    /// They are refused.
    Refuse,
    /// They are kept, and a person decides.
    #[default]
    Keep,
    /// They count if they arrive within so many minutes. Those that come later are kept,
    /// and a person decides.
    CountWithin(u16),
}

/// What becomes of one answer that came late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LateVerdict {
    /// It is not kept.
    Refused,
    /// It is kept, and a person decides.
    Kept,
    /// It is kept, and counts.
    Counted,
}

impl LatePolicy {
    /// No answer is kept that arrives later, in minutes: a day.
    pub const LONGEST: u16 = 1_440;

    /// Whether it is what holds where nothing else is said.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// What becomes of an answer to an attempt that ended at `ended`, which arrived at
    /// `arrived` by the server's clock and was given at `given` by what the browser says;
    /// none if it says nothing. Whatever it says, nothing counts that arrived too late,
    /// and what by its own account was given too late is not kept at all.
    #[must_use]
    pub fn verdict(self, ended: Timestamp, arrived: Timestamp, given: Option<Timestamp>) -> LateVerdict {
        let late = arrived.since(ended);
        let was_given_late = given.is_some_and(|given| given > ended.after(GRACE));
        if was_given_late || late > minutes(Self::LONGEST) {
            return LateVerdict::Refused;
        }
        match self {
            Self::Refuse => LateVerdict::Refused,
            Self::CountWithin(most) if given.is_some() && late <= minutes(most.min(Self::LONGEST)) => {
                LateVerdict::Counted
            }
            Self::Keep | Self::CountWithin(_) => LateVerdict::Kept,
        }
    }
}

impl Assessment {
    /// What becomes of answers that come when the time is up. Where an answer is judged
    /// as soon as it stands, one that came late would follow on what others were told of.
    #[must_use]
    pub fn late_policy(&self) -> LatePolicy {
        if self.answers_stand() {
            LatePolicy::Refuse
        } else {
            self.late
        }
    }
}

impl Attempt {
    /// When the attempt ended, if that was because its time was up: then answers may come
    /// late. One that its learner has handed in is as they wanted it.
    pub fn ended_by_time(&self) -> Result<Timestamp, AttemptRefusal> {
        match (self.ended, self.deadline) {
            (Some(ended), Some(deadline)) if ended == deadline && !self.handed_in => Ok(ended),
            _ => Err(AttemptRefusal::Submitted),
        }
    }

    /// Until when answers may come late.
    #[must_use]
    pub fn late_until(&self, policy: LatePolicy) -> Option<Timestamp> {
        let ended = self.ended_by_time().ok()?;
        (policy != LatePolicy::Refuse).then(|| ended.after(minutes(LatePolicy::LONGEST)))
    }
}

fn minutes(count: u16) -> Duration {
    Duration::from_mins(count.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::AttemptState, *};

    const ENDED: i64 = 1_000_000;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_unix_millis(ENDED + millis)
    }

    fn verdict(policy: LatePolicy, arrived: i64, given: Option<i64>) -> LateVerdict {
        policy.verdict(at(0), at(arrived), given.map(at))
    }

    const MINUTE: i64 = 60_000;
    const DAY: i64 = 1_440 * MINUTE;
    const FIVE: LatePolicy = LatePolicy::CountWithin(5);

    #[test]
    fn what_becomes_of_it_follows_from_the_policy_and_from_when_it_arrived() {
        use LateVerdict::{Counted, Kept, Refused};
        for (policy, arrived, given, expected) in [
            (LatePolicy::Refuse, 1, Some(-1), Refused),
            (LatePolicy::Keep, 1, Some(-1), Kept),
            (LatePolicy::Keep, DAY, None, Kept),
            (LatePolicy::Keep, DAY + 1, Some(-1), Refused),
            (FIVE, 5 * MINUTE, Some(-1), Counted),
            (FIVE, 5 * MINUTE + 1, Some(-1), Kept),
            (FIVE, 5 * MINUTE, None, Kept),
            (FIVE, DAY + 1, Some(-1), Refused),
            (LatePolicy::CountWithin(1_440), DAY, Some(0), Counted),
            (LatePolicy::CountWithin(u16::MAX), DAY + 1, Some(0), Refused),
            // What left in time may have been a little late, as with any save.
            (FIVE, 5 * MINUTE, Some(10_000), Counted),
            (FIVE, 5 * MINUTE, Some(10_001), Refused),
            (LatePolicy::Keep, 5 * MINUTE, Some(10_001), Refused),
        ] {
            let found = verdict(policy, arrived, given);
            assert_eq!(found, expected, "{policy:?} {arrived} {given:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_browser_says_nothing_counts_that_arrived_too_late(
            most in any::<u16>(),
            arrived in 0..3 * DAY,
            given in proptest::option::of(-DAY..3 * DAY),
        ) {
            let most_allowed = i64::from(most.min(LatePolicy::LONGEST)) * MINUTE;
            for policy in [LatePolicy::Refuse, LatePolicy::Keep, LatePolicy::CountWithin(most)] {
                let counts = verdict(policy, arrived, given) == LateVerdict::Counted;
                let may = policy == LatePolicy::CountWithin(most) && arrived <= most_allowed;
                prop_assert!(may || !counts);
                if arrived > DAY {
                    prop_assert_eq!(verdict(policy, arrived, given), LateVerdict::Refused);
                }
            }
        }
    }

    fn attempt(ended: i64, handed_in: bool) -> Attempt {
        Attempt {
            state: AttemptState::Scored,
            started: at(-10 * MINUTE),
            deadline: Some(at(0)),
            ended: Some(at(ended)),
            handed_in,
            breaks_taken: Duration::ZERO,
            breaks_left: Duration::ZERO,
            break_since: None,
        }
    }

    #[test]
    fn only_what_ended_with_its_time_takes_late_answers() {
        assert_eq!(attempt(0, false).ended_by_time(), Ok(at(0)));
        assert_eq!(attempt(-1, false).ended_by_time(), Err(AttemptRefusal::Submitted));
        assert_eq!(attempt(0, true).ended_by_time(), Err(AttemptRefusal::Submitted));
        let open = Attempt {
            state: AttemptState::InProgress,
            ended: None,
            ..attempt(0, false)
        };
        assert_eq!(open.ended_by_time(), Err(AttemptRefusal::Submitted));
        let endless = Attempt {
            deadline: None,
            ..attempt(0, false)
        };
        assert_eq!(endless.ended_by_time(), Err(AttemptRefusal::Submitted));
        assert_eq!(attempt(0, false).late_until(FIVE), Some(at(DAY)));
        assert_eq!(attempt(0, false).late_until(LatePolicy::Refuse), None);
    }
}
