//! Whether a badge counts, as the one who issued it says, and what may become of it.

use serde::Serialize;

use crate::{
    Timestamp,
    text::{is_unprintable, text_enum, text_type},
};

text_enum! {
    /// What an issuer did with a badge.
    pub enum Step {
        /// Signed it and gave it to its holder.
        Issued = "issued",
        /// Took it out of force for the time being.
        Suspended = "suspended",
        /// Put it into force again.
        Reinstated = "reinstated",
        /// Took it back for good.
        Revoked = "revoked",
    }
}

impl Step {
    /// What everybody may know for good, in the public log. A doubt that was
    /// settled is nobody else's business afterwards.
    pub const LOGGED: [Self; 2] = [Self::Issued, Self::Revoked];
}

/// Whether a badge counts. As JSON an object with `state`, and for one that does
/// not count with `since` and `reason`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Standing {
    /// It counts, as far as its issuer is concerned.
    InForce,
    /// There is doubt, and it does not count until that is settled.
    Suspended(Halt),
    /// It was taken back for good.
    Revoked(Halt),
}

/// Since when a badge does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Halt {
    /// Since when.
    pub since: Timestamp,
    /// Why, in its issuer's words.
    pub reason: String,
}

/// What was revoked stays revoked: nothing else can become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a badge is revoked for good")]
pub struct ForGood;

impl Standing {
    /// Whether `step` would change anything. A badge is issued once; what is
    /// suspended can be revoked, and what is revoked stays so.
    pub fn admits(&self, step: Step) -> Result<bool, ForGood> {
        match (self, step) {
            (Self::Revoked(_), Step::Suspended | Step::Reinstated) => Err(ForGood),
            (Self::InForce, Step::Suspended | Step::Revoked)
            | (Self::Suspended(_), Step::Reinstated | Step::Revoked) => Ok(true),
            _ => Ok(false),
        }
    }

    /// Since when it does not count and why, if it does not.
    #[must_use]
    pub fn halt(&self) -> Option<&Halt> {
        match self {
            Self::InForce => None,
            Self::Suspended(halt) | Self::Revoked(halt) => Some(halt),
        }
    }

    /// Whether it was taken back for good.
    #[must_use]
    pub fn is_revoked(&self) -> bool {
        matches!(self, Self::Revoked(_))
    }
}

/// Why an issuer takes such a step: plain text of up to [`Reason::MAX_CHARS`]
/// characters, which may have several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// Why a reason was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReasonProblem {
    /// Nothing.
    #[error("reason-missing")]
    Missing,
    /// More than [`Reason::MAX_CHARS`] characters.
    #[error("reason-too-long")]
    TooLong,
    /// A control or direction character; see [`is_unprintable`].
    #[error("reason-unprintable")]
    Unprintable,
}

impl Reason {
    /// The most characters (Unicode scalar values) that a reason may have.
    pub const MAX_CHARS: usize = 500;

    /// Trims, ends lines as everywhere, and checks.
    pub fn parse(text: &str) -> Result<Self, ReasonProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ReasonProblem::Missing);
        }
        // A character takes at most four bytes, and a line in a form ends with two.
        if text.len() > Self::MAX_CHARS * 8 {
            return Err(ReasonProblem::TooLong);
        }
        let text = text.replace("\r\n", "\n");
        if text.chars().any(|c| c != '\n' && is_unprintable(c)) {
            return Err(ReasonProblem::Unprintable);
        }
        if text.chars().count() > Self::MAX_CHARS {
            return Err(ReasonProblem::TooLong);
        }
        Ok(Self(text))
    }
}

text_type!(Reason, ReasonProblem);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn halt() -> Halt {
        Halt {
            since: Timestamp::from_unix_millis(1_000),
            reason: "Under review".to_owned(),
        }
    }

    #[test]
    fn a_suspended_badge_comes_back_or_is_revoked_and_a_revoked_one_stays_so() {
        use Step::{Issued, Reinstated, Revoked, Suspended};
        for (standing, expected) in [
            (
                Standing::InForce,
                [
                    (Issued, Ok(false)),
                    (Suspended, Ok(true)),
                    (Reinstated, Ok(false)),
                    (Revoked, Ok(true)),
                ],
            ),
            (
                Standing::Suspended(halt()),
                [
                    (Issued, Ok(false)),
                    (Suspended, Ok(false)),
                    (Reinstated, Ok(true)),
                    (Revoked, Ok(true)),
                ],
            ),
            (
                Standing::Revoked(halt()),
                [
                    (Issued, Ok(false)),
                    (Suspended, Err(ForGood)),
                    (Reinstated, Err(ForGood)),
                    (Revoked, Ok(false)),
                ],
            ),
        ] {
            for (step, admitted) in expected {
                assert_eq!(standing.admits(step), admitted, "{standing:?} {step}");
            }
        }
    }

    #[test]
    fn a_standing_is_written_with_what_there_is_to_say() {
        assert_eq!(
            serde_json::to_value(Standing::InForce).unwrap(),
            json!({"state": "in-force"})
        );
        assert_eq!(
            serde_json::to_value(Standing::Suspended(halt())).unwrap(),
            json!({"state": "suspended", "since": "1970-01-01T00:00:01Z", "reason": "Under review"})
        );
    }

    #[test]
    fn a_reason_is_text_of_a_few_lines_and_nothing_else() {
        let parsed = |text: &str| Reason::parse(text).map(|reason| reason.to_string());
        assert_eq!(
            parsed("  One.\r\nTwo. \n"),
            Ok("One.\nTwo.".to_owned()),
            "lines stay"
        );
        assert_eq!(parsed(" \n "), Err(ReasonProblem::Missing));
        assert_eq!(parsed("a\u{202e}b"), Err(ReasonProblem::Unprintable));
        assert_eq!(parsed("a\u{1b}[2Jb"), Err(ReasonProblem::Unprintable));
        assert_eq!(parsed(&"x".repeat(501)), Err(ReasonProblem::TooLong));
        assert_eq!(parsed(&"x".repeat(5_000)), Err(ReasonProblem::TooLong));
        assert!(parsed(&"ä".repeat(500)).is_ok());
    }

    proptest! {
        #[test]
        fn a_reason_that_was_taken_is_taken_again_as_it_is(text in "\\PC{0,600}") {
            if let Ok(reason) = Reason::parse(&text) {
                prop_assert_eq!(Reason::parse(reason.as_str()), Ok(reason.clone()));
                prop_assert!(reason.as_str().chars().count() <= Reason::MAX_CHARS);
            }
        }
    }
}
