//! Who earned a badge (Open Badges 3.0 §B.1.2 and §B.1.10).

use serde_json::Value;

use super::{achievement::Achievement, members::Members};
use crate::{
    Timestamp,
    credential::hash::{hex, sha256},
};

/// An `AchievementSubject`. It needs an id or an identity, and may have both.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    /// The learner's DID or other URI, if they gave one.
    pub id: Option<String>,
    /// By what else the learner can show that the badge is theirs.
    pub identities: Vec<Identity>,
    /// When the work began.
    pub started: Option<Timestamp>,
    /// When the work ended.
    pub ended: Option<Timestamp>,
    /// Credits earned, in the issuer's system.
    pub credits: Option<f64>,
    /// How well it was done.
    pub results: Vec<AchievementResult>,
    /// What the learner did, in Markdown.
    pub narrative: Option<String>,
}

/// An `IdentityObject`: a mail address that only those who know it recognise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    hash: String,
    salt: String,
}

/// A `Result`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AchievementResult {
    /// The URI of the achievement's result description.
    pub description: Option<String>,
    /// What was reached.
    pub value: Option<String>,
    /// The URI of the rubric's level that was reached.
    pub level: Option<String>,
}

impl Identity {
    /// The identity of whoever reads the mail at `address`. The salt has to be
    /// new for each badge, or all badges of a person could be put together.
    #[must_use]
    pub fn email(address: &str, salt: &str) -> Self {
        let hash = sha256(format!("{}{salt}", address.to_lowercase()).as_bytes());
        Self {
            hash: format!("sha256${}", hex(&hash)),
            salt: salt.to_owned(),
        }
    }

    fn to_json(&self) -> Value {
        Members::new()
            .set("type", "IdentityObject")
            .set("hashed", true)
            .set("identityHash", self.hash.as_str())
            .set("identityType", "emailAddress")
            .set("salt", self.salt.as_str())
            .into_value()
    }
}

impl Subject {
    pub(super) fn to_json(&self, achievement: &Achievement) -> Value {
        Members::typed("AchievementSubject")
            .text("id", self.id.as_deref())
            .list("identifier", self.identities.iter().map(Identity::to_json))
            .some(
                "activityStartDate",
                self.started.map(Timestamp::to_rfc3339_seconds),
            )
            .some("activityEndDate", self.ended.map(Timestamp::to_rfc3339_seconds))
            .some("creditsEarned", self.credits)
            .set("achievement", achievement.to_json())
            .text("narrative", self.narrative.as_deref())
            .list("result", self.results.iter().map(AchievementResult::to_json))
            .into_value()
    }
}

impl AchievementResult {
    fn to_json(&self) -> Value {
        Members::typed("Result")
            .text("resultDescription", self.description.as_deref())
            .text("value", self.value.as_deref())
            .text("achievedLevel", self.level.as_deref())
            .into_value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_hashed_as_the_standards_own_example() {
        let identity = Identity::email("A@example.com", "Kosher");
        assert_eq!(
            identity.to_json()["identityHash"],
            "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
        );
    }
}
