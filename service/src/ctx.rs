//! Who asks, for whom, and what they may do.

use std::sync::Arc;

use domain::{
    Seed, Timestamp,
    id::{PersonId, TenantId},
    tenancy::{Permission, Role},
};
use entity::TenantTx;
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use crate::{Error, Installation, Result, db::Scope};

/// Who acts in a tenant.
#[derive(Debug, Clone, Default)]
pub struct Actor {
    /// The person; none for a visitor and for Cairn itself.
    pub person: Option<PersonId>,
    /// What they are in the tenant; none for a visitor.
    pub role: Option<Role>,
}

/// Everything a use case in a tenant works with: the tenant, the actor and what
/// they may do, the database, the clock, the source of chance.
#[derive(Debug, Clone)]
pub struct Ctx {
    installation: Arc<Installation>,
    tenant: TenantId,
    actor: Actor,
}

impl Ctx {
    /// A context for `actor` in `tenant`. The caller has made sure of both: see
    /// [`crate::tenancy::enter`].
    #[must_use]
    pub fn new(installation: Arc<Installation>, tenant: TenantId, actor: Actor) -> Self {
        Self {
            installation,
            tenant,
            actor,
        }
    }

    /// The tenant.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The person who acts. A visitor has nothing of their own: not found.
    pub fn person(&self) -> Result<PersonId> {
        self.actor.person.ok_or(Error::NotFound)
    }

    /// May the actor do this?
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.actor.role.is_some_and(|role| role.may(permission))
    }

    /// The actor may do this, or there is no such thing.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    }

    /// The installation: its files, its vault, its address.
    #[must_use]
    pub fn installation(&self) -> &Arc<Installation> {
        &self.installation
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.installation.now()
    }

    /// A fresh id.
    #[must_use]
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.installation.new_id()
    }

    /// A fresh seed.
    #[must_use]
    pub fn new_seed(&self) -> Seed {
        self.installation.chance.seed()
    }

    /// A transaction over the tenant's rows that only reads.
    pub async fn read(&self) -> Result<TenantTx> {
        let tx = self.installation.db.read(Scope::Tenant(self.tenant)).await?;
        Ok(TenantTx::new(tx, self.tenant))
    }

    /// A transaction over the tenant's rows.
    pub async fn write(&self) -> Result<TenantTx> {
        let tx = self.installation.db.write(Scope::Tenant(self.tenant)).await?;
        Ok(TenantTx::new(tx, self.tenant))
    }
}

/// A person acting for themselves, over all tenants: account, wallet, progress.
#[derive(Debug, Clone)]
pub struct PersonCtx {
    installation: Arc<Installation>,
    person: PersonId,
}

impl PersonCtx {
    /// A context for `person`. The caller has made sure of who it is.
    #[must_use]
    pub fn new(installation: Arc<Installation>, person: PersonId) -> Self {
        Self { installation, person }
    }

    /// The person.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The installation.
    #[must_use]
    pub fn installation(&self) -> &Arc<Installation> {
        &self.installation
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.installation.now()
    }

    /// A transaction over the person's rows that only reads. Each query names
    /// the person.
    pub async fn read(&self) -> Result<DatabaseTransaction, DbErr> {
        self.installation.db.read(Scope::Person(self.person)).await
    }

    /// A transaction over the person's rows. Each query names the person.
    pub async fn write(&self) -> Result<DatabaseTransaction, DbErr> {
        self.installation.db.write(Scope::Person(self.person)).await
    }
}

/// The installation acting for itself: workers, the operator, the command line,
/// and what is public by its id. Never made from a request's data.
#[derive(Debug, Clone)]
pub struct SystemCtx {
    installation: Arc<Installation>,
}

impl SystemCtx {
    /// A context for the installation.
    #[must_use]
    pub fn new(installation: Arc<Installation>) -> Self {
        Self { installation }
    }

    /// The installation.
    #[must_use]
    pub fn installation(&self) -> &Arc<Installation> {
        &self.installation
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.installation.now()
    }

    /// A fresh id.
    #[must_use]
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.installation.new_id()
    }

    /// A transaction over everything that only reads.
    pub async fn read(&self) -> Result<DatabaseTransaction, DbErr> {
        self.installation.db.read(Scope::System).await
    }

    /// A transaction over everything.
    pub async fn write(&self) -> Result<DatabaseTransaction, DbErr> {
        self.installation.db.write(Scope::System).await
    }

    /// Cairn itself acting in `tenant`, with no person and every permission
    /// that its own jobs need.
    #[must_use]
    pub fn in_tenant(&self, tenant: TenantId) -> Ctx {
        let actor = Actor {
            person: None,
            role: Some(Role::Owner),
        };
        Ctx::new(Arc::clone(&self.installation), tenant, actor)
    }
}
