//! Coming into a tenant, as whoever one is there.

use std::sync::Arc;

use domain::{
    id::{FileId, PersonId, TenantId},
    tenancy::{Role, Slug},
};
use entity::tenancy::{membership, tenant};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{Actor, Ctx, Error, Installation, Result, db::Scope};

/// A tenant, as its pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Its part of the address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it says of itself in a line.
    pub tagline: String,
    /// What it says of itself, in Markdown.
    pub description: String,
    /// Its languages; the first is the default.
    pub languages: Vec<String>,
    /// Its colour, `#rrggbb`.
    pub accent: String,
    /// Its logo, if it has one.
    pub logo: Option<FileId>,
}

/// The tenant at `slug` and a context for `person` in it. A person who is not a
/// member, or no longer, comes in as a visitor.
pub async fn enter(
    installation: &Arc<Installation>,
    slug: &str,
    person: Option<PersonId>,
) -> Result<(Tenant, Ctx)> {
    let slug = Slug::parse(slug).map_err(|_| Error::NotFound)?;
    let tx = installation.db.read(Scope::System).await?;
    let found = tenant::Entity::find()
        .filter(tenant::Column::Slug.eq(slug.as_str()))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let role = match person {
        Some(person) => membership::Entity::find()
            .filter(membership::Column::TenantId.eq(found.id))
            .filter(membership::Column::PersonId.eq(person))
            .filter(membership::Column::EndedAt.is_null())
            .one(&tx)
            .await?
            .and_then(|membership| membership.role.parse::<Role>().ok()),
        None => None,
    };
    let actor = Actor { person, role };
    let ctx = Ctx::new(Arc::clone(installation), found.id, actor);
    Ok((Tenant::try_from(found)?, ctx))
}

impl TryFrom<tenant::Model> for Tenant {
    type Error = Error;

    fn try_from(row: tenant::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            tagline: row.tagline,
            description: row.description,
            languages: serde_json::from_str(&row.languages)?,
            accent: row.accent,
            logo: row.logo_file,
        })
    }
}
