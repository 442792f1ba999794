use std::collections::{BTreeMap, BTreeSet};

use super::Code;
use crate::id::CompetencyId;

/// One statement of a framework (CASE `CFItem`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    /// Which one.
    pub id: CompetencyId,
    /// How it is cited; unique in its framework.
    pub code: Code,
    /// What a person who has it can do, as a sentence.
    pub statement: String,
    /// How demanding it is, in the framework's own word; may be empty.
    pub level: String,
    /// The broader competency that it is part of.
    pub parent: Option<CompetencyId>,
}

/// Why competencies do not make a tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeProblem {
    /// Two competencies with one code, or with one id.
    #[error("competency-code-twice")]
    Twice(Code),
    /// A parent that is not in the framework.
    #[error("competency-parent-unknown")]
    ParentUnknown(CompetencyId),
    /// These are each other's ancestors, each the parent of the one before.
    #[error("competency-parent-cycle")]
    Cycle(Vec<CompetencyId>),
    /// Deeper than [`Tree::MAX_DEPTH`].
    #[error("competency-tree-too-deep")]
    TooDeep(CompetencyId),
}

/// A framework's competencies as a forest. There is no way to hold one with a cycle.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    by_id: BTreeMap<CompetencyId, Competency>,
    children: BTreeMap<Option<CompetencyId>, Vec<CompetencyId>>,
}

impl Tree {
    /// The most levels, roots included.
    pub const MAX_DEPTH: usize = 12;

    /// Puts competencies together. Siblings stand in the order given.
    pub fn new(competencies: Vec<Competency>) -> Result<Self, TreeProblem> {
        let mut tree = Self::default();
        let mut codes = BTreeSet::new();
        for competency in competencies {
            if tree.by_id.contains_key(&competency.id) || !codes.insert(competency.code.clone()) {
                return Err(TreeProblem::Twice(competency.code));
            }
            tree.children
                .entry(competency.parent)
                .or_default()
                .push(competency.id);
            tree.by_id.insert(competency.id, competency);
        }
        let parents = || tree.by_id.values().filter_map(|competency| competency.parent);
        if let Some(unknown) = parents().find(|parent| !tree.by_id.contains_key(parent)) {
            return Err(TreeProblem::ParentUnknown(unknown));
        }
        let in_order = tree.in_order();
        if let Some(cycle) = tree.cycle(&in_order) {
            return Err(TreeProblem::Cycle(cycle));
        }
        if let Some((_, deep)) = in_order.iter().find(|(depth, _)| *depth >= Self::MAX_DEPTH) {
            return Err(TreeProblem::TooDeep(deep.id));
        }
        Ok(tree)
    }

    /// One competency.
    #[must_use]
    pub fn get(&self, id: CompetencyId) -> Option<&Competency> {
        self.by_id.get(&id)
    }

    /// The parts of one competency.
    pub fn children(&self, id: CompetencyId) -> impl Iterator<Item = &Competency> {
        self.members(Some(id))
    }

    /// From the parent up to the root.
    pub fn ancestors(&self, id: CompetencyId) -> impl Iterator<Item = &Competency> {
        let parent = |competency: &Competency| competency.parent.and_then(|id| self.get(id));
        std::iter::successors(self.get(id).and_then(parent), move |competency| {
            parent(competency)
        })
    }

    /// All competencies, each after its parent, with its depth (0 for a root).
    #[must_use]
    pub fn in_order(&self) -> Vec<(usize, &Competency)> {
        let mut order = Vec::with_capacity(self.by_id.len());
        let mut open: Vec<(usize, CompetencyId)> = Vec::new();
        let push = |open: &mut Vec<_>, depth, parent| {
            let ids = self.children.get(&parent).into_iter().flatten().rev();
            open.extend(ids.map(|id| (depth, *id)));
        };
        push(&mut open, 0, None);
        while let Some((depth, id)) = open.pop() {
            order.extend(self.get(id).map(|competency| (depth, competency)));
            push(&mut open, depth + 1, Some(id));
        }
        order
    }

    fn members(&self, parent: Option<CompetencyId>) -> impl Iterator<Item = &Competency> {
        self.children
            .get(&parent)
            .into_iter()
            .flatten()
            .filter_map(|id| self.get(*id))
    }

    /// What no root leads to is on a cycle, or below one.
    fn cycle(&self, in_order: &[(usize, &Competency)]) -> Option<Vec<CompetencyId>> {
        let rooted: BTreeSet<_> = in_order.iter().map(|(_, competency)| competency.id).collect();
        let lost = self.by_id.keys().find(|id| !rooted.contains(*id))?;
        // As many steps up as there are competencies end on the cycle itself.
        let on_cycle = self.ancestors(*lost).nth(self.by_id.len())?.id;
        let above = self.ancestors(on_cycle).map(|competency| competency.id);
        Some(
            std::iter::once(on_cycle)
                .chain(above.take_while(|id| *id != on_cycle))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> CompetencyId {
        CompetencyId(Uuid::from_u128(n))
    }

    fn competency(n: u128, parent: Option<u128>) -> Competency {
        Competency {
            id: id(n),
            code: Code::parse(&format!("C{n}")).unwrap(),
            statement: format!("Can do {n}"),
            level: String::new(),
            parent: parent.map(id),
        }
    }

    #[test]
    fn a_tree_is_read_from_the_top() {
        let tree = Tree::new(vec![
            competency(3, Some(1)),
            competency(1, None),
            competency(2, Some(1)),
            competency(4, Some(3)),
            competency(5, None),
        ])
        .unwrap();
        let order: Vec<_> = tree
            .in_order()
            .into_iter()
            .map(|(depth, c)| (depth, c.id))
            .collect();
        assert_eq!(
            order,
            [(0, id(1)), (1, id(3)), (2, id(4)), (1, id(2)), (0, id(5))]
        );
        let up: Vec<_> = tree.ancestors(id(4)).map(|c| c.id).collect();
        assert_eq!(up, [id(3), id(1)]);
        assert_eq!(tree.children(id(1)).count(), 2);
    }

    #[test]
    fn a_competency_is_not_its_own_ancestor() {
        let cycle = |members| match Tree::new(members).unwrap_err() {
            TreeProblem::Cycle(ids) => ids,
            other => panic!("{other:?}"),
        };
        assert_eq!(cycle(vec![competency(1, Some(1))]), [id(1)]);
        assert_eq!(
            cycle(vec![
                competency(1, Some(2)),
                competency(2, Some(3)),
                competency(3, Some(2))
            ]),
            [id(3), id(2)]
        );
        let long = (0..50).map(|n| competency(n, Some((n + 1) % 50))).collect();
        assert_eq!(cycle(long).len(), 50);
    }

    #[test]
    fn unknown_parents_codes_used_twice_and_bottomless_depth_are_refused() {
        assert_eq!(
            Tree::new(vec![competency(1, Some(9))]).unwrap_err(),
            TreeProblem::ParentUnknown(id(9))
        );
        let twice = Competency {
            id: id(2),
            ..competency(1, None)
        };
        assert!(matches!(
            Tree::new(vec![competency(1, None), twice]).unwrap_err(),
            TreeProblem::Twice(_)
        ));
        let chain = |length: u128| (0..length).map(|n| competency(n, n.checked_sub(1))).collect();
        assert!(Tree::new(chain(12)).is_ok());
        assert!(matches!(
            Tree::new(chain(13)).unwrap_err(),
            TreeProblem::TooDeep(_)
        ));
    }
}
