use domain::{
    Timestamp,
    id::PersonId,
    identity::{DisplayName, EmailAddress, Password},
};
use entity::identity::person;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use super::password_hash;
use crate::{Error, FieldErrors, Result, SystemCtx};

/// An account to make, as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson<'form> {
    /// Its id: fresh, and the same when the same form is sent twice.
    pub id: PersonId,
    /// What the person is called.
    pub name: &'form str,
    /// Their address.
    pub email: &'form str,
    /// Their password.
    pub password: &'form str,
    /// The language they use.
    pub locale: Option<&'form str>,
}

/// Makes an account whose address needs no proof, for whoever runs the
/// installation: its operator, and the people of its demo.
pub async fn register(ctx: &SystemCtx, new: NewPerson<'_>) -> Result<PersonId> {
    create(ctx, new, false).await
}

/// [`register`], perhaps for an operator.
pub(super) async fn create(ctx: &SystemCtx, new: NewPerson<'_>, is_operator: bool) -> Result<PersonId> {
    let checked = check(&new)?;
    let row = person::Model {
        email_verified_at: Some(ctx.now()),
        is_operator,
        ..checked.row(
            &new,
            password_hash::hash(ctx.installation(), checked.password.clone()).await?,
            ctx.now(),
        )
    };
    let tx = ctx.write().await?;
    insert(&tx, row).await.map_err(|error| {
        if is_address_taken(&error) {
            Error::field("email", "email-taken")
        } else {
            error
        }
    })?;
    tx.commit().await?;
    Ok(new.id)
}

/// A new account's fields, each checked.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) name: DisplayName,
    pub(super) email: EmailAddress,
    pub(super) password: Password,
}

/// Checks what was typed; field names are `name`, `email`, `password`.
pub(super) fn check(new: &NewPerson<'_>) -> Result<Checked> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", DisplayName::parse(new.name));
    let email = errors.take("email", EmailAddress::parse(new.email));
    let (Some(name), Some(email)) = (name, email) else {
        return Err(errors.into());
    };
    match Password::choose(new.password, &email, &name) {
        Ok(password) => Ok(Checked {
            name,
            email,
            password,
        }),
        Err(problem) => Err(Error::field("password", problem.to_string())),
    }
}

impl Checked {
    /// The row to store, of an ordinary person with an unproven address.
    pub(super) fn row(&self, new: &NewPerson<'_>, password_hash: String, now: Timestamp) -> person::Model {
        person::Model {
            id: new.id,
            email: self.email.to_string(),
            email_key: self.email.key(),
            email_verified_at: None,
            password_hash,
            display_name: self.name.to_string(),
            locale: new.locale.map(str::to_owned),
            theme: super::Theme::Auto.as_str().to_owned(),
            is_operator: false,
            created_at: now,
        }
    }
}

pub(super) async fn insert(tx: &DatabaseTransaction, row: person::Model) -> Result<()> {
    person::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Did storing fail because another account has the address?
pub(super) fn is_address_taken(error: &Error) -> bool {
    error.is_taken("person_email_taken", "person.email_key")
}
