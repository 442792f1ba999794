//! What the demo has: accounts to sign in with, badges to look at.

use std::{collections::BTreeMap, sync::Arc};

use domain::id::{CredentialId, PersonId};
use serde::Serialize;
use service::{Installation, PersonCtx, wallet};

use super::{
    DemoError, Doing, PASSWORD,
    content::TenantContent,
    load::{OPERATOR, named},
};

/// What `cairn demo --json` prints.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub(crate) base_url: String,
    pub(crate) operator: Account,
    pub(crate) tenants: Vec<TenantSummary>,
    pub(crate) credentials: Vec<CredentialSummary>,
}

/// A tenant and its accounts.
#[derive(Debug, Serialize)]
pub(crate) struct TenantSummary {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) accounts: Vec<Account>,
}

/// An account of the demo.
#[derive(Debug, Serialize)]
pub(crate) struct Account {
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) password: &'static str,
}

/// A badge that was earned.
#[derive(Debug, Serialize)]
pub(crate) struct CredentialSummary {
    pub(crate) id: CredentialId,
    pub(crate) url: String,
    pub(crate) holder: String,
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
    let operator = Account {
        role: "operator".to_owned(),
        name: "Sam Keystone".to_owned(),
        email: OPERATOR.to_owned(),
        password: PASSWORD,
    };
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
