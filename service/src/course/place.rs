use domain::{
    course::{Activity, Content, Outline, State, outline},
    id::{ActivityId, CourseId, PersonId},
};
use entity::{
    TenantTx,
    course::{course, enrolment},
};
use sea_orm::ColumnTrait;

use super::{draft::content, progress};
use crate::{Error, Result, draft};

/// Where a learner stands in a course: who takes which version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Who.
    pub(super) person: PersonId,
    /// Which course.
    pub(super) course: CourseId,
    /// Whether a newer version is in force.
    pub(super) is_behind: bool,
    /// What is in that version.
    pub(super) content: Content,
    /// What of it is done and open.
    pub(super) outline: Outline,
}

impl Place {
    /// An activity that is open to the learner. One that is not, or that their
    /// version does not have, is not found.
    pub(super) fn open(&self, id: ActivityId) -> Result<&Activity> {
        let open = self
            .outline
            .activities()
            .any(|activity| activity.id == id && activity.state != State::Locked);
        self.content
            .activity(id)
            .map(|(_, activity)| activity)
            .filter(|_| open)
            .ok_or(Error::NotFound)
    }
}

/// Where `person` stands in a course; not found for somebody who does not take it.
pub(super) async fn place(tx: &TenantTx, person: PersonId, course: CourseId) -> Result<Place> {
    let row = draft::row::<course::Entity>(tx, course).await?;
    let enrolment = enrolment(tx, person, course).await?.ok_or(Error::NotFound)?;
    place_of(tx, &row, &enrolment).await
}

/// The same, held until the transaction ends: of two activities that are done at
/// once, the second to be noted sees the first, and the course is complete.
pub(super) async fn held_place(tx: &TenantTx, person: PersonId, course: CourseId) -> Result<Place> {
    let row = draft::row::<course::Entity>(tx, course).await?;
    let enrolment = held_enrolment(tx, person, course).await?;
    place_of(tx, &row, &enrolment).await
}

/// Who takes which version, held until the transaction ends.
pub(super) async fn held_enrolment(
    tx: &TenantTx,
    person: PersonId,
    course: CourseId,
) -> Result<enrolment::Model> {
    tx.rows::<enrolment::Entity>()
        .filter(enrolment::Column::PersonId.eq(person))
        .filter(enrolment::Column::CourseId.eq(course))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)
}

/// Who takes which version, if they do.
pub(super) async fn enrolment(
    tx: &TenantTx,
    person: PersonId,
    course: CourseId,
) -> Result<Option<enrolment::Model>> {
    Ok(tx
        .rows::<enrolment::Entity>()
        .filter(enrolment::Column::PersonId.eq(person))
        .filter(enrolment::Column::CourseId.eq(course))
        .one()
        .await?)
}

pub(super) async fn place_of(
    tx: &TenantTx,
    row: &course::Model,
    enrolment: &enrolment::Model,
) -> Result<Place> {
    let content = content(tx, enrolment.course_version_id).await?;
    let done = progress::of(tx, enrolment.person_id, row.id, &content).await?;
    Ok(Place {
        person: enrolment.person_id,
        course: row.id,
        is_behind: row
            .published_version_id
            .is_some_and(|version| version != enrolment.course_version_id),
        outline: outline(&content, &done),
        content,
    })
}
