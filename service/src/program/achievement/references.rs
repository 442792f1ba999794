use std::collections::{BTreeSet, HashMap};

use domain::{
    id::{AchievementId, AssessmentId, CompetencyId, FrameworkId},
    program::{Achievement, Alignment, Criteria, Definition, Requirement, check_acyclic},
};
use entity::{
    TenantTx,
    assessment::assessment,
    competency::{competency, framework},
    program::{achievement, achievement_version},
    tenancy::tenant,
};
use sea_orm::{ColumnTrait, EntityTrait};

use super::Content;
use crate::{Ctx, Error, FieldErrors, Result};

/// The badge definition with the tenant's competencies among its alignments, in
/// the words that they have now.
pub(super) async fn resolved(tx: &TenantTx, ctx: &Ctx, content: &Content) -> Result<Achievement> {
    let mut achievement = content.achievement.clone();
    let tenant = tenant::Entity::find_by_id(ctx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let rows = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.is_in(content.competencies.iter().copied()))
        .all()
        .await?;
    let frameworks: HashMap<FrameworkId, String> = tx
        .rows::<framework::Entity>()
        .filter(framework::Column::Id.is_in(rows.iter().map(|row| row.framework_id)))
        .all()
        .await?
        .into_iter()
        .map(|row| (row.id, row.title))
        .collect();
    let named = content
        .competencies
        .iter()
        .filter_map(|id| rows.iter().find(|row| row.id == *id));
    achievement.alignments.extend(named.map(|row| {
        Alignment {
            target_name: row.statement.chars().take(Achievement::MAX_LINE).collect(),
            target_url: ctx
                .installation()
                .address(&format!("/t/{}/competencies/{}", tenant.slug, row.id)),
            target_framework: frameworks.get(&row.framework_id).cloned(),
            target_code: Some(row.code.clone()),
        }
    }));
    Ok(achievement)
}

/// What is wrong with what an achievement refers to: things that are not there,
/// badges and assessments that are not published, and rules that go round.
pub(super) async fn faults(tx: &TenantTx, id: AchievementId, content: &Content) -> Result<FieldErrors> {
    let mut errors = FieldErrors::default();
    let asked = content.achievement.criteria.requirements();
    let (mut competencies, mut assessments, mut badges) = (BTreeSet::new(), Vec::new(), Vec::new());
    for requirement in asked {
        match requirement {
            Requirement::Competency(id) => drop(competencies.insert(id)),
            Requirement::Assessment(id) => assessments.push(id),
            Requirement::Badge(id) => badges.push(id),
        }
    }
    if !are_competencies(tx, competencies).await? {
        errors.add("criteria", "badge-competency-gone");
    }
    if !are_competencies(tx, content.competencies.iter().copied().collect()).await? {
        errors.add("competencies", "badge-competency-gone");
    }
    for title in unpublished_assessments(tx, &assessments).await? {
        errors.add_with("criteria", "badge-assessment-unpublished", [("title", title)]);
    }
    badge_faults(tx, id, content, &badges, &mut errors).await?;
    Ok(errors)
}

async fn are_competencies(tx: &TenantTx, ids: BTreeSet<CompetencyId>) -> Result<bool> {
    let wanted = ids.len();
    let found = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.is_in(ids))
        .count()
        .await?;
    Ok(usize::try_from(found) == Ok(wanted))
}

async fn unpublished_assessments(tx: &TenantTx, ids: &[AssessmentId]) -> Result<Vec<String>> {
    let rows = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.is_in(ids.iter().copied()))
        .all()
        .await?;
    let open = |id: &AssessmentId| match rows.iter().find(|row| row.id == *id) {
        Some(row) if row.published_version_id.is_some() && row.archived_at.is_none() => None,
        Some(row) => Some(row.title.clone()),
        None => Some(id.to_string()),
    };
    Ok(ids.iter().filter_map(open).collect())
}

async fn badge_faults(
    tx: &TenantTx,
    id: AchievementId,
    content: &Content,
    badges: &[AchievementId],
    errors: &mut FieldErrors,
) -> Result<()> {
    let in_force = definitions_in_force(tx).await?;
    let names: HashMap<AchievementId, &str> = in_force
        .iter()
        .map(|(id, name, _)| (*id, name.as_str()))
        .chain([(id, content.achievement.name.as_str())])
        .collect();
    for badge in badges.iter().filter(|badge| !names.contains_key(badge)) {
        let draft = tx
            .rows::<achievement::Entity>()
            .filter(achievement::Column::Id.eq(*badge))
            .one()
            .await?;
        let name = draft.map_or_else(|| badge.to_string(), |row| row.name);
        errors.add_with("criteria", "badge-unpublished", [("name", name)]);
    }
    let others = in_force.iter().filter(|(other, ..)| *other != id);
    let definitions: Vec<Definition<'_>> = others
        .map(|(id, _, criteria)| Definition { id: *id, criteria })
        .chain([Definition {
            id,
            criteria: &content.achievement.criteria,
        }])
        .collect();
    if let Err(cycle) = check_acyclic(&definitions) {
        let way: Vec<&str> = cycle
            .iter()
            .chain(cycle.first())
            .filter_map(|id| names.get(id).copied())
            .collect();
        errors.add_with("criteria", "badge-cycle", [("way", way.join(" → "))]);
    }
    Ok(())
}

/// The achievements that can be earned: id, name and criteria of each.
pub(in crate::program) async fn definitions_in_force(
    tx: &TenantTx,
) -> Result<Vec<(AchievementId, String, Criteria)>> {
    let open = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::PublishedVersionId.is_not_null())
        .filter(achievement::Column::ArchivedAt.is_null())
        .all()
        .await?;
    let versions = tx
        .rows::<achievement_version::Entity>()
        .filter(achievement_version::Column::Id.is_in(open.iter().filter_map(|row| row.published_version_id)))
        .all()
        .await?;
    versions
        .into_iter()
        .map(|version| {
            let content: Achievement = serde_json::from_str(&version.content)?;
            Ok((version.achievement_id, content.name, content.criteria))
        })
        .collect()
}
