use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    Timestamp,
    assessment::{
        ItemKind, Purpose, ReviewState, Tag,
        analysis::{Band, Facility},
    },
    id::{CompetencyId, ItemId, ItemVersionId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{item, item_facility, item_tag},
    competency::competency,
};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait,
    sea_query::{Expr, LikeExpr, Query, SelectStatement},
};

use super::{review::state, tags::tags_of};
use crate::{
    Ctx, Leaf, Mark, Result, Turn,
    assessment::analysis::facilities,
    draft::{self, Stage},
    turning::leaf,
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
    /// Only those with this tag.
    pub tag: Option<Tag>,
    /// Only those in this language, a tag of BCP 47; empty: in any.
    pub language: String,
    /// Only those whose version in force proved to be so hard.
    pub band: Option<Band>,
    /// Only those with all these words in their title or in what they ask, in any
    /// case and order.
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
    /// How hard its author thinks it is, as a logit.
    pub difficulty: f64,
    /// What answers to the version in force earned.
    pub facility: Facility,
    /// What it is found by.
    pub tags: BTreeSet<Tag>,
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
pub async fn list(ctx: &Ctx, filter: &Filter, turn: Turn) -> Result<Leaf<Row>> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let found = tx.rows::<item::Entity>().filter(condition(&tx, filter));
    let place = (item::Column::CreatedAt, item::Column::Id);
    let mark = |row: &item::Model| Mark {
        at: row.created_at,
        id: row.id.0,
    };
    let found = leaf(found, place, turn, mark).await?;
    let mut beside = Beside::of(&tx, &found.rows).await?;
    Ok(Leaf {
        total: found.total,
        back: found.back,
        on: found.on,
        rows: found.rows.into_iter().map(|row| beside.row(row)).collect(),
    })
}

/// What stands beside items in other tables.
struct Beside {
    codes: HashMap<CompetencyId, String>,
    tags: BTreeMap<ItemId, BTreeSet<Tag>>,
    facilities: BTreeMap<ItemVersionId, Facility>,
}

impl Beside {
    async fn of(tx: &TenantTx, rows: &[item::Model]) -> Result<Self> {
        let codes = tx
            .rows::<competency::Entity>()
            .filter(competency::Column::Id.is_in(rows.iter().map(|row| row.competency_id)))
            .all()
            .await?;
        let versions = rows.iter().filter_map(|row| row.published_version_id);
        Ok(Self {
            codes: codes.into_iter().map(|row| (row.id, row.code)).collect(),
            tags: tags_of(tx, rows.iter().map(|row| row.id)).await?,
            facilities: facilities(tx, versions).await?,
        })
    }

    fn row(&mut self, row: item::Model) -> Row {
        let facility = row.published_version_id.and_then(|id| self.facilities.get(&id));
        Row {
            id: row.id,
            stage: draft::stage::<item::Entity>(&row),
            review: state(&row),
            tags: self.tags.remove(&row.id).unwrap_or_default(),
            facility: facility.copied().unwrap_or_default(),
            kind: row.kind.parse().ok(),
            purpose: row.purpose.parse().unwrap_or(Purpose::Practice),
            competency: self.codes.get(&row.competency_id).cloned().unwrap_or_default(),
            title: row.title,
            asked: row.asked,
            difficulty: row.difficulty,
            updated_at: row.updated_at,
        }
    }
}

fn condition(tx: &TenantTx, filter: &Filter) -> Condition {
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
    if !filter.language.is_empty() {
        all = all.add(item::Column::Language.eq(filter.language.as_str()));
    }
    if let Some(tag) = &filter.tag {
        all = all.add(item::Column::Id.in_subquery(tagged(tx, tag)));
    }
    if let Some(band) = filter.band {
        all = all.add(item::Column::PublishedVersionId.in_subquery(within(tx, band)));
    }
    let text: String = filter.text.chars().take(MOST_TEXT).collect();
    // Each word, wherever it stands: the order is what people remember worst.
    text.to_lowercase().split_whitespace().fold(all, |all, word| {
        all.add(item::Column::Search.like(containing(word)))
    })
}

/// The items with this tag.
fn tagged(tx: &TenantTx, tag: &Tag) -> SelectStatement {
    Query::select()
        .column(item_tag::Column::ItemId)
        .from(item_tag::Entity)
        .and_where(item_tag::Column::TenantId.eq(tx.tenant()))
        .and_where(item_tag::Column::Tag.eq(tag.as_str()))
        .take()
}

/// The versions that proved to be so hard.
fn within(tx: &TenantTx, band: Band) -> SelectStatement {
    let times_answers = |part: i64| Expr::col(item_facility::Column::Answers).mul(part);
    let earned = || Expr::col(item_facility::Column::Earned);
    let (from, to) = band.bounds();
    let mut select = Query::select()
        .column(item_facility::Column::ItemVersionId)
        .from(item_facility::Entity)
        .and_where(item_facility::Column::TenantId.eq(tx.tenant()))
        .and_where(item_facility::Column::Answers.gte(Facility::FEWEST))
        .and_where(earned().gte(times_answers(from)))
        .take();
    if let Some(to) = to {
        select.and_where(earned().lt(times_answers(to)));
    }
    select
}

fn containing(word: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
