//! The tenant's programs, as those who define them see them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    assessment::{Assessment, Selection},
    id::{AchievementId, AssessmentId, AssessmentVersionId, CompetencyId, ItemId, ItemVersionId, PersonId},
    mastery::Rule,
    program::{Census, Criteria, Definition, Masterable, Passable, Program, Requirement, Stock},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{assessment, assessment_version, item, item_version},
    competency::competency,
    program::achievement,
    tenancy::membership,
};
use sea_orm::{ColumnTrait, FromQueryResult};

use super::{
    achievement::{Content, definitions_in_force},
    holdings::held_by,
};
use crate::{
    Ctx, Result,
    draft::{self, Stage},
};

/// So many members are counted in one go.
const PEOPLE: u64 = 500;

/// The tenant's programs.
#[derive(Debug, Clone)]
pub struct Programs {
    /// Each with its parts.
    pub programs: Vec<Program>,
    /// What the parts are called, and how far they are.
    pub named: BTreeMap<Requirement, Named>,
    /// How many of the members hold what, and where they are stuck.
    pub census: Census,
}

/// Something that a program is built of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// A competency's statement, a title, a name.
    pub name: String,
    /// How far it is; a competency has no stages.
    pub stage: Option<Stage>,
}

/// The programs as they are in force; those that are drafts, as they are written.
pub async fn programs(ctx: &Ctx) -> Result<Programs> {
    ctx.require(Permission::DefineAchievements)?;
    let tx = ctx.read().await?;
    let mut named = BTreeMap::new();
    let badges = badges(&tx, &mut named).await?;
    let (mut competencies, mut assessments) = (Vec::new(), Vec::new());
    for (_, criteria) in badges.values() {
        for requirement in criteria.requirements() {
            match requirement {
                Requirement::Competency(id) => competencies.push(id),
                Requirement::Assessment(id) => assessments.push(id),
                Requirement::Badge(_) => {}
            }
        }
    }
    let stock = Stock {
        badges: badges
            .iter()
            .map(|(id, (stage, criteria))| (*id, (*stage, criteria)))
            .collect(),
        competencies: masterable(&tx, competencies, &mut named).await?,
        assessments: passable(&tx, assessments, &mut named).await?,
    };
    let programs = Program::all(&stock);
    let census = census(ctx, &tx, &programs, &badges).await?;
    Ok(Programs {
        programs,
        named,
        census,
    })
}

async fn badges(
    tx: &TenantTx,
    named: &mut BTreeMap<Requirement, Named>,
) -> Result<BTreeMap<AchievementId, (Stage, Criteria)>> {
    let rows = tx
        .rows::<achievement::Entity>()
        .asc(achievement::Column::Id)
        .all()
        .await?;
    let mut in_force: HashMap<_, _> = definitions_in_force(tx)
        .await?
        .into_iter()
        .map(|(id, name, criteria)| (id, (name, criteria)))
        .collect();
    let mut badges = BTreeMap::new();
    for row in rows {
        let stage = draft::stage::<achievement::Entity>(&row);
        let (name, criteria) = match in_force.remove(&row.id) {
            Some(published) => published,
            None => {
                let content: Content = serde_json::from_str(&row.draft)?;
                (row.name, content.achievement.criteria)
            }
        };
        let shown = Named {
            name,
            stage: Some(stage),
        };
        named.insert(Requirement::Badge(row.id), shown);
        badges.insert(row.id, (stage, criteria));
    }
    Ok(badges)
}

/// How far these assessments are.
async fn passable(
    tx: &TenantTx,
    ids: Vec<AssessmentId>,
    named: &mut BTreeMap<Requirement, Named>,
) -> Result<BTreeMap<AssessmentId, Passable>> {
    let rows = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.is_in(ids))
        .all()
        .await?;
    let versions = rows.iter().filter_map(|row| row.published_version_id);
    let without_rule: BTreeSet<AssessmentVersionId> = tx
        .rows::<assessment_version::Entity>()
        .filter(assessment_version::Column::Id.is_in(versions))
        .all()
        .await?
        .into_iter()
        .map(|row| Ok((row.id, serde_json::from_str::<Assessment>(&row.content)?)))
        .filter(|read| !matches!(read, Ok((_, content)) if content.pass_rule.is_some()))
        .map(|read| read.map(|(id, _)| id))
        .collect::<Result<_>>()?;
    let mut passable = BTreeMap::new();
    for row in rows {
        let stage = draft::stage::<assessment::Entity>(&row);
        let has_rule = row
            .published_version_id
            .is_none_or(|version| !without_rule.contains(&version));
        passable.insert(row.id, Passable { stage, has_rule });
        let shown = Named {
            name: row.title,
            stage: Some(stage),
        };
        named.insert(Requirement::Assessment(row.id), shown);
    }
    Ok(passable)
}

/// The competencies that assessments in force ask about.
async fn assessed(tx: &TenantTx) -> Result<BTreeSet<CompetencyId>> {
    let (mut assessed, mut fixed) = (BTreeSet::new(), BTreeSet::new());
    for version in draft::all_in_force::<assessment::Entity>(tx).all().await? {
        let content: Assessment = serde_json::from_str(&version.content)?;
        for section in content.sections {
            match section.selection {
                Selection::Pool { competencies, .. } => assessed.extend(competencies),
                Selection::Items(items) => fixed.extend(items),
            }
        }
    }
    assessed.extend(asked_by(tx, fixed).await?);
    Ok(assessed)
}

#[derive(FromQueryResult)]
struct OfItem {
    item_id: ItemId,
}

#[derive(FromQueryResult)]
struct OfCompetency {
    competency_id: CompetencyId,
}

/// The competencies that these items are about.
async fn asked_by(tx: &TenantTx, versions: BTreeSet<ItemVersionId>) -> Result<Vec<CompetencyId>> {
    let items: Vec<OfItem> = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.is_in(versions))
        .columns([item_version::Column::ItemId])
        .await?;
    let competencies: Vec<OfCompetency> = tx
        .rows::<item::Entity>()
        .filter(item::Column::Id.is_in(items.into_iter().map(|row| row.item_id)))
        .columns([item::Column::CompetencyId])
        .await?;
    Ok(competencies.into_iter().map(|row| row.competency_id).collect())
}

/// Whether these competencies can be shown.
async fn masterable(
    tx: &TenantTx,
    ids: Vec<CompetencyId>,
    named: &mut BTreeMap<Requirement, Named>,
) -> Result<BTreeMap<CompetencyId, Masterable>> {
    let assessed = assessed(tx).await?;
    let rows = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.is_in(ids))
        .all()
        .await?;
    let mut competencies = BTreeMap::new();
    for row in rows {
        let rule: Option<Rule> = serde_json::from_str(&row.rule)?;
        let state = Masterable {
            has_rule: rule.is_some(),
            is_assessed: assessed.contains(&row.id),
        };
        competencies.insert(row.id, state);
        let shown = Named {
            name: row.statement,
            stage: None,
        };
        named.insert(Requirement::Competency(row.id), shown);
    }
    Ok(competencies)
}

#[derive(FromQueryResult)]
struct Somebody {
    person_id: PersonId,
}

/// Counts the members at the badges of these programs: a few queries for each
/// [`PEOPLE`] of them, however many parts there are.
async fn census(
    ctx: &Ctx,
    tx: &TenantTx,
    programs: &[Program],
    badges: &BTreeMap<AchievementId, (Stage, Criteria)>,
) -> Result<Census> {
    let mut counted = Census::default();
    if programs.is_empty() {
        return Ok(counted);
    }
    let parts = programs.iter().flat_map(|program| program.parts());
    let shown: BTreeSet<Requirement> = parts
        .map(|part| part.requirement)
        .chain(programs.iter().map(|program| program.whole.requirement))
        .collect();
    let definitions: Vec<Definition<'_>> = badges
        .iter()
        .filter(|(id, _)| shown.contains(&Requirement::Badge(**id)))
        .map(|(id, (_, criteria))| Definition { id: *id, criteria })
        .collect();
    let mut after = PersonId(uuid::Uuid::nil());
    loop {
        let people: Vec<Somebody> = tx
            .rows::<membership::Entity>()
            .filter(membership::Column::EndedAt.is_null())
            .filter(membership::Column::PersonId.gt(after))
            .asc(membership::Column::PersonId)
            .limit(PEOPLE)
            .columns([membership::Column::PersonId])
            .await?;
        let (Some(first), Some(last)) = (people.first(), people.last()) else {
            return Ok(counted);
        };
        let people_now = first.person_id..=last.person_id;
        let mut held = held_by(ctx, tx, people_now, Some(&shown)).await?;
        for person in &people {
            let held = held.remove(&person.person_id).unwrap_or_default();
            counted.count(&definitions, &held.into_keys().collect());
        }
        after = last.person_id;
    }
}
