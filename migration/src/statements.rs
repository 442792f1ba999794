use async_trait::async_trait;
use sea_orm_migration::{
    DbErr, MigrationName, MigrationTrait, SchemaManager,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// A migration in SQL.
pub(crate) struct Statements {
    /// What the database remembers it by.
    pub(crate) name: &'static str,
    /// What both databases understand alike.
    pub(crate) both: &'static str,
    /// What is for `PostgreSQL` alone: rights, and row-level security.
    pub(crate) postgres: &'static str,
}

impl MigrationName for Statements {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait]
impl MigrationTrait for Statements {
    /// Whole or not at all, on both databases.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared(self.both).await?;
        if manager.get_database_backend() == DbBackend::Postgres && !self.postgres.is_empty() {
            connection.execute_unprepared(self.postgres).await?;
        }
        Ok(())
    }
}
