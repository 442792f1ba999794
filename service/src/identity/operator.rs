use domain::id::PersonId;
use entity::identity::person;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use subtle::ConstantTimeEq;

use super::{
    register::{self, NewPerson},
    token,
};
use crate::{Error, Installation, Result, SystemCtx, db::Scope};

/// The first of those who run the installation; none before its first run.
pub async fn operator(installation: &Installation) -> Result<Option<PersonId>> {
    first(&installation.db.read(Scope::System).await?).await
}

/// Does anybody run the installation yet?
pub async fn operator_exists(installation: &Installation) -> Result<bool> {
    operator(installation).await.map(|found| found.is_some())
}

/// Makes the first operator's account. Not found once there is one: of two who
/// come first at the same moment, the schema lets one in.
pub async fn create_operator(ctx: &SystemCtx, new: NewPerson<'_>) -> Result<PersonId> {
    if operator_exists(ctx.installation()).await? {
        return Err(Error::NotFound);
    }
    register::create(ctx, new, true).await.map_err(|error| {
        let is_second = error.is_taken("person_operator", "person.is_operator")
            // The same form, sent twice.
            || error.is_taken("person_pkey", "person.id");
        if is_second { Error::NotFound } else { error }
    })
}

/// What [`set_up`] asks for, as it stands in an address. Whoever starts the
/// server reads it there; to everybody else it looks like chance.
#[must_use]
pub fn set_up_key(installation: &Installation) -> String {
    token::encode(&installation.vault.derive("set-up", &[])[..16])
}

/// Makes the first operator's account for whoever has the key: on the open
/// internet the first visitor may well be somebody who looks for installations
/// that nobody has set up yet. Another key is refused as `set-up-key`.
pub async fn set_up(ctx: &SystemCtx, key: &str, new: NewPerson<'_>) -> Result<PersonId> {
    may_set_up(ctx.installation(), key).await?;
    create_operator(ctx, new).await
}

/// May whoever has this key make the first operator's account? Not found once
/// there is one.
pub async fn may_set_up(installation: &Installation, key: &str) -> Result<()> {
    if operator_exists(installation).await? {
        return Err(Error::NotFound);
    }
    if set_up_key(installation).as_bytes().ct_eq(key.as_bytes()).into() {
        Ok(())
    } else {
        Err(Error::Refused("set-up-key"))
    }
}

async fn first(tx: &DatabaseTransaction) -> Result<Option<PersonId>> {
    let found = person::Entity::find()
        .filter(person::Column::IsOperator.eq(true))
        .order_by_asc(person::Column::Id)
        .one(tx)
        .await?;
    Ok(found.map(|row| row.id))
}
