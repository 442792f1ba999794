use std::collections::HashMap;

use domain::{
    Timestamp,
    id::{AchievementId, AchievementVersionId},
    program::{Achievement, Requirement},
};
use entity::{
    TenantTx,
    assessment::assessment,
    competency::competency,
    program::{achievement, achievement_version},
};
use sea_orm::ColumnTrait;

use crate::{Ctx, Error, Result, draft};

/// A published achievement, as anybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its id.
    pub id: AchievementId,
    /// The version in force, or the last one that was.
    pub version: AchievementVersionId,
    /// 1, 2, 3 …
    pub number: i64,
    /// What it says.
    pub achievement: Achievement,
    /// What its criteria name, each with its name.
    pub parts: HashMap<Requirement, Part>,
    /// When this version was published.
    pub published_at: Timestamp,
    /// Whether it can still be earned.
    pub is_open: bool,
}

/// Something that criteria name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called: a competency's statement, a title, a name.
    pub name: String,
    /// It has a page for learners: a competency, or what is published.
    pub has_page: bool,
}

/// The achievement at `id` in the version that is in force. Anybody may ask;
/// one that was never published is not found.
pub async fn view(ctx: &Ctx, id: AchievementId) -> Result<Shown> {
    let tx = ctx.read().await?;
    let row = draft::row::<achievement::Entity>(&tx, id).await?;
    let version = draft::in_force::<achievement::Entity>(&tx, &row)
        .await?
        .ok_or(Error::NotFound)?;
    shown(&tx, version, row.archived_at.is_none()).await
}

async fn shown(tx: &TenantTx, version: achievement_version::Model, is_open: bool) -> Result<Shown> {
    let achievement: Achievement = serde_json::from_str(&version.content)?;
    let parts = parts(tx, achievement.criteria.requirements()).await?;
    Ok(Shown {
        id: version.achievement_id,
        version: version.id,
        number: version.number,
        parts,
        achievement,
        published_at: version.published_at,
        is_open,
    })
}

/// What these requirements name.
pub(in crate::program) async fn parts(
    tx: &TenantTx,
    asked: impl IntoIterator<Item = Requirement>,
) -> Result<HashMap<Requirement, Part>> {
    let (mut competencies, mut assessments, mut badges) = (Vec::new(), Vec::new(), Vec::new());
    for requirement in asked {
        match requirement {
            Requirement::Competency(id) => competencies.push(id),
            Requirement::Assessment(id) => assessments.push(id),
            Requirement::Badge(id) => badges.push(id),
        }
    }
    let mut parts = HashMap::new();
    let rows = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.is_in(competencies));
    for row in rows.all().await? {
        let part = Part {
            name: row.statement,
            has_page: true,
        };
        parts.insert(Requirement::Competency(row.id), part);
    }
    let rows = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.is_in(assessments));
    for row in rows.all().await? {
        let part = Part {
            has_page: row.published_version_id.is_some() && row.archived_at.is_none(),
            name: row.title,
        };
        parts.insert(Requirement::Assessment(row.id), part);
    }
    let rows = tx
        .rows::<achievement::Entity>()
        .filter(achievement::Column::Id.is_in(badges));
    for row in rows.all().await? {
        let part = Part {
            name: row.name,
            has_page: row.published_version_id.is_some(),
        };
        parts.insert(Requirement::Badge(row.id), part);
    }
    Ok(parts)
}
