//! Where in the courses an assessment is begun.

use domain::{
    course::Work,
    id::{ActivityId, AssessmentId, CourseId, PersonId},
};
use entity::{
    TenantTx,
    course::{course, course_version, enrolment},
};
use sea_orm::{ColumnTrait, FromQueryResult, sea_query::Query};

use super::{
    place::{Place, place},
    progress::begun,
};
use crate::{Ctx, Error, Result, draft};

/// How a learner comes to an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// By itself: it stands in no course.
    Free,
    /// Through this activity, which is open to them.
    Through(CourseId, ActivityId),
    /// Not yet: it stands in this course, which they do not take, or where
    /// something else has to be done first.
    Closed(CourseId),
}

/// How the person comes to the assessment: through the activity that they came
/// from, if that is open to them; else through the first one that is. What stands
/// in a course in force is begun in no other way.
pub(crate) async fn way_to(
    tx: &TenantTx,
    person: PersonId,
    assessment: AssessmentId,
    from: Option<(CourseId, ActivityId)>,
) -> Result<Way> {
    let taken = taken(tx, person, assessment).await?;
    let mut open = Vec::new();
    for course in &taken {
        let place = place(tx, person, *course).await?;
        open.extend(place.open_to(assessment).map(|activity| (*course, activity)));
    }
    let way = open.iter().find(|way| Some(**way) == from).or(open.first());
    if let Some((course, activity)) = way {
        return Ok(Way::Through(*course, *activity));
    }
    let shut = match taken.first() {
        Some(course) => Some(*course),
        None => in_force(tx, assessment).await?,
    };
    Ok(shut.map_or(Way::Free, Way::Closed))
}

/// The person may begin the assessment, and where: noted there, if it is in a
/// course. Refused: `attempt-not-open`.
pub(crate) async fn enter(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    assessment: AssessmentId,
    from: Option<(CourseId, ActivityId)>,
) -> Result<Option<(CourseId, ActivityId)>> {
    match way_to(tx, person, assessment, from).await? {
        Way::Free => Ok(None),
        Way::Closed(_) => Err(Error::Refused("attempt-not-open")),
        Way::Through(course, activity) => {
            let place = place(tx, person, course).await?;
            begun(ctx, tx, &place, activity).await?;
            Ok(Some((course, activity)))
        }
    }
}

impl Place {
    /// The activities open to the learner that ask this assessment, in order.
    fn open_to(&self, assessment: AssessmentId) -> impl Iterator<Item = ActivityId> {
        let asks = Work::Assessment {
            assessment: Some(assessment),
        };
        self.content
            .activities()
            .filter(move |(_, activity)| activity.work == asks && self.open(activity.id).is_ok())
            .map(|(_, activity)| activity.id)
    }
}

/// The courses that the person takes in a version that names the assessment, the
/// oldest first.
pub(super) async fn taken(
    tx: &TenantTx,
    person: PersonId,
    assessment: AssessmentId,
) -> Result<Vec<CourseId>> {
    let versions = Query::select()
        .column(enrolment::Column::CourseVersionId)
        .from(enrolment::Entity)
        .and_where(enrolment::Column::TenantId.eq(tx.tenant()))
        .and_where(enrolment::Column::PersonId.eq(person))
        .take();
    let naming: Vec<Naming> = tx
        .rows::<course_version::Entity>()
        .filter(course_version::Column::Id.in_subquery(versions))
        .filter(course_version::Column::Content.contains(draft::naming(assessment)))
        .asc(course_version::Column::CourseId)
        .columns([course_version::Column::CourseId])
        .await?;
    Ok(naming.into_iter().map(|row| row.course_id).collect())
}

/// The oldest course whose version in force names the assessment.
async fn in_force(tx: &TenantTx, assessment: AssessmentId) -> Result<Option<CourseId>> {
    let naming: Vec<Naming> = draft::in_force_naming::<course::Entity>(tx, [assessment])
        .asc(course_version::Column::CourseId)
        .limit(1)
        .columns([course_version::Column::CourseId])
        .await?;
    Ok(naming.first().map(|row| row.course_id))
}

#[derive(Debug, FromQueryResult)]
struct Naming {
    course_id: CourseId,
}
