use std::collections::BTreeSet;

use domain::{
    id::PersonId,
    mastery::Outcome,
    program::{Criteria, Requirement},
};
use entity::{TenantTx, assessment::attempt, mastery::mastery, program::award};
use sea_orm::ColumnTrait;

use crate::{Ctx, Result, job, job::Job};

/// Has everybody looked at who may have earned an achievement with these
/// criteria already, because they hold something of what it asks for.
pub(super) async fn look_again(tx: &TenantTx, ctx: &Ctx, criteria: &Criteria) -> Result<()> {
    let mut people: BTreeSet<PersonId> = BTreeSet::new();
    let (mut competencies, mut assessments, mut badges) = (Vec::new(), Vec::new(), Vec::new());
    for requirement in criteria.requirements() {
        match requirement {
            Requirement::Competency(id) => competencies.push(id),
            Requirement::Assessment(id) => assessments.push(id),
            Requirement::Badge(id) => badges.push(id),
        }
    }
    let masters = tx
        .rows::<mastery::Entity>()
        .filter(mastery::Column::CompetencyId.is_in(competencies))
        .filter(mastery::Column::Outcome.eq(Outcome::Mastered.as_str()));
    people.extend(masters.all().await?.into_iter().map(|row| row.person_id));
    let scored = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::AssessmentId.is_in(assessments))
        .filter(attempt::Column::ScoredAt.is_not_null());
    people.extend(scored.all().await?.into_iter().map(|row| row.person_id));
    let holders = tx
        .rows::<award::Entity>()
        .filter(award::Column::AchievementId.is_in(badges))
        .filter(award::Column::WithdrawnAt.is_null());
    people.extend(holders.all().await?.into_iter().map(|row| row.person_id));
    for person in people {
        let tenant = ctx.tenant();
        job::now(
            tx.unowned(),
            ctx.installation(),
            &Job::EvaluateAwards { tenant, person },
        )
        .await?;
    }
    Ok(())
}
