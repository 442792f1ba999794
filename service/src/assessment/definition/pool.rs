use std::collections::{BTreeMap, BTreeSet};

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

/// How many items an assessment may draw of what was asked for.
#[derive(Debug, Clone)]
pub struct Pools(BTreeMap<(Narrowing, CompetencyId), usize>);

#[derive(Debug, FromQueryResult)]
struct Counted {
    drawn_competency_id: CompetencyId,
    items: i64,
}

impl Pools {
    /// How many of a competency's items a section takes; none if it was not asked for.
    #[must_use]
    pub fn found(&self, competency: CompetencyId, narrowing: Narrowing) -> usize {
        self.0.get(&(narrowing, competency)).copied().unwrap_or(0)
    }
}

/// Of each of these competencies, how many items an assessment of that mode finds in
/// the tenant's pools that are like that. What a person has to mark is not drawn at a
/// gate.
pub async fn pools(
    ctx: &Ctx,
    mode: Mode,
    asked: impl IntoIterator<Item = (CompetencyId, Narrowing)>,
) -> Result<Pools> {
    ctx.require(Permission::ViewDrafts)?;
    sizes(&ctx.read().await?, mode, asked).await
}

/// Counted in the database, once for each narrowing: a bank may hold many items, and
/// the sections of an assessment are few.
async fn sizes(
    tx: &TenantTx,
    mode: Mode,
    asked: impl IntoIterator<Item = (CompetencyId, Narrowing)>,
) -> Result<Pools> {
    let mut of = BTreeMap::<Narrowing, BTreeSet<CompetencyId>>::new();
    for (competency, narrowing) in asked {
        of.entry(narrowing).or_default().insert(competency);
    }
    let mut sizes = BTreeMap::new();
    for (narrowing, competencies) in of {
        let counted: Vec<Counted> = tx
            .rows::<item::Entity>()
            .filter(taken(&narrowing, mode))
            .filter(item::Column::DrawnCompetencyId.is_in(competencies))
            .filter(item::Column::DrawnPurpose.eq(Purpose::Assessment.as_str()))
            .filter(item::Column::PublishedVersionId.is_not_null())
            .filter(item::Column::RetiredAt.is_null())
            .grouped(
                [item::Column::DrawnCompetencyId],
                [(Expr::col(item::Column::Id).count(), "items")],
            )
            .await?;
        sizes.extend(counted.into_iter().map(|row| {
            let items = usize::try_from(row.items).unwrap_or(0);
            ((narrowing, row.drawn_competency_id), items)
        }));
    }
    Ok(Pools(sizes))
}

/// [`Narrowing::takes`], in SQL.
fn taken(narrowing: &Narrowing, mode: Mode) -> Condition {
    let (least, most) = narrowing.logits();
    let marked = (mode == Mode::SequentialGate).then_some(ItemKind::ExtendedText);
    Condition::all()
        .add_option(marked.map(|kind| item::Column::DrawnKind.ne(kind.as_str())))
        .add_option(
            narrowing
                .kind
                .map(|kind| item::Column::DrawnKind.eq(kind.as_str())),
        )
        .add_option(least.map(|least| item::Column::DrawnDifficulty.gte(least)))
        .add_option(most.map(|most| item::Column::DrawnDifficulty.lte(most)))
}

/// What keeps an assessment from being drawn for every learner and every
/// permitted try: pools that are too small, and fixed items that are not there.
pub(super) async fn shortages(tx: &TenantTx, assessment: &Assessment) -> Result<FieldErrors> {
    let mut errors = FieldErrors::default();
    let needs = assessment.needs();
    let asked = needs.iter().map(|need| (need.competency, need.narrowing));
    let pools = sizes(tx, assessment.mode, asked).await?;
    for (index, section) in assessment.sections.iter().enumerate() {
        let path = format!("sections[{index}].selection");
        match &section.selection {
            Selection::Pool { .. } => {
                for need in needs.iter().filter(|need| need.section == index) {
                    let found = pools.found(need.competency, need.narrowing);
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
