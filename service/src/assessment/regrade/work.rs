//! Going through everybody whom a regrade may concern, some at a time.

use domain::{
    assessment::{AttemptState, RegradeState},
    id::{AssessmentId, AttemptId, ItemVersionId, PersonId, RegradeId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{assessment, attempt, regrade, response},
};
use sea_orm::{ColumnTrait, ExprTrait, FromQueryResult, sea_query::Expr};

use super::{
    changes::Changes,
    corrections::Corrections,
    propose::{held, note, queue},
    reconclude::{Cause, Renewal},
};
use crate::{
    Ctx, Error, Result,
    assessment::{attempt::score_of, tell::tell},
    mail::Message,
    tenancy,
};

/// So many people at most are looked at in one transaction,
const BATCH: u64 = 20;

/// and no more of them once they have so many attempts.
const MOST_ATTEMPTS: i64 = 100;

/// The states of attempts that a remedy concerns: what waits for a mark may need none
/// any more.
pub(super) const OVER: [AttemptState; 2] = [AttemptState::Marking, AttemptState::Scored];

/// Brings a proposal into force, once what it changes is known. From now on answers
/// are scored by it, and a job goes through those that were scored before. Said
/// twice, it is said once.
///
/// Refused: `regrade-not-ready`, while it is being worked out.
pub async fn confirm(ctx: &Ctx, id: RegradeId) -> Result<()> {
    ctx.require(Permission::Regrade)?;
    let person = ctx.person()?;
    let tx = ctx.write().await?;
    let row = held(&tx, id).await?;
    match row.state {
        RegradeState::Applying | RegradeState::Done => return Ok(()),
        RegradeState::Previewing => return Err(Error::Refused("regrade-not-ready")),
        RegradeState::Discarded => return Err(Error::Stale),
        RegradeState::Ready => {}
    }
    tx.change::<regrade::Entity>()
        .filter(regrade::Column::Id.eq(id))
        .set(regrade::Column::State, RegradeState::Applying)
        .set(regrade::Column::AppliedBy, person)
        .set(regrade::Column::AppliedAt, ctx.now())
        .set(regrade::Column::Reached, None::<uuid::Uuid>)
        .set(regrade::Column::LookedAt, 0_i64)
        .apply()
        .await?;
    queue(ctx, &tx, id, None).await?;
    note(
        ctx,
        &tx,
        "regrade-applied",
        id,
        &serde_json::from_str(&row.remedy)?,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Looks at the people after `after`, and queues itself for those after them. How far
/// it has come is stored with what it has done: whoever does the same again finds it
/// done.
pub(crate) async fn work(ctx: &Ctx, id: RegradeId, after: Option<PersonId>) -> Result<()> {
    let tx = ctx.write().await?;
    let row = held(&tx, id).await?;
    if row.reached != after {
        return Ok(());
    }
    match row.state {
        RegradeState::Previewing => preview(ctx, tx, &row).await,
        RegradeState::Applying => apply(ctx, tx, &row).await,
        RegradeState::Ready | RegradeState::Done | RegradeState::Discarded => Ok(()),
    }
}

async fn apply(ctx: &Ctx, tx: TenantTx, row: &regrade::Model) -> Result<()> {
    let mut changes: Changes = serde_json::from_str(&row.changes)?;
    let batch = batch(ctx, &tx, row, &mut changes).await?;
    let change = tx
        .change::<regrade::Entity>()
        .filter(regrade::Column::Id.eq(row.id))
        .set(regrade::Column::Changes, serde_json::to_string(&changes)?);
    let change = match batch.last {
        Some(_) => change,
        None => change
            .set(regrade::Column::State, RegradeState::Done)
            .set(regrade::Column::FinishedAt, ctx.now()),
    };
    go_on(ctx, &tx, row, change, batch).await?;
    Ok(tx.commit().await?)
}

/// Stores how far a batch has come, with what else changes, and queues the next.
async fn go_on(
    ctx: &Ctx,
    tx: &TenantTx,
    row: &regrade::Model,
    change: entity::Changes<'_, regrade::Entity>,
    batch: Batch,
) -> Result<()> {
    let change = change.add(regrade::Column::LookedAt, batch.attempts);
    match batch.last {
        Some(last) => {
            change.set(regrade::Column::Reached, last).apply().await?;
            queue(ctx, tx, row.id, Some(last)).await
        }
        None => {
            change.apply().await?;
            Ok(())
        }
    }
}

/// Does all that applying would do, and takes it back: so that what is shown is what
/// will happen. Only what it comes to is stored.
async fn preview(ctx: &Ctx, tx: TenantTx, row: &regrade::Model) -> Result<()> {
    let mut changes: Changes = serde_json::from_str(&row.preview)?;
    tx.change::<regrade::Entity>()
        .filter(regrade::Column::Id.eq(row.id))
        .set(regrade::Column::State, RegradeState::Applying)
        .set(regrade::Column::AppliedAt, ctx.now())
        .apply()
        .await?;
    let batch = batch(ctx, &tx, row, &mut changes).await?;
    drop(tx);

    let tx = ctx.write().await?;
    let now = held(&tx, row.id).await?;
    if now.state != row.state || now.reached != row.reached {
        return Ok(());
    }
    let change = tx
        .change::<regrade::Entity>()
        .filter(regrade::Column::Id.eq(row.id))
        .set(regrade::Column::Preview, serde_json::to_string(&changes)?);
    let change = match batch.last {
        Some(_) => change,
        None => change.set(regrade::Column::State, RegradeState::Ready),
    };
    go_on(ctx, &tx, row, change, batch).await?;
    Ok(tx.commit().await?)
}

/// Who was looked at.
struct Batch {
    /// The last of them; none if there was nobody left.
    last: Option<PersonId>,
    /// How many attempts they have.
    attempts: i64,
}

#[derive(FromQueryResult)]
struct Someone {
    person_id: PersonId,
    attempts: i64,
}

async fn batch(ctx: &Ctx, tx: &TenantTx, row: &regrade::Model, changes: &mut Changes) -> Result<Batch> {
    let after = row.reached.unwrap_or(PersonId(uuid::Uuid::nil()));
    let people: Vec<Someone> = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::AssessmentId.eq(row.assessment_id))
        .filter(attempt::Column::State.is_in(OVER.map(AttemptState::as_str)))
        .filter(attempt::Column::PersonId.gt(after))
        .asc(attempt::Column::PersonId)
        .limit(BATCH)
        .grouped(
            [attempt::Column::PersonId],
            [(Expr::col(attempt::Column::Id).count(), "attempts")],
        )
        .await?;
    let mut attempts = 0;
    let taken = people.iter().take_while(|one| {
        let has_room = attempts < MOST_ATTEMPTS;
        attempts += one.attempts;
        has_room
    });
    let people: Vec<&Someone> = taken.collect();
    renew(ctx, tx, row, people.iter().map(|one| one.person_id), changes).await?;
    Ok(Batch {
        last: people.last().map(|one| one.person_id),
        attempts: people.iter().map(|one| one.attempts).sum(),
    })
}

/// Decides anew for these people, who are in the order of their ids, and tells each
/// whom it makes a difference to.
async fn renew(
    ctx: &Ctx,
    tx: &TenantTx,
    row: &regrade::Model,
    people: impl Iterator<Item = PersonId> + Clone,
    changes: &mut Changes,
) -> Result<()> {
    for person in people.clone() {
        tenancy::hold_member(tx, person).await?;
    }
    let title = title(tx, row.assessment_id).await?;
    let mut renewal = Renewal::begin(ctx, tx, row.assessment_id, Cause::Regrade(row.id)).await?;
    for person in people {
        let theirs = renewal.of(person).await?;
        if let Some(attempt) = theirs.attempts.last() {
            let assessment = title.clone();
            let say = |name, link| Message::ResultChanged {
                name,
                assessment,
                link,
            };
            tell(ctx, tx, person, attempt.attempt, say).await?;
        }
        changes.add(person, theirs);
    }
    renewal.end().await
}

/// Looks at an attempt that was concluded while a remedy came into force, and that
/// neither saw: the remedy was not there yet, and the job had gone by. It is asked of
/// each attempt once it is stored.
pub(crate) async fn catch_up(ctx: &Ctx, id: AttemptId) -> Result<()> {
    let tx = ctx.read().await?;
    let found = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::Id.eq(id))
        .filter(attempt::Column::State.eq(AttemptState::Scored.as_str()))
        .one()
        .await?;
    let Some(found) = found else {
        return Ok(());
    };
    let corrections = Corrections::of(&tx, found.assessment_id).await?;
    let missed = missed(&tx, id, &corrections).await?;
    drop(tx);
    let Some(version) = missed else {
        return Ok(());
    };
    let tx = ctx.write().await?;
    let newest = tx
        .rows::<regrade::Entity>()
        .filter(regrade::Column::AssessmentId.eq(found.assessment_id))
        .filter(regrade::Column::ItemVersionId.eq(version))
        .filter(regrade::Column::State.is_in([RegradeState::Applying, RegradeState::Done]))
        .desc(regrade::Column::AppliedAt)
        .locked()
        .one()
        .await?;
    let Some(row) = newest else {
        return Ok(());
    };
    let mut changes: Changes = serde_json::from_str(&row.changes)?;
    renew(ctx, &tx, &row, std::iter::once(found.person_id), &mut changes).await?;
    tx.change::<regrade::Entity>()
        .filter(regrade::Column::Id.eq(row.id))
        .set(regrade::Column::Changes, serde_json::to_string(&changes)?)
        .apply()
        .await?;
    Ok(tx.commit().await?)
}

/// A version whose answer in this attempt is not scored by the remedy that is in force.
async fn missed(
    tx: &TenantTx,
    attempt: AttemptId,
    corrections: &Corrections,
) -> Result<Option<ItemVersionId>> {
    if corrections.are_none() {
        return Ok(None);
    }
    let rows = tx
        .rows::<response::Entity>()
        .filter(response::Column::AttemptId.eq(attempt))
        .all()
        .await?;
    for row in rows {
        let version = row.item_version_id;
        if score_of(&row)?.is_some_and(|score| corrections.missed(version, &score)) {
            return Ok(Some(row.item_version_id));
        }
    }
    Ok(None)
}

async fn title(tx: &TenantTx, id: AssessmentId) -> Result<String> {
    let row = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.eq(id))
        .one()
        .await?;
    Ok(row.ok_or(Error::NotFound)?.title)
}
