use std::collections::BTreeMap;

use domain::{
    assessment::analysis::{Facility, ItemTally},
    id::{AssessmentId, ItemVersionId},
};
use entity::{
    TenantTx,
    assessment::{item_facility, item_tally},
};
use sea_orm::ColumnTrait;

use super::show::tallies;
use crate::Result;

/// What answers to these versions earned, in all assessments together.
pub(in crate::assessment) async fn facilities(
    tx: &TenantTx,
    versions: impl IntoIterator<Item = ItemVersionId>,
) -> Result<BTreeMap<ItemVersionId, Facility>> {
    let rows = tx
        .rows::<item_facility::Entity>()
        .filter(item_facility::Column::ItemVersionId.is_in(versions))
        .all()
        .await?;
    let facility = |row: item_facility::Model| Facility {
        answers: row.answers,
        earned: row.earned,
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.item_version_id, facility(row)))
        .collect())
}

/// Adds to what the versions earned in all assessments what `items` says more than what
/// is stored of this one. The assessment's tally is held, so that nobody else does; the
/// rows are changed in the order of their ids, for others come from other assessments.
pub(super) async fn spread(
    tx: &TenantTx,
    assessment: AssessmentId,
    items: &BTreeMap<ItemVersionId, ItemTally>,
) -> Result<()> {
    let stored = tx
        .rows::<item_tally::Entity>()
        .filter(item_tally::Column::AssessmentId.eq(assessment))
        .filter(item_tally::Column::ItemVersionId.is_in(items.keys().copied()));
    let stored = tallies(stored).await?;
    let key = [
        item_facility::Column::TenantId,
        item_facility::Column::ItemVersionId,
    ];
    for (version, tally) in items {
        let before = stored.get(version).map(ItemTally::facility).unwrap_or_default();
        let more = tally.facility().since(before);
        if more == Facility::default() {
            continue;
        }
        let nothing = item_facility::Model {
            tenant_id: tx.tenant(),
            item_version_id: *version,
            answers: 0,
            earned: 0,
        };
        tx.insert_new::<item_facility::Entity>(nothing, key).await?;
        tx.change::<item_facility::Entity>()
            .filter(item_facility::Column::ItemVersionId.eq(*version))
            .add(item_facility::Column::Answers, more.answers)
            .add(item_facility::Column::Earned, more.earned)
            .apply()
            .await?;
    }
    Ok(())
}
