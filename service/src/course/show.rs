use std::collections::BTreeMap;

use domain::{
    Timestamp,
    course::{About, Outline, markdown, outline},
    id::{CompetencyId, CourseId, FileId},
};
use entity::{TenantTx, competency::competency, course::course};
use sea_orm::{ColumnTrait, FromQueryResult};

use super::{
    draft::content,
    place::{enrolment, place_of},
};
use crate::{Ctx, Error, Result, files};

/// A course's own page, for visitors and learners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoursePage {
    /// Which one.
    pub id: CourseId,
    /// Its part of the address.
    pub slug: String,
    /// What it is about.
    pub about: About,
    /// Its parts; for a learner with what is done and open.
    pub outline: Outline,
    /// The competencies that it is for, by their codes.
    pub targets: Vec<Target>,
    /// Who takes it since when; none for somebody who does not.
    pub enrolment: Option<Enrolment>,
    /// Whether it can be begun now.
    pub can_enrol: bool,
    /// The files that its summaries name.
    pub files: BTreeMap<String, FileId>,
}

/// That the reader takes the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enrolment {
    /// Since when.
    pub since: Timestamp,
    /// When everything was done.
    pub completed_at: Option<Timestamp>,
    /// Whether a newer version is in force.
    pub is_behind: bool,
}

/// A competency that a course is for.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Target {
    /// Which one.
    pub id: CompetencyId,
    /// How it is cited.
    pub code: String,
    /// What a person who has it can do.
    pub statement: String,
}

/// The page of the course whose address is `slug`: the published version, or the
/// one that the actor takes. A draft that was never published is not found.
pub async fn show(ctx: &Ctx, slug: &str) -> Result<CoursePage> {
    let tx = ctx.read().await?;
    let row = by_slug(&tx, slug).await?;
    let taken = match ctx.actor().person {
        Some(person) => enrolment(&tx, person, row.id).await?,
        None => None,
    };
    let (content, outline, is_behind) = if let Some(taken) = &taken {
        let place = place_of(&tx, &row, taken).await?;
        (place.content, place.outline, place.is_behind)
    } else {
        let version = row
            .published_version_id
            .filter(|_| row.archived_at.is_none())
            .ok_or(Error::NotFound)?;
        let content = content(&tx, version).await?;
        let outline = outline(&content, &BTreeMap::new());
        (content, outline, false)
    };
    let competencies = content
        .activities()
        .flat_map(|(_, activity)| activity.competencies.iter().copied());
    let targets = targets(&tx, competencies).await?;
    let summaries =
        std::iter::once(&content.summary).chain(content.modules.iter().map(|module| &module.summary));
    let names = summaries.flat_map(|summary| {
        let found = markdown::references(summary);
        found.files.into_iter().chain(found.optional)
    });
    let files = files::named(&tx, names).await?;
    Ok(CoursePage {
        id: row.id,
        slug: row.slug,
        about: content.about(),
        outline,
        targets,
        enrolment: taken.map(|taken| Enrolment {
            since: taken.enrolled_at,
            completed_at: taken.completed_at,
            is_behind,
        }),
        can_enrol: row.published_version_id.is_some() && row.archived_at.is_none(),
        files,
    })
}

/// The course whose address is `slug`. An id does as well, for addresses that
/// are written down before the course is looked up.
pub(super) async fn by_slug(tx: &TenantTx, slug: &str) -> Result<course::Model> {
    let rows = tx.rows::<course::Entity>();
    let rows = match slug.parse::<CourseId>() {
        Ok(id) => rows.filter(course::Column::Id.eq(id)),
        Err(_) => rows.filter(course::Column::Slug.eq(slug)),
    };
    rows.one().await?.ok_or(Error::NotFound)
}

/// The competencies with these ids, by their codes.
pub(super) async fn targets(
    tx: &TenantTx,
    ids: impl IntoIterator<Item = CompetencyId>,
) -> Result<Vec<Target>> {
    let ids: std::collections::BTreeSet<_> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.is_in(ids))
        .asc(competency::Column::Code)
        .columns([
            competency::Column::Id,
            competency::Column::Code,
            competency::Column::Statement,
        ])
        .await?)
}
