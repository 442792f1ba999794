use domain::{id::CourseId, tenancy::Permission};
use entity::course::{course, enrolment};
use sea_orm::ColumnTrait;

use super::progress;
use crate::{Ctx, Error, Result, draft};

/// A learner moves to the version in force, because they chose to. What they
/// have done stays done.
pub async fn move_on(ctx: &Ctx, course: CourseId) -> Result<()> {
    ctx.require(Permission::Learn)?;
    let person = ctx.person()?;
    let tx = ctx.write().await?;
    let version = draft::row::<course::Entity>(&tx, course)
        .await?
        .published_version_id
        .ok_or(Error::NotFound)?;
    let taken = super::place::held_enrolment(&tx, person, course).await?;
    // Who had finished has finished; for others the new version may ask less.
    let completed_at = match taken.completed_at {
        Some(at) => Some(at),
        None => progress::completed_by_now(ctx, &tx, course, version).await?,
    };
    tx.change::<enrolment::Entity>()
        .filter(enrolment::Column::PersonId.eq(person))
        .filter(enrolment::Column::CourseId.eq(course))
        .set(enrolment::Column::CourseVersionId, version)
        .set(enrolment::Column::CompletedAt, completed_at)
        .apply()
        .await?;
    tx.commit().await?;
    Ok(())
}
