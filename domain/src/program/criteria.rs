use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    Problem,
    id::{AchievementId, AssessmentId, CompetencyId},
};

/// What has to be true of a learner for an achievement to be theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Criteria {
    /// A competency is mastered, by its own rule.
    CompetencyMastered {
        /// Which.
        competency: CompetencyId,
    },
    /// An assessment is passed.
    AssessmentPassed {
        /// Which.
        assessment: AssessmentId,
    },
    /// Another badge is held: badges stack.
    BadgeHeld {
        /// Which.
        achievement: AchievementId,
    },
    /// Every one of these.
    All {
        /// The parts.
        of: Vec<Criteria>,
    },
    /// One of these.
    Any {
        /// The parts.
        of: Vec<Criteria>,
    },
    /// At least `n` of these.
    AtLeast {
        /// How many.
        n: u8,
        /// The parts.
        of: Vec<Criteria>,
    },
}

/// One thing that criteria can ask for, and a learner can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum Requirement {
    /// This competency, mastered.
    Competency(CompetencyId),
    /// This assessment, passed.
    Assessment(AssessmentId),
    /// This badge, held: neither revoked nor suspended nor expired.
    Badge(AchievementId),
}

/// What a learner has in a tenant.
pub type Holdings = BTreeSet<Requirement>;

/// How a learner stands to an achievement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Evaluation {
    /// Whether the criteria are met.
    pub earned: bool,
    /// How many requirements are met, on the shortest way there.
    pub met: usize,
    /// How many that way has.
    pub needed: usize,
    /// What is missing on it, in the order of the criteria.
    pub missing: Vec<Requirement>,
    /// What is met on it, in the order of the criteria: once earned, what carries it.
    pub because: Vec<Requirement>,
}

/// Holds a learner's holdings against criteria. Where there is a choice, the
/// way on which least is missing is taken, the first of equals.
///
/// Criteria with problems ([`Criteria::check`]) are never met.
#[must_use]
pub fn earned(criteria: &Criteria, holdings: &Holdings) -> Evaluation {
    let way = criteria.way(holdings);
    Evaluation {
        earned: way.missing.is_empty() && criteria.check().is_empty(),
        met: way.because.len(),
        needed: way.because.len() + way.missing.len(),
        missing: way.missing,
        because: way.because,
    }
}

#[derive(Default)]
struct Way {
    missing: Vec<Requirement>,
    because: Vec<Requirement>,
}

impl Criteria {
    /// How deep criteria may be nested.
    pub const MAX_DEPTH: usize = 5;
    /// How many parts one may join.
    pub const MAX_PARTS: usize = 50;
    /// How many they may be in all.
    pub const MAX_SIZE: usize = 200;

    /// All that they name, each once.
    #[must_use]
    pub fn requirements(&self) -> BTreeSet<Requirement> {
        match self.requirement() {
            Some(requirement) => BTreeSet::from([requirement]),
            None => self.parts().iter().flat_map(Self::requirements).collect(),
        }
    }

    /// What their author has to put right before anything can be earned by them.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.check_at("", 1, &mut problems);
        if problems.is_empty() && self.size() > Self::MAX_SIZE {
            problems.push(Problem::at("", "criteria-too-large").with("most", Self::MAX_SIZE));
        }
        problems
    }

    /// The criteria that these join; none for a single requirement.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::All { of } | Self::Any { of } | Self::AtLeast { of, .. } => of,
            _ => &[],
        }
    }

    /// How many of their parts are enough; none are needed of a single requirement.
    #[must_use]
    pub fn needed(&self) -> usize {
        match self {
            Self::Any { .. } => 1,
            Self::AtLeast { n, .. } => usize::from(*n),
            _ => self.parts().len(),
        }
    }

    /// The single requirement that these are; none if they join others.
    #[must_use]
    pub fn requirement(&self) -> Option<Requirement> {
        match self {
            Self::CompetencyMastered { competency } => Some(Requirement::Competency(*competency)),
            Self::AssessmentPassed { assessment } => Some(Requirement::Assessment(*assessment)),
            Self::BadgeHeld { achievement } => Some(Requirement::Badge(*achievement)),
            Self::All { .. } | Self::Any { .. } | Self::AtLeast { .. } => None,
        }
    }

    fn way(&self, holdings: &Holdings) -> Way {
        if let Some(requirement) = self.requirement() {
            let mut way = Way::default();
            let side = if holdings.contains(&requirement) {
                &mut way.because
            } else {
                &mut way.missing
            };
            side.push(requirement);
            return way;
        }
        let needed = self.needed();
        let mut ways: Vec<_> = self
            .parts()
            .iter()
            .map(|part| part.way(holdings))
            .enumerate()
            .collect();
        ways.sort_by_key(|(_, way)| way.missing.len());
        ways.truncate(needed);
        ways.sort_by_key(|(place, _)| *place);
        let mut joined = Way::default();
        for (_, way) in ways {
            joined.missing.extend(way.missing);
            joined.because.extend(way.because);
        }
        keep_first_of_each(&mut joined.missing);
        keep_first_of_each(&mut joined.because);
        joined
    }

    fn size(&self) -> usize {
        1 + self.parts().iter().map(Self::size).sum::<usize>()
    }

    fn check_at(&self, path: &str, depth: usize, problems: &mut Vec<Problem>) {
        if self.requirement().is_some() {
            return;
        }
        let field = |name: &str| {
            if path.is_empty() {
                name.to_owned()
            } else {
                format!("{path}.{name}")
            }
        };
        let (of, parts) = (field("of"), self.parts());
        if parts.is_empty() {
            problems.push(Problem::at(of, "criteria-empty"));
        } else if parts.len() > Self::MAX_PARTS {
            problems.push(Problem::at(of, "criteria-too-many-parts").with("most", Self::MAX_PARTS));
        } else if depth >= Self::MAX_DEPTH {
            problems.push(Problem::at(of, "criteria-too-deep").with("most", Self::MAX_DEPTH));
        } else {
            if let Self::AtLeast { n, .. } = self
                && !(1..=parts.len()).contains(&usize::from(*n))
            {
                let problem = Problem::at(field("n"), "criteria-number-out-of-range");
                problems.push(problem.with("least", 1).with("most", parts.len()));
            }
            for (index, part) in parts.iter().enumerate() {
                part.check_at(&format!("{of}.{index}"), depth + 1, problems);
            }
        }
    }
}

fn keep_first_of_each(requirements: &mut Vec<Requirement>) {
    let mut seen = BTreeSet::new();
    requirements.retain(|requirement| seen.insert(*requirement));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn badge(n: u128) -> Criteria {
        Criteria::BadgeHeld {
            achievement: AchievementId(Uuid::from_u128(n)),
        }
    }

    fn held(badges: &[u128]) -> Holdings {
        badges
            .iter()
            .map(|n| Requirement::Badge(AchievementId(Uuid::from_u128(*n))))
            .collect()
    }

    fn ids(requirements: &[Requirement]) -> Vec<u128> {
        let id = |requirement: &Requirement| match requirement {
            Requirement::Badge(id) => id.0.as_u128(),
            other => panic!("{other:?}"),
        };
        requirements.iter().map(id).collect()
    }

    #[test]
    fn criteria_are_written_as_they_are_read() {
        let text = concat!(
            r#"{"kind":"all","of":[{"kind":"competency-mastered","competency":"00000000-0000-0000-0000-000000000001"},"#,
            r#"{"kind":"at-least","n":1,"of":[{"kind":"badge-held","achievement":"00000000-0000-0000-0000-000000000002"},"#,
            r#"{"kind":"assessment-passed","assessment":"00000000-0000-0000-0000-000000000003"}]}]}"#
        );
        let criteria: Criteria = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&criteria).unwrap(), text);
        assert_eq!(criteria.check(), []);
        assert_eq!(criteria.requirements().len(), 3);
    }

    #[test]
    fn progress_is_counted_along_the_shortest_way() {
        let criteria = Criteria::All {
            of: vec![
                badge(1),
                Criteria::Any {
                    of: vec![
                        Criteria::All {
                            of: vec![badge(2), badge(3), badge(4)],
                        },
                        Criteria::All {
                            of: vec![badge(5), badge(6)],
                        },
                    ],
                },
            ],
        };
        for (holds, earned_now, met, missing) in [
            (&[][..], false, 0, &[1, 5, 6][..]),
            (&[1, 2, 3], false, 3, &[4]),
            (&[1, 5], false, 2, &[6]),
            (&[1, 5, 6, 2], true, 3, &[]),
        ] {
            let evaluation = earned(&criteria, &held(holds));
            assert_eq!(
                (evaluation.earned, evaluation.met),
                (earned_now, met),
                "{holds:?}"
            );
            assert_eq!(ids(&evaluation.missing), missing, "{holds:?}");
        }
        assert_eq!(ids(&earned(&criteria, &held(&[1, 5, 6, 2])).because), [1, 5, 6]);
    }

    #[test]
    fn at_least_takes_what_is_nearest() {
        let criteria = Criteria::AtLeast {
            n: 2,
            of: vec![badge(1), badge(2), badge(3)],
        };
        let evaluation = earned(&criteria, &held(&[3]));
        assert_eq!((evaluation.met, evaluation.needed), (1, 2));
        assert_eq!(
            (ids(&evaluation.missing), ids(&evaluation.because)),
            (vec![1], vec![3])
        );
        assert!(earned(&criteria, &held(&[1, 3])).earned);
    }

    #[test]
    fn criteria_that_ask_for_nothing_grant_nothing() {
        for (criteria, code, path) in [
            (Criteria::All { of: vec![] }, "criteria-empty", "of"),
            (
                Criteria::AtLeast {
                    n: 0,
                    of: vec![badge(1)],
                },
                "criteria-number-out-of-range",
                "n",
            ),
            (
                Criteria::AtLeast {
                    n: 2,
                    of: vec![badge(1)],
                },
                "criteria-number-out-of-range",
                "n",
            ),
            (
                Criteria::Any {
                    of: vec![badge(1), Criteria::Any { of: vec![] }],
                },
                "criteria-empty",
                "of.1.of",
            ),
            (
                Criteria::Any {
                    of: vec![badge(1); 51],
                },
                "criteria-too-many-parts",
                "of",
            ),
        ] {
            let problems = criteria.check();
            assert_eq!((problems[0].code, problems[0].path.as_str()), (code, path));
            assert!(!earned(&criteria, &held(&[1])).earned, "{criteria:?}");
        }
        let deep = (0..5).fold(badge(1), |inner, _| Criteria::All { of: vec![inner] });
        assert_eq!(deep.check()[0].code, "criteria-too-deep");
    }

    fn any_criteria() -> impl Strategy<Value = Criteria> {
        (1..12_u128).prop_map(badge).prop_recursive(3, 30, 4, |inner| {
            let of = prop::collection::vec(inner, 1..4);
            prop_oneof![
                of.clone().prop_map(|of| Criteria::All { of }),
                of.clone().prop_map(|of| Criteria::Any { of }),
                (of, any::<prop::sample::Index>()).prop_map(|(of, n)| Criteria::AtLeast {
                    n: u8::try_from(n.index(of.len()) + 1).unwrap(),
                    of
                }),
            ]
        })
    }

    fn any_holdings() -> impl Strategy<Value = Holdings> {
        prop::collection::btree_set(1..12_u128, 0..12)
            .prop_map(|set| held(&set.into_iter().collect::<Vec<_>>()))
    }

    proptest! {
        #[test]
        fn what_is_named_as_missing_is_enough_and_what_carries_is_enough(
            criteria in any_criteria(), holdings in any_holdings()
        ) {
            let now = earned(&criteria, &holdings);
            let then: Holdings = now.because.iter().chain(&now.missing).copied().collect();
            prop_assert!(earned(&criteria, &then).earned);
            prop_assert_eq!(now.earned, now.missing.is_empty());
        }

        #[test]
        fn having_more_never_takes_anything_away(
            criteria in any_criteria(), holdings in any_holdings(), more in any_holdings()
        ) {
            if earned(&criteria, &holdings).earned {
                prop_assert!(earned(&criteria, &holdings.union(&more).copied().collect()).earned);
            }
        }
    }
}
