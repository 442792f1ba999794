use std::collections::BTreeSet;

use domain::{
    id::{AchievementId, PersonId},
    mastery::Outcome,
    program::{Achievement, Requirement},
};
use entity::{
    TenantTx,
    assessment::attempt,
    mastery::mastery,
    program::{achievement, award},
};
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::{Ctx, Result, draft, job, job::Job};

/// So many people are looked at in one go.
const PAGE: u64 = 200;

#[derive(FromQueryResult)]
struct Someone {
    person_id: PersonId,
}

/// Has everybody looked at, by jobs, who may have earned an achievement already
/// that has just come into force.
pub(super) async fn look_again(tx: &TenantTx, ctx: &Ctx, id: AchievementId) -> Result<()> {
    next_page(tx, ctx, id, None).await
}

/// Queues a job for each of the next people after `after` who hold something of
/// what an achievement asks for, and one for those after them. However many
/// there are, no transaction holds more than a page of them.
pub async fn reach(ctx: &Ctx, id: AchievementId, after: Option<PersonId>) -> Result<()> {
    let tx = ctx.write().await?;
    let row = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::Id.eq(id))
        .filter(achievement::Column::ArchivedAt.is_null())
        .one()
        .await?;
    let version = match &row {
        Some(row) => draft::in_force::<achievement::Entity>(&tx, row).await?,
        None => None,
    };
    // Put away in the meantime: nobody earns it now.
    let Some(version) = version else {
        return Ok(());
    };
    let achievement: Achievement = serde_json::from_str(&version.content)?;
    let people = holders_of_parts(&tx, achievement.criteria.requirements(), after).await?;
    let tenant = ctx.tenant();
    for person in &people {
        let evaluate = Job::EvaluateAwards {
            tenant,
            person: *person,
        };
        job::now(tx.unowned(), ctx.installation(), &evaluate).await?;
    }
    if let Some(last) = people.last() {
        next_page(&tx, ctx, id, Some(*last)).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn next_page(tx: &TenantTx, ctx: &Ctx, id: AchievementId, after: Option<PersonId>) -> Result<()> {
    let reach = Job::ReachAchievement {
        tenant: ctx.tenant(),
        achievement: id,
        after,
    };
    job::now(tx.unowned(), ctx.installation(), &reach).await
}

/// The next people, in the order of their ids, who hold any of what is asked for.
async fn holders_of_parts(
    tx: &TenantTx,
    asked: BTreeSet<Requirement>,
    after: Option<PersonId>,
) -> Result<BTreeSet<PersonId>> {
    let (mut competencies, mut assessments, mut badges) = (Vec::new(), Vec::new(), Vec::new());
    for requirement in asked {
        match requirement {
            Requirement::Competency(id) => competencies.push(id),
            Requirement::Assessment(id) => assessments.push(id),
            Requirement::Badge(id) => badges.push(id),
        }
    }
    let after = after.unwrap_or(PersonId(uuid::Uuid::nil()));
    let masters: Vec<Someone> = tx
        .rows::<mastery::Entity>()
        .filter(mastery::Column::CompetencyId.is_in(competencies))
        .filter(mastery::Column::Outcome.eq(Outcome::Mastered.as_str()))
        .filter(mastery::Column::PersonId.gt(after))
        .asc(mastery::Column::PersonId)
        .limit(PAGE)
        .columns([mastery::Column::PersonId])
        .await?;
    let scored: Vec<Someone> = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::AssessmentId.is_in(assessments))
        .filter(attempt::Column::ScoredAt.is_not_null())
        .filter(attempt::Column::PersonId.gt(after))
        .asc(attempt::Column::PersonId)
        .limit(PAGE)
        .columns([attempt::Column::PersonId])
        .await?;
    let holders: Vec<Someone> = tx
        .rows::<award::Entity>()
        .filter(award::Column::AchievementId.is_in(badges))
        .filter(award::Column::WithdrawnAt.is_null())
        .filter(award::Column::PersonId.gt(after))
        .asc(award::Column::PersonId)
        .limit(PAGE)
        .columns([award::Column::PersonId])
        .await?;
    let lists = [masters, scored, holders];
    // A list that was cut says nothing of those after its last: so far all are known.
    let known = lists
        .iter()
        .filter(|list| list.len() as u64 == PAGE)
        .filter_map(|list| list.last().map(|last| last.person_id))
        .min();
    let people = lists.iter().flatten().map(|one| one.person_id);
    Ok(people
        .filter(|person| known.is_none_or(|known| *person <= known))
        .collect())
}
