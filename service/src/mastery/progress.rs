//! Where a learner stands.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Timestamp,
    id::{AttemptId, CompetencyId, PersonId},
    mastery::{Ability, Observation, Outcome, Rule},
    tenancy::Role,
};
use entity::{
    TenantTx,
    competency::competency,
    mastery::{ability, decision, evidence, mastery},
    tenancy::{membership, tenant},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::DecisionView;
use crate::{Actor, Ctx, Error, PersonCtx, Result, assessment::learner};

/// No framework is longer.
const MOST_COMPETENCIES: u64 = 2_000;
/// More evidence than anybody reads.
const MOST_EVIDENCE: u64 = 500;
/// Nobody belongs to more.
const MOST_TENANTS: u64 = 100;

/// How a learner stands to one competency.
#[derive(Debug, Clone, PartialEq)]
pub struct CompetencyProgress {
    /// Which.
    pub id: CompetencyId,
    /// Its code in its framework.
    pub code: String,
    /// What the person can do who has it.
    pub statement: String,
    /// The competency that it is part of.
    pub parent: Option<CompetencyId>,
    /// When it counts as shown.
    pub rule: Rule,
    /// What practice suggests; decides nothing.
    pub estimate: Option<Ability>,
    /// What the newest decision says, if there is one.
    pub outcome: Option<Outcome>,
    /// Since when it says so.
    pub since: Option<Timestamp>,
}

/// A piece of evidence as its person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceView {
    /// When it was complete.
    pub at: Timestamp,
    /// The attempt that it came from.
    pub attempt: Option<AttemptId>,
    /// What was seen.
    pub observation: Observation,
}

/// One competency with all that stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct CompetencyRecord {
    /// How the learner stands to it.
    pub progress: CompetencyProgress,
    /// What was decided last, and why.
    pub decision: Option<DecisionView>,
    /// What supports it or speaks against it, newest first.
    pub evidence: Vec<EvidenceView>,
}

/// How a person stands in one tenant.
#[derive(Debug, Clone, PartialEq)]
pub struct TenantProgress {
    /// The tenant's part of the address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The competencies that they have touched.
    pub competencies: Vec<CompetencyProgress>,
}

/// How the actor stands to each competency of the tenant, by framework and place.
pub async fn here(ctx: &Ctx) -> Result<Vec<CompetencyProgress>> {
    let person = learner(ctx)?;
    let tx = ctx.read().await?;
    let rows = tx
        .rows::<competency::Entity>()
        .asc(competency::Column::FrameworkId)
        .asc(competency::Column::Position)
        .limit(MOST_COMPETENCIES)
        .all()
        .await?;
    standing(&tx, person, rows).await
}

/// How the actor stands to one competency, and why.
pub async fn of_competency(ctx: &Ctx, id: CompetencyId) -> Result<CompetencyRecord> {
    let person = learner(ctx)?;
    let tx = ctx.read().await?;
    let row = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let progress = standing(&tx, person, vec![row]).await?;
    let newest = tx
        .rows::<decision::Entity>()
        .filter(decision::Column::PersonId.eq(person))
        .filter(decision::Column::CompetencyId.eq(id))
        .desc(decision::Column::At)
        .desc(decision::Column::Id)
        .limit(1)
        .all()
        .await?;
    let shown = tx
        .rows::<evidence::Entity>()
        .filter(evidence::Column::PersonId.eq(person))
        .filter(evidence::Column::CompetencyId.eq(id))
        .filter(evidence::Column::SupersededAt.is_null())
        .desc(evidence::Column::At)
        .limit(MOST_EVIDENCE)
        .all()
        .await?;
    Ok(CompetencyRecord {
        progress: progress.into_iter().next().ok_or(Error::NotFound)?,
        decision: DecisionView::all(&tx, newest).await?.into_iter().next(),
        evidence: shown
            .into_iter()
            .map(|row| {
                Ok(EvidenceView {
                    at: row.at,
                    attempt: row.attempt_id,
                    observation: serde_json::from_str(&row.content)?,
                })
            })
            .collect::<Result<_>>()?,
    })
}

/// How the person stands in each tenant that they belong to: the competencies
/// that they have touched.
pub async fn everywhere(ctx: &PersonCtx) -> Result<Vec<TenantProgress>> {
    let tx = ctx.read().await?;
    let memberships = membership::Entity::find()
        .filter(membership::Column::PersonId.eq(ctx.person()))
        .filter(membership::Column::EndedAt.is_null())
        .order_by_asc(membership::Column::JoinedAt)
        .limit(MOST_TENANTS)
        .all(&tx)
        .await?;
    let tenants = tenant::Entity::find()
        .filter(tenant::Column::Id.is_in(memberships.iter().map(|row| row.tenant_id)))
        .all(&tx)
        .await?;
    drop(tx);
    let mut progress = Vec::new();
    for row in memberships {
        let (Some(tenant), Ok(role)) = (
            tenants.iter().find(|it| it.id == row.tenant_id),
            row.role.parse::<Role>(),
        ) else {
            continue;
        };
        let actor = Actor {
            person: Some(ctx.person()),
            role: Some(role),
        };
        let inside = Ctx::new(Arc::clone(ctx.installation()), tenant.id, actor);
        let touched = |it: &CompetencyProgress| it.outcome.is_some() || it.estimate.is_some();
        progress.push(TenantProgress {
            slug: tenant.slug.clone(),
            name: tenant.name.clone(),
            competencies: here(&inside).await?.into_iter().filter(touched).collect(),
        });
    }
    Ok(progress)
}

async fn standing(
    tx: &TenantTx,
    person: PersonId,
    rows: Vec<competency::Model>,
) -> Result<Vec<CompetencyProgress>> {
    let abilities: BTreeMap<CompetencyId, Ability> = tx
        .rows::<ability::Entity>()
        .filter(ability::Column::PersonId.eq(person))
        .all()
        .await?
        .into_iter()
        .map(|row| {
            let answers = u32::try_from(row.answers).unwrap_or(u32::MAX);
            let logits = row.theta;
            (row.competency_id, Ability { logits, answers })
        })
        .collect();
    let decided: BTreeMap<CompetencyId, mastery::Model> = tx
        .rows::<mastery::Entity>()
        .filter(mastery::Column::PersonId.eq(person))
        .all()
        .await?
        .into_iter()
        .map(|row| (row.competency_id, row))
        .collect();
    rows.into_iter()
        .map(|row| {
            let decided = decided.get(&row.id);
            Ok(CompetencyProgress {
                id: row.id,
                rule: serde_json::from_str(&row.rule)?,
                code: row.code,
                statement: row.statement,
                parent: row.parent_id,
                estimate: abilities.get(&row.id).copied(),
                outcome: decided.and_then(|it| it.outcome.parse().ok()),
                since: decided.map(|it| it.since),
            })
        })
        .collect()
}
