use domain::{
    competency::{self as rules, Code, Tree, TreeProblem},
    id::FrameworkId,
    tenancy::Permission,
};
use entity::{
    TenantTx,
    competency::{competency, framework},
};
use sea_orm::ColumnTrait;

use super::{Competency, FrameworkDetails};
use crate::{Ctx, Error, Result};

/// So many competencies a framework may have.
pub(super) const MOST_MEMBERS: u64 = 2_000;

/// A framework and all its competencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameworkTree {
    /// Which one.
    pub id: FrameworkId,
    /// What its author says about it.
    pub details: FrameworkDetails,
    /// Its competencies, each after its parent, with its depth (0 for a root).
    pub members: Vec<(usize, Competency)>,
}

/// One framework with its competencies.
pub async fn framework(ctx: &Ctx, id: FrameworkId) -> Result<FrameworkTree> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let row = tx
        .rows::<framework::Entity>()
        .filter(framework::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let members = in_order(members(&tx, id).await?)?;
    Ok(FrameworkTree {
        id,
        details: row.into(),
        members,
    })
}

/// A framework's rows, siblings in their order.
pub(super) async fn members(tx: &TenantTx, id: FrameworkId) -> Result<Vec<competency::Model>> {
    Ok(tx
        .rows::<competency::Entity>()
        .filter(competency::Column::FrameworkId.eq(id))
        .asc(competency::Column::Position)
        .asc(competency::Column::Code)
        .limit(MOST_MEMBERS)
        .all()
        .await?)
}

/// The rows of one framework, each after its parent, with its depth.
pub(super) fn in_order(rows: Vec<competency::Model>) -> Result<Vec<(usize, Competency)>> {
    let tree = tree(&rows)?.map_err(|problem| Error::Outside(problem.to_string()))?;
    let mut by_id: std::collections::BTreeMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    tree.in_order()
        .into_iter()
        .filter_map(|(depth, member)| Some((depth, by_id.remove(&member.id)?)))
        .map(|(depth, row)| Ok((depth, Competency::try_from(row)?)))
        .collect()
}

/// Whether these rows make a tree, as a reason at the form's field.
pub(super) fn check(rows: &[competency::Model]) -> Result<()> {
    tree(rows)?.map(drop).map_err(|problem| match problem {
        TreeProblem::Twice(_) => Error::field("code", "code-taken"),
        other => Error::field("parent", code_of(&other)),
    })
}

fn code_of(problem: &TreeProblem) -> String {
    problem.to_string()
}

fn tree(rows: &[competency::Model]) -> Result<Result<Tree, TreeProblem>> {
    let members: Result<Vec<_>> = rows
        .iter()
        .map(|row| {
            Ok(rules::Competency {
                id: row.id,
                code: Code::parse(&row.code).map_err(|problem| Error::Outside(problem.to_string()))?,
                statement: row.statement.clone(),
                level: row.level.clone(),
                parent: row.parent_id,
            })
        })
        .collect();
    Ok(Tree::new(members?))
}
