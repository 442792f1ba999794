//! A tenant with people and competencies, for tests of what authors do.

use std::sync::Arc;

use domain::{
    id::{CompetencyId, FrameworkId, PersonId, TenantId},
    tenancy::Role,
};
use entity::{
    competency::{competency, framework},
    identity::person,
    tenancy::tenant,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use service::{Actor, Ctx, testing::TestInstallation};

/// A tenant in an installation of its own.
pub(crate) struct School {
    /// The installation.
    pub cairn: TestInstallation,
    tenant: TenantId,
}

impl School {
    /// A fresh one.
    pub(crate) async fn new() -> Self {
        let cairn = TestInstallation::new().await;
        let tenant = cairn.new_id();
        let row = tenant::Model {
            id: tenant,
            slug: "ridgeway".to_owned(),
            name: "Ridgeway".to_owned(),
            tagline: String::new(),
            description: String::new(),
            languages: r#"["en"]"#.to_owned(),
            accent: "#1f5c4d".to_owned(),
            logo_file: None,
            sign_up: r#""open""#.to_owned(),
            created_at: cairn.now(),
            allows_suspension: false,
            requires_review: false,
        };
        let tx = cairn.system().write().await.unwrap();
        tenant::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(&tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self { cairn, tenant }
    }

    /// Somebody with that role.
    pub(crate) async fn somebody(&self, role: Role) -> Ctx {
        let id: PersonId = self.cairn.new_id();
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
            created_at: self.cairn.now(),
        };
        let tx = self.cairn.system().write().await.unwrap();
        person::Entity::insert(row.into_active_model().reset_all())
            .exec_without_returning(&tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let actor = Actor {
            person: Some(id),
            role: Some(role),
        };
        Ctx::new(Arc::clone(&self.cairn), self.tenant, actor)
    }

    /// A competency with that code, in a framework of its own.
    pub(crate) async fn competency(&self, code: &str) -> CompetencyId {
        let tx = self.cairn.system().in_tenant(self.tenant).write().await.unwrap();
        let (framework, id): (FrameworkId, CompetencyId) = (self.cairn.new_id(), self.cairn.new_id());
        tx.insert::<framework::Entity>(framework::Model {
            tenant_id: self.tenant,
            id: framework,
            code: code.to_owned(),
            title: "Rivers".to_owned(),
            description: String::new(),
            created_at: self.cairn.now(),
        })
        .await
        .unwrap();
        tx.insert::<competency::Entity>(competency::Model {
            tenant_id: self.tenant,
            id,
            framework_id: framework,
            parent_id: None,
            code: code.to_owned(),
            statement: format!("Can do {code}."),
            level: String::new(),
            position: 0,
            rule: "null".to_owned(),
            rule_version: 1,
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }
}

/// The fields that a refusal names, each with its code.
pub(crate) fn faults<T: std::fmt::Debug>(result: service::Result<T>) -> Vec<(String, String)> {
    match result.unwrap_err() {
        service::Error::Invalid(errors) => errors
            .iter()
            .map(|error| (error.field.clone(), error.code.clone()))
            .collect(),
        other => panic!("{other:?}"),
    }
}
