//! Who a session belongs to.

use domain::{id::PersonId, identity::EmailAddress};
use entity::identity::person;
use sea_orm::EntityTrait;

use super::sign_up::by_address;
use crate::{Installation, Result, SystemCtx, db::Scope};

/// A person, as every page needs to know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Has the address been shown to be theirs?
    pub email_verified: bool,
    /// The language they chose, if they did.
    pub locale: Option<String>,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// Do they run the installation?
    pub is_operator: bool,
}

/// The person with this id, if there is one.
pub async fn who(installation: &Installation, id: PersonId) -> Result<Option<Person>> {
    let tx = installation.db.read(Scope::Person(id)).await?;
    Ok(person::Entity::find_by_id(id).one(&tx).await?.map(Person::from))
}

/// Who has this address, if somebody does: for those who run the installation.
pub async fn person_at(ctx: &SystemCtx, email: &str) -> Result<Option<PersonId>> {
    let Ok(email) = EmailAddress::parse(email) else {
        return Ok(None);
    };
    let tx = ctx.read().await?;
    Ok(by_address(&tx, &email).await?.map(|person| person.id))
}

impl From<person::Model> for Person {
    fn from(row: person::Model) -> Self {
        Self {
            id: row.id,
            name: row.display_name,
            email: row.email,
            email_verified: row.email_verified_at.is_some(),
            locale: row.locale,
            theme: row.theme,
            is_operator: row.is_operator,
        }
    }
}
