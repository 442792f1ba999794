//! What authors write as a draft, and publish as versions that never change:
//! courses, items, assessments, achievements.

use std::fmt::Display;

pub use domain::Stage;
use domain::Timestamp;
use entity::{Drafted, Rows, TenantTx, Version, VersionId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, sea_query::Query};
use serde_json::{Value, json};

use crate::{Ctx, Error, Result, audit};

/// A draft as its authors see it: `I` is its id, `V` that of a version, `C` what
/// is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft<I, V, C> {
    /// Its id.
    pub id: I,
    /// Goes up with each save.
    pub revision: i64,
    /// What is written.
    pub content: C,
    /// What is in force; none while only a draft.
    pub published: Option<Published<V>>,
    /// How far it is.
    pub stage: Stage,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The version in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published<V> {
    /// Its id.
    pub version: V,
    /// 1, 2, 3 …
    pub number: i64,
    /// When it was published.
    pub at: Timestamp,
    /// Whether publishing the draft would give another version.
    pub outdated: bool,
}

/// How far the draft in `row` is.
pub(crate) fn stage<E: Drafted>(row: &E::Model) -> Stage {
    let row = E::written(row);
    match (row.withdrawn_at, row.in_force) {
        (Some(_), _) => Stage::Withdrawn,
        (None, Some(_)) => Stage::Published,
        (None, None) => Stage::Draft,
    }
}

type VersionRow<E> = <<E as Drafted>::Version as EntityTrait>::Model;

/// The row at `id`.
pub(crate) async fn row<E: Drafted>(tx: &TenantTx, id: E::Id) -> Result<E::Model> {
    let row = tx.rows::<E>().filter(E::ID.eq(id)).one().await?;
    row.ok_or(Error::NotFound)
}

/// The row at `id`, held until the transaction ends.
pub(crate) async fn held<E: Drafted>(tx: &TenantTx, id: E::Id) -> Result<E::Model> {
    let row = tx.rows::<E>().filter(E::ID.eq(id)).locked().one().await?;
    row.ok_or(Error::NotFound)
}

/// The row at `id`, held until the transaction ends, if its draft is still at `revision`.
pub(crate) async fn held_at<E: Drafted>(tx: &TenantTx, id: E::Id, revision: i64) -> Result<E::Model> {
    let row = held::<E>(tx, id).await?;
    if E::written(&row).revision == revision {
        Ok(row)
    } else {
        Err(Error::Stale)
    }
}

/// The version of it that is in force.
pub(crate) async fn in_force<E: Drafted>(tx: &TenantTx, row: &E::Model) -> Result<Option<VersionRow<E>>> {
    match E::written(row).in_force {
        Some(version) => Ok(tx
            .rows::<E::Version>()
            .filter(<E::Version as Version>::ID.eq(version))
            .one()
            .await?),
        None => Ok(None),
    }
}

/// How a document names `id`, and what a text in it cannot say: the id alone, as a
/// whole JSON string. In the address of a link other characters stand beside it,
/// and a quotation mark within a text stands behind a backslash.
pub(crate) fn naming(id: impl Display) -> String {
    format!("\"{id}\"")
}

/// The versions in force, of drafts that are not withdrawn, that name any of these
/// `ids`. The documents need not be read to know that they do: see [`naming`].
pub(crate) fn in_force_naming<E: Drafted>(
    tx: &TenantTx,
    ids: impl IntoIterator<Item: Display>,
) -> Rows<'_, E::Version> {
    in_force_with::<E>(tx, ids.into_iter().map(naming))
}

/// The versions in force, of drafts that are not withdrawn, in whose JSON any of
/// these `texts` stands.
pub(crate) fn in_force_with<E: Drafted>(
    tx: &TenantTx,
    texts: impl IntoIterator<Item = String>,
) -> Rows<'_, E::Version> {
    let content = <E::Version as Version>::CONTENT;
    let with = texts
        .into_iter()
        .fold(Condition::any(), |any, text| any.add(content.contains(text)));
    all_in_force::<E>(tx).filter(with)
}

/// The versions in force, of drafts that are not withdrawn.
pub(crate) fn all_in_force<E: Drafted>(tx: &TenantTx) -> Rows<'_, E::Version> {
    let in_force = Query::select()
        .column(E::IN_FORCE)
        .from(E::default())
        .and_where(E::TENANT.eq(tx.tenant()))
        .and_where(E::IN_FORCE.is_not_null())
        .and_where(E::WITHDRAWN_AT.is_null())
        .take();
    tx.rows::<E::Version>()
        .filter(<E::Version as Version>::ID.in_subquery(in_force))
}

/// The draft in `row`, of which `content` was read. `is_outdated` says of the
/// version in force whether publishing the draft would give another.
pub(crate) async fn seen<E: Drafted, C>(
    tx: &TenantTx,
    row: &E::Model,
    content: C,
    is_outdated: impl FnOnce(&VersionRow<E>) -> bool + Send,
) -> Result<Draft<E::Id, VersionId<E>, C>>
where
    C: Send,
{
    let published = in_force::<E>(tx, row).await?.map(|version| {
        let stated = E::Version::stated(&version);
        Published {
            version: stated.id,
            number: stated.number,
            at: stated.published_at,
            outdated: is_outdated(&version),
        }
    });
    let written = E::written(row);
    Ok(Draft {
        id: written.id,
        revision: written.revision,
        content,
        published,
        stage: stage::<E>(row),
        updated_at: written.updated_at,
    })
}

/// Stores a new draft, unless it was stored before, and says whether it was not.
/// `detail` goes into the audit trail.
pub(crate) async fn make<E: Drafted>(ctx: &Ctx, tx: &TenantTx, row: E::Model, detail: Value) -> Result<bool> {
    let id = E::written(&row).id;
    let is_new = tx.insert_new::<E>(row, [E::TENANT, E::ID]).await?;
    if is_new {
        let action = format!("{}-created", E::NOUN);
        audit::note(tx, ctx, &action, subject::<E>(id), detail).await?;
    }
    Ok(is_new)
}

/// Stores `draft` over the one that was at `revision`, with what the row's other
/// `columns` say of it, and returns its new revision.
pub(crate) async fn store<E: Drafted>(
    ctx: &Ctx,
    tx: &TenantTx,
    id: E::Id,
    revision: i64,
    draft: String,
    columns: impl IntoIterator<Item = (E::Column, sea_orm::Value)> + Send,
) -> Result<i64> {
    let revision = revision + 1;
    let mut changes = tx
        .change::<E>()
        .filter(E::ID.eq(id))
        .set(E::DRAFT, draft)
        .set(E::REVISION, revision)
        .set(E::UPDATED_AT, ctx.now());
    for (column, value) in columns {
        changes = changes.set(column, value);
    }
    changes.apply().await?;
    let (action, detail) = (format!("{}-saved", E::NOUN), json!({ "revision": revision }));
    audit::note(tx, ctx, &action, subject::<E>(id), detail).await?;
    Ok(revision)
}

/// Stores `version` of the draft at `id` and puts it in force. `detail` goes
/// into the audit trail beside the version's number.
pub(crate) async fn put_in_force<E: Drafted>(
    ctx: &Ctx,
    tx: &TenantTx,
    id: E::Id,
    version: VersionRow<E>,
    mut detail: Value,
) -> Result<VersionId<E>> {
    let stated = E::Version::stated(&version);
    let version_id = stated.id;
    detail["version"] = json!(stated.number);
    tx.insert::<E::Version>(version).await?;
    tx.change::<E>()
        .filter(E::ID.eq(id))
        .set(E::IN_FORCE, version_id)
        .set(E::UPDATED_AT, ctx.now())
        .apply()
        .await?;
    let noun = E::NOUN;
    audit::note(tx, ctx, &format!("{noun}-published"), subject::<E>(id), detail).await?;
    Ok(version_id)
}

/// Withdraws the draft at `id`, or takes it back into use, and says what it was.
/// Nothing, if it was so already.
pub(crate) async fn set_withdrawn<E: Drafted>(
    ctx: &Ctx,
    tx: &TenantTx,
    id: E::Id,
    withdrawn: bool,
    action: &str,
) -> Result<Option<E::Model>> {
    let row = held::<E>(tx, id).await?;
    if E::written(&row).withdrawn_at.is_some() == withdrawn {
        return Ok(None);
    }
    tx.change::<E>()
        .filter(E::ID.eq(id))
        .set(E::WITHDRAWN_AT, withdrawn.then(|| ctx.now()))
        .set(E::UPDATED_AT, ctx.now())
        .apply()
        .await?;
    audit::note(tx, ctx, action, subject::<E>(id), json!({})).await?;
    Ok(Some(row))
}

/// A draft's subject in the audit trail.
fn subject<E: Drafted>(id: E::Id) -> String {
    format!("{}:{id}", E::NOUN)
}
