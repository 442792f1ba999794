//! How an item's draft comes to be approved: whoever writes it sends it to review,
//! and somebody else looks at it.

use crate::{tenancy::Permission, text::text_enum};

text_enum! {
    /// How far an item is in its review.
    pub enum ReviewState {
        /// It is being written.
        Draft = "draft",
        /// It waits for somebody else to look at it.
        InReview = "in-review",
        /// Somebody else found it good, and nothing was changed since.
        Approved = "approved",
        /// It is not drawn any more. Attempts that hold it go on.
        Retired = "retired",
    }
}

text_enum! {
    /// What is done to an item in its review.
    pub enum ReviewStep {
        /// Sends it to review.
        Send = "send",
        /// Finds it good.
        Approve = "approve",
        /// Gives it back to be changed.
        SendBack = "send-back",
        /// Says something about it.
        Comment = "comment",
        /// Writes in it.
        Edit = "edit",
        /// Takes it out of use.
        Retire = "retire",
        /// Takes it into use again.
        Restore = "restore",
    }
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReviewRefusal {
    /// Not as the item is now.
    #[error("review-not-now")]
    NotNow,
    /// Whoever judges it has written in it since it was last approved.
    #[error("review-own-work")]
    OwnWork,
}

impl ReviewState {
    /// How far it is after `step`; none where that cannot be done now.
    ///
    /// Writing in it undoes what was decided: nobody has seen what it is now. So does
    /// taking it back into use, since there was a reason to retire it.
    #[must_use]
    pub const fn after(self, step: ReviewStep) -> Option<Self> {
        use ReviewState::{Approved, Draft, InReview, Retired};
        match (self, step) {
            (Draft, ReviewStep::Send) => Some(InReview),
            (InReview, ReviewStep::Approve) => Some(Approved),
            // Somebody may see only later what is wrong.
            (InReview | Approved, ReviewStep::SendBack)
            | (Draft | InReview | Approved, ReviewStep::Edit)
            | (Retired, ReviewStep::Restore) => Some(Draft),
            (Draft | InReview | Approved, ReviewStep::Comment) => Some(self),
            (Retired, ReviewStep::Edit) | (Draft | InReview | Approved, ReviewStep::Retire) => Some(Retired),
            _ => None,
        }
    }

    /// How far it is after somebody's `step`, who `has_written` in it since it was last
    /// approved or has not.
    pub const fn take(self, step: ReviewStep, has_written: bool) -> Result<Self, ReviewRefusal> {
        match self.after(step) {
            None => Err(ReviewRefusal::NotNow),
            Some(_) if has_written && step.is_for_others() => Err(ReviewRefusal::OwnWork),
            Some(next) => Ok(next),
        }
    }

    /// Whether it may be published where that takes an approval, or does not.
    #[must_use]
    pub const fn may_be_published(self, requires_review: bool) -> bool {
        !requires_review || matches!(self, Self::Approved)
    }
}

impl ReviewStep {
    /// What somebody needs who takes it for its own sake; none where it comes with
    /// something else that is done to the item.
    #[must_use]
    pub const fn needs(self) -> Option<Permission> {
        match self {
            Self::Send | Self::Comment => Some(Permission::Author),
            Self::Approve | Self::SendBack => Some(Permission::ReviewItems),
            Self::Edit | Self::Retire | Self::Restore => None,
        }
    }

    /// Whether it says nothing without words.
    #[must_use]
    pub const fn needs_words(self) -> bool {
        matches!(self, Self::SendBack | Self::Comment)
    }

    /// Whether it is a judgement, which nobody makes about their own work.
    const fn is_for_others(self) -> bool {
        matches!(self, Self::Approve)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_leads_where_it_should_and_nowhere_else() {
        use ReviewState::{Approved, Draft, InReview, Retired};
        let table = [
            (ReviewStep::Send, [Some(InReview), None, None, None]),
            (ReviewStep::Approve, [None, Some(Approved), None, None]),
            (ReviewStep::SendBack, [None, Some(Draft), Some(Draft), None]),
            (
                ReviewStep::Comment,
                [Some(Draft), Some(InReview), Some(Approved), None],
            ),
            (
                ReviewStep::Edit,
                [Some(Draft), Some(Draft), Some(Draft), Some(Retired)],
            ),
            (
                ReviewStep::Retire,
                [Some(Retired), Some(Retired), Some(Retired), None],
            ),
            (ReviewStep::Restore, [None, None, None, Some(Draft)]),
        ];
        assert_eq!(table.map(|(step, _)| step).as_slice(), ReviewStep::ALL);
        for (step, expected) in table {
            let met: Vec<_> = ReviewState::ALL.iter().map(|state| state.after(step)).collect();
            assert_eq!(met, expected, "{step}");
        }
    }

    #[test]
    fn nobody_approves_what_they_have_written() {
        let state = ReviewState::InReview;
        assert_eq!(state.take(ReviewStep::Approve, true), Err(ReviewRefusal::OwnWork));
        assert_eq!(state.take(ReviewStep::Approve, false), Ok(ReviewState::Approved));
        // To take one's own work back does no harm.
        assert_eq!(state.take(ReviewStep::SendBack, true), Ok(ReviewState::Draft));
        assert_eq!(
            ReviewState::Draft.take(ReviewStep::Approve, true),
            Err(ReviewRefusal::NotNow)
        );
    }

    #[test]
    fn only_an_approval_comes_before_publishing_and_only_where_it_is_asked_for() {
        for state in ReviewState::ALL {
            assert!(state.may_be_published(false), "{state}");
            assert_eq!(
                state.may_be_published(true),
                *state == ReviewState::Approved,
                "{state}"
            );
        }
    }

    #[test]
    fn approved_comes_after_review_alone() {
        for state in ReviewState::ALL {
            for step in ReviewStep::ALL {
                let is_new =
                    *state != ReviewState::Approved && state.after(*step) == Some(ReviewState::Approved);
                assert_eq!(
                    is_new,
                    (*state, *step) == (ReviewState::InReview, ReviewStep::Approve)
                );
            }
        }
    }
}
