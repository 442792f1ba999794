//! Who a session belongs to.

use domain::id::PersonId;
use entity::identity::person;
use sea_orm::EntityTrait;

use crate::{Installation, Result, db::Scope};

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
