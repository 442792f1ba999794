//! When an assessment may be sat, and how much time a person has for it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::StartRefusal;
use crate::{Problem, Timestamp};

/// When an assessment may be sat. It belongs to no version: it holds for
/// everybody from the moment it is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Window {
    /// Before this no attempt is begun; none: at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<Timestamp>,
    /// From this on no attempt is begun, and those under way end; none: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Timestamp>,
}

impl Window {
    /// What is wrong with it: at `closes`, if it closes before it opens.
    pub fn check(&self) -> Result<(), Problem> {
        match (self.opens, self.closes) {
            (Some(opens), Some(closes)) if closes <= opens => {
                Err(Problem::at("closes", "window-closes-first"))
            }
            _ => Ok(()),
        }
    }

    /// Whether an attempt may be begun now.
    pub fn admits(&self, now: Timestamp) -> Result<(), StartRefusal> {
        match (self.opens, self.closes) {
            (Some(at), _) if now < at => Err(StartRefusal::NotOpen { at }),
            (_, Some(at)) if at <= now => Err(StartRefusal::Closed { at }),
            _ => Ok(()),
        }
    }

    /// Whether it has closed.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.closes.is_some_and(|closes| closes <= now)
    }
}

/// What a person is given wherever they are assessed, so that it is measured what
/// they can do and not what hinders them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Accommodation {
    /// How much longer than others they have, in percent of the time limit.
    pub extra_time: u16,
    /// How long they may stop the clock in one attempt, in minutes.
    pub breaks: u16,
}

impl Accommodation {
    /// The most extra time: four times what others have.
    pub const MAX_EXTRA_TIME: u16 = 300;
    /// The longest breaks: half a working day.
    pub const MAX_BREAKS: u16 = 240;

    /// What is out of range.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        [
            ("extra-time", self.extra_time, Self::MAX_EXTRA_TIME),
            ("breaks", self.breaks, Self::MAX_BREAKS),
        ]
        .into_iter()
        .filter(|(_, given, most)| given > most)
        .map(|(field, _, most)| Problem::at(field, "accommodation-too-large").with("most", most))
        .collect()
    }

    /// The breaks in one attempt of so long: there is no clock to stop in one that
    /// may take as long as it takes.
    #[must_use]
    pub fn breaks_in(&self, limit: Option<Duration>) -> Duration {
        limit.map_or(Duration::ZERO, |_| Duration::from_mins(self.breaks.into()))
    }

    /// What is added to a time limit.
    #[must_use]
    pub fn extra(&self, limit: Duration) -> Duration {
        limit * u32::from(self.extra_time) / 100
    }

    /// When an attempt that is begun at `start` has to end: after the time limit, and
    /// no later than the window closes. Whoever has more time than others keeps it
    /// beyond that too, or it would be worth nothing to those who begin late.
    #[must_use]
    pub fn deadline(&self, start: Timestamp, limit: Option<Duration>, window: &Window) -> Option<Timestamp> {
        let Some(limit) = limit else {
            return window.closes;
        };
        let extra = self.extra(limit);
        let ends = start.after(limit).after(extra);
        Some(window.closes.map_or(ends, |closes| ends.min(closes.after(extra))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_unix_millis(minute * 60_000)
    }

    const HOUR: Option<Duration> = Some(Duration::from_hours(1));
    const WINDOW: Window = Window {
        opens: None,
        closes: None,
    };

    #[test]
    fn an_attempt_is_begun_within_the_window() {
        let window = Window {
            opens: Some(at(10)),
            closes: Some(at(20)),
        };
        assert_eq!(window.admits(at(9)), Err(StartRefusal::NotOpen { at: at(10) }));
        assert_eq!(window.admits(at(10)), Ok(()));
        assert_eq!(window.admits(at(20)), Err(StartRefusal::Closed { at: at(20) }));
        assert_eq!([window.is_over(at(19)), window.is_over(at(20))], [false, true]);
        assert_eq!(WINDOW.admits(at(0)), Ok(()));
        assert!(!WINDOW.is_over(at(99)));
        let backwards = Window {
            opens: Some(at(20)),
            closes: Some(at(20)),
        };
        assert_eq!(backwards.check().unwrap_err().path, "closes");
    }

    #[test]
    fn extra_time_is_added_to_the_limit_and_to_the_close() {
        let half_more = Accommodation {
            extra_time: 50,
            breaks: 0,
        };
        let closes = |minute| Window {
            closes: Some(at(minute)),
            ..WINDOW
        };
        for (given, window, deadline) in [
            (Accommodation::default(), WINDOW, 160),
            (half_more, WINDOW, 190),
            (Accommodation::default(), closes(130), 130),
            (half_more, closes(130), 160),
            (half_more, closes(500), 190),
        ] {
            assert_eq!(given.deadline(at(100), HOUR, &window), Some(at(deadline)));
        }
        assert_eq!(half_more.deadline(at(100), None, &WINDOW), None);
        assert_eq!(half_more.deadline(at(100), None, &closes(130)), Some(at(130)));
    }

    #[test]
    fn what_is_given_has_bounds() {
        let most = Accommodation {
            extra_time: 300,
            breaks: 240,
        };
        assert_eq!(most.check(), []);
        let more = Accommodation {
            extra_time: 301,
            breaks: 241,
        };
        let paths: Vec<_> = more.check().into_iter().map(|problem| problem.path).collect();
        assert_eq!(paths, ["extra-time", "breaks"]);
    }
}
