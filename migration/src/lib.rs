//! The schema and its changes, in order. Each migration runs once and in a
//! transaction; one that has shipped is never edited.

mod m0001_schema;
mod m0002_delivery;
mod m0003_vault_canary;

use async_trait::async_trait;
use sea_orm_migration::MigrationTrait;
pub use sea_orm_migration::MigratorTrait;

/// Brings a database to the schema that this version of Cairn needs.
#[derive(Debug)]
pub struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_schema::Migration),
            Box::new(m0002_delivery::Migration),
            Box::new(m0003_vault_canary::Migration),
        ]
    }
}
