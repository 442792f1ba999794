//! What a regrade changes, added up.

use std::collections::BTreeMap;

use domain::{
    assessment::{Points, Score},
    id::{AchievementId, AttemptId, CompetencyId, PersonId},
    mastery::Outcome,
};
use serde::{Deserialize, Serialize};

use crate::assessment::attempt::AttemptResult;

/// No more changes are listed one by one; all are counted.
const MOST_LISTED: usize = 100;

/// What changes, in all. Stored with the regrade, as small as it is however many
/// people it concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Changes {
    /// Whose result changes.
    pub people: u64,
    /// In how many attempts.
    pub attempts: u64,
    /// Attempts that waited for a mark and need none any more.
    pub released: u64,
    /// Attempts that are passed now and were not.
    pub now_passed: u64,
    /// Attempts that were passed and are no longer.
    pub no_longer_passed: u64,
    /// For each competency that is decided otherwise, for how many people.
    pub competencies: BTreeMap<CompetencyId, Turns>,
    /// For each badge, how many people earn it and for how many its ground is gone.
    pub badges: BTreeMap<AchievementId, Turns>,
    /// The first of the attempts.
    pub listed: Vec<Listed>,
}

/// How many people gain something, and how many lose it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Turns {
    /// So many gain it.
    pub gained: u64,
    /// So many lose it.
    pub lost: u64,
}

/// A changed attempt with its person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Listed {
    /// Whose it is.
    pub person: PersonId,
    /// What changes.
    pub change: ChangedAttempt,
}

/// What changes in one attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ChangedAttempt {
    /// Which.
    pub attempt: AttemptId,
    /// The learner's 1st, 2nd … at this assessment.
    pub number: i64,
    /// What it was worth.
    pub before: Worth,
    /// What it is worth.
    pub after: Worth,
}

/// What an attempt is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Worth {
    /// Points given.
    pub points: Points,
    /// Points to be had.
    pub max: Points,
    /// What the assessment's rule says; none where it has no rule.
    pub outcome: Option<Outcome>,
}

impl Worth {
    pub(crate) fn of(result: &AttemptResult) -> Self {
        Self {
            points: result.points,
            max: result.max,
            outcome: result.outcome,
        }
    }

    fn is_passed(self) -> bool {
        self.outcome == Some(Outcome::Mastered)
    }
}

/// What changes for one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Changed {
    pub(super) attempts: Vec<ChangedAttempt>,
    /// How many attempts waited for a mark and need none any more.
    pub(super) released: u64,
    /// Competencies that are decided otherwise, and whether they are mastered now.
    pub(super) competencies: Vec<(CompetencyId, bool)>,
    pub(super) earned: Vec<AchievementId>,
    pub(super) lost: Vec<AchievementId>,
}

impl Changed {
    /// Whether there is nothing that the person would notice.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Changes {
    /// Adds what changes for one more person.
    pub(super) fn add(&mut self, person: PersonId, changed: Changed) {
        if changed.is_empty() {
            return;
        }
        self.people += 1;
        self.released += changed.released;
        for change in changed.attempts {
            self.attempts += 1;
            match (change.before.is_passed(), change.after.is_passed()) {
                (false, true) => self.now_passed += 1,
                (true, false) => self.no_longer_passed += 1,
                _ => {}
            }
            if self.listed.len() < MOST_LISTED {
                self.listed.push(Listed { person, change });
            }
        }
        for (competency, mastered) in changed.competencies {
            let turns = self.competencies.entry(competency).or_default();
            *(if mastered {
                &mut turns.gained
            } else {
                &mut turns.lost
            }) += 1;
        }
        for badge in changed.earned {
            self.badges.entry(badge).or_default().gained += 1;
        }
        for badge in changed.lost {
            self.badges.entry(badge).or_default().lost += 1;
        }
    }
}

/// What stood in an attempt before it was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct StoredAmendment {
    /// The scores that were replaced, by position.
    pub(crate) scores: BTreeMap<i64, Score>,
    /// The result.
    pub(crate) result: AttemptResult,
}
