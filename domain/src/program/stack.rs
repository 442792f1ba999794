use std::collections::{BTreeMap, BTreeSet};

use super::{Criteria, Requirement};
use crate::{
    Stage,
    id::{AchievementId, AssessmentId, CompetencyId},
    text::text_enum,
};

/// A badge that stacks on others and that nothing larger asks for, with all
/// that it is built of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The badge.
    pub id: AchievementId,
    /// The badge as the part that everything else is a part of.
    pub whole: Part,
}

/// Something that a program is built of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub requirement: Requirement,
    /// Why nobody can get it now, or what is wrong with what it takes.
    pub fault: Option<Fault>,
    /// What a badge takes. None for anything else, and where a badge comes a
    /// second time in the same program: it is opened once.
    pub takes: Option<Branch>,
}

/// What a badge takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Branch {
    /// One thing.
    Part(Box<Part>),
    /// Several.
    Join {
        /// So many of them are enough.
        needed: usize,
        /// Each of them.
        of: Vec<Branch>,
    },
}

text_enum! {
    /// What is wrong with a part of a program.
    pub enum Fault {
        /// It is no longer there.
        Gone = "gone",
        /// It is only a draft, so nobody can get it.
        Draft = "draft",
        /// It was withdrawn, so nobody gets it any more.
        Withdrawn = "withdrawn",
        /// Nothing says when it counts as shown: a competency without a rule, an
        /// assessment that is practice only.
        Undecided = "undecided",
        /// No published assessment asks about the competency.
        Unassessed = "unassessed",
        /// The badge's rule has problems of its own, and grants nothing.
        Unsound = "unsound",
        /// The badge, by way of others, asks for itself.
        GoesRound = "goes-round",
        /// It stands below more badges than are looked through.
        TooDeep = "too-deep",
    }
}

/// How a competency can come to be mastered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Masterable {
    /// Whether a rule says when it is.
    pub has_rule: bool,
    /// Whether a published assessment asks about it.
    pub is_assessed: bool,
}

/// How an assessment can come to be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passable {
    /// How far it is.
    pub stage: Stage,
    /// Whether a rule says when it is passed.
    pub has_rule: bool,
}

/// All that a tenant has to build programs of.
#[derive(Debug, Clone, Default)]
pub struct Stock<'a> {
    /// Each badge: how far it is, and what it takes.
    pub badges: BTreeMap<AchievementId, (Stage, &'a Criteria)>,
    /// Each competency.
    pub competencies: BTreeMap<CompetencyId, Masterable>,
    /// Each assessment.
    pub assessments: BTreeMap<AssessmentId, Passable>,
}

impl Program {
    /// So many badges may stand one above the other.
    pub const MAX_DEPTH: usize = 12;

    /// Every program of a tenant, the oldest badge first. What was withdrawn
    /// makes none, and keeps none of its parts from being one.
    #[must_use]
    pub fn all(stock: &Stock<'_>) -> Vec<Self> {
        let in_use = stock
            .badges
            .iter()
            .filter(|(_, (stage, _))| *stage != Stage::Withdrawn)
            .map(|(id, (_, criteria))| (*id, *criteria))
            .collect();
        let program = |id| Self {
            id,
            whole: Part {
                // As a part of something larger it would be one; a program may be a draft.
                fault: stock.unsound(id),
                ..stock.part(Requirement::Badge(id), &mut Vec::new(), &mut BTreeSet::new())
            },
        };
        wholes(&in_use).into_iter().map(program).collect()
    }

    /// All that stands below the whole, from the top down, each as often as it
    /// comes.
    #[must_use]
    pub fn parts(&self) -> Vec<&Part> {
        let mut found = Vec::new();
        self.whole
            .takes
            .iter()
            .for_each(|branch| branch.collect(&mut found));
        found
    }
}

impl Branch {
    fn collect<'a>(&'a self, found: &mut Vec<&'a Part>) {
        match self {
            Self::Part(part) => {
                found.push(part);
                part.takes.iter().for_each(|branch| branch.collect(found));
            }
            Self::Join { of, .. } => of.iter().for_each(|branch| branch.collect(found)),
        }
    }
}

/// The badges that stack on others and that no larger one asks for. Of badges
/// that ask for each other in a circle, and that nothing else leads to, the first.
#[must_use]
pub fn wholes(badges: &BTreeMap<AchievementId, &Criteria>) -> Vec<AchievementId> {
    let below: BTreeMap<AchievementId, Vec<AchievementId>> = badges
        .iter()
        .map(|(id, criteria)| (*id, badges_in(criteria)))
        .filter(|(_, below)| !below.is_empty())
        .collect();
    let asked: BTreeSet<AchievementId> = below.values().flatten().copied().collect();
    let (tops, others): (Vec<_>, Vec<_>) = below.keys().copied().partition(|id| !asked.contains(id));
    let mut reached = BTreeSet::new();
    let mut found = Vec::new();
    for id in tops.into_iter().chain(others) {
        if reached.contains(&id) {
            continue;
        }
        found.push(id);
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if reached.insert(id) {
                open.extend(below.get(&id).into_iter().flatten());
            }
        }
    }
    found.sort_unstable();
    found
}

fn badges_in(criteria: &Criteria) -> Vec<AchievementId> {
    let badge = |requirement| match requirement {
        Requirement::Badge(id) => Some(id),
        _ => None,
    };
    criteria.requirements().into_iter().filter_map(badge).collect()
}

impl Stock<'_> {
    /// `above` are the badges on the way down here, `opened` those whose parts
    /// have been shown.
    fn part(
        &self,
        requirement: Requirement,
        above: &mut Vec<AchievementId>,
        opened: &mut BTreeSet<AchievementId>,
    ) -> Part {
        let part = |fault, takes| Part {
            requirement,
            fault,
            takes,
        };
        let fault = self.fault(requirement);
        let Requirement::Badge(id) = requirement else {
            return part(fault, None);
        };
        if above.contains(&id) {
            return part(Some(Fault::GoesRound), None);
        }
        let Some((_, criteria)) = self.badges.get(&id).filter(|_| self.unsound(id).is_none()) else {
            return part(fault, None);
        };
        if above.len() >= Program::MAX_DEPTH {
            return part(fault.or(Some(Fault::TooDeep)), None);
        }
        if !opened.insert(id) {
            return part(fault, None);
        }
        above.push(id);
        let takes = self.branch(criteria, above, opened);
        above.pop();
        part(fault, Some(takes))
    }

    fn branch(
        &self,
        criteria: &Criteria,
        above: &mut Vec<AchievementId>,
        opened: &mut BTreeSet<AchievementId>,
    ) -> Branch {
        if let Some(requirement) = criteria.requirement() {
            return Branch::Part(Box::new(self.part(requirement, above, opened)));
        }
        // One thing joined with nothing is that thing.
        if let [only] = criteria.parts() {
            return self.branch(only, above, opened);
        }
        let of = criteria.parts().iter();
        Branch::Join {
            needed: criteria.needed(),
            of: of.map(|part| self.branch(part, above, opened)).collect(),
        }
    }

    fn fault(&self, requirement: Requirement) -> Option<Fault> {
        match requirement {
            Requirement::Badge(id) => match self.badges.get(&id) {
                None => Some(Fault::Gone),
                Some((stage, _)) => not_published(*stage).or_else(|| self.unsound(id)),
            },
            Requirement::Assessment(id) => match self.assessments.get(&id) {
                None => Some(Fault::Gone),
                Some(it) => not_published(it.stage).or((!it.has_rule).then_some(Fault::Undecided)),
            },
            Requirement::Competency(id) => match self.competencies.get(&id) {
                None => Some(Fault::Gone),
                Some(it) if !it.has_rule => Some(Fault::Undecided),
                Some(it) => (!it.is_assessed).then_some(Fault::Unassessed),
            },
        }
    }

    fn unsound(&self, id: AchievementId) -> Option<Fault> {
        let (_, criteria) = self.badges.get(&id)?;
        (!criteria.check().is_empty()).then_some(Fault::Unsound)
    }
}

fn not_published(stage: Stage) -> Option<Fault> {
    match stage {
        Stage::Published => None,
        Stage::Draft => Some(Fault::Draft),
        Stage::Withdrawn => Some(Fault::Withdrawn),
    }
}

#[cfg(test)]
mod tests;
