//! A fresh `PostgreSQL` database for each test, copied from one that was
//! migrated once.

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbErr};

use crate::{Chance, Clock, OsChance, SystemClock, db::Db};

const TEMPLATE: &str = "cairn_template";
/// Tests run in processes of their own; only one may make the template.
const LOCK: &str = "SELECT pg_advisory_lock(4217)";

/// Makes a database on `server` (`postgres://user@host:port`) and returns its address.
pub async fn fresh_database(server: &str) -> Result<String, DbErr> {
    let mut options = ConnectOptions::new(format!("{server}/postgres"));
    options.max_connections(1).sqlx_logging(false);
    let maintenance = Database::connect(options).await?;
    maintenance.execute_unprepared(LOCK).await?;
    let known = maintenance
        .query_one_raw(sea_orm::Statement::from_string(
            maintenance.get_database_backend(),
            format!("SELECT 1 FROM pg_database WHERE datname = '{TEMPLATE}'"),
        ))
        .await?;
    if known.is_none() {
        maintenance
            .execute_unprepared(&format!("CREATE DATABASE {TEMPLATE}"))
            .await?;
        Db::open(&format!("{server}/{TEMPLATE}"), 1)
            .await?
            .close()
            .await?;
    }
    let name = format!(
        "cairn_test_{}",
        (&OsChance as &dyn Chance).uuid(SystemClock.now()).simple()
    );
    maintenance
        .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
        .await?;
    maintenance.close().await?;
    Ok(format!("{server}/{name}"))
}
