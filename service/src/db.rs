//! The database: `SQLite` in one file, or `PostgreSQL`.

use std::{path::Path, time::Duration};

use domain::id::{PersonId, TenantId};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

/// The role that the server works as on `PostgreSQL`; it owns no table, so that
/// row-level security holds for it.
const APP_ROLE: &str = "cairn_app";
/// Of several servers that start at once, one brings the schema up to date.
const ONE_MIGRATES: &str = "SELECT pg_advisory_lock(4218)";
/// How long a request waits for a connection before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);
/// On `SQLite` writers queue for their connection, and a crowd takes its time.
const PATIENCE_IN_A_QUEUE: Duration = Duration::from_secs(20);

/// A database that is open. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

/// For whom a transaction speaks.
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    /// A tenant; and on its behalf perhaps a person.
    Tenant(TenantId),
    /// A person, over all tenants.
    Person(PersonId),
    /// The installation itself.
    System,
}

impl Db {
    /// Brings the schema up to date and opens the database.
    ///
    /// `url` is `sqlite://PATH` or `postgres://…`; `connections` bounds the pool.
    pub async fn open(url: &str, connections: u32) -> Result<Self, DbErr> {
        if url.starts_with("sqlite:") {
            open_sqlite(url, connections).await
        } else {
            open_postgres(url, connections).await
        }
    }

    /// Which of the two it is.
    #[must_use]
    pub fn engine(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Starts a transaction that only reads: the database refuses it anything else.
    pub async fn read(&self, scope: Scope) -> Result<DatabaseTransaction, DbErr> {
        let tx = self.reader.begin().await?;
        self.speak(&tx, scope, "on").await?;
        Ok(tx)
    }

    /// Starts a transaction that may write.
    pub async fn write(&self, scope: Scope) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            // SQLite: as a writer from the start. One that reads first, and then finds
            // that another process has written, cannot go on.
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.writer.begin_with_options(options).await?;
        self.speak(&tx, scope, "off").await?;
        Ok(tx)
    }

    /// Does it answer?
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.reader.execute_unprepared("SELECT 1").await.map(drop)
    }

    /// Writes a copy of an `SQLite` database, as it is at this moment, into a new
    /// file at `path`; the server goes on meanwhile.
    pub async fn copy_to(&self, path: &Path) -> Result<(), DbErr> {
        let statement = Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "VACUUM INTO ?",
            [path.to_string_lossy().into_owned().into()],
        );
        self.writer.execute_raw(statement).await.map(drop)
    }

    /// Waits for what is under way and closes.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        self.writer.close().await
    }

    /// Tells `PostgreSQL` for whom a transaction speaks, and whether it only reads.
    async fn speak(&self, tx: &DatabaseTransaction, scope: Scope, reads: &str) -> Result<(), DbErr> {
        if self.engine() == DbBackend::Postgres {
            let (tenant, person, system) = match scope {
                Scope::Tenant(tenant) => (tenant.to_string(), String::new(), "off"),
                Scope::Person(person) => (String::new(), person.to_string(), "off"),
                Scope::System => (String::new(), String::new(), "on"),
            };
            // `true`: until the end of this transaction, so that a pooled
            // connection carries nothing over.
            tx.execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT set_config('cairn.tenant', $1, TRUE), set_config('cairn.person', $2, TRUE), \
                 set_config('cairn.system', $3, TRUE), set_config('transaction_read_only', $4, TRUE)",
                [tenant.into(), person.into(), system.into(), reads.into()],
            ))
            .await?;
        }
        Ok(())
    }
}

async fn open_sqlite(url: &str, connections: u32) -> Result<Db, DbErr> {
    // One writer: transactions queue in the pool, where they wait in order,
    // rather than in SQLite, where they would time out at random.
    let writer = Database::connect(sqlite_options(url, 1, "OFF")).await?;
    Migrator::up(&writer, None).await?;
    let reader = Database::connect(sqlite_options(url, connections, "ON")).await?;
    Ok(Db { reader, writer })
}

fn sqlite_options(url: &str, connections: u32, reads: &'static str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE_IN_A_QUEUE)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("query_only", reads)
        });
    options
}

async fn open_postgres(url: &str, connections: u32) -> Result<Db, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(2).sqlx_logging(false);
    let owner = Database::connect(options).await?;
    owner.execute_unprepared(ONE_MIGRATES).await?;
    Migrator::up(&owner, None).await?;
    owner.close().await?;

    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .sqlx_logging(false)
        .acquire_timeout(PATIENCE)
        .map_sqlx_postgres_opts(|postgres| postgres.options([("role", APP_ROLE)]));
    let pool = Database::connect(options).await?;
    Ok(Db {
        reader: pool.clone(),
        writer: pool,
    })
}
