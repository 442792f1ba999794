use std::sync::Arc;

use domain::{
    id::{PersonId, TenantId},
    tenancy::{Role, SignUpPolicy},
};
use entity::{
    identity::person,
    tenancy::{membership, tenant},
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::TestInstallation;
use crate::{Actor, Ctx, Result};

/// A tenant in an installation of its own, and whoever comes into it.
#[derive(Debug)]
pub struct School {
    /// The installation.
    pub cairn: TestInstallation,
    /// The tenant.
    pub tenant: TenantId,
}

impl School {
    /// A fresh one.
    ///
    /// # Panics
    /// When it cannot be stored: then the test cannot run.
    #[expect(clippy::expect_used, reason = "a test without its tenant must fail")]
    pub async fn new() -> Self {
        let cairn = TestInstallation::new().await;
        let tenant = found(&cairn, "ridgeway").await.expect("a tenant");
        Self { cairn, tenant }
    }

    /// A second tenant in the same installation, and somebody in it.
    ///
    /// # Panics
    /// When they cannot be stored.
    #[expect(clippy::expect_used, reason = "a test without its tenant must fail")]
    pub async fn stranger(&self, role: Role) -> Ctx {
        let tenant = found(&self.cairn, "elsewhere").await.expect("a tenant");
        join(&self.cairn, tenant, role).await.expect("a member")
    }

    /// A member with that role.
    ///
    /// # Panics
    /// When they cannot be stored.
    #[expect(clippy::expect_used, reason = "a test without its people must fail")]
    pub async fn somebody(&self, role: Role) -> Ctx {
        join(&self.cairn, self.tenant, role).await.expect("a member")
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn visitor(&self) -> Ctx {
        Ctx::new(Arc::clone(&self.cairn), self.tenant, Actor::default())
    }
}

async fn found(cairn: &TestInstallation, slug: &str) -> Result<TenantId> {
    let id = cairn.new_id();
    let row = tenant::Model {
        id,
        slug: slug.to_owned(),
        name: slug.to_owned(),
        tagline: String::new(),
        description: String::new(),
        languages: r#"["en"]"#.to_owned(),
        accent: "#1f5c4d".to_owned(),
        logo_file: None,
        sign_up: serde_json::to_string(&SignUpPolicy::Open)?,
        created_at: cairn.now(),
        allows_suspension: false,
        requires_review: false,
    };
    let tx = cairn.system().write().await?;
    tenant::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(id)
}

async fn join(cairn: &TestInstallation, tenant: TenantId, role: Role) -> Result<Ctx> {
    let id: PersonId = cairn.new_id();
    let row = person::Model {
        id,
        email: format!("{id}@fallow.example"),
        email_key: format!("{id}@fallow.example"),
        email_verified_at: None,
        password_hash: String::new(),
        display_name: "Ines Fallow".to_owned(),
        locale: None,
        theme: "auto".to_owned(),
        is_operator: false,
        created_at: cairn.now(),
    };
    let tx = cairn.system().write().await?;
    person::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    let tx = cairn.system().in_tenant(tenant).write().await?;
    tx.insert::<membership::Entity>(membership::Model {
        tenant_id: tenant,
        id: cairn.new_id(),
        person_id: id,
        role: role.to_string(),
        joined_at: cairn.now(),
        ended_at: None,
    })
    .await?;
    tx.commit().await?;
    let actor = Actor {
        person: Some(id),
        role: Some(role),
    };
    Ok(Ctx::new(Arc::clone(cairn), tenant, actor))
}

/// The fields that a refusal names, each with its code.
///
/// # Panics
/// When it was no refusal of a form.
#[expect(clippy::panic, reason = "a test that gets something else must fail")]
pub fn faults<T: std::fmt::Debug>(result: Result<T>) -> Vec<(String, String)> {
    match result {
        Err(crate::Error::Invalid(errors)) => errors
            .iter()
            .map(|error| (error.field.clone(), error.code.clone()))
            .collect(),
        other => panic!("{other:?}"),
    }
}
