use domain::{id::CourseId, tenancy::Permission};
use entity::course::{course, enrolment};

use super::progress;
use crate::{Ctx, Error, Result, draft};

/// A member begins a course, on the version in force. Who has begun already
/// stays where they are.
pub async fn enrol(ctx: &Ctx, course: CourseId) -> Result<()> {
    ctx.require(Permission::Learn)?;
    let person = ctx.person()?;
    let tx = ctx.write().await?;
    let row = draft::row::<course::Entity>(&tx, course).await?;
    let version = row.published_version_id.ok_or(Error::NotFound)?;
    let key = [
        enrolment::Column::TenantId,
        enrolment::Column::PersonId,
        enrolment::Column::CourseId,
    ];
    if super::place::enrolment(&tx, person, course).await?.is_some() {
        return Ok(());
    }
    if row.archived_at.is_some() {
        return Err(Error::Refused("course-archived"));
    }
    let enrolment = enrolment::Model {
        tenant_id: ctx.tenant(),
        person_id: person,
        course_id: course,
        course_version_id: version,
        enrolled_at: ctx.now(),
        completed_at: progress::completed_by_now(ctx, &tx, course, version).await?,
    };
    tx.insert_new::<enrolment::Entity>(enrolment, key).await?;
    tx.commit().await?;
    Ok(())
}
