//! The whole database as text, to see whether anything changed.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, JsonValue, Statement};
use service::{Installation, db::Scope};

/// What a visit itself may write: sessions, and the counts of tries.
const BY_VISITS: [&str; 2] = ["web_session", "sign_in_failure"];

/// The rows of each table, in an order of their own.
pub(crate) async fn rows(installation: &Installation) -> BTreeMap<String, Vec<String>> {
    let tx = installation.db.read(Scope::System).await.unwrap();
    let engine = installation.db.engine();
    let tables = match engine {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        }
        _ => "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    };
    let mut rows = BTreeMap::new();
    for row in tx
        .query_all_raw(Statement::from_string(engine, tables))
        .await
        .unwrap()
    {
        let table: String = row.try_get("", "name").unwrap();
        if BY_VISITS.contains(&table.as_str()) || table.starts_with("seaql") {
            continue;
        }
        let all = Statement::from_string(engine, format!("SELECT * FROM \"{table}\""));
        let mut texts: Vec<String> = JsonValue::find_by_statement(all)
            .all(&tx)
            .await
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect();
        texts.sort_unstable();
        rows.insert(table, texts);
    }
    rows
}
