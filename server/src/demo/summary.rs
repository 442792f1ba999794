//! What the demo has: accounts to sign in with, badges to look at.

use std::{collections::BTreeMap, sync::Arc};

use domain::id::{CredentialId, PersonId};
use serde::Serialize;
use service::{Installation, PersonCtx, identity, wallet};

use super::{
    DemoError, Doing, PASSWORD,
    content::TenantContent,
    load::{OPERATOR, named},
};

/// What `cairn demo --json` prints.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The installation's address.
    pub base_url: String,
    /// Who runs the installation, if that is somebody of the demo.
    pub operator: Option<Account>,
    /// Both tenants.
    pub tenants: Vec<TenantSummary>,
    /// Every badge that was earned.
    pub credentials: Vec<CredentialSummary>,
}

/// A tenant and its accounts.
#[derive(Debug, Serialize)]
pub struct TenantSummary {
    /// In addresses.
    pub slug: String,
    /// As people read it.
    pub name: String,
    /// Its people.
    pub accounts: Vec<Account>,
}

/// An account of the demo.
#[derive(Debug, Serialize)]
pub struct Account {
    /// What they are.
    pub role: String,
    /// As people read it.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// And this.
    pub password: &'static str,
}

/// A badge that was earned.
#[derive(Debug, Serialize)]
pub struct CredentialSummary {
    /// The badge.
    pub id: CredentialId,
    /// Its public page, if its holder shares it.
    pub url: String,
    /// The holder's address.
    pub holder: String,
}

pub(super) async fn summary(
    installation: &Arc<Installation>,
    tenants: &[TenantContent],
) -> Result<Summary, DemoError> {
    let people = tenants.iter().flat_map(|content| &content.people);
    let emails: BTreeMap<&str, PersonId> = people
        .map(|person| (person.email.as_str(), named("person", &person.email)))
        .collect();
    let mut credentials = Vec::new();
    for (email, person) in emails {
        let ctx = PersonCtx::new(Arc::clone(installation), person);
        for item in wallet::items(&ctx).await.doing(email)? {
            credentials.push(CredentialSummary {
                id: item.id,
                url: installation.address(&format!("/c/{}", item.id)),
                holder: email.to_owned(),
            });
        }
    }
    let operator = identity::who(installation, named("person", OPERATOR))
        .await
        .doing("operator")?
        .filter(|person| person.is_operator)
        .map(|person| Account {
            role: "operator".to_owned(),
            name: person.name,
            email: person.email,
            password: PASSWORD,
        });
    let tenants = tenants
        .iter()
        .map(|content| TenantSummary {
            slug: content.tenant.slug.clone(),
            name: content.tenant.name.clone(),
            accounts: content
                .people
                .iter()
                .map(|person| Account {
                    role: person.role.clone(),
                    name: person.name.clone(),
                    email: person.email.clone(),
                    password: PASSWORD,
                })
                .collect(),
        })
        .collect();
    Ok(Summary {
        base_url: installation.address(""),
        operator,
        tenants,
        credentials,
    })
}
