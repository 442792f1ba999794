//! PostgreSQL's own guard, without the types that stand before it: plain SQL as
//! the role that the server works as, against every table that a tenant owns.
//! On SQLite there is no such guard, and nothing to test.

use domain::id::TenantId;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};
use service::{db::Scope, testing::TestInstallation};

/// Tables that name a tenant and belong to the installation: a worker finds jobs
/// before it knows whose they are, and an address says whose it is.
const THE_INSTALLATIONS: [&str; 2] = ["job", "public_address"];

/// Every table that names a tenant.
const TABLES: &str = "SELECT c.relname::text AS name FROM pg_class c \
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped \
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1";

/// The columns of a table that need a value: those that may not be null, and one
/// of the two in `decision`, `adjustment` and `amendment` of which one must be there.
const COLUMNS: &str = "SELECT a.attname::text AS name, format_type(a.atttypid, NULL) AS kind \
    FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped \
    AND (a.attnotnull OR a.attname IN ('assessment_id', 'points', 'appeal_id'))";

fn statement(sql: &str, values: impl IntoIterator<Item = sea_orm::Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}

async fn tables(cairn: &TestInstallation) -> Vec<String> {
    let tx = cairn.db.read(Scope::System).await.unwrap();
    let rows = tx.query_all_raw(statement(TABLES, [])).await.unwrap();
    let names = rows.iter().map(|row| row.try_get("", "name").unwrap());
    names
        .filter(|name: &String| !THE_INSTALLATIONS.contains(&name.as_str()))
        .collect()
}

/// A statement that puts a row of `tenant` into `table`, whatever it means.
async fn insertion(cairn: &TestInstallation, table: &str, tenant: TenantId) -> String {
    let tx = cairn.db.read(Scope::System).await.unwrap();
    let columns = statement(COLUMNS, [table.into()]);
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for column in tx.query_all_raw(columns).await.unwrap() {
        let name: String = column.try_get("", "name").unwrap();
        let kind: String = column.try_get("", "kind").unwrap();
        values.push(match (name.as_str(), kind.as_str()) {
            ("tenant_id", _) => format!("'{tenant}'"),
            (_, "uuid") => "gen_random_uuid()".to_owned(),
            (_, "text") => "'{}'".to_owned(),
            // What is a hash of a secret is no other row's.
            (_, "bytea") => "decode(md5(random()::text), 'hex')".to_owned(),
            (_, "boolean") => "FALSE".to_owned(),
            (_, _) => "0".to_owned(),
        });
        names.push(name);
    }
    let (names, values) = (names.join(", "), values.join(", "));
    format!("INSERT INTO {table} ({names}) VALUES ({values})")
}

/// Stores a row of each tenant in every table, as who owns the tables and with
/// nothing that would have to be there for it.
async fn fill(cairn: &TestInstallation, tables: &[String], tenants: [TenantId; 2]) {
    let mut sql = vec![
        "SET LOCAL ROLE NONE".to_owned(),
        "SET LOCAL session_replication_role = replica".to_owned(),
    ];
    for table in tables {
        for tenant in tenants {
            sql.push(insertion(cairn, table, tenant).await);
        }
    }
    let tx = cairn.db.write(Scope::System).await.unwrap();
    tx.execute_unprepared(&sql.join(";")).await.unwrap();
    tx.commit().await.unwrap();
}

/// What comes of one statement in the name of a tenant. It leaves nothing behind.
async fn try_out(cairn: &TestInstallation, speaks: TenantId, sql: &str) -> Result<u64, DbErr> {
    let tx: DatabaseTransaction = cairn.db.write(Scope::Tenant(speaks)).await.unwrap();
    tx.execute_raw(statement(sql, []))
        .await
        .map(|done| done.rows_affected())
}

#[tokio::test]
async fn in_no_table_a_tenant_reads_changes_removes_or_adds_anothers_rows() {
    let cairn = TestInstallation::new().await;
    if cairn.db.engine() != DbBackend::Postgres {
        return;
    }
    let (mine, theirs): (TenantId, TenantId) = (cairn.new_id(), cairn.new_id());
    let tables = tables(&cairn).await;
    assert!(tables.len() > 25, "{tables:?}");
    fill(&cairn, &tables, [mine, theirs]).await;

    let mut faults = Vec::new();
    for table in &tables {
        for begin in [
            format!("SELECT FROM {table}"),
            format!("UPDATE {table} SET tenant_id = tenant_id"),
            format!("DELETE FROM {table}"),
        ] {
            for (tenant, expected) in [(mine, 1), (theirs, 0)] {
                let sql = format!("{begin} WHERE tenant_id = '{tenant}'");
                // What refers to the row may keep its owner from removing it.
                let met = try_out(&cairn, mine, &sql).await.unwrap_or(1);
                if met != expected {
                    faults.push(format!("{met} rows: {sql}"));
                }
            }
        }
        for sql in [
            insertion(&cairn, table, theirs).await,
            format!("UPDATE {table} SET tenant_id = '{theirs}'"),
        ] {
            match try_out(&cairn, mine, &sql).await {
                Err(cause) if cause.to_string().contains("row-level security") => {}
                other => faults.push(format!("{other:?}: {sql}")),
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
