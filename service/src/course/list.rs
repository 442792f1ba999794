use domain::{Timestamp, id::CourseId, tenancy::Permission};
use entity::course::{course, enrolment};
use sea_orm::{ExprTrait, FromQueryResult, sea_query::Expr};

use crate::{
    Ctx, Result,
    draft::{self, Stage},
};

const MOST: u64 = 500;

/// A course, as the list of its authors shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which one.
    pub id: CourseId,
    /// What its draft is called.
    pub title: String,
    /// How far it is.
    pub stage: Stage,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// How many learners take it, or took it.
    pub learners: u64,
}

#[derive(FromQueryResult)]
struct Learners {
    course_id: CourseId,
    learners: i64,
}

/// The tenant's courses for their authors, the last changed first.
pub async fn list(ctx: &Ctx) -> Result<Vec<Listed>> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let rows = tx
        .rows::<course::Entity>()
        .desc(course::Column::UpdatedAt)
        .limit(MOST)
        .all()
        .await?;
    let learners: Vec<Learners> = tx
        .rows::<enrolment::Entity>()
        .grouped(
            [enrolment::Column::CourseId],
            [(Expr::col(enrolment::Column::PersonId).count(), "learners")],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            stage: draft::stage::<course::Entity>(&row),
            learners: learners
                .iter()
                .find(|of| of.course_id == row.id)
                .map_or(0, |of| of.learners.unsigned_abs()),
            id: row.id,
            title: row.title,
            updated_at: row.updated_at,
        })
        .collect())
}
