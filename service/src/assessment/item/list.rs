use std::collections::HashMap;

use domain::{
    Timestamp,
    assessment::{ItemKind, Purpose, ReviewState},
    id::{CompetencyId, ItemId},
    tenancy::Permission,
};
use entity::{assessment::item, competency::competency};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait,
    sea_query::{Expr, Func, LikeExpr},
};

use super::review::state;
use crate::{
    Ctx, Result,
    draft::{self, Stage},
    paging::{PAGE_SIZE, Paged, Window},
};

/// Which items to list. What is absent is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that show this.
    pub competency: Option<CompetencyId>,
    /// Only those of this kind.
    pub kind: Option<ItemKind>,
    /// Only those of this pool.
    pub purpose: Option<Purpose>,
    /// Only those at this stage; absent: all but the retired ones.
    pub stage: Option<Stage>,
    /// Only those whose review is so far.
    pub review: Option<ReviewState>,
    /// Only those with this in their title or in what they ask, in any case.
    pub text: String,
}

/// An item in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its id.
    pub id: ItemId,
    /// What authors find it by.
    pub title: String,
    /// The beginning of what it asks.
    pub asked: String,
    /// Its kind.
    pub kind: Option<ItemKind>,
    /// Its pool.
    pub purpose: Purpose,
    /// The code of the competency that it shows.
    pub competency: String,
    /// How hard it is, as a logit.
    pub difficulty: f64,
    /// How far it is.
    pub stage: Stage,
    /// How far its review is.
    pub review: ReviewState,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A search text is cut after so many characters.
const MOST_TEXT: usize = 100;

/// The tenant's items, a page at a time, newest first.
pub async fn list(ctx: &Ctx, filter: &Filter, page: u32) -> Result<Paged<Row>> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let found = tx.rows::<item::Entity>().filter(condition(filter));
    let window = Window::new(page, found.clone().count().await?);
    let rows = found
        .desc(item::Column::CreatedAt)
        .desc(item::Column::Id)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all()
        .await?;
    let shown: Vec<CompetencyId> = rows.iter().map(|row| row.competency_id).collect();
    let codes: HashMap<CompetencyId, String> = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.is_in(shown))
        .all()
        .await?
        .into_iter()
        .map(|row| (row.id, row.code))
        .collect();
    let rows = rows.into_iter().map(|row| Row {
        id: row.id,
        stage: draft::stage::<item::Entity>(&row),
        review: state(&row),
        title: row.title,
        asked: row.asked,
        kind: row.kind.parse().ok(),
        purpose: row.purpose.parse().unwrap_or(Purpose::Practice),
        competency: codes.get(&row.competency_id).cloned().unwrap_or_default(),
        difficulty: row.difficulty,
        updated_at: row.updated_at,
    });
    Ok(window.of(rows.collect()))
}

fn condition(filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if let Some(competency) = filter.competency {
        all = all.add(item::Column::CompetencyId.eq(competency));
    }
    if let Some(kind) = filter.kind {
        all = all.add(item::Column::Kind.eq(kind.as_str()));
    }
    if let Some(purpose) = filter.purpose {
        all = all.add(item::Column::Purpose.eq(purpose.as_str()));
    }
    all = match filter.stage {
        Some(Stage::Draft) => all
            .add(item::Column::PublishedVersionId.is_null())
            .add(item::Column::RetiredAt.is_null()),
        Some(Stage::Published) => all
            .add(item::Column::PublishedVersionId.is_not_null())
            .add(item::Column::RetiredAt.is_null()),
        Some(Stage::Withdrawn) => all.add(item::Column::RetiredAt.is_not_null()),
        None => all.add(item::Column::RetiredAt.is_null()),
    };
    if let Some(review) = filter.review {
        all = all.add(item::Column::Review.eq(review.as_str()));
    }
    let text: String = filter.text.trim().chars().take(MOST_TEXT).collect();
    if text.is_empty() {
        return all;
    }
    let has = |column| Expr::expr(Func::lower(Expr::col(column))).like(containing(&text));
    all.add(
        Condition::any()
            .add(has(item::Column::Title))
            .add(has(item::Column::Asked)),
    )
}

fn containing(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
