//! The tables of Cairn as `SeaORM` models, one module per area, and
//! [`TenantTx`]: the only way to a tenant's rows.

pub mod assessment;
pub mod audit;
pub mod competency;
pub mod course;
pub mod credential;
mod drafted;
pub mod identity;
pub mod job;
pub mod log;
pub mod mastery;
pub mod program;
pub mod tenancy;
mod tenant_tx;
pub mod vault;
pub mod wallet;

pub use drafted::{Drafted, Key, Stated, Version, VersionId, Written};
pub use tenant_tx::{Changes, Removal, Rows, TenantOwned, TenantTx};

/// Marks the entity of the module it stands in as owned by a tenant.
macro_rules! tenant_owned {
    () => {
        impl crate::TenantOwned for Entity {
            const TENANT: Column = Column::TenantId;
        }
    };
}
use drafted::{drafted, version};
use tenant_owned;
