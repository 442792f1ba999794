//! What to practise next.

use std::collections::BTreeMap;

use domain::{
    Seed,
    assessment::{Item, ItemView, Purpose},
    id::{CompetencyId, FileId, ItemId, ItemVersionId, PersonId, ResponseId},
    mastery::{Ability, Candidate, Difficulty, choose_next},
};
use entity::{
    Rows, TenantTx,
    assessment::{item, item_version},
    mastery::{ability, practice_answer},
};
use sea_orm::{ColumnTrait, FromQueryResult};

use super::seed_of;
use crate::{
    Ctx, Error, Result,
    assessment::{drawn, files_of, learner},
};

/// How far back it matters when an item was last seen.
const MEMORY: u64 = 200;

/// A question to practise with.
#[derive(Debug, Clone)]
pub struct PracticeQuestion {
    /// The id that its answer will have.
    pub id: ResponseId,
    /// What is asked.
    pub item_version: ItemVersionId,
    /// About which competency.
    pub competency: CompetencyId,
    /// What the learner sees.
    pub view: ItemView,
    /// The files that it names.
    pub files: BTreeMap<String, FileId>,
}

#[derive(Debug, FromQueryResult)]
struct Practisable {
    id: ItemId,
    drawn_difficulty: f64,
    published_version_id: Option<ItemVersionId>,
}

/// The item that suits the person best among these competencies: of the one
/// that they practised least, the item whose expected success is nearest to
/// what teaches most, and not just seen. None if there is nothing to practise.
pub async fn next(ctx: &Ctx, competencies: &[CompetencyId]) -> Result<Option<PracticeQuestion>> {
    let person = learner(ctx)?;
    let tx = ctx.read().await?;
    let abilities = abilities(&tx, person, competencies).await?;
    let mut by_practice = competencies.to_vec();
    by_practice.sort_by_key(|competency| abilities.get(competency).map_or(0, |it| it.answers));
    for competency in by_practice {
        let ability = abilities.get(&competency).copied().unwrap_or_default();
        if let Some(item_version) = suitable(ctx, &tx, person, competency, ability).await? {
            let id: ResponseId = ctx.new_id();
            let seed = seed_of(ctx, person, id);
            return question(&tx, id, seed, item_version, competency).await.map(Some);
        }
    }
    Ok(None)
}

/// The question that an answer's id and item belong to, for when what was sent
/// is no answer yet.
pub async fn again(ctx: &Ctx, id: ResponseId, item_version: ItemVersionId) -> Result<PracticeQuestion> {
    let seed = seed_of(ctx, learner(ctx)?, id);
    let tx = ctx.read().await?;
    let asked = practisable(&tx, item_version).await?;
    question(&tx, id, seed, item_version, asked.competency).await
}

async fn question(
    tx: &TenantTx,
    id: ResponseId,
    seed: Seed,
    item_version: ItemVersionId,
    competency: CompetencyId,
) -> Result<PracticeQuestion> {
    let (item, seed) = published_item(tx, item_version, seed).await?;
    let view = ItemView::new(&item, seed);
    Ok(PracticeQuestion {
        id,
        item_version,
        competency,
        files: files_of(tx, [&view]).await?,
        view,
    })
}

/// An item as it is drawn for practice.
pub(super) struct Drawn {
    pub(super) id: ItemId,
    pub(super) competency: CompetencyId,
    /// A logit.
    pub(super) difficulty: f64,
}

/// The item of a version, if it is there to practise with. Any other would let
/// a learner try out an assessment's.
pub(super) async fn practisable(tx: &TenantTx, version: ItemVersionId) -> Result<Drawn> {
    let version = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.eq(version))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let row = tx
        .rows::<item::Entity>()
        .filter(item::Column::Id.eq(version.item_id))
        .filter(item::Column::DrawnPurpose.eq(Purpose::Practice.as_str()))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Drawn {
        id: row.id,
        competency: row.drawn_competency_id.ok_or(Error::NotFound)?,
        difficulty: row.drawn_difficulty.unwrap_or_default(),
    })
}

/// The person's estimates, by competency.
pub(super) async fn abilities(
    tx: &TenantTx,
    person: PersonId,
    competencies: &[CompetencyId],
) -> Result<BTreeMap<CompetencyId, Ability>> {
    let rows = tx
        .rows::<ability::Entity>()
        .filter(ability::Column::PersonId.eq(person))
        .filter(ability::Column::CompetencyId.is_in(competencies.iter().copied()))
        .all()
        .await?;
    let estimate = |row: ability::Model| {
        let answers = u32::try_from(row.answers).unwrap_or(u32::MAX);
        let logits = row.theta;
        (row.competency_id, Ability { logits, answers })
    };
    Ok(rows.into_iter().map(estimate).collect())
}

/// An item that is there to practise with, and the seed that it is asked with: the
/// one that is given, unless that makes a faulty variant of a template.
pub(super) async fn published_item(
    tx: &TenantTx,
    version: ItemVersionId,
    seed: Seed,
) -> Result<(Item, Seed)> {
    let content = content(tx, version).await?;
    let item: Item = serde_json::from_str(&content)?;
    let seed = item.seed_for(seed);
    Ok((drawn(&content, seed)?, seed))
}

/// A published version, as JSON.
pub(super) async fn content(tx: &TenantTx, version: ItemVersionId) -> Result<String> {
    let row = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.eq(version))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    Ok(row.content)
}

/// The items that are there to practise with.
pub(super) fn practisable_items(tx: &TenantTx) -> Rows<'_, item::Entity> {
    tx.rows::<item::Entity>()
        .filter(item::Column::DrawnPurpose.eq(Purpose::Practice.as_str()))
        .filter(item::Column::RetiredAt.is_null())
        .filter(item::Column::PublishedVersionId.is_not_null())
}

async fn suitable(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    competency: CompetencyId,
    ability: Ability,
) -> Result<Option<ItemVersionId>> {
    let mut items: Vec<Practisable> = practisable_items(tx)
        .filter(item::Column::DrawnCompetencyId.eq(competency))
        .columns([
            item::Column::Id,
            item::Column::DrawnDifficulty,
            item::Column::PublishedVersionId,
        ])
        .await?;
    let seen = tx
        .rows::<practice_answer::Entity>()
        .filter(practice_answer::Column::PersonId.eq(person))
        .filter(practice_answer::Column::CompetencyId.eq(competency))
        .desc(practice_answer::Column::At)
        .limit(MEMORY)
        .all()
        .await?;
    // Equals take turns.
    let turn = ctx.new_seed();
    items.sort_by_key(|item| (turn.0 ^ i64::from_be_bytes(low_bytes(item.id)), item.id));
    let candidates: Vec<Candidate> = items
        .iter()
        .map(|item| Candidate {
            difficulty: Difficulty {
                logits: item.drawn_difficulty,
                ..Difficulty::default()
            },
            seen: seen
                .iter()
                .position(|answer| answer.item_id == item.id)
                .and_then(|ago| u32::try_from(ago + 1).ok()),
        })
        .collect();
    Ok(choose_next(ability, &candidates).and_then(|index| items[index].published_version_id))
}

fn low_bytes(id: ItemId) -> [u8; 8] {
    id.0.as_u64_pair().1.to_be_bytes()
}
