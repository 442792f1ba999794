use std::collections::BTreeMap;

use domain::{
    Timestamp,
    course::About,
    id::{ActivityId, CourseId, CourseVersionId},
};
use entity::{
    TenantTx,
    course::{course, course_version, enrolment},
};
use sea_orm::{ColumnTrait, FromQueryResult};

use super::place::place_of;
use crate::{Ctx, Result};

const MOST: u64 = 200;

/// A course that can be taken, as the catalogue shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Which one.
    pub id: CourseId,
    /// Its part of the address.
    pub slug: String,
    /// What it is about.
    pub about: About,
}

/// A course that a learner has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Which one.
    pub id: CourseId,
    /// Its part of the address.
    pub slug: String,
    /// What the version is called that they take.
    pub title: String,
    /// How many activities are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// Where to go on: the activity and its title. None when nothing is open.
    pub next: Option<(ActivityId, String)>,
    /// When everything was done.
    pub completed_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct AboutRow {
    id: CourseVersionId,
    about: String,
}

/// The published courses of the tenant, for anybody, by title.
pub async fn catalogue(ctx: &Ctx) -> Result<Vec<CatalogueEntry>> {
    let tx = ctx.read().await?;
    let courses = tx
        .rows::<course::Entity>()
        .filter(course::Column::PublishedVersionId.is_not_null())
        .filter(course::Column::ArchivedAt.is_null())
        .asc(course::Column::Title)
        .limit(MOST)
        .all()
        .await?;
    let versions: Vec<AboutRow> = tx
        .rows::<course_version::Entity>()
        .filter(
            course_version::Column::Id.is_in(courses.iter().filter_map(|course| course.published_version_id)),
        )
        .columns([course_version::Column::Id, course_version::Column::About])
        .await?;
    let mut abouts: BTreeMap<_, _> = versions.into_iter().map(|row| (row.id, row.about)).collect();
    courses
        .into_iter()
        .filter_map(|course| {
            let about = abouts.remove(&course.published_version_id?)?;
            Some((course, about))
        })
        .map(|(course, about)| {
            Ok(CatalogueEntry {
                id: course.id,
                slug: course.slug,
                about: serde_json::from_str(&about)?,
            })
        })
        .collect()
}

/// What the course at `id` is called; none if it is not there, or was never published.
pub async fn title(ctx: &Ctx, id: CourseId) -> Result<Option<String>> {
    let row = ctx
        .read()
        .await?
        .rows::<course::Entity>()
        .filter(course::Column::Id.eq(id))
        .filter(course::Column::PublishedVersionId.is_not_null())
        .one()
        .await?;
    Ok(row.map(|row| row.title))
}

/// The courses that the actor has begun, the last begun first. A visitor has none.
pub async fn mine(ctx: &Ctx) -> Result<Vec<Taken>> {
    let Some(person) = ctx.actor().person else {
        return Ok(Vec::new());
    };
    let tx = ctx.read().await?;
    let enrolments = tx
        .rows::<enrolment::Entity>()
        .filter(enrolment::Column::PersonId.eq(person))
        .desc(enrolment::Column::EnrolledAt)
        .limit(MOST)
        .all()
        .await?;
    let mut taken = Vec::with_capacity(enrolments.len());
    for enrolment in enrolments {
        taken.extend(one(&tx, enrolment).await?);
    }
    Ok(taken)
}

async fn one(tx: &TenantTx, enrolment: enrolment::Model) -> Result<Option<Taken>> {
    let Some(row) = tx
        .rows::<course::Entity>()
        .filter(course::Column::Id.eq(enrolment.course_id))
        .one()
        .await?
    else {
        return Ok(None);
    };
    let place = place_of(tx, &row, &enrolment).await?;
    let view = place.outline;
    Ok(Some(Taken {
        id: row.id,
        slug: row.slug,
        title: place.content.title.clone(),
        done: view.done,
        total: view.total,
        next: view
            .next
            .and_then(|id| place.content.activity(id))
            .map(|(_, activity)| (activity.id, activity.title.clone())),
        completed_at: enrolment.completed_at,
    }))
}
