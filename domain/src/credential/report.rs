//! What verifying a credential found.

use serde::Serialize;

use super::{claims::Claims, presented::NotPresented, standing::Standing};

/// The result of a check, and of all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It holds.
    Valid,
    /// It could not be found out.
    Unchecked,
    /// It does not hold.
    Invalid,
}

/// What is checked, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckName {
    /// It is a credential.
    Structure,
    /// Every term in it is defined by a context that is known.
    Terms,
    /// The signature fits.
    Proof,
    /// The key that signed it is the issuer's.
    Issuer,
    /// It counts at this time.
    Validity,
    /// It was not revoked or suspended.
    Status,
    /// It stands in a public log: asked only where a log is known.
    Logged,
}

impl CheckName {
    /// Every check that is always made, in order.
    pub const ALL: [Self; 6] = [
        Self::Structure,
        Self::Terms,
        Self::Proof,
        Self::Issuer,
        Self::Validity,
        Self::Status,
    ];
}

/// What a check found: a key for a text in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// As it should be.
    Fine,
    /// Not looked at, because of an earlier finding.
    NotReached,
    /// Something is missing or malformed.
    Malformed,
    /// It names a context that is not known.
    UnknownContext,
    /// It uses a part of the standards that is not known here.
    Unsupported,
    /// It has a term that no context defines, or another thing that no signature covers.
    UndefinedTerm,
    /// It is not signed.
    NoProof,
    /// It is signed in a way that is not known here.
    UnsupportedProof,
    /// The signature does not fit.
    BadSignature,
    /// The proof's own time has run out.
    ProofExpired,
    /// The issuer's keys could not be had.
    IssuerUnavailable,
    /// The key is not one with which this issuer signs credentials.
    NotIssuersKey,
    /// It does not count yet.
    NotYetValid,
    /// It no longer counts.
    Expired,
    /// It names no status list, so it can't have been revoked.
    NoStatus,
    /// The status list could not be had.
    StatusUnavailable,
    /// Its status is kept in a way that is not known here, or the list can't be relied on.
    StatusUnknown,
    /// It was revoked.
    Revoked,
    /// It is suspended.
    Suspended,
    /// Whether the log has it could not be found out.
    LogUnavailable,
    /// The log has it, but only since long after the time from which it says it counts.
    LoggedLate,
    /// The log does not have it, or is not what it should be.
    NotLogged,
}

impl Finding {
    /// What the finding makes of the check.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Fine | Self::NoStatus => Outcome::Valid,
            Self::NotReached
            | Self::UnknownContext
            | Self::Unsupported
            | Self::UnsupportedProof
            | Self::IssuerUnavailable
            | Self::StatusUnavailable
            | Self::StatusUnknown
            | Self::LogUnavailable
            | Self::LoggedLate => Outcome::Unchecked,
            Self::Malformed
            | Self::UndefinedTerm
            | Self::NoProof
            | Self::BadSignature
            | Self::ProofExpired
            | Self::NotIssuersKey
            | Self::NotYetValid
            | Self::Expired
            | Self::Revoked
            | Self::Suspended
            | Self::NotLogged => Outcome::Invalid,
        }
    }
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was checked.
    pub name: CheckName,
    /// How it came out.
    pub outcome: Outcome,
    /// What was found.
    pub finding: Finding,
    /// The same as an English sentence, with particulars.
    pub detail: String,
}

/// What became of one of a credential's proofs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProofResult {
    /// How it was made: its cryptosuite, say.
    pub kind: String,
    /// The URL that names the key.
    pub verification_method: String,
    /// Whether it names a key of the issuer's, and not of somebody who signed as well.
    pub by_issuer: bool,
    /// Whether it holds.
    pub outcome: Outcome,
    /// What was found.
    pub finding: Finding,
    /// The same as an English sentence, with particulars.
    pub detail: String,
}

impl ProofResult {
    pub(super) fn new(
        kind: &str,
        method: &str,
        by_issuer: bool,
        (finding, detail): &(Finding, String),
    ) -> Self {
        Self {
            kind: kind.to_owned(),
            verification_method: method.to_owned(),
            by_issuer,
            outcome: finding.outcome(),
            finding: *finding,
            detail: detail.clone(),
        }
    }
}

/// All that was found out about a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Invalid if any check is; else unchecked if any is; else valid.
    pub outcome: Outcome,
    /// The same as an English sentence.
    pub says: String,
    /// Every check, in the order of [`CheckName::ALL`]; then, where a log was asked,
    /// [`CheckName::Logged`].
    pub checks: Vec<Check>,
    /// Every proof that it carries, in its order.
    pub proofs: Vec<ProofResult>,
    /// What the credential says of itself, where that could be read. Only with
    /// [`Outcome::Valid`] is it also true.
    pub claims: Option<Claims>,
    /// What its issuer says of it, with since when and why. A status list only
    /// says whether: this is there where the installation that checks is the one
    /// that issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

impl Report {
    /// What there is to say of something that is no credential.
    #[must_use]
    pub fn of_none(cause: &NotPresented) -> Self {
        let finding = Finding::Malformed;
        let structure = Check {
            name: CheckName::Structure,
            outcome: finding.outcome(),
            finding,
            detail: cause.to_string(),
        };
        Self::new(vec![structure], Vec::new(), None)
    }

    pub(super) fn new(mut checks: Vec<Check>, proofs: Vec<ProofResult>, claims: Option<Claims>) -> Self {
        for name in CheckName::ALL.into_iter().skip(checks.len()) {
            let finding = Finding::NotReached;
            let detail = "not looked at, because of what was found before".to_owned();
            checks.push(Check {
                name,
                outcome: finding.outcome(),
                finding,
                detail,
            });
        }
        let (outcome, says) = verdict(&checks);
        Self {
            outcome,
            says,
            checks,
            proofs,
            claims,
            standing: None,
        }
    }

    /// With what its issuer says of it. That a badge does not count has not to be
    /// looked up any more: no list that could not be had leaves it open.
    #[must_use]
    pub fn with_standing(mut self, standing: Standing) -> Self {
        let (finding, said) = match &standing {
            Standing::InForce => (Finding::Fine, None),
            Standing::Suspended(halt) => (Finding::Suspended, Some(halt)),
            Standing::Revoked(halt) => (Finding::Revoked, Some(halt)),
        };
        let status = self
            .checks
            .iter_mut()
            .find(|check| check.name == CheckName::Status);
        if let (Some(halt), Some(check)) = (said, status)
            && check.outcome != Outcome::Invalid
        {
            check.outcome = finding.outcome();
            check.finding = finding;
            check.detail = format!("its issuer says that it does not count since {}", halt.since);
        }
        (self.outcome, self.says) = verdict(&self.checks);
        self.standing = Some(standing);
        self
    }

    /// With what was found of it in a log.
    #[must_use]
    pub fn with_log(mut self, (finding, detail): (Finding, String)) -> Self {
        self.checks.push(Check {
            name: CheckName::Logged,
            outcome: finding.outcome(),
            finding,
            detail,
        });
        (self.outcome, self.says) = verdict(&self.checks);
        self
    }

    /// The check of this name.
    #[must_use]
    pub fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }
}

/// What all checks come to, and the same in a sentence with the first thing that
/// stands against the credential.
fn verdict(checks: &[Check]) -> (Outcome, String) {
    let outcome = checks
        .iter()
        .map(|check| check.outcome)
        .max()
        .unwrap_or(Outcome::Unchecked);
    let first = checks.iter().find(|check| check.outcome == outcome);
    let detail = first.map(|check| check.detail.as_str()).unwrap_or_default();
    let says = match outcome {
        Outcome::Valid => {
            "The issuer named in it signed it, nobody has changed it since, and it is still valid.".to_owned()
        }
        Outcome::Unchecked => format!("Nothing is wrong with it as far as could be seen, but: {detail}."),
        Outcome::Invalid => format!("Do not rely on it: {detail}."),
    };
    (outcome, says)
}
