//! Status lists: a place for each badge, and the signed list as it is served.

use domain::{
    credential::{StatusList, StatusListCredential, StatusPurpose},
    id::StatusListId,
};
use entity::{
    TenantTx,
    credential::{credential, public_address, status_list},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel};

use super::issuer::Signer;
use crate::{Ctx, Error, Result, SystemCtx};

/// A list is taken to be full at half its places: finding a free one by chance
/// stays quick.
const FULL: i64 = 65_536;

/// How many places a list has: the least that the standard allows.
const LENGTH: u32 = 131_072;

/// A place in a list.
pub(super) struct Place {
    pub(super) purpose: StatusPurpose,
    pub(super) list: StatusListId,
    pub(super) index: usize,
}

/// Takes a place for a new badge in a list of this `purpose`, by chance, so that
/// a neighbour's index tells nothing about who earned what when.
pub(super) async fn take_place(
    ctx: &Ctx,
    tx: &TenantTx,
    signer: &Signer,
    purpose: StatusPurpose,
) -> Result<Place> {
    let open = tx
        .rows::<status_list::Entity>()
        .filter(status_list::Column::Purpose.eq(purpose.as_str()))
        .filter(status_list::Column::Taken.lt(FULL))
        .asc(status_list::Column::Id)
        .locked()
        .one()
        .await?;
    let list = match open {
        Some(list) => list.id,
        None => make(ctx, tx, signer, purpose).await?,
    };
    let (list_column, index_column) = match purpose {
        StatusPurpose::Revocation => (credential::Column::StatusListId, credential::Column::StatusIndex),
        StatusPurpose::Suspension => (
            credential::Column::SuspensionListId,
            credential::Column::SuspensionIndex,
        ),
    };
    let index = loop {
        let chance = u32::from_be_bytes(ctx.installation().chance.bytes());
        let index = chance % LENGTH;
        let taken = tx
            .rows::<credential::Entity>()
            .filter(list_column.eq(list))
            .filter(index_column.eq(i64::from(index)))
            .one()
            .await?;
        if taken.is_none() {
            break index;
        }
    };
    tx.change::<status_list::Entity>()
        .filter(status_list::Column::Id.eq(list))
        .add(status_list::Column::Taken, 1)
        .apply()
        .await?;
    Ok(Place {
        purpose,
        list,
        index: index as usize,
    })
}

/// Sets or clears the bit at `place` and signs the list anew, in the caller's transaction:
/// from its commit on, every verifier who asks is told.
pub(super) async fn set(ctx: &Ctx, tx: &TenantTx, signer: &Signer, place: &Place, on: bool) -> Result<()> {
    let row = tx
        .rows::<status_list::Entity>()
        .filter(status_list::Column::Id.eq(place.list))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let mut list = decode(&row)?;
    list.set(place.index, on)
        .map_err(|cause| Error::Unsignable(cause.to_string()))?;
    let document = document(ctx, signer, row.id, place.purpose, &list)?;
    tx.change::<status_list::Entity>()
        .filter(status_list::Column::Id.eq(row.id))
        .set(status_list::Column::Bits, list.encode().into_bytes())
        .set(status_list::Column::Document, document)
        .set(status_list::Column::UpdatedAt, ctx.now())
        .apply()
        .await?;
    Ok(())
}

/// The signed list, as verifiers get it.
pub async fn status_list_document(ctx: &SystemCtx, id: StatusListId) -> Result<String> {
    let tx = ctx.read().await?;
    let address = public_address::Entity::find_by_id(id.0)
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    drop(tx);
    let tenant = ctx.in_tenant(address.tenant_id);
    let tx = tenant.read().await?;
    tx.rows::<status_list::Entity>()
        .filter(status_list::Column::Id.eq(id))
        .one()
        .await?
        .and_then(|row| row.document)
        .ok_or(Error::NotFound)
}

/// The address of a list.
pub(super) fn address(ctx: &Ctx, id: StatusListId) -> String {
    ctx.installation().address(&format!("/status/{id}"))
}

async fn make(ctx: &Ctx, tx: &TenantTx, signer: &Signer, purpose: StatusPurpose) -> Result<StatusListId> {
    let id: StatusListId = ctx.new_id();
    let list = StatusList::default();
    let row = status_list::Model {
        tenant_id: ctx.tenant(),
        id,
        purpose: purpose.as_str().to_owned(),
        bits: list.encode().into_bytes(),
        taken: 0,
        document: Some(document(ctx, signer, id, purpose, &list)?),
        updated_at: ctx.now(),
    };
    tx.insert::<status_list::Entity>(row).await?;
    let address = public_address::Model {
        id: id.0,
        kind: "status-list".to_owned(),
        tenant_id: ctx.tenant(),
    };
    public_address::Entity::insert(address.into_active_model().reset_all())
        .exec_without_returning(tx.unowned())
        .await?;
    Ok(id)
}

fn document(
    ctx: &Ctx,
    signer: &Signer,
    id: StatusListId,
    purpose: StatusPurpose,
    list: &StatusList,
) -> Result<String> {
    let url = address(ctx, id);
    let unsigned = StatusListCredential {
        url: &url,
        issuer: signer.did.as_str(),
        purpose,
        list,
        valid_from: ctx.now(),
        valid_until: None,
    };
    Ok(serde_json::to_string(&signer.sign(ctx, unsigned.to_document())?)?)
}

fn decode(row: &status_list::Model) -> Result<StatusList> {
    str::from_utf8(&row.bits)
        .ok()
        .and_then(|text| StatusList::decode(text).ok())
        .ok_or_else(|| Error::Unsignable(format!("status list {} is not readable", row.id)))
}
