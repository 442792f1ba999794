//! The programs that can be earned in a tenant, as anybody may see them.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    id::AchievementId,
    program::{Achievement, Criteria, Holdings, Requirement, earned, wholes},
};
use entity::{TenantTx, program::achievement};

use super::{
    achievement::parts,
    holdings::{definitions, holdings},
};
use crate::{Ctx, Result, draft};

/// A program that can be earned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The badge in which it ends.
    pub id: AchievementId,
    /// What that is called.
    pub name: String,
    /// What whoever holds it can do.
    pub description: String,
    /// What it takes, in the order of its rule.
    pub steps: Vec<Step>,
    /// How many steps the shortest way has.
    pub least: usize,
    /// How many steps are done of how many, on the shortest way; none for a visitor.
    pub progress: Option<(usize, usize)>,
    /// Whether the actor holds it.
    pub is_held: bool,
}

/// Something that a program takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub requirement: Requirement,
    /// A competency's statement, a title, a name; none if it is gone.
    pub name: Option<String>,
    /// Whether there is a page of it that the actor may see.
    pub has_page: bool,
    /// Whether the actor has it.
    pub is_held: bool,
}

/// The tenant's programs that can be earned now: published badges that stack on
/// others, and that no larger one asks for. For a member, with what they have.
pub async fn offered(ctx: &Ctx) -> Result<Vec<Offered>> {
    let tx = ctx.read().await?;
    let badges = in_force(&tx).await?;
    let criteria = badges.iter().map(|(id, badge)| (*id, &badge.criteria)).collect();
    let found: Vec<_> = wholes(&criteria)
        .into_iter()
        .filter_map(|id| badges.get_key_value(&id))
        .collect();
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let asked: BTreeSet<_> = found
        .iter()
        .flat_map(|(_, badge)| badge.criteria.requirements())
        .collect();
    let names = parts(&tx, asked).await?;
    let held: Option<Holdings> = match ctx.actor().person {
        Some(person) => Some(holdings(ctx, &tx, person).await?.into_keys().collect()),
        None => None,
    };
    let is_member = ctx.actor().role.is_some();
    let has = |it: Requirement| held.as_ref().is_some_and(|held| held.contains(&it));
    let offered = found.into_iter().map(|(id, badge)| {
        let steps = in_order(&badge.criteria).into_iter().map(|requirement| Step {
            requirement,
            name: names.get(&requirement).map(|part| part.name.clone()),
            has_page: names.get(&requirement).is_some_and(|part| part.has_page)
                && (is_member || !matches!(requirement, Requirement::Assessment(_))),
            is_held: has(requirement),
        });
        let progress = held.as_ref().map(|held| {
            let now = earned(&badge.criteria, held);
            (now.met, now.needed)
        });
        Offered {
            id: *id,
            name: badge.name.clone(),
            description: badge.description.clone(),
            steps: steps.collect(),
            least: earned(&badge.criteria, &Holdings::new()).needed,
            progress,
            is_held: has(Requirement::Badge(*id)),
        }
    });
    Ok(offered.collect())
}

async fn in_force(tx: &TenantTx) -> Result<BTreeMap<AchievementId, Achievement>> {
    definitions(draft::all_in_force::<achievement::Entity>(tx)).await
}

/// All that criteria name, each once, in their order.
fn in_order(criteria: &Criteria) -> Vec<Requirement> {
    let mut found = Vec::new();
    let mut open = vec![criteria];
    while let Some(next) = open.pop() {
        found.extend(next.requirement().filter(|it| !found.contains(it)));
        open.extend(next.parts().iter().rev());
    }
    found
}
