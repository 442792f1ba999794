//! How far those who mark the same work agree.

use std::collections::BTreeMap;

use domain::{
    assessment::{
        Item, MarkingStage,
        agreement::{CriterionAgreement, Leaning, agreement as of_criteria},
    },
    id::{AssessmentId, ItemVersionId, PersonId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{assessment, item_version, marking},
    identity::person,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{StoredMark, piece::rubrics};
use crate::{Ctx, Result, draft};

/// The newest so many pieces are compared: more would say no more.
const MOST: u64 = 5_000;

/// How far two assessors agree on the work at an assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// What the assessment is called.
    pub title: String,
    /// How many pieces two have marked.
    pub pieces: u64,
    /// For how many the two agreed, so that nobody had to settle it.
    pub agreed: u64,
    /// How many still wait to be settled.
    pub in_dispute: u64,
    /// Criterion by criterion, for each question.
    pub questions: Vec<QuestionAgreement>,
    /// Who gives how many points more or fewer than the others, the strictest first:
    /// those with enough pieces whose mark stands.
    pub assessors: Vec<AssessorLeaning>,
}

/// How far two agree on the answers to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionAgreement {
    /// What the item is called.
    pub title: String,
    /// Each criterion of its rubrics.
    pub criteria: Vec<CriterionAgreement>,
}

/// How many points an assessor gives more or fewer than others for the same work.
#[derive(Debug, Clone, PartialEq)]
pub struct AssessorLeaning {
    /// What they are called.
    pub name: String,
    /// How many.
    pub leaning: Leaning,
}

/// A piece with both its marks.
struct Pair {
    is_settled: bool,
    by: [PersonId; 2],
    marks: [StoredMark; 2],
}

/// How far two assessors agree on the work at an assessment that both have marked.
pub async fn agreement(ctx: &Ctx, id: AssessmentId) -> Result<Agreement> {
    ctx.require(Permission::Moderate)?;
    let tx = ctx.read().await?;
    let row = draft::row::<assessment::Entity>(&tx, id).await?;
    let rows = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AssessmentId.eq(id))
        .filter(marking::Column::SecondAt.is_not_null())
        .desc(marking::Column::SecondAt)
        .limit(MOST)
        .all()
        .await?;
    let (mut agreed, mut in_dispute) = (0, 0);
    let mut questions = BTreeMap::<ItemVersionId, Vec<Pair>>::new();
    for row in &rows {
        in_dispute += u64::from(row.stage == MarkingStage::Moderation);
        agreed += u64::from(row.stage == MarkingStage::Settled && row.marked_by == row.first_by);
        if let Some((version, pair)) = pair(row)? {
            questions.entry(version).or_default().push(pair);
        }
    }
    let items = items(&tx, questions.keys().copied().collect()).await?;
    let mut assessors = BTreeMap::<PersonId, Leaning>::new();
    let mut compared = Vec::new();
    for (version, pairs) in questions {
        let Some(item) = items.get(&version) else {
            continue;
        };
        // Whoever settles a dispute must not learn from this whose marks they weigh.
        for pair in pairs.iter().filter(|pair| pair.is_settled) {
            lean(item, pair, &mut assessors);
        }
        compared.push(QuestionAgreement {
            title: item.title.clone(),
            criteria: criteria(item, &pairs),
        });
    }
    Ok(Agreement {
        title: row.title,
        pieces: u64::try_from(rows.len()).unwrap_or(u64::MAX),
        agreed,
        in_dispute,
        questions: compared,
        assessors: named(&tx, assessors).await?,
    })
}

fn pair(row: &marking::Model) -> Result<Option<(ItemVersionId, Pair)>> {
    let marks = (
        StoredMark::read(row.first_mark.as_deref())?,
        StoredMark::read(row.second_mark.as_deref())?,
    );
    let (Some(version), Some(first), Some(second)) = (row.item_version_id, row.first_by, row.second_by)
    else {
        return Ok(None);
    };
    Ok(match marks {
        (Some(one), Some(other)) => Some((
            version,
            Pair {
                is_settled: row.stage == MarkingStage::Settled,
                by: [first, second],
                marks: [one, other],
            },
        )),
        _ => None,
    })
}

async fn items(tx: &TenantTx, versions: Vec<ItemVersionId>) -> Result<BTreeMap<ItemVersionId, Item>> {
    let rows = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.is_in(versions))
        .all()
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, serde_json::from_str(&row.content)?)))
        .collect()
}

fn criteria(item: &Item, pairs: &[Pair]) -> Vec<CriterionAgreement> {
    rubrics(item)
        .flat_map(|(response, rubric)| {
            let of_response = pairs.iter().filter_map(|pair| {
                let [first, second] = &pair.marks;
                first.marks.get(response).zip(second.marks.get(response))
            });
            of_criteria(rubric, &of_response.collect::<Vec<_>>())
        })
        .collect()
}

/// Adds what each of the two gave beside the other.
fn lean(item: &Item, pair: &Pair, assessors: &mut BTreeMap<PersonId, Leaning>) {
    let points = |mark: &StoredMark| {
        rubrics(item)
            .filter_map(|(response, rubric)| Some(rubric.points(mark.marks.get(response)?)))
            .sum()
    };
    let [first, second] = pair.marks.each_ref().map(points);
    let [first_by, second_by] = pair.by;
    assessors.entry(first_by).or_default().add(first, second);
    assessors.entry(second_by).or_default().add(second, first);
}

async fn named(tx: &TenantTx, mut assessors: BTreeMap<PersonId, Leaning>) -> Result<Vec<AssessorLeaning>> {
    // Fewer would tell who gave which of two marks.
    assessors.retain(|_, leaning| leaning.is_enough());
    let people = person::Entity::find()
        .filter(person::Column::Id.is_in(assessors.keys().copied()))
        .all(tx.unowned())
        .await?;
    let mut named: Vec<_> = people
        .into_iter()
        .filter_map(|person| {
            Some(AssessorLeaning {
                leaning: *assessors.get(&person.id)?,
                name: person.display_name,
            })
        })
        .collect();
    named.sort_by(|one, other| {
        let mean = |it: &AssessorLeaning| it.leaning.mean().unwrap_or_default();
        mean(one)
            .total_cmp(&mean(other))
            .then_with(|| one.name.cmp(&other.name))
    });
    Ok(named)
}
