use domain::{
    Timestamp,
    assessment::{ReviewState, ReviewStep},
    id::{ItemId, ItemReviewId, PersonId},
    tenancy::Permission,
    text::is_unprintable,
};
use entity::{
    TenantTx,
    assessment::{item, item_review, item_writer},
    tenancy::tenant,
};
use sea_orm::{ColumnTrait, EntityTrait};
use serde_json::json;

use crate::{Ctx, Error, Result, assessment::regrade::names, audit, draft};

/// A comment has at most so many characters.
const LONGEST: usize = 2_000;
/// So much is said and decided about one item at most.
const MOST: i64 = 500;

/// How far an item is in its review, and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How far it is.
    pub state: ReviewState,
    /// Whether it is published only once it is approved.
    pub is_required: bool,
    /// What was said and decided, first to last.
    pub said: Vec<Said>,
    /// What the actor may do now.
    pub steps: Vec<ReviewStep>,
    /// Whether the actor has written in it since it was last approved, and so leaves
    /// it to others to approve.
    pub has_written: bool,
}

/// What was said or decided about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What was done.
    pub step: ReviewStep,
    /// In these words; may be empty.
    pub comment: String,
    /// By whom, if they are still known.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A step in a review, as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct ReviewForm<'form> {
    /// The step's id, made with the form: sent twice, it is one step.
    pub id: ItemReviewId,
    /// The revision of the draft that was looked at.
    pub revision: i64,
    /// What is done.
    pub step: ReviewStep,
    /// What is said about it.
    pub comment: &'form str,
}

/// How far an item is in its review, for those who write or see drafts.
pub async fn reviewed(ctx: &Ctx, id: ItemId) -> Result<Review> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let row = draft::row::<item::Entity>(&tx, id).await?;
    let state = state(&row);
    let has_written = match ctx.actor().person {
        Some(person) => has_written(&tx, id, person).await?,
        None => false,
    };
    let may = |step: &ReviewStep| {
        step.needs().is_some_and(|permission| ctx.may(permission)) && state.take(*step, has_written).is_ok()
    };
    Ok(Review {
        state,
        is_required: is_required(&tx).await?,
        said: said(&tx, id).await?,
        steps: ReviewStep::ALL.iter().copied().filter(may).collect(),
        has_written,
    })
}

/// Takes a step in the review of an item, and keeps what was said.
///
/// The field `comment`: what is wrong with it, or why the step is not taken: it cannot
/// be now, or the actor would approve what they have written themselves.
pub async fn review(ctx: &Ctx, id: ItemId, form: ReviewForm<'_>) -> Result<()> {
    let permission = form.step.needs().ok_or(Error::NotFound)?;
    ctx.require(permission)?;
    let person = ctx.person()?;
    let comment = words(form)?;
    let tx = ctx.write().await?;
    let row = draft::held::<item::Entity>(&tx, id).await?;
    let known = tx
        .rows::<item_review::Entity>()
        .filter(item_review::Column::Id.eq(form.id))
        .one()
        .await?;
    match known {
        Some(known)
            if (known.item_id, known.person_id, known.step.as_str()) == (id, person, form.step.as_str())
                && known.comment == comment =>
        {
            return Ok(());
        }
        Some(_) => return Err(Error::Stale),
        None => {}
    }
    if row.draft_revision != form.revision {
        return Err(Error::Stale);
    }
    let next = state(&row)
        .take(form.step, has_written(&tx, id, person).await?)
        .map_err(|refusal| Error::field("comment", refusal.to_string()))?;
    // What decides is never refused for what was only said.
    if last(&tx, id).await? >= MOST && form.step == ReviewStep::Comment {
        return Err(Error::field("comment", "review-too-much"));
    }
    note(ctx, &tx, &row, form.id, form.step, comment).await?;
    set(&tx, id, next).await?;
    if next == ReviewState::Approved {
        tx.remove::<item_writer::Entity>()
            .filter(item_writer::Column::ItemId.eq(id))
            .apply()
            .await?;
    }
    let action = match form.step {
        ReviewStep::Send => "item-sent-to-review",
        ReviewStep::Approve => "item-approved",
        ReviewStep::SendBack => "item-sent-back",
        _ => "item-commented",
    };
    let detail = json!({ "revision": form.revision });
    audit::note(&tx, ctx, action, format!("item:{id}"), detail).await?;
    Ok(tx.commit().await?)
}

/// What was typed, if it is words and not too many.
fn words(form: ReviewForm<'_>) -> Result<String> {
    let comment = form.comment.replace("\r\n", "\n");
    let comment = comment.trim();
    let refused = |code| Err(Error::field("comment", code));
    if comment.is_empty() && form.step.needs_words() {
        return refused("review-comment-missing");
    }
    if comment.chars().count() > LONGEST {
        return refused("review-comment-too-long");
    }
    if comment
        .chars()
        .any(|c| is_unprintable(c) && !matches!(c, '\n' | '\t'))
    {
        return refused("text-unprintable");
    }
    Ok(comment.to_owned())
}

/// How far the item in `row` is.
pub(super) fn state(row: &item::Model) -> ReviewState {
    match row.retired_at {
        Some(_) => ReviewState::Retired,
        None => row.review.parse().unwrap_or(ReviewState::Draft),
    }
}

/// Refused at the field `comment`, if the tenant has items approved before they are
/// published, and this one is not.
pub(super) async fn may_be_published(tx: &TenantTx, row: &item::Model) -> Result<()> {
    if state(row).may_be_published(is_required(tx).await?) {
        Ok(())
    } else {
        Err(Error::field("comment", "item-not-approved"))
    }
}

/// Notes that the actor has written in the item: they don't approve it any more, and
/// what was decided about it is undone.
pub(super) async fn edited(ctx: &Ctx, tx: &TenantTx, row: &item::Model) -> Result<()> {
    wrote(ctx, tx, row.id).await?;
    let was = state(row);
    let next = was.after(ReviewStep::Edit).unwrap_or(was);
    if next == was {
        return Ok(());
    }
    note(ctx, tx, row, ctx.new_id(), ReviewStep::Edit, String::new()).await?;
    set(tx, row.id, next).await?;
    audit::note(tx, ctx, "item-reopened", format!("item:{}", row.id), json!({})).await
}

/// Notes that the item in `row` was retired or is used again: either way it is to be
/// looked at anew before it is published once more.
pub(super) async fn put_away(ctx: &Ctx, tx: &TenantTx, row: &item::Model, step: ReviewStep) -> Result<()> {
    note(ctx, tx, row, ctx.new_id(), step, String::new()).await?;
    set(tx, row.id, ReviewState::Draft).await
}

/// Notes that the actor has written in an item.
pub(super) async fn wrote(ctx: &Ctx, tx: &TenantTx, id: ItemId) -> Result<()> {
    let row = item_writer::Model {
        tenant_id: ctx.tenant(),
        item_id: id,
        person_id: ctx.person()?,
    };
    let key = [
        item_writer::Column::TenantId,
        item_writer::Column::ItemId,
        item_writer::Column::PersonId,
    ];
    tx.insert_new::<item_writer::Entity>(row, key).await?;
    Ok(())
}

async fn has_written(tx: &TenantTx, id: ItemId, person: PersonId) -> Result<bool> {
    let written = tx
        .rows::<item_writer::Entity>()
        .filter(item_writer::Column::ItemId.eq(id))
        .filter(item_writer::Column::PersonId.eq(person));
    Ok(written.count().await? > 0)
}

async fn is_required(tx: &TenantTx) -> Result<bool> {
    let row = tenant::Entity::find_by_id(tx.tenant()).one(tx.unowned()).await?;
    Ok(row.ok_or(Error::NotFound)?.requires_review)
}

/// The number of what was said or decided last; 0 if nothing was.
async fn last(tx: &TenantTx, id: ItemId) -> Result<i64> {
    let row = tx
        .rows::<item_review::Entity>()
        .filter(item_review::Column::ItemId.eq(id))
        .desc(item_review::Column::Number)
        .limit(1)
        .one()
        .await?;
    Ok(row.map_or(0, |row| row.number))
}

/// Keeps what was said or decided. The item is held: it is the next in its order.
async fn note(
    ctx: &Ctx,
    tx: &TenantTx,
    row: &item::Model,
    id: ItemReviewId,
    step: ReviewStep,
    comment: String,
) -> Result<()> {
    let entry = item_review::Model {
        tenant_id: ctx.tenant(),
        id,
        item_id: row.id,
        number: last(tx, row.id).await? + 1,
        step: step.to_string(),
        revision: row.draft_revision,
        comment,
        person_id: ctx.person()?,
        at: ctx.now(),
    };
    tx.insert::<item_review::Entity>(entry).await?;
    Ok(())
}

/// Retired is what `retired_at` says; what is stored beside it is where a review begins.
async fn set(tx: &TenantTx, id: ItemId, state: ReviewState) -> Result<()> {
    tx.change::<item::Entity>()
        .filter(item::Column::Id.eq(id))
        .set(item::Column::Review, state.as_str())
        .apply()
        .await?;
    Ok(())
}

/// The latest of what was said and decided, first to last.
async fn said(tx: &TenantTx, id: ItemId) -> Result<Vec<Said>> {
    let mut rows = tx
        .rows::<item_review::Entity>()
        .filter(item_review::Column::ItemId.eq(id))
        .desc(item_review::Column::Number)
        .limit(MOST.unsigned_abs())
        .all()
        .await?;
    rows.reverse();
    let names = names(tx, rows.iter().map(|row| row.person_id)).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Said {
                step: row.step.parse().ok()?,
                comment: row.comment,
                by: names.get(&row.person_id).cloned(),
                at: row.at,
            })
        })
        .collect())
}
