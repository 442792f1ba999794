use domain::identity::DisplayName;
use entity::identity::person;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::{FieldErrors, PersonCtx, Result};

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's system has it.
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its word, in forms and columns.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What a person sets for themselves, as they typed it.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'form> {
    /// What they want to be called.
    pub name: &'form str,
    /// Their language, one of those that `is_known`; none takes the browser's.
    pub locale: Option<&'form str>,
    /// The theme's word.
    pub theme: &'form str,
}

/// Changes how the person is called, their language and their theme.
/// `is_known` says which languages there are.
pub async fn change_profile(
    ctx: &PersonCtx,
    profile: Profile<'_>,
    is_known: impl Fn(&str) -> bool,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", DisplayName::parse(profile.name));
    if profile.locale.is_some_and(|locale| !is_known(locale)) {
        errors.add("locale", "choice-unknown");
    }
    let theme = Theme::ALL
        .into_iter()
        .find(|theme| theme.as_str() == profile.theme);
    if theme.is_none() {
        errors.add("theme", "choice-unknown");
    }
    let (Some(name), Some(theme), true) = (name, theme, errors.is_empty()) else {
        return Err(errors.into());
    };
    let tx = ctx.write().await?;
    let changed = person::ActiveModel {
        display_name: Set(name.to_string()),
        locale: Set(profile.locale.map(str::to_owned)),
        theme: Set(theme.as_str().to_owned()),
        ..Default::default()
    };
    person::Entity::update_many()
        .set(changed)
        .filter(person::Column::Id.eq(ctx.person()))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
