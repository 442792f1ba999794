use domain::identity::{EmailAddress, Password};
use entity::identity::person;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{attempts::Guess, password_hash, reset_password::choose, sessions, sign_up::send, token};
use crate::{Error, PersonCtx, Result, mail::Message};

/// Changes the person's password, for which they need the `current` one. Their
/// other sessions end; `session` (the cookie's value) goes on.
pub async fn change_password(ctx: &PersonCtx, current: &str, new: &str, session: Option<&str>) -> Result<()> {
    let person = confirm(ctx, "current-password", current).await?;
    let password = choose(&person, "password", new)?;
    let hash = password_hash::hash(ctx.installation(), password).await?;
    let tx = ctx.write().await?;
    let changed = person::ActiveModel {
        password_hash: Set(hash),
        ..Default::default()
    };
    person::Entity::update_many()
        .set(changed)
        .filter(person::Column::Id.eq(person.id))
        .exec(&tx)
        .await?;
    token::end_all(&tx, person.id).await?;
    sessions::end_all(&tx, person.id, session).await?;
    let message = Message::PasswordChanged {
        name: person.display_name.clone(),
    };
    send(&tx, ctx.installation(), &person, message).await?;
    tx.commit().await?;
    Ok(())
}

/// The person's row, if `password` is theirs: asked for before changes that
/// would give an account away to whoever found it open. Tries are counted like
/// sign-ins.
pub(super) async fn confirm(ctx: &PersonCtx, field: &str, password: &str) -> Result<person::Model> {
    let wrong = || Error::field(field, "password-wrong");
    let password = Password::typed(password).map_err(|_| wrong())?;
    let person = {
        let tx = ctx.read().await?;
        person::Entity::find_by_id(ctx.person())
            .one(&tx)
            .await?
            .ok_or(Error::NotFound)?
    };
    let email = EmailAddress::parse(&person.email).map_err(|_| Error::NotFound)?;
    Guess::password(&email).count(ctx.installation()).await?;
    if !password_hash::matches(password, Some(person.password_hash.clone())).await? {
        return Err(wrong());
    }
    let tx = ctx.write().await?;
    Guess::password(&email).forget(&tx).await?;
    tx.commit().await?;
    Ok(person)
}
