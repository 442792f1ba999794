use domain::{
    id::{InvitationId, PersonId, TenantId},
    identity::EmailAddress,
    tenancy::{Accent, Role, SignUpPolicy, Slug},
};
use entity::tenancy::tenant;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder, QuerySelect};
use serde_json::json;

use super::{Tenant, invite, settings};
use crate::{Actor, Ctx, Error, FieldErrors, Result, SystemCtx, audit};

/// A tenant to make, as it was typed.
#[derive(Debug, Clone)]
pub struct NewTenant<'form> {
    /// Its id: fresh, and the same when the same form is sent twice.
    pub id: TenantId,
    /// Its part of the address.
    pub slug: &'form str,
    /// Its name.
    pub name: &'form str,
    /// Its languages, the first the default: tags, separated by commas.
    pub languages: &'form str,
    /// Its colour, `#rrggbb`.
    pub accent: &'form str,
    /// The address of its first owner, who is invited by mail; none where owners
    /// are added in another way.
    pub owner: Option<&'form str>,
}

/// Makes a tenant that one joins by invitation, and invites its first owner.
/// `operator` is who does it.
pub async fn create(ctx: &SystemCtx, operator: PersonId, new: NewTenant<'_>) -> Result<Slug> {
    let mut errors = FieldErrors::default();
    let slug = errors.take("slug", Slug::parse(new.slug));
    let name = errors.take("name", settings::line(new.name, settings::LONGEST_NAME, true));
    let languages = errors.take("languages", settings::languages(new.languages));
    let accent = errors.take("accent", Accent::parse(new.accent));
    let owner = new
        .owner
        .and_then(|address| errors.take("owner", EmailAddress::parse(address)));
    let (Some(slug), Some(name), Some(languages), Some(_), true) =
        (slug, name, languages, accent, errors.is_empty())
    else {
        return Err(errors.into());
    };
    let actor = Actor {
        person: Some(operator),
        role: Some(Role::Owner),
    };
    let inside = Ctx::new(std::sync::Arc::clone(ctx.installation()), new.id, actor);
    let tx = inside.write().await?;
    let known = tenant::Entity::find_by_id(new.id).one(tx.unowned()).await?;
    if let Some(known) = known {
        return Slug::parse(&known.slug).map_err(|_| Error::NotFound);
    }
    let row = tenant::Model {
        id: new.id,
        slug: slug.to_string(),
        name,
        tagline: String::new(),
        description: String::new(),
        languages: serde_json::to_string(&languages)?,
        accent: new.accent.to_ascii_lowercase(),
        logo_file: None,
        sign_up: serde_json::to_string(&SignUpPolicy::InvitationOnly)?,
        created_at: ctx.now(),
        allows_suspension: false,
        requires_review: false,
    };
    let stored = tenant::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx.unowned())
        .await
        .map_err(Error::from);
    if let Err(error) = stored {
        return Err(if error.is_taken("tenant_slug_taken", "tenant.slug") {
            Error::field("slug", "slug-taken")
        } else {
            error
        });
    }
    let subject = format!("tenant:{}", new.id);
    audit::note(&tx, &inside, "tenant-created", subject, json!({ "slug": slug })).await?;
    if let Some(owner) = owner {
        let id: InvitationId = inside.new_id();
        invite::send(&tx, &inside, id, &owner, Role::Owner).await?;
    }
    tx.commit().await?;
    Ok(slug)
}

/// Every tenant, by name.
pub async fn list(ctx: &SystemCtx) -> Result<Vec<Tenant>> {
    let rows = tenant::Entity::find()
        .order_by_asc(tenant::Column::Name)
        .order_by_asc(tenant::Column::Id)
        .limit(1_000)
        .all(&ctx.read().await?)
        .await?;
    rows.into_iter().map(Tenant::try_from).collect()
}
