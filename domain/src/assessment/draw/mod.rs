//! Drawing an attempt's form from pools.

mod narrowing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rand_chacha::rand_core::Rng;
use serde::{Deserialize, Serialize};

use crate::{
    Seed,
    assessment::{
        Assessment, ItemKind, Selection, Unseen,
        chance::{below, shuffle},
    },
    id::{CompetencyId, ItemId, ItemVersionId},
};

pub use narrowing::{Narrowing, Need};

/// An item that may be drawn, as the learner and the pool stand now. An item
/// that shows several competencies comes once for each.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PoolItem {
    /// The item; no two of its versions are drawn into one form.
    pub item: ItemId,
    /// The version that would be shown.
    pub item_version: ItemVersionId,
    /// The competency whose pool it is in.
    pub competency: CompetencyId,
    /// What sort of question it is.
    pub kind: Option<ItemKind>,
    /// How hard it is, as a logit.
    pub difficulty: f64,
    /// Whether this learner has met any version of it.
    pub seen: bool,
    /// How often it has been shown to anyone.
    pub exposure: u32,
    /// Into how many of the assessment's latest attempts it was drawn,
    pub drawn_lately: u32,
    /// of so many.
    pub attempts_lately: u32,
}

/// What one attempt asks, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Form {
    /// What it was drawn from.
    pub seed: Seed,
    /// The items in the order in which they are asked.
    pub items: Vec<FormItem>,
}

/// One item's place in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormItem {
    /// What is asked.
    pub item_version: ItemVersionId,
    /// The section that it is in, from 0.
    pub section: usize,
    /// The competency that it was drawn for; none if it was fixed.
    pub competency: Option<CompetencyId>,
    /// What its view is made with. Each item has a seed of its own, so that the
    /// place of a choice in one says nothing about the next.
    pub seed: Seed,
}

/// Why no form can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum DrawProblem {
    /// The pool is too small for anyone.
    #[error("section {section} wants {wanted} items of a competency that has {found}")]
    NotEnoughItems {
        /// The section, from 0.
        section: usize,
        /// Whose pool it is.
        competency: CompetencyId,
        /// How many are wanted.
        wanted: usize,
        /// How many there are.
        found: usize,
    },
    /// There would be enough, but this learner has seen too many of them.
    #[error("section {section} wants {wanted} unseen items of a competency that has {found}")]
    NotEnoughUnseen {
        /// The section, from 0.
        section: usize,
        /// Whose pool it is.
        competency: CompetencyId,
        /// How many are wanted.
        wanted: usize,
        /// How many there are.
        found: usize,
    },
    /// An item is fixed twice.
    #[error("an item stands twice in the assessment")]
    FixedTwice {
        /// Which.
        item_version: ItemVersionId,
    },
}

/// Draws a form: the same arguments give the same form on every machine, in
/// whatever order the pools come.
///
/// Each section's count is spread over its competencies as evenly as it comes
/// out. Within a competency, unseen items go first as the assessment says, and
/// among those the ones that were not drawn too often of late;
/// then the range of difficulty is cut into as many parts as items are wanted
/// and one drawn from each, so that two learners' forms are about equally hard;
/// and within a part, items that were shown less often are favoured, so that no
/// item wears out early. No item comes twice, fixed ones included.
pub fn draw(assessment: &Assessment, pools: &[PoolItem], seed: Seed) -> Result<Form, DrawProblem> {
    let mut taken = BTreeSet::new();
    let fixed = assessment
        .sections
        .iter()
        .filter_map(|section| match &section.selection {
            Selection::Items(items) => Some(items),
            Selection::Pool { .. } => None,
        });
    let mut fixed_versions = BTreeSet::new();
    for item_version in fixed.flatten().copied() {
        if !fixed_versions.insert(item_version) {
            return Err(DrawProblem::FixedTwice { item_version });
        }
    }
    taken.extend(
        pools
            .iter()
            .filter(|item| fixed_versions.contains(&item.item_version))
            .map(|item| item.item),
    );

    let mut sections = BTreeMap::new();
    for section in assessment.by_scarcity() {
        let definition = &assessment.sections[section];
        let mut rng = seed.rng(&format!("draw {section}"));
        let mut chosen = match &definition.selection {
            Selection::Items(fixed) => fixed.iter().map(|item| (*item, None)).collect(),
            Selection::Pool {
                competencies,
                count,
                narrowing,
            } => {
                let unseen = assessment.unseen;
                Pool {
                    section,
                    pools,
                    unseen,
                    narrowing,
                    taken: &mut taken,
                }
                .draw(competencies, (*count).into(), &mut rng)?
            }
        };
        if assessment.shuffle || matches!(definition.selection, Selection::Pool { .. }) {
            shuffle(&mut rng, &mut chosen);
        }
        let asked = chosen.into_iter().map(|(item_version, competency)| FormItem {
            item_version,
            section,
            competency,
            seed: FormItem::seed_of(seed, item_version),
        });
        sections.insert(section, asked.collect::<Vec<_>>());
    }
    Ok(Form {
        seed,
        items: sections.into_values().flatten().collect(),
    })
}

impl FormItem {
    /// The seed of an item's view, from its form's seed.
    #[must_use]
    pub fn seed_of(form: Seed, item_version: ItemVersionId) -> Seed {
        Seed(form.rng(&format!("item {item_version}")).next_u64().cast_signed())
    }
}

/// What one section draws from.
struct Pool<'a> {
    section: usize,
    pools: &'a [PoolItem],
    unseen: Unseen,
    narrowing: &'a Narrowing,
    taken: &'a mut BTreeSet<ItemId>,
}

impl Pool<'_> {
    fn draw(
        &mut self,
        competencies: &[CompetencyId],
        count: usize,
        rng: &mut impl Rng,
    ) -> Result<Vec<(ItemVersionId, Option<CompetencyId>)>, DrawProblem> {
        let mut shares = self.shares(competencies, count, rng);
        // The scarcest pool chooses first, so that an item in two pools isn't
        // taken from the one that can't do without.
        shares.sort_by_key(|(competency, wanted)| {
            (
                self.candidates(*competency).len().saturating_sub(*wanted),
                *competency,
            )
        });
        let mut chosen = Vec::new();
        for (competency, wanted) in shares {
            for item in self.draw_competency(competency, wanted, rng)? {
                self.taken.insert(item.item);
                chosen.push((item.item_version, Some(competency)));
            }
        }
        Ok(chosen)
    }

    /// How many items each competency gives: equal shares, and what is left
    /// over one each to those that have most to spare, ties by chance.
    fn shares(
        &self,
        competencies: &[CompetencyId],
        count: usize,
        rng: &mut impl Rng,
    ) -> Vec<(CompetencyId, usize)> {
        let mut competencies: Vec<_> = competencies
            .iter()
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let Some(share) = count.checked_div(competencies.len()) else {
            return Vec::new();
        };
        let left_over = count % competencies.len();
        shuffle(rng, &mut competencies);
        competencies.sort_by_key(|competency| self.usable(*competency) <= share);
        let extra = |place| usize::from(place < left_over);
        competencies
            .into_iter()
            .enumerate()
            .map(|(place, it)| (it, share + extra(place)))
            .collect()
    }

    fn draw_competency(
        &self,
        competency: CompetencyId,
        wanted: usize,
        rng: &mut impl Rng,
    ) -> Result<Vec<PoolItem>, DrawProblem> {
        let candidates = self.candidates(competency);
        let (section, found) = (self.section, candidates.len());
        if found < wanted {
            return Err(DrawProblem::NotEnoughItems {
                section,
                competency,
                wanted,
                found,
            });
        }
        let found = candidates.iter().filter(|item| !item.seen).count();
        if found < wanted && self.unseen == Unseen::Required {
            return Err(DrawProblem::NotEnoughUnseen {
                section,
                competency,
                wanted,
                found,
            });
        }
        // What this learner has seen goes last; then, what many others have.
        let mut classes = BTreeMap::<_, Vec<PoolItem>>::new();
        for item in candidates {
            let class = (
                item.seen && self.unseen != Unseen::Any,
                self.narrowing.spares(&item),
            );
            classes.entry(class).or_default().push(item);
        }
        let mut chosen = Vec::new();
        for class in classes.into_values() {
            let count = class.len().min(wanted.saturating_sub(chosen.len()));
            chosen.extend(stratified(class, count, rng));
        }
        Ok(chosen)
    }

    /// The competency's items that the section takes and that are not taken yet, one
    /// version each, in an order that doesn't depend on how the pools came.
    fn candidates(&self, competency: CompetencyId) -> Vec<PoolItem> {
        let mut latest = BTreeMap::<ItemId, PoolItem>::new();
        let free = |item: &&PoolItem| {
            item.competency == competency
                && self.narrowing.takes(item.kind, item.difficulty)
                && !self.taken.contains(&item.item)
        };
        for item in self.pools.iter().filter(free) {
            let known = latest.entry(item.item).or_insert(*item);
            if item.item_version > known.item_version {
                *known = *item;
            }
        }
        latest.into_values().collect()
    }

    fn usable(&self, competency: CompetencyId) -> usize {
        let any = self.unseen != Unseen::Required;
        self.candidates(competency)
            .iter()
            .filter(|item| any || !item.seen)
            .count()
    }
}

/// One item from each of `count` equal parts of the range of difficulty.
fn stratified(mut items: Vec<PoolItem>, count: usize, rng: &mut impl Rng) -> Vec<PoolItem> {
    items.sort_by(|a, b| a.difficulty.total_cmp(&b.difficulty).then(a.item.cmp(&b.item)));
    let bound = |part: usize| part * items.len() / count.max(1);
    (0..count)
        .filter_map(|part| least_exposed(&items[bound(part)..bound(part + 1)], rng))
        .collect()
}

/// By chance, from those in the lowest class of exposure. Classes double in
/// size: what matters is whether an item was shown ten times or a hundred.
fn least_exposed(items: &[PoolItem], rng: &mut impl Rng) -> Option<PoolItem> {
    let class = |item: &PoolItem| item.exposure.checked_ilog2();
    let lowest = items.iter().map(class).min()?;
    let candidates: Vec<_> = items.iter().filter(|item| class(item) == lowest).collect();
    candidates.get(below(rng, candidates.len())).map(|item| **item)
}
