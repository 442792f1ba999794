use domain::{
    assessment::{Assessment, Item, ItemKind, Mode, Narrowing, Purpose, Selection},
    id::{CompetencyId, ItemVersionId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{item, item_version},
    competency::competency,
};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, FromQueryResult,
    sea_query::{Expr, Query},
};

use crate::{Ctx, FieldErrors, Result};

/// The items that an assessment may draw.
#[derive(Debug, Clone)]
pub struct Pools(Vec<Stock>);

/// So many items are alike in what a section may ask for.
#[derive(Debug, Clone, FromQueryResult)]
struct Stock {
    drawn_competency_id: CompetencyId,
    drawn_kind: Option<String>,
    drawn_difficulty: f64,
    items: i64,
}

impl Pools {
    /// How many items of a competency are there that a section takes.
    #[must_use]
    pub fn found(&self, competency: CompetencyId, narrowing: &Narrowing) -> usize {
        let is_wanted = |stock: &&Stock| {
            let kind = stock.drawn_kind.as_deref().and_then(|kind| kind.parse().ok());
            stock.drawn_competency_id == competency && narrowing.takes(kind, stock.drawn_difficulty)
        };
        let found = self.0.iter().filter(is_wanted);
        found.map(|stock| usize::try_from(stock.items).unwrap_or(0)).sum()
    }
}

/// The tenant's pools for an assessment of that mode. What a person has to mark is not
/// drawn at a gate.
pub async fn pools(ctx: &Ctx, mode: Mode) -> Result<Pools> {
    ctx.require(Permission::ViewDrafts)?;
    sizes(&ctx.read().await?, mode).await
}

async fn sizes(tx: &TenantTx, mode: Mode) -> Result<Pools> {
    let mut drawn = Condition::all();
    if mode == Mode::SequentialGate {
        drawn = drawn.add(item::Column::DrawnKind.ne(ItemKind::ExtendedText.as_str()));
    }
    let stock = tx
        .rows::<item::Entity>()
        .filter(drawn)
        .filter(item::Column::DrawnPurpose.eq(Purpose::Assessment.as_str()))
        .filter(item::Column::PublishedVersionId.is_not_null())
        .filter(item::Column::RetiredAt.is_null())
        .grouped::<Stock>(
            [
                item::Column::DrawnCompetencyId,
                item::Column::DrawnKind,
                item::Column::DrawnDifficulty,
            ],
            [(Expr::col(item::Column::Id).count(), "items")],
        )
        .await?;
    Ok(Pools(stock))
}

/// What keeps an assessment from being drawn for every learner and every
/// permitted try: pools that are too small, and fixed items that are not there.
pub(super) async fn shortages(tx: &TenantTx, assessment: &Assessment) -> Result<FieldErrors> {
    let mut errors = FieldErrors::default();
    let pools = sizes(tx, assessment.mode).await?;
    let needs = assessment.needs();
    for (index, section) in assessment.sections.iter().enumerate() {
        let path = format!("sections[{index}].selection");
        match &section.selection {
            Selection::Pool { .. } => {
                for need in needs.iter().filter(|need| need.section == index) {
                    let found = pools.found(need.competency, &need.narrowing);
                    if found < need.items {
                        let args = [
                            ("competency", code(tx, need.competency).await?),
                            ("needed", need.items.to_string()),
                            ("found", found.to_string()),
                        ];
                        let key = if need.narrowing.takes_all() {
                            "assessment-pool-too-small"
                        } else {
                            "assessment-pool-too-narrow"
                        };
                        errors.add_with(format!("{path}.pool.count"), key, args);
                    }
                }
            }
            Selection::Items(items) => {
                let there = fixed(tx, items).await?;
                if there.len() < items.len() {
                    let missing = [("missing", (items.len() - there.len()).to_string())];
                    errors.add_with(format!("{path}.items"), "assessment-items-missing", missing);
                }
                let held = held(tx, items).await?;
                let practice = Some(Purpose::Practice.as_str());
                if held.iter().any(|row| row.drawn_purpose.as_deref() == practice) {
                    errors.add(format!("{path}.items"), "assessment-items-practised");
                }
                if held.iter().any(|row| row.retired_at.is_some()) {
                    errors.add(format!("{path}.items"), "assessment-items-retired");
                }
                if assessment.mode == Mode::SequentialGate && there.iter().any(Item::is_marked_by_a_person) {
                    errors.add(format!("{path}.items"), "assessment-items-marked");
                }
            }
        }
    }
    Ok(errors)
}

async fn code(tx: &TenantTx, id: CompetencyId) -> Result<String> {
    let row = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.eq(id))
        .one()
        .await?;
    Ok(row.map_or_else(|| id.to_string(), |row| row.code))
}

/// Those of these versions that are there.
async fn fixed(tx: &TenantTx, versions: &[ItemVersionId]) -> Result<Vec<Item>> {
    let rows = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.is_in(versions.iter().copied()))
        .all()
        .await?;
    let items = rows.iter().map(|row| serde_json::from_str(&row.content));
    Ok(items.collect::<Result<_, _>>()?)
}

/// The items of these versions, held until the transaction ends: whoever publishes
/// one to practise with, which tells its answer, or retires one, asks whether it is
/// fixed, and waits.
async fn held(tx: &TenantTx, versions: &[ItemVersionId]) -> Result<Vec<item::Model>> {
    let of_these = Query::select()
        .column(item_version::Column::ItemId)
        .from(item_version::Entity)
        .and_where(item_version::Column::TenantId.eq(tx.tenant()))
        .and_where(item_version::Column::Id.is_in(versions.iter().copied()))
        .take();
    Ok(tx
        .rows::<item::Entity>()
        .filter(item::Column::Id.in_subquery(of_these))
        .asc(item::Column::Id)
        .locked()
        .all()
        .await?)
}
