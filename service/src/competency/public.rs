use std::collections::BTreeMap;

use domain::{
    course::About,
    id::{AchievementId, CompetencyId, CourseId},
    mastery::Rule,
    program::Achievement,
};
use entity::{
    TenantTx,
    competency::{competency, framework},
    course::{course, course_version},
    program::achievement,
};
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::{Ctx, Error, Result, draft};

/// More of a kind than a page can show.
const MOST: u64 = 200;

/// A competency as anybody may see it. The alignments of badges lead here.
#[derive(Debug, Clone, PartialEq)]
pub struct CompetencyPage {
    /// Which one.
    pub id: CompetencyId,
    /// How it is cited.
    pub code: String,
    /// What a person who has it can do.
    pub statement: String,
    /// How demanding it is, in the framework's own word; may be empty.
    pub level: String,
    /// When it counts as shown.
    pub rule: Rule,
    /// The title of the framework that it belongs to.
    pub framework: String,
    /// The broader one that it is part of.
    pub whole: Option<Relative>,
    /// The narrower ones that are part of it.
    pub parts: Vec<Relative>,
    /// The courses that can be begun now and are for it, by title.
    pub courses: Vec<CourseFor>,
    /// The badges that can be earned now and attest it, by name.
    pub badges: Vec<BadgeFor>,
}

/// A competency beside another one.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Relative {
    /// Which one.
    pub id: CompetencyId,
    /// What a person who has it can do.
    pub statement: String,
}

/// A course that is for a competency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseFor {
    /// Its part of the address.
    pub slug: String,
    /// What it is called.
    pub title: String,
}

/// A badge that attests a competency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadgeFor {
    /// Which one.
    pub id: AchievementId,
    /// What stands on it.
    pub name: String,
}

/// The page of a competency. Anybody may ask.
pub async fn show(ctx: &Ctx, id: CompetencyId) -> Result<CompetencyPage> {
    let tx = ctx.read().await?;
    let row = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let framework = tx
        .rows::<framework::Entity>()
        .filter(framework::Column::Id.eq(row.framework_id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let relatives = || {
        tx.rows::<competency::Entity>()
            .asc(competency::Column::Position)
            .limit(MOST)
    };
    let columns = [competency::Column::Id, competency::Column::Statement];
    let whole = match row.parent_id {
        Some(parent) => relatives()
            .filter(competency::Column::Id.eq(parent))
            .columns::<Relative>(columns)
            .await?
            .pop(),
        None => None,
    };
    let parts = relatives()
        .filter(competency::Column::ParentId.eq(id))
        .columns(columns)
        .await?;
    Ok(CompetencyPage {
        id,
        code: row.code,
        statement: row.statement,
        level: row.level,
        rule: serde_json::from_str(&row.rule)?,
        framework: framework.title,
        whole,
        parts,
        courses: courses(&tx, id).await?,
        badges: badges(&tx, id).await?,
    })
}

/// The courses whose version in force names the competency.
async fn courses(tx: &TenantTx, id: CompetencyId) -> Result<Vec<CourseFor>> {
    let naming: Vec<AboutRow> = draft::in_force_naming::<course::Entity>(tx, [id])
        .limit(MOST)
        .columns([course_version::Column::CourseId, course_version::Column::About])
        .await?;
    let slugs: Vec<SlugRow> = tx
        .rows::<course::Entity>()
        .filter(course::Column::Id.is_in(naming.iter().map(|row| row.course_id)))
        .columns([course::Column::Id, course::Column::Slug])
        .await?;
    let mut slugs: BTreeMap<_, _> = slugs.into_iter().map(|row| (row.id, row.slug)).collect();
    let mut courses = Vec::new();
    for row in naming {
        if let Some(slug) = slugs.remove(&row.course_id) {
            let title = serde_json::from_str::<About>(&row.about)?.title;
            courses.push(CourseFor { slug, title });
        }
    }
    courses.sort_by(|one, other| one.title.cmp(&other.title));
    Ok(courses)
}

/// The badges whose version in force asks for the competency, or is aligned to it.
async fn badges(tx: &TenantTx, id: CompetencyId) -> Result<Vec<BadgeFor>> {
    // As the requirement's id, or at the end of the address that an alignment has.
    let naming = draft::in_force_with::<achievement::Entity>(tx, [format!("{id}\"")])
        .limit(MOST)
        .all()
        .await?;
    let mut badges = Vec::new();
    for version in naming {
        let achievement: Achievement = serde_json::from_str(&version.content)?;
        badges.push(BadgeFor {
            id: version.achievement_id,
            name: achievement.name,
        });
    }
    badges.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(badges)
}

#[derive(FromQueryResult)]
struct AboutRow {
    course_id: CourseId,
    about: String,
}

#[derive(FromQueryResult)]
struct SlugRow {
    id: CourseId,
    slug: String,
}
