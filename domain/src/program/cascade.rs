use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Criteria, Evaluation, Holdings, Requirement, earned};
use crate::id::AchievementId;

/// An achievement and its criteria, in the version that is in force or, for a
/// badge that is held, in the one by which it was awarded.
#[derive(Debug, Clone, Copy)]
pub struct Definition<'a> {
    /// Which achievement.
    pub id: AchievementId,
    /// What it takes.
    pub criteria: &'a Criteria,
}

/// An achievement that has just been earned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earned {
    /// Which.
    pub id: AchievementId,
    /// By what.
    pub evaluation: Evaluation,
}

/// All that a learner with these holdings has earned and does not hold yet,
/// with what follows from it: a badge stands before those that stack on it.
#[must_use]
pub fn newly_earned(definitions: &[Definition<'_>], holdings: &Holdings) -> Vec<Earned> {
    let dependents = dependents(definitions);
    let mut holdings = holdings.clone();
    let mut open: VecDeque<&Definition<'_>> = definitions.iter().collect();
    let mut new = Vec::new();
    while let Some(definition) = open.pop_front() {
        let badge = Requirement::Badge(definition.id);
        if holdings.contains(&badge) {
            continue;
        }
        let evaluation = earned(definition.criteria, &holdings);
        if evaluation.earned {
            holdings.insert(badge);
            open.extend(dependents.get(&badge).into_iter().flatten().copied());
            new.push(Earned {
                id: definition.id,
                evaluation,
            });
        }
    }
    new
}

/// The held badges that no longer stand once `lost` is gone, each after those
/// whose fall it follows from. A badge that another way still carries stays.
#[must_use]
pub fn affected_by(
    lost: Requirement,
    definitions: &[Definition<'_>],
    holdings: &Holdings,
) -> Vec<AchievementId> {
    let dependents = dependents(definitions);
    let mut holdings = holdings.clone();
    holdings.remove(&lost);
    let mut gone = VecDeque::from([lost]);
    let mut fallen = Vec::new();
    while let Some(lost) = gone.pop_front() {
        for definition in dependents.get(&lost).into_iter().flatten() {
            let badge = Requirement::Badge(definition.id);
            if holdings.contains(&badge) && !earned(definition.criteria, &holdings).earned {
                holdings.remove(&badge);
                gone.push_back(badge);
                fallen.push(definition.id);
            }
        }
    }
    fallen
}

/// Refuses definitions of which one, by way of others, asks for itself. The
/// error is such a cycle, each the one that the one before asks for.
pub fn check_acyclic(definitions: &[Definition<'_>]) -> Result<(), Vec<AchievementId>> {
    let asks_for: BTreeMap<AchievementId, Vec<AchievementId>> = definitions
        .iter()
        .map(|definition| (definition.id, badges(definition.criteria).collect()))
        .collect();
    let mut done = BTreeSet::new();
    for start in asks_for.keys() {
        // The way down from `start`, each with those it asks for that are still to be looked at.
        let mut way = vec![(*start, asks_for[start].clone())];
        while let Some((id, open)) = way.last_mut() {
            let Some(next) = open.pop() else {
                done.insert(*id);
                way.pop();
                continue;
            };
            if done.contains(&next) {
                continue;
            }
            if let Some(from) = way.iter().position(|(id, _)| *id == next) {
                return Err(way.split_off(from).into_iter().map(|(id, _)| id).collect());
            }
            way.push((next, asks_for.get(&next).cloned().unwrap_or_default()));
        }
    }
    Ok(())
}

fn badges(criteria: &Criteria) -> impl Iterator<Item = AchievementId> {
    criteria
        .requirements()
        .into_iter()
        .filter_map(|requirement| match requirement {
            Requirement::Badge(id) => Some(id),
            _ => None,
        })
}

fn dependents<'a, 'b>(definitions: &'a [Definition<'b>]) -> BTreeMap<Requirement, Vec<&'a Definition<'b>>> {
    let mut dependents: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for definition in definitions {
        for requirement in definition.criteria.requirements() {
            dependents.entry(requirement).or_default().push(definition);
        }
    }
    dependents
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::id::CompetencyId;

    fn id(n: u128) -> AchievementId {
        AchievementId(Uuid::from_u128(n))
    }

    fn competency(n: u128) -> Requirement {
        Requirement::Competency(CompetencyId(Uuid::from_u128(n)))
    }

    fn masters(n: u128) -> Criteria {
        Criteria::CompetencyMastered {
            competency: CompetencyId(Uuid::from_u128(n)),
        }
    }

    fn holds(n: u128) -> Criteria {
        Criteria::BadgeHeld { achievement: id(n) }
    }

    fn all(of: Vec<Criteria>) -> Criteria {
        Criteria::All { of }
    }

    fn define(criteria: &[(u128, Criteria)]) -> Vec<Definition<'_>> {
        criteria
            .iter()
            .map(|(n, criteria)| Definition { id: id(*n), criteria })
            .collect()
    }

    fn stack() -> Vec<(u128, Criteria)> {
        vec![
            (9, all(vec![holds(7), holds(8)])),
            (
                8,
                Criteria::Any {
                    of: vec![holds(1), holds(2)],
                },
            ),
            (7, all(vec![holds(1), masters(3)])),
            (1, masters(1)),
            (2, masters(2)),
        ]
    }

    #[test]
    fn the_larger_badge_follows_from_its_last_part_by_itself() {
        let stack = stack();
        let new = newly_earned(&define(&stack), &Holdings::from([competency(1), competency(3)]));
        let ids: Vec<_> = new.iter().map(|earned| earned.id).collect();
        assert_eq!(ids, [id(1), id(8), id(7), id(9)]);
        assert_eq!(
            new[3].evaluation.because,
            [Requirement::Badge(id(7)), Requirement::Badge(id(8))]
        );
    }

    #[test]
    fn what_is_held_is_not_earned_again() {
        let stack = stack();
        let mut holdings = Holdings::from([competency(1)]);
        for earned in newly_earned(&define(&stack), &holdings.clone()) {
            holdings.insert(Requirement::Badge(earned.id));
        }
        assert_eq!(newly_earned(&define(&stack), &holdings), []);
    }

    #[test]
    fn what_stacked_on_a_lost_badge_falls_unless_another_way_carries_it() {
        let stack = stack();
        let mut holdings = Holdings::from([competency(1), competency(2), competency(3)]);
        holdings.extend([1, 2, 7, 8, 9].map(|n| Requirement::Badge(id(n))));
        let falls = |lost| affected_by(lost, &define(&stack), &holdings);
        assert_eq!(falls(Requirement::Badge(id(1))), [id(7), id(9)]);
        assert_eq!(falls(competency(1)), [id(1), id(7), id(9)]);
        assert_eq!(falls(Requirement::Badge(id(2))), []);
    }

    #[test]
    fn a_badge_cannot_ask_for_itself() {
        assert_eq!(check_acyclic(&define(&stack())), Ok(()));
        let own = [(1, all(vec![masters(1), holds(1)]))];
        assert_eq!(check_acyclic(&define(&own)), Err(vec![id(1)]));
        let mut round = stack();
        round[3].1 = holds(9);
        let cycle = check_acyclic(&define(&round)).unwrap_err();
        let asks = |n: AchievementId| round.iter().find(|(m, _)| id(*m) == n).unwrap().1.requirements();
        for (at, next) in cycle.iter().zip(cycle.iter().cycle().skip(1)) {
            assert!(asks(*at).contains(&Requirement::Badge(*next)), "{cycle:?}");
        }
    }

    #[test]
    fn a_very_long_chain_overflows_nothing() {
        let chain: Vec<_> = (0..20_000)
            .map(|n| (n, if n == 0 { masters(1) } else { holds(n - 1) }))
            .collect();
        let definitions = define(&chain);
        assert_eq!(check_acyclic(&definitions[..2_000]), Ok(()));
        assert_eq!(
            newly_earned(&definitions, &Holdings::from([competency(1)])).len(),
            20_000
        );
    }

    proptest! {
        #[test]
        fn what_was_earned_falls_together_with_all_that_it_came_from(
            asks in prop::collection::vec(prop::collection::btree_set(0..40_u128, 1..4), 1..20), lost in 0..20_u128
        ) {
            let criteria: Vec<(u128, Criteria)> = asks
                .iter()
                .zip(0..)
                .map(|(asks, n)| {
                    let part = |m: &u128| if *m < n { holds(*m) } else { masters(m % 20) };
                    let of = asks.iter().map(part).collect();
                    (n, if n % 2 == 0 { Criteria::All { of } } else { Criteria::Any { of } })
                })
                .collect();
            let definitions = define(&criteria);
            prop_assert_eq!(check_acyclic(&definitions), Ok(()));
            let competencies: Holdings = (0..20).map(competency).collect();
            let mut holdings = competencies.clone();
            holdings.extend(newly_earned(&definitions, &competencies).iter().map(|new| Requirement::Badge(new.id)));

            let fallen: BTreeSet<_> = affected_by(competency(lost), &definitions, &holdings).into_iter().collect();
            let mut without = competencies;
            without.remove(&competency(lost));
            let stand: BTreeSet<_> = newly_earned(&definitions, &without).iter().map(|new| new.id).collect();
            let all: BTreeSet<_> = definitions.iter().map(|definition| definition.id).collect();
            prop_assert_eq!(fallen, all.difference(&stand).copied().collect::<BTreeSet<_>>());
        }
    }
}
