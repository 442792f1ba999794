//! Who comes.

use domain::tenancy::Role;

/// A kind of caller. All but the last two belong to the tenant `harbour`, or to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Caller {
    /// Not signed in.
    Visitor,
    /// Signed in, and nowhere a member.
    Stranger,
    /// A learner who has badges and attempts.
    Learner,
    /// Another learner.
    Classmate,
    Assessor,
    Instructor,
    Admin,
    Owner,
    /// The owner of another tenant, `ridge`.
    Neighbour,
    /// Runs the installation; nowhere a member.
    Operator,
}

impl Caller {
    pub(crate) const ALL: [Self; 10] = [
        Self::Visitor,
        Self::Stranger,
        Self::Learner,
        Self::Classmate,
        Self::Assessor,
        Self::Instructor,
        Self::Admin,
        Self::Owner,
        Self::Neighbour,
        Self::Operator,
    ];

    /// What they are in `harbour`.
    pub(crate) const fn role(self) -> Option<Role> {
        match self {
            Self::Visitor | Self::Stranger | Self::Neighbour | Self::Operator => None,
            Self::Learner | Self::Classmate => Some(Role::Learner),
            Self::Assessor => Some(Role::Assessor),
            Self::Instructor => Some(Role::Instructor),
            Self::Admin => Some(Role::Admin),
            Self::Owner => Some(Role::Owner),
        }
    }

    /// Whom the demo has for this.
    pub(crate) const fn email(self) -> Option<&'static str> {
        match self {
            Self::Visitor => None,
            Self::Stranger => Some("stranger@fallow.example"),
            Self::Learner => Some("tomasz.kettlewick@example.org"),
            Self::Classmate => Some("amara.tidewell@example.org"),
            Self::Assessor => Some("benedikt.mooring@example.org"),
            Self::Instructor => Some("tamsin.anchorage@example.org"),
            Self::Admin => Some("ravi.lighthouse@example.org"),
            Self::Owner => Some("odile.quayside@example.org"),
            Self::Neighbour => Some("ingrid.fellpath@example.org"),
            Self::Operator => Some("sam.keystone@example.org"),
        }
    }
}
