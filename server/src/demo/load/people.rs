//! The people of a tenant, and what it says of itself.

use domain::{id::PersonId, tenancy::Role};
use service::{
    Ctx, Error, SystemCtx,
    files::{self, Audience, Upload},
    identity::{self, NewPerson},
    tenancy::{self, SettingsForm},
};

use super::{
    super::{DemoError, Doing, PASSWORD, content::PersonText},
    Loaded, named,
};

impl Loaded<'_> {
    pub(super) async fn person(&self, system: &SystemCtx, text: &PersonText) -> Result<PersonId, DemoError> {
        // A person is global: the same in both tenants.
        let id: PersonId = named("person", &text.email);
        let known = identity::who(&self.installation, id).await.doing(&text.email)?;
        if known.is_none() {
            let new = NewPerson {
                id,
                name: &text.name,
                email: &text.email,
                password: PASSWORD,
                locale: None,
            };
            identity::register(system, new).await.doing(&text.email)?;
        }
        let role: Role = text.role.parse().map_err(|_| Error::NotFound).doing(&text.role)?;
        let cairn = system.in_tenant(self.tenant);
        tenancy::add_member(&cairn, id, role).await.doing(&text.email)?;
        Ok(id)
    }

    pub(super) async fn settings(&self, owner: &Ctx) -> Result<(), DemoError> {
        let text = &self.content.tenant;
        let seen = tenancy::settings(owner).await.doing("settings")?;
        if !seen.description.is_empty() {
            return Ok(());
        }
        let form = SettingsForm {
            revision: &seen.revision,
            name: &text.name,
            tagline: &text.tagline,
            description: &text.description,
            languages: &text.languages.join(", "),
            accent: &text.accent,
            sign_up: &text.sign_up,
            domains: "",
            allows_suspension: text.allows_suspension,
            requires_review: false,
        };
        tenancy::update_settings(owner, form).await.doing("settings")
    }

    pub(super) async fn pictures(&self, author: &Ctx) -> Result<(), DemoError> {
        for (name, bytes) in self.content.pictures() {
            let upload = Upload {
                id: self.id("file", &name),
                name: name.trim_start_matches("images/").to_owned(),
                audience: Audience::Members,
                bytes: bytes.to_vec(),
            };
            files::upload(author, upload).await.doing(name)?;
        }
        Ok(())
    }
}
