//! Mail over SMTP.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use service::db::{Db, Scope};

use crate::{
    cairn::{Place, Running},
    post_office::PostOffice,
};

#[tokio::test]
async fn the_mail_for_a_new_account_arrives_as_mail_should() {
    let office = PostOffice::open();
    let place = Place::new(&office);
    let cairn = place.serve();
    cairn.sign_up("odo@marsh.example").await;

    let letter = office.receive();
    assert_eq!(letter.from, "cairn@ridge.example");
    assert_eq!(letter.to, ["odo@marsh.example"]);
    assert_eq!(letter.header("From"), "Cairn <cairn@ridge.example>");
    assert_eq!(letter.header("To"), "odo@marsh.example");
    assert_eq!(letter.header("Subject"), "Please confirm your e-mail address");
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    assert_eq!(letter.header("Content-Type"), "text/plain; charset=utf-8");
    assert!(letter.header("Date").ends_with("+0000"), "{letter:?}");
    let id = letter.header("Message-ID");
    assert!(id.starts_with('<') && id.ends_with("@ridge.example>"), "{id}");
    let body = letter.body();
    let link = body
        .lines()
        .find(|line| line.contains("/verify-email?token="))
        .unwrap_or_else(|| panic!("no link: {body}"));
    let path = link.split_once("://").unwrap().1;
    let path = &path[path.find('/').unwrap()..];
    assert_eq!(cairn.get(path, "").await.status(), 200, "{path}");
}

#[tokio::test]
async fn what_the_other_side_refuses_is_tried_again_and_in_the_end_shown_to_the_operator() {
    let office = PostOffice::open();
    office.refuse();
    let place = Place::new(&office);
    let cairn = place.serve();
    let operator = cairn.operator().await;
    cairn.sign_up("odo@marsh.example").await;
    let db = place.database().await;

    // The pauses are hours in the end: they are passed over here.
    let mut pauses = Vec::new();
    let id = loop {
        let job = next_failure(&db, pauses.len() + 1).await;
        if job.is_parked {
            break job.id;
        }
        pauses.push(job.pause);
        execute(&db, "UPDATE job SET run_at = 0").await;
    };
    assert_eq!(pauses.len(), 11);
    assert!(pauses.is_sorted() && pauses[10] > pauses[0] * 100, "{pauses:?}");

    let page = cairn.get("/operator/jobs", &operator).await.text().await.unwrap();
    assert!(page.contains("452") && page.contains("send-mail"), "{page}");
    office.take_again();
    retry(&cairn, &operator, &id).await;
    assert_eq!(office.receive().to, ["odo@marsh.example"]);
}

async fn retry(cairn: &Running, operator: &str, id: &str) {
    let answer = cairn
        .post(&format!("/operator/jobs/{id}/retry"), operator, &[])
        .await;
    assert_eq!(answer.status(), 303);
}

struct Failed {
    id: String,
    pause: i64,
    is_parked: bool,
}

/// The mail's job, once it has failed for the `tries`th time.
async fn next_failure(db: &Db, tries: usize) -> Failed {
    let found = tokio::time::timeout(Duration::from_mins(1), failure(db, tries)).await;
    found.unwrap_or_else(|_| panic!("no failure number {tries} within a minute"))
}

async fn failure(db: &Db, tries: usize) -> Failed {
    let asked = format!(
        "SELECT lower(hex(id)) AS id, run_at, parked_at, created_at FROM job \
         WHERE kind = 'send-mail' AND tries = {tries} AND leased_until IS NULL AND last_error IS NOT NULL"
    );
    loop {
        let tx = db.read(Scope::System).await.unwrap();
        let found = tx
            .query_one_raw(Statement::from_string(DbBackend::Sqlite, asked.clone()))
            .await
            .unwrap();
        let Some(row) = found else {
            tokio::task::yield_now().await;
            continue;
        };
        let parked_at: Option<i64> = row.try_get("", "parked_at").unwrap();
        let run_at: i64 = row.try_get("", "run_at").unwrap();
        let created_at: i64 = row.try_get("", "created_at").unwrap();
        return Failed {
            id: row.try_get("", "id").unwrap(),
            pause: run_at - created_at,
            is_parked: parked_at.is_some(),
        };
    }
}

async fn execute(db: &Db, statement: &str) {
    let tx = db.write(Scope::System).await.unwrap();
    tx.execute_unprepared(statement).await.unwrap();
    tx.commit().await.unwrap();
}
