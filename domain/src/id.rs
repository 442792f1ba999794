//! Ids: `UUIDv7` in a type of its own for each kind of thing, so that a
//! [`PersonId`] cannot stand where a [`CourseId`] is meant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Timestamp;

/// The text is not a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

/// A fresh `UUIDv7` (RFC 9562 §5.7) for the moment `at`, with 80 bits of
/// chance: ids made later sort later, to the millisecond.
#[must_use]
pub fn uuid_v7(at: Timestamp, chance: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(at.unix_millis().unsigned_abs(), &chance).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        // A key that no database counts up.
        #[cfg(feature = "sea-orm")]
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    )*};
}

ids! {
    /// An organisation with its own people, courses and issuer.
    TenantId;
    /// A human being, over all tenants.
    PersonId;
    /// A person's place in one tenant.
    MembershipId;
    /// An invitation by mail to join a tenant.
    InvitationId;
    /// A sign-in that is still valid.
    SessionId;
    /// A framework of competencies.
    FrameworkId;
    /// Something that a person can do.
    CompetencyId;
    /// A course, over all its versions.
    CourseId;
    /// A published state of a course, which never changes.
    CourseVersionId;
    /// A part of a course.
    ModuleId;
    /// A lesson, practice or assessment inside a module.
    ActivityId;
    /// A stored file.
    FileId;
    /// A question, over all its versions.
    ItemId;
    /// A published state of an item, which never changes.
    ItemVersionId;
    /// An assessment definition.
    AssessmentId;
    /// A published state of an assessment, which never changes.
    AssessmentVersionId;
    /// One learner's go at one assessment.
    AttemptId;
    /// One answer to one item in an attempt.
    ResponseId;
    /// A file that a learner answered with.
    AnswerFileId;
    /// A piece of marking that a person has to do.
    MarkingId;
    /// What was put right about an item that was asked in an assessment.
    RegradeId;
    /// A learner's request to have a result looked at again.
    AppealId;
    /// What a regrade or an answer to an appeal changed in one attempt.
    AmendmentId;
    /// A comment that an assessor keeps for another time.
    SavedCommentId;
    /// A question of another system that was not taken.
    RefusedItemId;
    /// What supports a claim about a learner's competence.
    EvidenceId;
    /// A decision about a learner's competence, with its record.
    DecisionId;
    /// A badge definition.
    AchievementId;
    /// A published state of a badge definition, which never changes.
    AchievementVersionId;
    /// A learner has earned an achievement.
    AwardId;
    /// A signed document about an award.
    CredentialId;
    /// A badge on its way into another wallet.
    WalletOfferId;
    /// A key that a tenant signs with.
    SigningKeyId;
    /// A Bitstring Status List.
    StatusListId;
    /// A unit of work in the outbox.
    JobId;
    /// An entry in the audit trail.
    AuditId;
    /// What was said or decided about an item in its review.
    ItemReviewId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_made_later_sorts_later() {
        let early = uuid_v7(Timestamp::from_unix_millis(1_000), [0xff; 10]);
        let late = uuid_v7(Timestamp::from_unix_millis(1_001), [0; 10]);
        assert!(early < late);
        assert_eq!(late.get_version_num(), 7);
    }

    #[test]
    fn text_that_is_no_uuid_is_not_an_id() {
        assert_eq!("../etc".parse::<CourseId>(), Err(NotAnId));
    }
}
