//! What a person has in a tenant, and by what.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use domain::{
    id::{AchievementId, AssessmentId, AwardId, CompetencyId, DecisionId, PersonId},
    mastery::Outcome,
    program::{Achievement, Requirement},
};
use entity::{
    Rows, TenantTx,
    credential::credential,
    mastery::{decision, mastery},
    program::{achievement_version, award},
};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::{Ctx, Result, mastery as decisions};

/// What stands behind a requirement that is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// The decision that says so.
    Decision(DecisionId),
    /// The badge that is held.
    Award(AwardId),
}

/// Everything that criteria can ask for and this person has: competencies
/// mastered, assessments passed, badges held (not withdrawn, revoked or expired;
/// those in doubt are).
pub(crate) async fn holdings(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
) -> Result<BTreeMap<Requirement, Proof>> {
    let mut held = held_by(ctx, tx, person..=person, None).await?;
    Ok(held.remove(&person).unwrap_or_default())
}

#[derive(FromQueryResult)]
struct Held {
    person_id: PersonId,
    id: AwardId,
    achievement_id: AchievementId,
}

#[derive(FromQueryResult)]
struct Void {
    award_id: AwardId,
}

/// The same of all people whose ids are in that range, and of these requirements
/// alone if any are named. Who has nothing is left out.
pub(super) async fn held_by(
    ctx: &Ctx,
    tx: &TenantTx,
    people: RangeInclusive<PersonId>,
    only: Option<&BTreeSet<Requirement>>,
) -> Result<BTreeMap<PersonId, BTreeMap<Requirement, Proof>>> {
    let mut held: BTreeMap<PersonId, BTreeMap<Requirement, Proof>> = BTreeMap::new();
    let (first, last) = (*people.start(), *people.end());
    let only = only.map(Only::of);

    let mastered = tx
        .rows::<mastery::Entity>()
        .filter(mastery::Column::PersonId.between(first, last))
        .filter(mastery::Column::Outcome.eq(Outcome::Mastered.as_str()))
        .filter(among(
            mastery::Column::CompetencyId,
            only.as_ref().map(|only| &only.competencies),
        ))
        .all()
        .await?;
    for row in mastered {
        let requirement = Requirement::Competency(row.competency_id);
        let proof = Proof::Decision(row.decision_id);
        held.entry(row.person_id).or_default().insert(requirement, proof);
    }

    let of = among(
        decision::Column::AssessmentId,
        only.as_ref().map(|only| &only.assessments),
    );
    for ((person, assessment), decision) in decisions::passed(tx, people, of).await? {
        let requirement = Requirement::Assessment(assessment);
        let proof = Proof::Decision(decision);
        held.entry(person).or_default().insert(requirement, proof);
    }

    let void: BTreeSet<AwardId> = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::PersonId.between(first, last))
        .filter(
            Condition::any()
                .add(credential::Column::RevokedAt.is_not_null())
                .add(credential::Column::ValidUntil.lte(ctx.now())),
        )
        .columns::<Void>([credential::Column::AwardId])
        .await?
        .into_iter()
        .map(|row| row.award_id)
        .collect();
    let awards: Vec<Held> = tx
        .rows::<award::Entity>()
        .filter(award::Column::PersonId.between(first, last))
        .filter(award::Column::WithdrawnAt.is_null())
        .filter(among(
            award::Column::AchievementId,
            only.as_ref().map(|only| &only.badges),
        ))
        .columns([
            award::Column::PersonId,
            award::Column::Id,
            award::Column::AchievementId,
        ])
        .await?;
    for row in awards.into_iter().filter(|row| !void.contains(&row.id)) {
        let requirement = Requirement::Badge(row.achievement_id);
        let proof = Proof::Award(row.id);
        held.entry(row.person_id).or_default().insert(requirement, proof);
    }
    Ok(held)
}

/// The person's awards whose badge is suspended: they are held, and carry what
/// rests on them already, but nothing new is given on them.
pub(super) async fn in_doubt(tx: &TenantTx, person: PersonId) -> Result<BTreeSet<AwardId>> {
    let suspended: Vec<Void> = tx
        .rows::<credential::Entity>()
        .filter(credential::Column::PersonId.eq(person))
        .filter(credential::Column::SuspendedAt.is_not_null())
        .columns([credential::Column::AwardId])
        .await?;
    Ok(suspended.into_iter().map(|row| row.award_id).collect())
}

/// Requirements by what they ask for.
#[derive(Default)]
struct Only {
    competencies: Vec<CompetencyId>,
    assessments: Vec<AssessmentId>,
    badges: Vec<AchievementId>,
}

impl Only {
    fn of(requirements: &BTreeSet<Requirement>) -> Self {
        let mut only = Self::default();
        for requirement in requirements {
            match requirement {
                Requirement::Competency(id) => only.competencies.push(*id),
                Requirement::Assessment(id) => only.assessments.push(*id),
                Requirement::Badge(id) => only.badges.push(*id),
            }
        }
        only
    }
}

/// That the column holds one of these, if any are named.
fn among<I: Copy + Into<sea_orm::Value>>(column: impl ColumnTrait, ids: Option<&Vec<I>>) -> Condition {
    Condition::all().add_option(ids.map(|ids| column.is_in(ids.iter().copied())))
}

/// The definitions of the badges that a person holds, each in the version that
/// they earned.
pub(crate) async fn definitions_held(
    tx: &TenantTx,
    person: PersonId,
) -> Result<Vec<(AchievementId, Achievement)>> {
    let held = tx
        .rows::<award::Entity>()
        .filter(award::Column::PersonId.eq(person))
        .filter(award::Column::WithdrawnAt.is_null())
        .all()
        .await?;
    let versions = held.iter().map(|award| award.achievement_version_id);
    let rows = tx.rows::<achievement_version::Entity>();
    definitions(rows.filter(achievement_version::Column::Id.is_in(versions))).await
}

/// These versions of badges, by badge.
pub(super) async fn definitions<C: FromIterator<(AchievementId, Achievement)>>(
    versions: Rows<'_, achievement_version::Entity>,
) -> Result<C> {
    versions
        .all()
        .await?
        .into_iter()
        .map(|version| Ok((version.achievement_id, serde_json::from_str(&version.content)?)))
        .collect()
}
