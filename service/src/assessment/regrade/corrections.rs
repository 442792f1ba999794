//! What answers are worth by what was put right since.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    assessment::{
        Amendment, Correction, Identifier, Item, Mark, Points, RegradeState, Remedy, Score, corrected,
    },
    id::{AssessmentId, AttemptId, ItemVersionId},
};
use entity::{
    TenantTx,
    assessment::{adjustment, item_version, late_answer, marking, regrade, response},
};
use sea_orm::ColumnTrait;

use crate::{
    Error, Result,
    assessment::{
        attempt::{Sitting, answer_of, score_of, store},
        late,
        marking::StoredMark,
    },
};

/// The remedies that are in force in one assessment: of each version of an item the
/// newest.
#[derive(Default)]
pub(crate) struct Corrections {
    remedies: BTreeMap<ItemVersionId, Remedy>,
    keys: BTreeMap<ItemVersionId, Item>,
}

/// Scores the answers of an attempt anew that have a score and were put right since.
/// Returns the scores that were replaced, by position; done again, none.
pub(crate) async fn put_right(tx: &TenantTx, sitting: &mut Sitting) -> Result<BTreeMap<i64, Score>> {
    let corrections = Corrections::of(tx, sitting.row.assessment_id).await?;
    corrections.apply(tx, sitting).await
}

/// Scores the answers of an attempt anew that an assessor looked at again, and no
/// others: remedies that are on their way to them come by their own job, and are told
/// of then. Returns the scores that were replaced, by position.
pub(super) async fn adjust(tx: &TenantTx, sitting: &mut Sitting) -> Result<BTreeMap<i64, Score>> {
    let adjusted = adjusted(tx, sitting.row.id).await?;
    let is_due = |row: &response::Model, _: &Score| adjusted.contains_key(&row.position);
    Corrections::default()
        .replace(tx, sitting, &adjusted, is_due)
        .await
}

/// Lets the answers that came late to these positions count, and scores them anew by what
/// was put right since. What was handed in stays beside them. Returns the scores that were
/// replaced.
pub(crate) async fn count_late(
    tx: &TenantTx,
    sitting: &mut Sitting,
    positions: &BTreeSet<i64>,
) -> Result<BTreeMap<i64, Score>> {
    let came = tx
        .rows::<late_answer::Entity>()
        .filter(late_answer::Column::AttemptId.eq(sitting.row.id))
        .filter(late_answer::Column::Position.is_in(positions.iter().copied()))
        .filter(late_answer::Column::Counts.eq(true))
        .all()
        .await?;
    let mut had = BTreeMap::new();
    for came in came {
        let row = sitting
            .responses
            .iter_mut()
            .find(|row| row.position == came.position);
        let row = row.ok_or(Error::NotFound)?;
        if let Some(score) = score_of(row)? {
            had.insert(row.position, score);
        }
        tx.change::<response::Entity>()
            .filter(response::Column::AttemptId.eq(row.attempt_id))
            .filter(response::Column::Position.eq(row.position))
            .set(response::Column::Late, came.answer.clone())
            .apply()
            .await?;
        row.late = Some(came.answer);
    }
    let corrections = Corrections::of(tx, sitting.row.assessment_id).await?;
    let adjusted = adjusted(tx, sitting.row.id).await?;
    let is_one = |row: &response::Model, _: &Score| positions.contains(&row.position);
    corrections.replace(tx, sitting, &adjusted, is_one).await?;
    // The answers are others, even where they are worth the same.
    Ok(had)
}

impl Corrections {
    pub(super) async fn of(tx: &TenantTx, assessment: AssessmentId) -> Result<Self> {
        let rows = tx
            .rows::<regrade::Entity>()
            .filter(regrade::Column::AssessmentId.eq(assessment))
            .filter(regrade::Column::State.is_in([RegradeState::Applying, RegradeState::Done]))
            .asc(regrade::Column::AppliedAt)
            .asc(regrade::Column::Id)
            .all()
            .await?;
        let mut remedies = BTreeMap::new();
        for row in rows {
            remedies.insert(row.item_version_id, serde_json::from_str(&row.remedy)?);
        }
        let by = remedies.values().filter_map(|remedy| match remedy {
            Remedy::KeyOf(version) => Some(*version),
            Remedy::FullCredit | Remedy::Drop => None,
        });
        let by: Vec<ItemVersionId> = by.collect();
        let keys = if by.is_empty() {
            BTreeMap::new()
        } else {
            items(tx, by).await?
        };
        Ok(Self { remedies, keys })
    }

    pub(super) fn are_none(&self) -> bool {
        self.remedies.is_empty()
    }

    /// Whether a score of that version was given without its remedy, or by one that
    /// another has taken the place of. What an assessor set goes before any remedy.
    pub(super) fn missed(&self, version: ItemVersionId, score: &Score) -> bool {
        self.remedies.get(&version).is_some_and(|remedy| {
            let by = Amendment::Regrade(*remedy);
            !matches!(score.amended, Some(Amendment::Appeal)) && score.amended != Some(by)
        })
    }

    pub(super) async fn apply(&self, tx: &TenantTx, sitting: &mut Sitting) -> Result<BTreeMap<i64, Score>> {
        let adjusted = adjusted(tx, sitting.row.id).await?;
        let is_due = |row: &response::Model, had: &Score| {
            adjusted.contains_key(&row.position)
                || self.remedies.contains_key(&row.item_version_id)
                || had.amended.is_some()
        };
        self.replace(tx, sitting, &adjusted, is_due).await
    }

    async fn replace(
        &self,
        tx: &TenantTx,
        sitting: &mut Sitting,
        adjusted: &BTreeMap<i64, Adjusted>,
        is_due: impl Fn(&response::Model, &Score) -> bool,
    ) -> Result<BTreeMap<i64, Score>> {
        let mut due = Vec::new();
        for (place, row) in sitting.responses.iter().enumerate() {
            if let Some(had) = score_of(row)?
                && is_due(row, &had)
            {
                due.push((place, had));
            }
        }
        let mut replaced = BTreeMap::new();
        if due.is_empty() {
            return Ok(replaced);
        }
        let items = sitting.items(tx).await?;
        let marks = marks(tx, sitting.row.id).await?;
        let none = BTreeMap::new();
        for (place, had) in due {
            let row = &mut sitting.responses[place];
            let asked = items.get(&row.item_version_id).ok_or(Error::NotFound)?;
            let correction = match adjusted.get(&row.position) {
                Some(Adjusted::Points(points)) => Some(Correction::Points(*points)),
                Some(Adjusted::Marks(marks)) => Some(Correction::Marks(marks)),
                None => self
                    .correction(row.item_version_id, asked)?
                    .or(row.late.as_ref().map(|_| Correction::Late)),
            };
            let marks = marks.get(&row.position).unwrap_or(&none);
            let has = corrected(asked, &answer_of(row)?, marks, correction);
            if has != had {
                store(tx, row, &has).await?;
                replaced.insert(row.position, had);
            }
        }
        Ok(replaced)
    }

    /// What the remedy makes of that version, which this attempt asked as `asked`.
    fn correction<'a>(&'a self, version: ItemVersionId, asked: &'a Item) -> Result<Option<Correction<'a>>> {
        Ok(match self.remedies.get(&version) {
            None => None,
            Some(Remedy::FullCredit) => Some(Correction::FullCredit),
            Some(Remedy::Drop) => Some(Correction::Drop),
            // As it was asked: of a template, that is this attempt's own variant.
            Some(Remedy::KeyOf(by)) if *by == version => Some(Correction::KeyOf(*by, asked)),
            Some(Remedy::KeyOf(by)) => {
                let item = self.keys.get(by).ok_or(Error::NotFound)?;
                Some(Correction::KeyOf(*by, item))
            }
        })
    }
}

/// The item as it was asked, with the key by which `score` was given.
pub(crate) async fn with_key_in_force(
    tx: &TenantTx,
    asked: &Item,
    version: ItemVersionId,
    score: &Score,
) -> Result<Item> {
    let by = match score.amended {
        Some(Amendment::Regrade(Remedy::KeyOf(by))) if by != version => by,
        _ => return Ok(asked.clone()),
    };
    let by = items(tx, vec![by]).await?.remove(&by).ok_or(Error::NotFound)?;
    Ok(asked.with_key_of(&by))
}

/// What these versions of items say.
pub(super) async fn items(
    tx: &TenantTx,
    versions: Vec<ItemVersionId>,
) -> Result<BTreeMap<ItemVersionId, Item>> {
    let rows = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.is_in(versions))
        .all()
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, serde_json::from_str(&row.content)?)))
        .collect()
}

/// What an assessor made of an answer on looking at it again.
enum Adjusted {
    Points(Points),
    Marks(BTreeMap<Identifier, Mark>),
}

/// What assessors set, by position.
async fn adjusted(tx: &TenantTx, attempt: AttemptId) -> Result<BTreeMap<i64, Adjusted>> {
    let rows = tx
        .rows::<adjustment::Entity>()
        .filter(adjustment::Column::AttemptId.eq(attempt))
        .all()
        .await?;
    let mut adjusted = BTreeMap::new();
    for row in rows {
        let set = match (row.points, row.mark) {
            (Some(points), _) => Adjusted::Points(Points::from_hundredths(points)),
            (None, Some(mark)) => Adjusted::Marks(serde_json::from_str::<StoredMark>(&mark)?.marks),
            (None, None) => continue,
        };
        adjusted.insert(row.position, set);
    }
    Ok(adjusted)
}

/// What assessors said, by position and response.
async fn marks(tx: &TenantTx, attempt: AttemptId) -> Result<BTreeMap<i64, BTreeMap<Identifier, Mark>>> {
    let rows = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AttemptId.eq(attempt))
        .filter(marking::Column::Mark.is_not_null())
        .all()
        .await?;
    let late = late::marks(tx, attempt).await?;
    let late = late.into_values().map(|row| (row.position, row.mark));
    rows.into_iter()
        .map(|row| (row.position, row.mark))
        .chain(late)
        .map(|(position, mark)| {
            let mark: StoredMark = serde_json::from_str(mark.as_deref().unwrap_or_default())?;
            Ok((position, mark.marks))
        })
        .collect()
}
