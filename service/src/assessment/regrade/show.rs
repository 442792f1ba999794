//! A regrade, as those see it who make it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Timestamp,
    assessment::{RegradeState, Remedy},
    id::{AchievementId, AssessmentId, CompetencyId, ItemId, ItemVersionId, PersonId, RegradeId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{assessment, item, item_version, regrade},
    competency::competency,
    identity::person,
    program::{achievement, groundless_award},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::{ChangedAttempt, Changes, Groundless, Turns, review::groundless};
use crate::{Ctx, Error, Result, draft};

/// A regrade with what it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegradeSheet {
    /// Its id.
    pub id: RegradeId,
    /// Of which assessment.
    pub assessment: AssessmentId,
    /// What that is called.
    pub assessment_title: String,
    /// The item.
    pub item: ItemId,
    /// Which version of it was asked.
    pub version: ItemVersionId,
    /// The number of that version.
    pub number: i64,
    /// What the item asks, as its list has it.
    pub asked: String,
    /// What is done about it.
    pub remedy: Remedy,
    /// The number of the version whose key is used, where one is.
    pub by: Option<i64>,
    /// Why, for the record.
    pub reason: String,
    /// Why, for the learners.
    pub told: String,
    /// How far it has come.
    pub state: RegradeState,
    /// How many attempts were looked at so far, in this round.
    pub looked_at: u64,
    /// How many there were when it was proposed.
    pub attempts: u64,
    /// Who proposed it, and when.
    pub proposed: (String, Timestamp),
    /// Who brought it into force, and when.
    pub applied: Option<(String, Timestamp)>,
    /// When everybody had been looked at.
    pub finished_at: Option<Timestamp>,
    /// What it changes: would change, until it is in force.
    pub changes: Changes,
    /// The listed changes with the learners' names.
    pub listed: Vec<NamedChange>,
    /// The competencies that are decided otherwise.
    pub competencies: Vec<NamedTurns>,
    /// The badges that are earned by it, or lose their ground.
    pub badges: Vec<NamedTurns>,
    /// The badges whose ground is gone and that are still held.
    pub groundless: Vec<Groundless>,
    /// Whether new attempts may still be asked this very version.
    pub still_asked: bool,
}

/// A change with its learner's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedChange {
    /// What the learner is called; none in a preview, which names nobody.
    pub name: Option<String>,
    /// What changes.
    pub change: ChangedAttempt,
}

/// What people gain or lose, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTurns {
    /// What it is called.
    pub name: String,
    /// How many people gain and lose it.
    pub turns: Turns,
}

/// A regrade with what it would change, or has changed.
pub async fn show(ctx: &Ctx, id: RegradeId) -> Result<RegradeSheet> {
    ctx.require(Permission::Regrade)?;
    let tx = ctx.read().await?;
    let row = tx
        .rows::<regrade::Entity>()
        .filter(regrade::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let assessment = draft::row::<assessment::Entity>(&tx, row.assessment_id).await?;
    let remedy: Remedy = serde_json::from_str(&row.remedy)?;
    let version = version(&tx, row.item_version_id).await?;
    let by = match remedy {
        Remedy::KeyOf(by) => Some(self::version(&tx, by).await?.number),
        Remedy::FullCredit | Remedy::Drop => None,
    };
    let item = tx
        .rows::<item::Entity>()
        .filter(item::Column::Id.eq(version.item_id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let changes: Changes = serde_json::from_str(if row.state.is_in_force() {
        &row.changes
    } else {
        &row.preview
    })?;
    let people = changes.listed.iter().map(|listed| listed.person);
    let names = names(&tx, people.chain([row.proposed_by]).chain(row.applied_by)).await?;
    let name = |person: PersonId| names.get(&person).cloned().unwrap_or_default();
    // Who has asked for a review could be told from a preview of what it is about.
    let in_force = row.state.is_in_force();
    let listed = changes.listed.iter().map(|listed| NamedChange {
        name: in_force.then(|| name(listed.person)),
        change: listed.change.clone(),
    });
    let by_this = Condition::all().add(groundless_award::Column::RegradeId.eq(id));
    let positive = |count: i64| u64::try_from(count).unwrap_or_default();
    Ok(RegradeSheet {
        id,
        assessment: row.assessment_id,
        assessment_title: assessment.title,
        item: item.id,
        version: version.id,
        number: version.number,
        still_asked: item.retired_at.is_none() && item.published_version_id == Some(version.id),
        asked: item.asked,
        remedy,
        by,
        state: row.state,
        looked_at: positive(row.looked_at),
        attempts: positive(row.attempts),
        proposed: (name(row.proposed_by), row.proposed_at),
        applied: row.applied_by.map(name).zip(row.applied_at),
        finished_at: row.finished_at,
        listed: listed.collect(),
        competencies: competencies(&tx, &changes.competencies).await?,
        badges: badges(&tx, &changes.badges).await?,
        groundless: groundless(&tx, by_this).await?,
        changes,
        reason: row.reason,
        told: row.told,
    })
}

async fn version(tx: &TenantTx, id: ItemVersionId) -> Result<item_version::Model> {
    tx.rows::<item_version::Entity>()
        .filter(item_version::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)
}

pub(in crate::assessment) async fn names(
    tx: &TenantTx,
    people: impl Iterator<Item = PersonId>,
) -> Result<BTreeMap<PersonId, String>> {
    let people: BTreeSet<PersonId> = people.collect();
    Ok(person::Entity::find()
        .filter(person::Column::Id.is_in(people))
        .all(tx.unowned())
        .await?
        .into_iter()
        .map(|person| (person.id, person.display_name))
        .collect())
}

async fn competencies(tx: &TenantTx, turns: &BTreeMap<CompetencyId, Turns>) -> Result<Vec<NamedTurns>> {
    let rows = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.is_in(turns.keys().copied()))
        .all()
        .await?;
    let named = |row: competency::Model| NamedTurns {
        turns: turns.get(&row.id).copied().unwrap_or_default(),
        name: row.statement,
    };
    Ok(rows.into_iter().map(named).collect())
}

async fn badges(tx: &TenantTx, turns: &BTreeMap<AchievementId, Turns>) -> Result<Vec<NamedTurns>> {
    let rows = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::Id.is_in(turns.keys().copied()))
        .all()
        .await?;
    let named = |row: achievement::Model| NamedTurns {
        turns: turns.get(&row.id).copied().unwrap_or_default(),
        name: row.name,
    };
    Ok(rows.into_iter().map(named).collect())
}
