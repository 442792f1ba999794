//! Noting that something in a course is done.

use domain::id::{ActivityId, CourseId, PersonId};
use entity::{
    TenantTx,
    course::{activity_progress, enrolment},
};
use sea_orm::ColumnTrait;

use crate::{Ctx, Result};

/// Notes that the person has done an activity of a course that they are
/// enrolled in. Done before, it stays done since then; not enrolled, nothing
/// is noted.
pub(crate) async fn complete_activity(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    course: CourseId,
    activity: ActivityId,
) -> Result<()> {
    let enrolled = tx
        .rows::<enrolment::Entity>()
        .filter(enrolment::Column::PersonId.eq(person))
        .filter(enrolment::Column::CourseId.eq(course))
        .one()
        .await?;
    if enrolled.is_none() {
        return Ok(());
    }
    let row = activity_progress::Model {
        tenant_id: ctx.tenant(),
        person_id: person,
        course_id: course,
        activity_id: activity,
        started_at: ctx.now(),
        completed_at: None,
    };
    let key = [
        activity_progress::Column::TenantId,
        activity_progress::Column::PersonId,
        activity_progress::Column::CourseId,
        activity_progress::Column::ActivityId,
    ];
    tx.insert_new::<activity_progress::Entity>(row, key).await?;
    tx.change::<activity_progress::Entity>()
        .filter(activity_progress::Column::PersonId.eq(person))
        .filter(activity_progress::Column::CourseId.eq(course))
        .filter(activity_progress::Column::ActivityId.eq(activity))
        .filter(activity_progress::Column::CompletedAt.is_null())
        .set(activity_progress::Column::CompletedAt, ctx.now())
        .apply()
        .await?;
    Ok(())
}
