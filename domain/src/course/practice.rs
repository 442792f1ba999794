//! How far a learner is with an activity of practice, and when it is done.

use super::Draw;
use crate::id::CompetencyId;

/// How far a learner is with an activity of practice.
///
/// Each draw counts by itself: answers about its competency, wherever they were
/// given, up to as many as it asks for. More of one make up for none of another.
/// A draw for which there are no items asks for nothing, so that what nobody has
/// written yet, or what was taken back, holds no learner up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practised {
    draws: Vec<Practice>,
}

/// What a learner finds, and has done, of one draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Practice {
    competency: CompetencyId,
    done: u64,
    of: u64,
}

impl Practised {
    /// How far somebody is with `draws` who has given so many `answers` about
    /// each competency, where there are so many `items` to practise with.
    #[must_use]
    pub fn of_draws(
        draws: &[Draw],
        answers: impl Fn(CompetencyId) -> u64,
        items: impl Fn(CompetencyId) -> u64,
    ) -> Self {
        let of = |draw: &Draw| match items(draw.competency) {
            0 => 0,
            _ => u64::from(draw.count),
        };
        let practice = |draw: &Draw| Practice {
            competency: draw.competency,
            done: answers(draw.competency).min(of(draw)),
            of: of(draw),
        };
        Self {
            draws: draws.iter().map(practice).collect(),
        }
    }

    /// How many of the answers asked for are given.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.draws.iter().map(|draw| draw.done).sum()
    }

    /// How many answers are asked for.
    #[must_use]
    pub fn of(&self) -> u64 {
        self.draws.iter().map(|draw| draw.of).sum()
    }

    /// Whether the activity can be done with that: every draw has what it asks for.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.draws.iter().all(Practice::is_enough)
    }

    /// What to practise next: the competencies of the draws that lack answers,
    /// and once none does, of all.
    #[must_use]
    pub fn competencies(&self) -> Vec<CompetencyId> {
        let enough = self.is_enough();
        let next = self.draws.iter().filter(|draw| enough || !draw.is_enough());
        next.map(|draw| draw.competency).collect()
    }
}

impl Practice {
    fn is_enough(&self) -> bool {
        self.done >= self.of
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn competency(n: usize) -> CompetencyId {
        CompetencyId(Uuid::from_u128(n as u128))
    }

    /// Draws of so many, with so many answers and items, each about a competency of its own.
    fn practised(draws: &[(u16, u64, u64)]) -> Practised {
        let asked: Vec<Draw> = (0..)
            .zip(draws)
            .map(|(n, (count, ..))| Draw {
                competency: competency(n),
                count: *count,
            })
            .collect();
        let place = |id: CompetencyId| usize::try_from(id.0.as_u128()).unwrap();
        Practised::of_draws(&asked, |id| draws[place(id)].1, |id| draws[place(id)].2)
    }

    #[test]
    fn each_draw_counts_by_itself() {
        for (draws, done, of, next) in [
            (vec![(2, 4, 9), (2, 0, 9)], 2, 4, vec![1]),
            (vec![(2, 2, 9), (2, 2, 9)], 4, 4, vec![0, 1]),
            (vec![(3, 0, 0), (2, 1, 9)], 1, 2, vec![1]),
            (vec![(3, 2, 0)], 0, 0, vec![0]),
            // Fewer items than answers asked for: they come again.
            (vec![(3, 2, 1)], 2, 3, vec![0]),
        ] {
            let practised = practised(&draws);
            let next: Vec<_> = next.into_iter().map(competency).collect();
            assert_eq!(
                (practised.done(), practised.of(), practised.competencies()),
                (done, of, next),
                "{draws:?}"
            );
            assert_eq!(practised.is_enough(), done == of, "{draws:?}");
        }
    }

    proptest! {
        #[test]
        fn another_answer_never_undoes_what_is_enough(
            draws in prop::collection::vec((1_u16..9, 0_u64..12, 0_u64..3), 1..5),
            which in any::<prop::sample::Index>(),
        ) {
            let mut more = draws.clone();
            let which = which.index(more.len());
            more[which].1 += 1;
            let (before, after) = (practised(&draws), practised(&more));
            prop_assert!(after.done() >= before.done() && after.of() == before.of());
            prop_assert!(!before.is_enough() || after.is_enough());
        }
    }
}
