use serde::{Deserialize, Serialize};

use crate::{
    Problem,
    identity::{EmailAddress, EmailDomain},
};

/// Who may join a tenant by themselves. An invitation always admits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SignUpPolicy {
    /// Anybody.
    Open,
    /// Whoever has proved to hold an address at one of these domains. Exactly
    /// these: a subdomain is often let to others, and has to be named.
    EmailDomains {
        /// At least one, at most [`SignUpPolicy::MAX_DOMAINS`].
        domains: Vec<EmailDomain>,
    },
    /// Nobody.
    InvitationOnly,
}

impl SignUpPolicy {
    /// The most domains that one policy may name.
    pub const MAX_DOMAINS: usize = 100;

    /// Whether somebody with that address, once it is verified, may join.
    #[must_use]
    pub fn admits(&self, email: &EmailAddress) -> bool {
        match self {
            Self::Open => true,
            Self::EmailDomains { domains } => domains.iter().any(|d| d.as_str() == email.domain()),
            Self::InvitationOnly => false,
        }
    }

    /// What an admin has to put right before the policy is stored.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        match self {
            Self::EmailDomains { domains } if domains.is_empty() => {
                vec![Problem::at("domains", "domains-empty")]
            }
            Self::EmailDomains { domains } if domains.len() > Self::MAX_DOMAINS => {
                vec![Problem::at("domains", "domains-too-many").with("max", Self::MAX_DOMAINS)]
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_admits_exactly_its_domains() {
        let policy: SignUpPolicy = serde_json::from_value(serde_json::json!(
            { "kind": "email-domains", "domains": ["Harbour.example"] }
        ))
        .unwrap();
        for (address, admitted) in [
            ("mara@harbour.example", true),
            ("mara@HARBOUR.example", true),
            ("mara@sub.harbour.example", false),
            ("mara@not-harbour.example", false),
            ("harbour.example@evil.example", false),
        ] {
            assert_eq!(
                policy.admits(&EmailAddress::parse(address).unwrap()),
                admitted,
                "{address}"
            );
        }
    }

    #[test]
    fn open_admits_all_and_invitation_only_none() {
        let email = EmailAddress::parse("mara@harbour.example").unwrap();
        assert!(SignUpPolicy::Open.admits(&email));
        assert!(!SignUpPolicy::InvitationOnly.admits(&email));
        assert_eq!(
            serde_json::to_string(&SignUpPolicy::InvitationOnly).unwrap(),
            r#"{"kind":"invitation-only"}"#
        );
    }

    #[test]
    fn a_list_of_no_domains_is_a_problem() {
        let policy = SignUpPolicy::EmailDomains { domains: Vec::new() };
        assert_eq!(policy.check()[0].code, "domains-empty");
        assert_eq!(SignUpPolicy::Open.check(), []);
    }
}
