use std::collections::BTreeMap;

use domain::{
    Timestamp,
    course::{Content, Done, Draw, Work, outline},
    id::{ActivityId, AssessmentId, CourseId, CourseVersionId, PersonId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    course::{activity_progress, enrolment},
    mastery::decision,
};
use sea_orm::{ColumnTrait, sea_query::IntoCondition};

use super::{
    draft::content,
    place::{Place, held_place, place},
    way::taken,
};
use crate::{Ctx, Error, Result, assessment::practice::practised_by, mastery};

/// A learner says that they are through with a lesson, or with practice of which
/// they have done enough. Said twice, the first time counts. An assessment is not
/// done by saying so.
///
/// Refused: `practice-not-enough`.
pub async fn complete(ctx: &Ctx, course: CourseId, activity: ActivityId) -> Result<()> {
    ctx.require(Permission::Learn)?;
    let tx = ctx.write().await?;
    let place = held_place(&tx, ctx.person()?, course).await?;
    match &place.open(activity)?.work {
        Work::Lesson { .. } => {}
        Work::Practice { draws } => {
            if !practised_by(&tx, place.person, draws).await?.is_enough() {
                return Err(Error::Refused("practice-not-enough"));
            }
        }
        Work::Assessment { .. } => return Err(Error::NotFound),
    }
    done(ctx, &tx, &place, activity).await?;
    tx.commit().await?;
    Ok(())
}

/// What the practice draws that is an activity open to the person in a course
/// that they take; else there is no such thing.
pub(crate) async fn practice_draws(
    tx: &TenantTx,
    person: PersonId,
    course: CourseId,
    activity: ActivityId,
) -> Result<Vec<Draw>> {
    match &place(tx, person, course).await?.open(activity)?.work {
        Work::Practice { draws } => Ok(draws.clone()),
        _ => Err(Error::NotFound),
    }
}

/// Notes that the person has done an activity of a course that they take, and
/// with it perhaps the course. Done before, it stays done since then; of a
/// course that they do not take, nothing is noted.
pub(crate) async fn complete_activity(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    course: CourseId,
    activity: ActivityId,
) -> Result<()> {
    match held_place(tx, person, course).await {
        Ok(place) => done(ctx, tx, &place, activity).await,
        Err(Error::NotFound) => Ok(()),
        Err(other) => Err(other),
    }
}

/// Notes in every course that the person takes that they have passed an assessment
/// which it asks, wherever they sat it.
pub(crate) async fn complete_assessment(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    assessment: AssessmentId,
) -> Result<()> {
    for course in taken(tx, person, assessment).await? {
        let place = held_place(tx, person, course).await?;
        let asking = place
            .content
            .assessments()
            .filter(|(_, asked)| *asked == assessment);
        for (activity, _) in asking {
            done(ctx, tx, &place, activity).await?;
        }
    }
    Ok(())
}

/// What a learner has begun and done in a course with this `content`: an
/// assessment also where they passed it before they came to it.
pub(super) async fn of(
    tx: &TenantTx,
    person: PersonId,
    course: CourseId,
    content: &Content,
) -> Result<BTreeMap<ActivityId, Done>> {
    let rows = tx
        .rows::<activity_progress::Entity>()
        .filter(activity_progress::Column::PersonId.eq(person))
        .filter(activity_progress::Column::CourseId.eq(course))
        .all()
        .await?;
    let done = rows.into_iter().map(|row| {
        let done = match row.completed_at {
            Some(_) => Done::Completed,
            None => Done::Started,
        };
        (row.activity_id, done)
    });
    let mut done: BTreeMap<_, _> = done.collect();
    let open: Vec<_> = content
        .assessments()
        .filter(|(activity, _)| done.get(activity) != Some(&Done::Completed))
        .collect();
    if !open.is_empty() {
        let of_these = decision::Column::AssessmentId.is_in(open.iter().map(|(_, asked)| *asked));
        let passed = mastery::passed(tx, person..=person, of_these.into_condition()).await?;
        let passed = open
            .into_iter()
            .filter(|(_, asked)| passed.contains_key(&(person, *asked)));
        done.extend(passed.map(|(activity, _)| (activity, Done::Completed)));
    }
    Ok(done)
}

/// Now, if the actor has done already all that this version of a course asks.
pub(super) async fn completed_by_now(
    ctx: &Ctx,
    tx: &TenantTx,
    course: CourseId,
    version: CourseVersionId,
) -> Result<Option<Timestamp>> {
    let content = content(tx, version).await?;
    let done = of(tx, ctx.person()?, course, &content).await?;
    Ok(outline(&content, &done).is_complete().then(|| ctx.now()))
}

async fn done(ctx: &Ctx, tx: &TenantTx, place: &Place, activity: ActivityId) -> Result<()> {
    begun(ctx, tx, place, activity).await?;
    tx.change::<activity_progress::Entity>()
        .filter(activity_progress::Column::PersonId.eq(place.person))
        .filter(activity_progress::Column::CourseId.eq(place.course))
        .filter(activity_progress::Column::ActivityId.eq(activity))
        .filter(activity_progress::Column::CompletedAt.is_null())
        .set(activity_progress::Column::CompletedAt, Some(ctx.now()))
        .apply()
        .await?;
    let done = of(tx, place.person, place.course, &place.content).await?;
    if outline(&place.content, &done).is_complete() {
        tx.change::<enrolment::Entity>()
            .filter(enrolment::Column::PersonId.eq(place.person))
            .filter(enrolment::Column::CourseId.eq(place.course))
            .filter(enrolment::Column::CompletedAt.is_null())
            .set(enrolment::Column::CompletedAt, Some(ctx.now()))
            .apply()
            .await?;
    }
    Ok(())
}

/// Notes that the learner has begun an activity; begun before, nothing changes.
pub(super) async fn begun(ctx: &Ctx, tx: &TenantTx, place: &Place, activity: ActivityId) -> Result<()> {
    let row = activity_progress::Model {
        tenant_id: ctx.tenant(),
        person_id: place.person,
        course_id: place.course,
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
    Ok(())
}
