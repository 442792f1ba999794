//! Which items of a pool a section draws.

use serde::{Deserialize, Serialize};

use super::PoolItem;
use crate::{
    assessment::{Assessment, ItemKind, Selection, Unseen, analysis::Exposure},
    id::CompetencyId,
    mastery::Percent,
};

/// Which items of its pools a section draws; by default, any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Narrowing {
    /// Of this kind only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ItemKind>,
    /// No easier than this, in hundredths of a logit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_difficulty: Option<i16>,
    /// No harder than this, in hundredths of a logit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_difficulty: Option<i16>,
    /// What was drawn into a larger share of the assessment's latest attempts is drawn
    /// only when nothing else is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_exposed: Option<Percent>,
}

/// So many items have to be there, so that every learner can make every permitted attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// For this section, from 0,
    pub section: usize,
    /// of this competency,
    pub competency: CompetencyId,
    /// that are like this.
    pub narrowing: Narrowing,
    /// How many.
    pub items: usize,
}

impl Narrowing {
    /// The least and the greatest difficulty, in hundredths of a logit.
    pub const DIFFICULTY: (i16, i16) = (-600, 600);

    /// Whether it is what holds where nothing else is said.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether any item may be drawn.
    #[must_use]
    pub fn takes_all(&self) -> bool {
        let sparing = Self {
            most_exposed: self.most_exposed,
            ..Self::default()
        };
        *self == sparing
    }

    /// Between which difficulties items may be drawn, both included, as logits.
    #[must_use]
    pub fn logits(&self) -> (Option<f64>, Option<f64>) {
        let logit = |hundredths: i16| f64::from(hundredths) / 100.0;
        (self.least_difficulty.map(logit), self.most_difficulty.map(logit))
    }

    /// Whether an item of that kind and difficulty (a logit) may be drawn.
    #[must_use]
    pub fn takes(&self, kind: Option<ItemKind>, difficulty: f64) -> bool {
        let (least, most) = self.logits();
        self.kind.is_none_or(|wanted| kind == Some(wanted))
            && least.is_none_or(|least| difficulty >= least)
            && most.is_none_or(|most| difficulty <= most)
    }

    /// Whether an item was drawn so often of late that it is better spared. Of few
    /// attempts nothing is said.
    #[must_use]
    pub(super) fn spares(&self, item: &PoolItem) -> bool {
        let (drawn, attempts) = (u64::from(item.drawn_lately), u64::from(item.attempts_lately));
        self.most_exposed.is_some_and(|most| {
            attempts >= Exposure::FEWEST && drawn * 100 > attempts * u64::from(most.get())
        })
    }

    /// Those that leave less to choose from are drawn first. One that takes only what
    /// another takes as well never comes after it.
    fn rank(&self) -> (bool, i32) {
        let (least, most) = self.range();
        (self.kind.is_none(), i32::from(most) - i32::from(least))
    }

    /// Whether there may be items that both take.
    fn overlaps(&self, other: &Self) -> bool {
        let (least, most) = self.range();
        let (other_least, other_most) = other.range();
        let kinds = self.kind.is_none() || other.kind.is_none() || self.kind == other.kind;
        kinds && least <= other_most && other_least <= most
    }

    fn range(&self) -> (i16, i16) {
        let (least, most) = Self::DIFFICULTY;
        (
            self.least_difficulty.unwrap_or(least),
            self.most_difficulty.unwrap_or(most),
        )
    }
}

impl Assessment {
    /// The sections in the order in which their items are drawn: a section that takes
    /// any item leaves those to others that can't do without them.
    pub(super) fn by_scarcity(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.sections.len()).collect();
        order.sort_by_key(|section| match &self.sections[*section].selection {
            Selection::Items(_) => Narrowing::default().rank(),
            Selection::Pool { narrowing, .. } => narrowing.rank(),
        });
        order
    }

    /// How many items of each section's pools have to be there so that every learner can
    /// make every permitted attempt, whatever the other sections have drawn before.
    /// Where items may come again, one attempt's are enough.
    #[must_use]
    pub fn needs(&self) -> Vec<Need> {
        let own = self.own_needs();
        // What comes after the others in one try comes before them in the next.
        let is_used_up = self.unseen == Unseen::Required && self.attempts != Some(1);
        let before = |it: &Need, other: &Need| {
            other.competency == it.competency
                && (other.section == it.section
                    || (other.narrowing.overlaps(&it.narrowing)
                        && (is_used_up || other.narrowing.rank() <= it.narrowing.rank())))
        };
        let needed = own.iter().map(|it| Need {
            items: own
                .iter()
                .filter(|other| before(it, other))
                .map(|other| other.items)
                .sum(),
            ..*it
        });
        needed.collect()
    }
}
