//! Being asked to stop, and being killed.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use service::db::{Db, Scope};

use crate::{cairn::Place, post_office::PostOffice};

async fn jobs(db: &Db) -> i64 {
    let asked = "SELECT count(*) AS jobs FROM job WHERE kind = 'send-mail'";
    let tx = db.read(Scope::System).await.unwrap();
    let row = tx
        .query_one_raw(Statement::from_string(DbBackend::Sqlite, asked))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "jobs").unwrap()
}

#[tokio::test]
async fn asked_to_stop_it_finishes_the_job_in_hand() {
    let office = PostOffice::open();
    let place = Place::new(&office);
    let mut cairn = place.serve();
    cairn.sign_up("odo@marsh.example").await;
    let (letter, taken) = office.arriving();
    assert_eq!(letter.to, ["odo@marsh.example"]);

    cairn.ask_to_stop();
    assert!(!cairn.has_ended(), "the mail is under way");
    taken.send(()).unwrap();
    assert!(cairn.wait().success());
    assert_eq!(jobs(&place.database().await).await, 0);
}

#[tokio::test]
async fn killed_in_the_middle_of_a_job_it_does_it_again_after_its_lease() {
    let office = PostOffice::open();
    let place = Place::new(&office);
    let cairn = place.serve();
    cairn.sign_up("odo@marsh.example").await;
    let (first, _never_taken) = office.arriving();
    cairn.kill();

    let db = place.database().await;
    assert_eq!(jobs(&db).await, 1);
    // Two minutes pass.
    let tx = db.write(Scope::System).await.unwrap();
    tx.execute_unprepared("UPDATE job SET leased_until = leased_until - 120000")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let _cairn = place.serve();
    let again = office.receive();
    assert_eq!(again.to, first.to);
    // A reader's mail program sees that it is the same one.
    assert_eq!(again.header("Message-ID"), first.header("Message-ID"));
}
