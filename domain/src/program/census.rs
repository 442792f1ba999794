use std::collections::BTreeMap;

use super::{Definition, Holdings, Requirement, earned};
use crate::id::AchievementId;

/// How many people have what, and where they are stuck.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    people: u64,
    holders: BTreeMap<Requirement, u64>,
    stuck: BTreeMap<(AchievementId, Requirement), u64>,
}

impl Census {
    /// Counts a person in, who has these holdings, at each of these badges.
    pub fn count(&mut self, badges: &[Definition<'_>], holdings: &Holdings) {
        self.people += 1;
        for held in holdings {
            *self.holders.entry(*held).or_default() += 1;
        }
        for badge in badges {
            for part in last_steps(badge, holdings) {
                *self.stuck.entry((badge.id, part)).or_default() += 1;
            }
        }
    }

    /// How many people were counted.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.people
    }

    /// How many of them have it.
    #[must_use]
    pub fn holders(&self, part: Requirement) -> u64 {
        self.holders.get(&part).copied().unwrap_or_default()
    }

    /// How many of them have something of what `badge` takes, and would have it
    /// whole with this one part more.
    #[must_use]
    pub fn stuck(&self, badge: AchievementId, part: Requirement) -> u64 {
        self.stuck.get(&(badge, part)).copied().unwrap_or_default()
    }
}

/// The parts each of which alone would complete the badge. None for somebody who
/// has it, or has nothing of it.
fn last_steps(badge: &Definition<'_>, holdings: &Holdings) -> Vec<Requirement> {
    if holdings.contains(&Requirement::Badge(badge.id)) {
        return Vec::new();
    }
    let asked = badge.criteria.requirements();
    if asked.is_disjoint(holdings) || earned(badge.criteria, holdings).missing.len() != 1 {
        return Vec::new();
    }
    let completes = |part: &Requirement| {
        let mut with = holdings.clone();
        with.insert(*part) && earned(badge.criteria, &with).earned
    };
    asked.into_iter().filter(completes).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::program::Criteria;

    fn id(n: u128) -> AchievementId {
        AchievementId(Uuid::from_u128(n))
    }

    fn holds(n: u128) -> Criteria {
        Criteria::BadgeHeld { achievement: id(n) }
    }

    fn counted(criteria: &Criteria, people: &[&[u128]]) -> Census {
        let mut census = Census::default();
        for held in people {
            let holdings = held.iter().map(|n| Requirement::Badge(id(*n))).collect();
            census.count(&[Definition { id: id(9), criteria }], &holdings);
        }
        census
    }

    #[test]
    fn who_lacks_a_single_part_is_stuck_there() {
        let all = Criteria::All {
            of: vec![holds(1), holds(2), holds(3)],
        };
        let census = counted(&all, &[&[1, 2], &[1, 2, 7], &[2, 3], &[1], &[], &[1, 2, 3, 9]]);
        let stuck = [1, 2, 3].map(|n| census.stuck(id(9), Requirement::Badge(id(n))));
        assert_eq!(stuck, [1, 0, 2]);
        assert_eq!(census.holders(Requirement::Badge(id(2))), 4);
        assert_eq!(census.people(), 6);
    }

    #[test]
    fn where_there_is_a_choice_each_part_that_would_do_counts() {
        let some = Criteria::AtLeast {
            n: 2,
            of: vec![holds(1), holds(2), holds(3)],
        };
        let census = counted(&some, &[&[1]]);
        let stuck = [1, 2, 3].map(|n| census.stuck(id(9), Requirement::Badge(id(n))));
        assert_eq!(stuck, [0, 1, 1]);
    }

    #[test]
    fn who_has_nothing_of_it_is_not_stuck() {
        assert_eq!(
            counted(&holds(1), &[&[], &[4]]).stuck(id(9), Requirement::Badge(id(1))),
            0
        );
    }
}
