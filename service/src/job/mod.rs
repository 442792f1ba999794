//! The outbox: work that follows from a change is stored with it, in the same
//! transaction, and done afterwards by a worker, as often as it takes.

mod parked;
mod payload;
mod queue;
mod worker;

use domain::{
    id::{AchievementId, AttemptId, AwardId, MarkingId, PersonId, RegradeId, TenantId},
    identity::EmailAddress,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use parked::{Parked, discard, parked, retry};
pub use queue::{later, now, once, schedule};
pub use worker::run_due;

use crate::mail::Mail;

/// What there is to do. Every job can be run twice without harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "kebab-case")]
pub enum Job {
    /// Hand a mail to the way out.
    SendMail(Mail),
    /// Mail a link to choose another password, if the address has an account.
    MailResetLink {
        /// The address that was typed.
        email: EmailAddress,
    },
    /// Mail the link that confirms an address again, if it has an account that
    /// still needs it.
    MailVerification {
        /// The address that was typed.
        email: EmailAddress,
        /// The path that its person wants to go to in the end.
        back: Option<String>,
    },
    /// Sign the badge for an award and put it into the holder's wallet.
    IssueCredential {
        /// Where.
        tenant: TenantId,
        /// For which award.
        award: AwardId,
    },
    /// See which badges a person has earned, after something changed.
    EvaluateAwards {
        /// Where.
        tenant: TenantId,
        /// Whose.
        person: PersonId,
    },
    /// Find the people who may have earned an achievement before it was there.
    ReachAchievement {
        /// Where.
        tenant: TenantId,
        /// Which.
        achievement: AchievementId,
        /// Those up to this one have been found.
        after: Option<PersonId>,
    },
    /// Add an attempt that is scored to the tallies of its assessment.
    CountAttempt {
        /// Where.
        tenant: TenantId,
        /// Which.
        attempt: AttemptId,
    },
    /// Look at the next people whom a regrade may concern.
    Regrade {
        /// Where.
        tenant: TenantId,
        /// Which.
        regrade: RegradeId,
        /// Those up to this one have been looked at.
        after: Option<PersonId>,
    },
    /// Submit an attempt whose time is up.
    CloseOverdueAttempt {
        /// Where.
        tenant: TenantId,
        /// Which.
        attempt: AttemptId,
    },
    /// Let an answer count that came when the time was up, and that the policy lets count.
    CountLateAnswer {
        /// Where.
        tenant: TenantId,
        /// In which attempt.
        attempt: AttemptId,
        /// At which place of its form, from 0.
        position: i64,
    },
    /// Enter what issuers did with badges into the public log.
    AppendToLog,
    /// Let the first mark of a piece stand that two do not have to mark any longer.
    SettleFirstMark {
        /// Where.
        tenant: TenantId,
        /// Of which piece.
        piece: MarkingId,
    },
    /// Remove the bytes of a file that was an answer, if it is none any more.
    ForgetAnswerFile {
        /// Where.
        tenant: TenantId,
        /// The place of the bytes.
        place: Uuid,
    },
    /// Remove sessions, links and records that are past their time.
    Sweep,
}

impl Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::SendMail(_) => "send-mail",
            Self::MailResetLink { .. } => "mail-reset-link",
            Self::MailVerification { .. } => "mail-verification",
            Self::IssueCredential { .. } => "issue-credential",
            Self::EvaluateAwards { .. } => "evaluate-awards",
            Self::ReachAchievement { .. } => "reach-achievement",
            Self::CountAttempt { .. } => "count-attempt",
            Self::Regrade { .. } => "regrade",
            Self::CloseOverdueAttempt { .. } => "close-overdue-attempt",
            Self::CountLateAnswer { .. } => "count-late-answer",
            Self::AppendToLog => "append-to-log",
            Self::SettleFirstMark { .. } => "settle-first-mark",
            Self::ForgetAnswerFile { .. } => "forget-answer-file",
            Self::Sweep => "sweep",
        }
    }

    fn tenant(&self) -> Option<TenantId> {
        match self {
            Self::SendMail(_)
            | Self::MailResetLink { .. }
            | Self::MailVerification { .. }
            | Self::AppendToLog
            | Self::Sweep => None,
            Self::IssueCredential { tenant, .. }
            | Self::EvaluateAwards { tenant, .. }
            | Self::ReachAchievement { tenant, .. }
            | Self::CountAttempt { tenant, .. }
            | Self::Regrade { tenant, .. }
            | Self::CloseOverdueAttempt { tenant, .. }
            | Self::ForgetAnswerFile { tenant, .. }
            | Self::CountLateAnswer { tenant, .. }
            | Self::SettleFirstMark { tenant, .. } => Some(*tenant),
        }
    }
}
