use std::collections::BTreeMap;

use domain::{
    assessment::{
        Assessment, Item,
        analysis::{AssessmentAnalysis, AssessmentTally, ItemAnalysis, ItemTally},
    },
    id::{AssessmentId, AssessmentVersionId, ItemId, ItemVersionId},
    mastery::Rule,
    tenancy::Permission,
};
use entity::{
    Rows, TenantTx,
    assessment::{assessment, assessment_tally, assessment_version, item, item_tally, item_version},
};
use sea_orm::ColumnTrait;

use crate::{Ctx, Error, Result, draft};

/// What the answers say about an assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// What it is called.
    pub title: String,
    /// All its attempts together, whichever version they were at.
    pub whole: AssessmentAnalysis,
    /// The items that were asked: what wants a look first, then the hardest first.
    pub items: Vec<AnalysedItem>,
}

/// What the answers say about a version of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalysedItem {
    /// The item.
    pub id: ItemId,
    /// The version that was answered.
    pub version: ItemVersionId,
    /// Its number.
    pub number: i64,
    /// What the item is called.
    pub title: String,
    /// What it asks, as its list has it.
    pub asked: String,
    /// What the answers say.
    pub analysis: ItemAnalysis,
}

/// What the answers say about an assessment, for its authors. It is worked out
/// from tallies, so that it takes as long after a million attempts as after ten.
pub async fn analysis(ctx: &Ctx, id: AssessmentId) -> Result<Analysis> {
    ctx.require(Permission::Author)?;
    let tx = ctx.read().await?;
    let row = draft::row::<assessment::Entity>(&tx, id).await?;
    let rule = rule(&tx, row.published_version_id).await?;
    let of_it = item_tally::Column::AssessmentId.eq(id);
    let tallies = tallies(tx.rows::<item_tally::Entity>().filter(of_it)).await?;
    let mut items = analysed(&tx, &tallies).await?;
    items.sort_by(|one, other| {
        let facility = |item: &AnalysedItem| item.analysis.facility.unwrap_or_default();
        let quiet = |item: &AnalysedItem| item.analysis.flags.is_empty();
        quiet(one)
            .cmp(&quiet(other))
            .then(facility(one).total_cmp(&facility(other)))
    });
    Ok(Analysis {
        title: row.title,
        whole: whole(&tx, id).await?.analysis(&tallies, rule.as_ref()),
        items,
    })
}

/// What the answers in one assessment say about one version of an item.
pub async fn item_analysis(
    ctx: &Ctx,
    id: AssessmentId,
    version: ItemVersionId,
) -> Result<(String, AnalysedItem)> {
    ctx.require(Permission::Author)?;
    let tx = ctx.read().await?;
    let row = draft::row::<assessment::Entity>(&tx, id).await?;
    let found = tx
        .rows::<item_tally::Entity>()
        .filter(item_tally::Column::AssessmentId.eq(id))
        .filter(item_tally::Column::ItemVersionId.eq(version));
    let item = analysed(&tx, &tallies(found).await?).await?.pop();
    Ok((row.title, item.ok_or(Error::NotFound)?))
}

pub(in crate::assessment) async fn whole(tx: &TenantTx, id: AssessmentId) -> Result<AssessmentTally> {
    let row = tx
        .rows::<assessment_tally::Entity>()
        .filter(assessment_tally::Column::AssessmentId.eq(id))
        .one()
        .await?;
    Ok(match row {
        Some(row) => serde_json::from_str(&row.content)?,
        None => AssessmentTally::default(),
    })
}

/// By which the assessment is passed, as it is in force.
async fn rule(tx: &TenantTx, version: Option<AssessmentVersionId>) -> Result<Option<Rule>> {
    let Some(version) = version else {
        return Ok(None);
    };
    let row = tx
        .rows::<assessment_version::Entity>()
        .filter(assessment_version::Column::Id.eq(version))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let content: Assessment = serde_json::from_str(&row.content)?;
    Ok(content.pass_rule)
}

/// The tallies of items, by their versions.
pub(super) async fn tallies(
    found: Rows<'_, item_tally::Entity>,
) -> Result<BTreeMap<ItemVersionId, ItemTally>> {
    let rows = found.all().await?;
    rows.into_iter()
        .map(|row| Ok((row.item_version_id, serde_json::from_str(&row.content)?)))
        .collect()
}

async fn analysed(tx: &TenantTx, tallies: &BTreeMap<ItemVersionId, ItemTally>) -> Result<Vec<AnalysedItem>> {
    let versions = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.is_in(tallies.keys().copied()))
        .all()
        .await?;
    let items = tx
        .rows::<item::Entity>()
        .filter(item::Column::Id.is_in(versions.iter().map(|row| row.item_id)))
        .all()
        .await?;
    let items: BTreeMap<ItemId, item::Model> = items.into_iter().map(|row| (row.id, row)).collect();
    versions
        .into_iter()
        .filter_map(|row| Some((tallies.get(&row.id)?, items.get(&row.item_id)?, row)))
        .map(|(tally, item, row)| {
            let content: Item = serde_json::from_str(&row.content)?;
            Ok(AnalysedItem {
                id: item.id,
                version: row.id,
                number: row.number,
                title: item.title.clone(),
                asked: item.asked.clone(),
                analysis: tally.analysis(&content),
            })
        })
        .collect()
}
