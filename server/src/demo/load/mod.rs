//! A tenant with its people, competencies, items, assessments, course and badges.

mod achievements;
mod assessments;
mod competencies;
mod course;
mod items;
mod people;

use std::{collections::BTreeMap, sync::Arc};

use domain::id::{PersonId, TenantId};
use service::{
    Actor, Ctx, Error, Installation, SystemCtx, credential,
    identity::{self, NewPerson},
    tenancy::{self, NewTenant},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    DemoClock, DemoError, Doing, PASSWORD,
    content::{PersonText, TenantContent},
    history,
};

/// What was loaded, by the names that the content gives it.
pub(crate) struct Loaded<'content> {
    pub(crate) content: &'content TenantContent,
    pub(crate) installation: Arc<Installation>,
    pub(crate) tenant: TenantId,
    pub(crate) people: BTreeMap<&'content str, PersonId>,
}

/// The operator's address.
pub(super) const OPERATOR: &str = "sam.keystone@example.org";

/// Somebody who runs the installation: without, its first visitor could.
pub(crate) async fn operator(installation: &Arc<Installation>) -> Result<(), DemoError> {
    if identity::operator_exists(installation).await.doing("operator")? {
        return Ok(());
    }
    let new = NewPerson {
        id: named("person", OPERATOR),
        name: "Sam Keystone",
        email: OPERATOR,
        password: PASSWORD,
        locale: None,
    };
    let system = SystemCtx::new(Arc::clone(installation));
    identity::create_operator(&system, new).await.doing("operator")?;
    Ok(())
}

/// A tenant with everything in it, and its learners' past.
pub(crate) async fn tenant<'content>(
    installation: &Arc<Installation>,
    clock: &DemoClock,
    content: &'content TenantContent,
) -> Result<Loaded<'content>, DemoError> {
    clock.set_back(40);
    let system = SystemCtx::new(Arc::clone(installation));
    let tenant = match known(installation, content).await? {
        Some(tenant) => tenant,
        None => make(&system, content).await?,
    };
    let mut loaded = Loaded {
        content,
        installation: Arc::clone(installation),
        tenant,
        people: BTreeMap::new(),
    };
    for person in &content.people {
        let id = loaded.person(&system, person).await?;
        loaded.people.insert(person.email.as_str(), id);
    }
    let owner = loaded.somebody("owner")?;
    let author = loaded.somebody("instructor")?;
    loaded.settings(&owner).await?;
    loaded.pictures(&author).await?;
    loaded.competencies(&author).await?;
    loaded.items(&author).await?;
    loaded.assessments(&author).await?;
    loaded.achievements(&owner).await?;
    loaded.course(&author).await?;
    history::live(&loaded, clock).await?;
    Ok(loaded)
}

/// The tenant, if it was loaded before.
pub(super) async fn known(
    installation: &Arc<Installation>,
    content: &TenantContent,
) -> Result<Option<TenantId>, DemoError> {
    let slug = content.tenant.slug.as_str();
    let ours: TenantId = named(slug, "tenant");
    match tenancy::enter(installation, slug, None).await {
        Ok((tenant, _)) if tenant.id == ours => Ok(Some(ours)),
        Ok(_) => Err(DemoError::Taken(slug.to_owned())),
        Err(Error::NotFound) => Ok(None),
        Err(cause) => Err(cause).doing(slug),
    }
}

async fn make(system: &SystemCtx, content: &TenantContent) -> Result<TenantId, DemoError> {
    let text = &content.tenant;
    let id: TenantId = named(&text.slug, "tenant");
    let languages = text.languages.join(", ");
    let new = NewTenant {
        id,
        slug: &text.slug,
        name: &text.name,
        languages: &languages,
        accent: &text.accent,
        owner: None,
    };
    let operator: PersonId = named("person", OPERATOR);
    tenancy::create(system, operator, new).await.doing(&text.slug)?;
    let ctx = system.in_tenant(id);
    let tx = ctx.write().await.doing("signing key")?;
    credential::make_signing_key(&ctx, &tx)
        .await
        .doing("signing key")?;
    tx.commit().await.map_err(Error::from).doing("signing key")?;
    Ok(id)
}

/// The id of the thing that the content calls `name`: the same in every load, so
/// that a load which was cut short can be gone on with.
pub(super) fn named<T: From<Uuid>>(slug: &str, name: &str) -> T {
    let hash = Sha256::digest(format!("cairn demo/{slug}/{name}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    T::from(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Files are called by their names alone, wherever the content keeps them.
pub(super) fn in_place(markdown: &str) -> String {
    markdown.replace("](images/", "](")
}

impl Loaded<'_> {
    pub(crate) fn slug(&self) -> &str {
        &self.content.tenant.slug
    }

    pub(crate) fn id<T: From<Uuid>>(&self, kind: &str, key: &str) -> T {
        named(self.slug(), &format!("{kind}/{key}"))
    }

    /// A context for a person of the demo, in the role that the content gives them.
    pub(super) fn acting(&self, person: &PersonText) -> Option<Ctx> {
        let id = *self.people.get(person.email.as_str())?;
        let actor = Actor {
            person: Some(id),
            role: person.role.parse().ok(),
        };
        Some(Ctx::new(Arc::clone(&self.installation), self.tenant, actor))
    }

    /// A context for the first person with `role`.
    pub(crate) fn somebody(&self, role: &str) -> Result<Ctx, DemoError> {
        let person = self.content.people.iter().find(|person| person.role == role);
        person
            .and_then(|person| self.acting(person))
            .ok_or(Error::NotFound)
            .doing(format!("nobody is {role}"))
    }
}
