use domain::id::PersonId;
use entity::identity::person;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use super::register::{self, NewPerson};
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

async fn first(tx: &DatabaseTransaction) -> Result<Option<PersonId>> {
    let found = person::Entity::find()
        .filter(person::Column::IsOperator.eq(true))
        .order_by_asc(person::Column::Id)
        .one(tx)
        .await?;
    Ok(found.map(|row| row.id))
}
