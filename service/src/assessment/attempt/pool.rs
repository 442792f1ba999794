//! What an attempt may be drawn from.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    assessment::{Assessment, ItemKind, Mode, PoolItem, Purpose, Selection},
    id::{CompetencyId, ItemId, ItemVersionId, PersonId},
};
use entity::{
    TenantTx,
    assessment::{exposure, item, item_version},
};
use sea_orm::{ColumnTrait, Condition, ExprTrait, FromQueryResult, sea_query::Expr};

use crate::Result;

#[derive(Debug, FromQueryResult)]
struct Candidate {
    id: ItemId,
    drawn_competency_id: CompetencyId,
    drawn_kind: Option<String>,
    drawn_difficulty: f64,
    published_version_id: Option<ItemVersionId>,
}

#[derive(Debug, FromQueryResult)]
struct Shown {
    item_id: ItemId,
    times: i64,
}

#[derive(Debug, FromQueryResult)]
struct Version {
    id: ItemVersionId,
    item_id: ItemId,
}

/// The items that an attempt at `assessment` may ask this person: the published
/// ones of its pools, and the versions that it fixes. A gate needs to know at once
/// whether an answer is right: what a person marks is not drawn there.
///
/// How often they were drawn of late is left out: it never decides whether a form can be
/// drawn.
pub(super) async fn pool(tx: &TenantTx, assessment: &Assessment, person: PersonId) -> Result<Vec<PoolItem>> {
    let fixed = fixed_versions(tx, assessment).await?;
    let at_gate = assessment.mode == Mode::SequentialGate;
    let in_pools = Condition::all()
        .add_option(at_gate.then(|| item::Column::DrawnKind.ne(ItemKind::ExtendedText.as_str())))
        .add(item::Column::DrawnCompetencyId.is_in(competencies(assessment)))
        .add(item::Column::DrawnPurpose.eq(Purpose::Assessment.as_str()))
        .add(item::Column::RetiredAt.is_null())
        .add(item::Column::PublishedVersionId.is_not_null());
    let rows: Vec<Candidate> = tx
        .rows::<item::Entity>()
        .filter(
            Condition::any()
                .add(in_pools)
                .add(item::Column::Id.is_in(fixed.values().copied())),
        )
        .columns([
            item::Column::Id,
            item::Column::DrawnCompetencyId,
            item::Column::DrawnKind,
            item::Column::DrawnDifficulty,
            item::Column::PublishedVersionId,
        ])
        .await?;
    let ids: Vec<ItemId> = rows.iter().map(|row| row.id).collect();
    let times = times_shown(tx, &ids).await?;
    let seen = seen_by(tx, &ids, person).await?;
    let versions_of = |row: &Candidate| -> Vec<ItemVersionId> {
        let of_item = fixed.iter().filter(|(_, item)| **item == row.id);
        let mut versions: Vec<_> = of_item.map(|(version, _)| *version).collect();
        let current = row.published_version_id;
        versions.extend(current.filter(|version| !fixed.contains_key(version)));
        versions
    };
    Ok(rows
        .iter()
        .flat_map(|row| {
            versions_of(row).into_iter().map(|item_version| PoolItem {
                item: row.id,
                item_version,
                competency: row.drawn_competency_id,
                kind: row.drawn_kind.as_deref().and_then(|kind| kind.parse().ok()),
                difficulty: row.drawn_difficulty,
                seen: seen.contains(&row.id),
                exposure: times.get(&row.id).copied().unwrap_or(0),
                drawn_lately: 0,
                attempts_lately: 0,
            })
        })
        .collect())
}

fn competencies(assessment: &Assessment) -> BTreeSet<CompetencyId> {
    assessment
        .sections
        .iter()
        .flat_map(|section| match &section.selection {
            Selection::Pool { competencies, .. } => competencies.as_slice(),
            Selection::Items(_) => &[],
        })
        .copied()
        .collect()
}

async fn fixed_versions(tx: &TenantTx, assessment: &Assessment) -> Result<BTreeMap<ItemVersionId, ItemId>> {
    let fixed: Vec<ItemVersionId> = assessment
        .sections
        .iter()
        .flat_map(|section| match &section.selection {
            Selection::Items(items) => items.as_slice(),
            Selection::Pool { .. } => &[],
        })
        .copied()
        .collect();
    let rows: Vec<Version> = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.is_in(fixed))
        .columns([item_version::Column::Id, item_version::Column::ItemId])
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.item_id)).collect())
}

async fn times_shown(tx: &TenantTx, items: &[ItemId]) -> Result<BTreeMap<ItemId, u32>> {
    let rows: Vec<Shown> = tx
        .rows::<exposure::Entity>()
        .filter(exposure::Column::ItemId.is_in(items.iter().copied()))
        .grouped(
            [exposure::Column::ItemId],
            [(Expr::col(exposure::Column::PersonId).count(), "times")],
        )
        .await?;
    let times = |row: Shown| (row.item_id, u32::try_from(row.times).unwrap_or(u32::MAX));
    Ok(rows.into_iter().map(times).collect())
}

async fn seen_by(tx: &TenantTx, items: &[ItemId], person: PersonId) -> Result<BTreeSet<ItemId>> {
    let rows = tx
        .rows::<exposure::Entity>()
        .filter(exposure::Column::PersonId.eq(person))
        .filter(exposure::Column::ItemId.is_in(items.iter().copied()))
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.item_id).collect())
}
