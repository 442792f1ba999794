use std::collections::HashMap;

use domain::{Timestamp, id::AchievementId, program::Requirement, tenancy::Permission};
use entity::program::{achievement, award};
use sea_orm::{ColumnTrait, ExprTrait, FromQueryResult, sea_query::Expr};

use super::Content;
use crate::{
    Ctx, Result,
    draft::{self, Stage},
    paging::{PAGE_SIZE, Paged, Window},
};

/// An achievement in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: AchievementId,
    /// What it is called.
    pub name: String,
    /// The badges that its draft asks for.
    pub parts: Vec<AchievementId>,
    /// How many people hold it.
    pub holders: u64,
    /// How far it is.
    pub stage: Stage,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

#[derive(Debug, FromQueryResult)]
struct Held {
    achievement_id: AchievementId,
    holders: i64,
}

/// The tenant's achievements, a page at a time, newest first: those put away, or
/// all the others.
pub async fn list(ctx: &Ctx, archived: bool, page: u32) -> Result<Paged<Row>> {
    ctx.require(Permission::DefineAchievements)?;
    let tx = ctx.read().await?;
    let found = tx.rows::<achievement::Entity>().filter(if archived {
        achievement::Column::ArchivedAt.is_not_null()
    } else {
        achievement::Column::ArchivedAt.is_null()
    });
    let window = Window::new(page, found.clone().count().await?);
    let rows = found
        .desc(achievement::Column::Id)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all()
        .await?;
    let held: HashMap<AchievementId, i64> = tx
        .rows::<award::Entity>()
        .filter(award::Column::AchievementId.is_in(rows.iter().map(|row| row.id)))
        .filter(award::Column::WithdrawnAt.is_null())
        .grouped::<Held>(
            [award::Column::AchievementId],
            [(Expr::col(award::Column::PersonId).count_distinct(), "holders")],
        )
        .await?
        .into_iter()
        .map(|row| (row.achievement_id, row.holders))
        .collect();
    let rows = rows.into_iter().map(|row| {
        let asked = serde_json::from_str::<Content>(&row.draft)?
            .achievement
            .criteria
            .requirements();
        Ok(Row {
            id: row.id,
            stage: draft::stage::<achievement::Entity>(&row),
            parts: asked
                .into_iter()
                .filter_map(|requirement| match requirement {
                    Requirement::Badge(id) => Some(id),
                    _ => None,
                })
                .collect(),
            holders: held
                .get(&row.id)
                .and_then(|holders| u64::try_from(*holders).ok())
                .unwrap_or(0),
            name: row.name,
            updated_at: row.updated_at,
        })
    });
    Ok(window.of(rows.collect::<Result<_>>()?))
}

/// No list to choose from is longer.
const MOST_CHOICES: u64 = 500;

/// The achievements that another can ask for: id and name, by name.
pub async fn choices(ctx: &Ctx) -> Result<Vec<(AchievementId, String)>> {
    ctx.require(Permission::ViewDrafts)?;
    let rows = ctx
        .read()
        .await?
        .rows::<achievement::Entity>()
        .filter(achievement::Column::ArchivedAt.is_null())
        .asc(achievement::Column::Name)
        .limit(MOST_CHOICES)
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
