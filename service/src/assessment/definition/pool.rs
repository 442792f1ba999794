use std::collections::BTreeMap;

use domain::{
    assessment::{Assessment, Item, ItemKind, Mode, Purpose, Selection},
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

/// How many items each competency has that an assessment may draw.
pub type Pools = BTreeMap<CompetencyId, usize>;

#[derive(Debug, FromQueryResult)]
struct Counted {
    drawn_competency_id: CompetencyId,
    items: i64,
}

/// The sizes of the tenant's pools for an assessment of that mode. What a person
/// has to mark is not drawn at a gate. A competency without items has no entry.
pub async fn pools(ctx: &Ctx, mode: Mode) -> Result<Pools> {
    ctx.require(Permission::ViewDrafts)?;
    sizes(&ctx.read().await?, mode).await
}

async fn sizes(tx: &TenantTx, mode: Mode) -> Result<Pools> {
    let mut drawn = Condition::all();
    if mode == Mode::SequentialGate {
        drawn = drawn.add(item::Column::DrawnKind.ne(ItemKind::ExtendedText.as_str()));
    }
    let counted = tx
        .rows::<item::Entity>()
        .filter(drawn)
        .filter(item::Column::DrawnPurpose.eq(Purpose::Assessment.as_str()))
        .filter(item::Column::PublishedVersionId.is_not_null())
        .filter(item::Column::RetiredAt.is_null())
        .grouped::<Counted>(
            [item::Column::DrawnCompetencyId],
            [(Expr::col(item::Column::Id).count(), "items")],
        )
        .await?;
    Ok(counted
        .into_iter()
        .map(|row| (row.drawn_competency_id, usize::try_from(row.items).unwrap_or(0)))
        .collect())
}

/// What keeps an assessment from being drawn for every learner and every
/// permitted try: pools that are too small, and fixed items that are not there.
pub(super) async fn shortages(tx: &TenantTx, assessment: &Assessment) -> Result<FieldErrors> {
    let mut errors = FieldErrors::default();
    let pools = sizes(tx, assessment.mode).await?;
    let demand = assessment.demand();
    for (index, section) in assessment.sections.iter().enumerate() {
        let path = format!("sections[{index}].selection");
        match &section.selection {
            Selection::Pool { competencies, .. } => {
                for competency in competencies {
                    let needed = demand.get(competency).copied().unwrap_or(0);
                    let found = pools.get(competency).copied().unwrap_or(0);
                    if found < needed {
                        let args = [
                            ("competency", code(tx, *competency).await?),
                            ("needed", needed.to_string()),
                            ("found", found.to_string()),
                        ];
                        errors.add_with(format!("{path}.pool.count"), "assessment-pool-too-small", args);
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
