use std::collections::BTreeMap;

use domain::{
    assessment::{
        AttemptState,
        analysis::{AssessmentTally, ItemTally, ScoredAnswer, ScoredAttempt},
    },
    id::{AssessmentId, AttemptId, ItemVersionId},
};
use entity::{
    TenantTx,
    assessment::{assessment_tally, attempt, item_tally, response},
};
use sea_orm::ColumnTrait;

use super::{facility::spread, show::tallies};
use crate::{
    Ctx, Error, Result,
    assessment::{
        attempt::{AttemptResult, answer_of, answer_of_row},
        regrade,
    },
};

/// So many attempts at most are added in one go.
const BATCH: u64 = 100;

/// Adds an attempt to the tallies of its assessment, once, and others that wait
/// there as well: when many hand in together, few jobs do the work of all.
pub(crate) async fn count(ctx: &Ctx, id: AttemptId) -> Result<()> {
    regrade::catch_up(ctx, id).await?;
    let tx = ctx.write().await?;
    let Some(assessment) = uncounted(&tx, id).await? else {
        return Ok(());
    };
    let mut whole = hold(&tx, assessment).await?;
    if uncounted(&tx, id).await?.is_none() {
        // Another job has added it while this one waited.
        return Ok(());
    }
    let due = due(&tx, assessment, id).await?;
    let attempts = scored(&tx, &due).await?;
    let asked = attempts.iter().flat_map(|attempt| &attempt.answers);
    let asked = tx
        .rows::<item_tally::Entity>()
        .filter(item_tally::Column::AssessmentId.eq(assessment))
        .filter(item_tally::Column::ItemVersionId.is_in(asked.map(|answer| answer.item)));
    let mut items = tallies(asked).await?;
    for attempt in &attempts {
        whole.add(attempt);
        ItemTally::add(&mut items, attempt);
    }
    store(ctx, &tx, assessment, &whole, &items).await?;
    tx.change::<attempt::Entity>()
        .filter(attempt::Column::Id.is_in(due.iter().map(|row| row.id)))
        .set(attempt::Column::CountedAt, ctx.now())
        .apply()
        .await?;
    Ok(tx.commit().await?)
}

/// At which assessment it is, if it is scored and was not added yet.
async fn uncounted(tx: &TenantTx, id: AttemptId) -> Result<Option<AssessmentId>> {
    let row = waiting(tx).filter(attempt::Column::Id.eq(id)).one().await?;
    Ok(row.map(|row| row.assessment_id))
}

fn waiting(tx: &TenantTx) -> entity::Rows<'_, attempt::Entity> {
    tx.rows::<attempt::Entity>()
        .filter(attempt::Column::State.eq(AttemptState::Scored.as_str()))
        .filter(attempt::Column::CountedAt.is_null())
}

/// The assessment's tally, held until the transaction ends, and with it those
/// of its items.
async fn hold(tx: &TenantTx, assessment: AssessmentId) -> Result<AssessmentTally> {
    let empty = assessment_tally::Model {
        tenant_id: tx.tenant(),
        assessment_id: assessment,
        content: serde_json::to_string(&AssessmentTally::default())?,
    };
    let key = [
        assessment_tally::Column::TenantId,
        assessment_tally::Column::AssessmentId,
    ];
    tx.insert_new::<assessment_tally::Entity>(empty, key).await?;
    let row = tx
        .rows::<assessment_tally::Entity>()
        .filter(assessment_tally::Column::AssessmentId.eq(assessment))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    Ok(serde_json::from_str(&row.content)?)
}

/// The attempt, and others that wait.
async fn due(tx: &TenantTx, assessment: AssessmentId, id: AttemptId) -> Result<Vec<attempt::Model>> {
    let mut due = waiting(tx).filter(attempt::Column::Id.eq(id)).all().await?;
    let others = waiting(tx)
        .filter(attempt::Column::AssessmentId.eq(assessment))
        .filter(attempt::Column::Id.ne(id))
        .limit(BATCH - 1);
    due.extend(others.all().await?);
    Ok(due)
}

async fn scored(tx: &TenantTx, attempts: &[attempt::Model]) -> Result<Vec<ScoredAttempt>> {
    let rows = tx
        .rows::<response::Entity>()
        .filter(response::Column::AttemptId.is_in(attempts.iter().map(|row| row.id)))
        .filter(response::Column::Score.is_not_null())
        .all()
        .await?;
    let mut answers = BTreeMap::<AttemptId, Vec<ScoredAnswer>>::new();
    for row in rows {
        answers.entry(row.attempt_id).or_default().extend(answer(&row)?);
    }
    attempts
        .iter()
        .map(|row| attempt_with(row, answers.remove(&row.id).unwrap_or_default()))
        .collect()
}

fn attempt_with(row: &attempt::Model, answers: Vec<ScoredAnswer>) -> Result<ScoredAttempt> {
    let result: Option<AttemptResult> = row.result.as_deref().map(serde_json::from_str).transpose()?;
    let took = row.submitted_at.map(|ended| ended.since(row.started_at));
    Ok(ScoredAttempt {
        outcome: result.and_then(|result| result.outcome),
        seconds: took.unwrap_or_default().as_secs(),
        answers,
    })
}

/// The tallies of an assessment while its attempts are decided anew, held until the
/// transaction ends: whoever counts an attempt waits. They are taken after the
/// people and before their attempts.
pub(crate) struct Recount {
    assessment: AssessmentId,
    whole: AssessmentTally,
    items: BTreeMap<ItemVersionId, ItemTally>,
}

impl Recount {
    pub(crate) async fn begin(tx: &TenantTx, assessment: AssessmentId) -> Result<Self> {
        Ok(Self {
            assessment,
            whole: hold(tx, assessment).await?,
            items: BTreeMap::new(),
        })
    }

    /// Puts an attempt as it is now in place of what it was, if it was counted.
    pub(crate) async fn replace(
        &mut self,
        tx: &TenantTx,
        (was, had): (&attempt::Model, &[response::Model]),
        (is, has): (&attempt::Model, &[response::Model]),
    ) -> Result<()> {
        if was.counted_at.is_none() {
            return Ok(());
        }
        let (was, is) = (
            attempt_with(was, answers(had)?)?,
            attempt_with(is, answers(has)?)?,
        );
        if was == is {
            return Ok(());
        }
        let unknown: Vec<_> = was
            .answers
            .iter()
            .chain(&is.answers)
            .map(|answer| answer.item)
            .filter(|item| !self.items.contains_key(item))
            .collect();
        let found = tx
            .rows::<item_tally::Entity>()
            .filter(item_tally::Column::AssessmentId.eq(self.assessment))
            .filter(item_tally::Column::ItemVersionId.is_in(unknown));
        self.items.extend(tallies(found).await?);
        self.whole.remove(&was);
        ItemTally::remove(&mut self.items, &was);
        self.whole.add(&is);
        ItemTally::add(&mut self.items, &is);
        Ok(())
    }

    pub(crate) async fn store(self, ctx: &Ctx, tx: &TenantTx) -> Result<()> {
        if self.items.is_empty() {
            return Ok(());
        }
        store(ctx, tx, self.assessment, &self.whole, &self.items).await
    }
}

fn answers(rows: &[response::Model]) -> Result<Vec<ScoredAnswer>> {
    rows.iter().filter_map(|row| answer(row).transpose()).collect()
}

fn answer(row: &response::Model) -> Result<Option<ScoredAnswer>> {
    let Some(scored) = answer_of_row(row)? else {
        return Ok(None);
    };
    // It says nothing about the others, nor they about it.
    if scored.is_dropped() {
        return Ok(None);
    }
    Ok(Some(ScoredAnswer {
        item: scored.item_version,
        earned: scored.earned,
        possible: scored.possible,
        response: answer_of(row)?,
    }))
}

async fn store(
    ctx: &Ctx,
    tx: &TenantTx,
    assessment: AssessmentId,
    whole: &AssessmentTally,
    items: &BTreeMap<ItemVersionId, ItemTally>,
) -> Result<()> {
    spread(tx, assessment, items).await?;
    tx.change::<assessment_tally::Entity>()
        .filter(assessment_tally::Column::AssessmentId.eq(assessment))
        .set(assessment_tally::Column::Content, serde_json::to_string(whole)?)
        .apply()
        .await?;
    let key = [
        item_tally::Column::TenantId,
        item_tally::Column::AssessmentId,
        item_tally::Column::ItemVersionId,
    ];
    for (version, tally) in items {
        let row = item_tally::Model {
            tenant_id: ctx.tenant(),
            assessment_id: assessment,
            item_version_id: *version,
            content: serde_json::to_string(tally)?,
        };
        tx.upsert::<item_tally::Entity>(row, key, [item_tally::Column::Content])
            .await?;
    }
    Ok(())
}
