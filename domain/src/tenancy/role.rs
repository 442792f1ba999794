use crate::text::text_enum;

text_enum! {
    /// What a member is in a tenant. Each membership has one; whoever has any
    /// may also learn.
    pub enum Role {
        /// Answers for the tenant: everything, and who else is an owner.
        Owner = "owner",
        /// Runs it: people, looks, programs, issuing.
        Admin = "admin",
        /// Writes competencies, courses, items and assessments; marks; sees how learners do.
        Instructor = "instructor",
        /// Marks what people have to mark, and judges evidence.
        Assessor = "assessor",
        /// Learns.
        Learner = "learner",
    }
}

text_enum! {
    /// What somebody may do in a tenant. A use case asks for exactly one.
    pub enum Permission {
        /// Take courses, practise, be assessed, hold badges.
        Learn = "learn",
        /// Write and publish competencies, courses, items, rubrics and assessments.
        Author = "author",
        /// See the drafts that authors work on.
        ViewDrafts = "view-drafts",
        /// Mark responses with a rubric.
        Mark = "mark",
        /// Put right what was asked wrongly, and have results decided anew.
        Regrade = "regrade",
        /// Settle what two assessors mark differently, and see how far they agree.
        Moderate = "moderate",
        /// Define achievements and what stacks into what.
        DefineAchievements = "define-achievements",
        /// Suspend and revoke badges.
        RevokeCredentials = "revoke-credentials",
        /// Invite and remove members; roles up to one's own.
        ManagePeople = "manage-people",
        /// Name, languages, looks and sign-up policy.
        ManageSettings = "manage-settings",
        /// The issuer's identity and signing keys.
        ManageIssuer = "manage-issuer",
        /// Read the audit trail.
        ReadAudit = "read-audit",
        /// Make and unmake owners; close the tenant.
        ManageOwnership = "manage-ownership",
        /// Approve items that others have written, or send them back.
        ReviewItems = "review-items",
    }
}

impl Role {
    /// Whether this role may do that: the only table of permissions there is.
    #[must_use]
    pub const fn may(self, permission: Permission) -> bool {
        use Role::{Admin, Assessor, Instructor, Owner};
        match permission {
            Permission::Learn => true,
            Permission::Mark | Permission::ViewDrafts => {
                matches!(self, Owner | Admin | Instructor | Assessor)
            }
            Permission::Author | Permission::Regrade | Permission::Moderate | Permission::ReviewItems => {
                matches!(self, Owner | Admin | Instructor)
            }
            Permission::DefineAchievements
            | Permission::RevokeCredentials
            | Permission::ManagePeople
            | Permission::ManageSettings
            | Permission::ManageIssuer
            | Permission::ReadAudit => matches!(self, Owner | Admin),
            Permission::ManageOwnership => matches!(self, Owner),
        }
    }

    /// Whether a member with this role may give `role` to somebody, or take it away.
    #[must_use]
    pub const fn may_assign(self, role: Self) -> bool {
        match role {
            Self::Owner => self.may(Permission::ManageOwnership),
            _ => self.may(Permission::ManagePeople),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_the_one_below_may() {
        let up = [
            Role::Learner,
            Role::Assessor,
            Role::Instructor,
            Role::Admin,
            Role::Owner,
        ];
        for pair in up.windows(2) {
            for permission in Permission::ALL {
                assert!(
                    !pair[0].may(*permission) || pair[1].may(*permission),
                    "{} may {permission}, {} may not",
                    pair[0],
                    pair[1]
                );
            }
        }
    }

    #[test]
    fn a_learner_only_learns_and_an_owner_does_everything() {
        let of = |role: Role| Permission::ALL.iter().filter(move |p| role.may(**p)).count();
        assert_eq!(of(Role::Learner), 1);
        assert_eq!(of(Role::Owner), Permission::ALL.len());
    }

    #[test]
    fn only_owners_make_owners_and_only_admins_make_anybody() {
        for role in Role::ALL {
            assert_eq!(role.may_assign(Role::Owner), *role == Role::Owner);
            assert_eq!(
                role.may_assign(Role::Learner),
                matches!(role, Role::Owner | Role::Admin)
            );
        }
    }

    #[test]
    fn words_are_stable() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(*role));
        }
        assert!("root".parse::<Role>().is_err());
        assert_eq!(
            serde_json::to_string(&Permission::ViewDrafts).unwrap(),
            "\"view-drafts\""
        );
    }
}
