use domain::{
    Timestamp,
    assessment::{Assessment, Mode},
    id::AssessmentId,
    tenancy::Permission,
};
use entity::assessment::assessment;
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::{
    Ctx, Result,
    draft::{self, Stage},
    paging::{PAGE_SIZE, Paged, Window},
};

/// An assessment in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: AssessmentId,
    /// What it is called.
    pub title: String,
    /// How items follow each other.
    pub mode: Mode,
    /// How many items an attempt asks at most.
    pub items: usize,
    /// How many attempts a learner has; none: any number.
    pub attempts: Option<u16>,
    /// How far it is.
    pub stage: Stage,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The tenant's assessments, a page at a time, newest first: those put away, or
/// all the others.
pub async fn list(ctx: &Ctx, archived: bool, page: u32) -> Result<Paged<Row>> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let found = tx.rows::<assessment::Entity>().filter(if archived {
        assessment::Column::ArchivedAt.is_not_null()
    } else {
        assessment::Column::ArchivedAt.is_null()
    });
    let window = Window::new(page, found.clone().count().await?);
    let rows = found
        .desc(assessment::Column::Id)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all()
        .await?;
    let rows = rows.into_iter().map(|row| {
        let content: Assessment = serde_json::from_str(&row.draft)?;
        Ok(Row {
            id: row.id,
            stage: draft::stage::<assessment::Entity>(&row),
            title: row.title,
            mode: content.mode,
            items: content.length(),
            attempts: content.permitted_attempts(),
            updated_at: row.updated_at,
        })
    });
    Ok(window.of(rows.collect::<Result<_>>()?))
}

/// No list to choose from is longer.
const MOST_CHOICES: u64 = 500;

/// The published assessments, to choose from: id and title, by title.
pub async fn choices(ctx: &Ctx) -> Result<Vec<(AssessmentId, String)>> {
    ctx.require(Permission::ViewDrafts)?;
    let rows: Vec<Choice> = ctx
        .read()
        .await?
        .rows::<assessment::Entity>()
        .filter(assessment::Column::ArchivedAt.is_null())
        .filter(assessment::Column::PublishedVersionId.is_not_null())
        .asc(assessment::Column::Title)
        .limit(MOST_CHOICES)
        .columns([assessment::Column::Id, assessment::Column::Title])
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}

#[derive(Debug, FromQueryResult)]
struct Choice {
    id: AssessmentId,
    title: String,
}
