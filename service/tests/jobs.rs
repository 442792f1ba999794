//! The outbox: what is promised with a change is done, as often as it takes.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use sea_orm::EntityTrait;
use service::{
    Error, Installation, Result, SystemCtx,
    job::{self, Job, Parked},
    mail::{Mail, Mailer, Message},
    testing::TestInstallation,
};
use tokio::sync::Semaphore;
use uuid::Uuid;

const LEASE: Duration = Duration::from_mins(2);
const MOST_TRIES: i64 = 12;

/// The same installation with another way out for mail.
fn with_mailer(cairn: &TestInstallation, mailer: impl Mailer + 'static) -> Arc<Installation> {
    Arc::new(Installation {
        mailer: Arc::new(mailer),
        ..Installation::clone(cairn)
    })
}

/// Nothing gets through.
#[derive(Debug)]
struct Refuses;

#[async_trait]
impl Mailer for Refuses {
    async fn send(&self, _: Uuid, _: &Mail) -> Result<()> {
        Err(Error::Outside("mail: the other side is not there".to_owned()))
    }
}

#[derive(Debug)]
struct Panics;

#[async_trait]
impl Mailer for Panics {
    async fn send(&self, _: Uuid, _: &Mail) -> Result<()> {
        panic!("a mailer with a fault in it")
    }
}

/// Says when it has begun, and then fails once it may end.
#[derive(Debug, Clone)]
struct Gate {
    begun: Arc<Semaphore>,
    may_end: Arc<Semaphore>,
}

impl Gate {
    fn closed() -> Self {
        Self {
            begun: Arc::new(Semaphore::new(0)),
            may_end: Arc::new(Semaphore::new(0)),
        }
    }
}

#[async_trait]
impl Mailer for Gate {
    async fn send(&self, _: Uuid, _: &Mail) -> Result<()> {
        self.begun.add_permits(1);
        self.may_end.acquire().await.unwrap().forget();
        Err(Error::Outside("mail: at last".to_owned()))
    }
}

fn a_mail() -> Job {
    Job::SendMail(Mail {
        to: "ines@fallow.example".to_owned(),
        locale: None,
        message: Message::PasswordChanged {
            name: "Ines Fallow".to_owned(),
        },
    })
}

async fn queue(cairn: &TestInstallation) {
    let tx = cairn.system().write().await.unwrap();
    job::now(&tx, cairn, &a_mail()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn queue_once(cairn: &TestInstallation) {
    let tx = cairn.system().write().await.unwrap();
    job::once(&tx, cairn, &a_mail(), cairn.now(), "this mail".to_owned())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn parked(cairn: &TestInstallation) -> Vec<Parked> {
    job::parked(&cairn.system(), 1).await.unwrap().rows
}

/// Everything that the outbox holds, as it lies in the database.
async fn payloads(cairn: &TestInstallation) -> String {
    let tx = cairn.system().read().await.unwrap();
    let rows = entity::job::job::Entity::find().all(&tx).await.unwrap();
    rows.into_iter().map(|row| row.payload).collect()
}

/// Lets a job fail until it is given up, and says how long the pauses were.
async fn fail_to_the_end(cairn: &TestInstallation) -> Vec<Duration> {
    let broken = with_mailer(cairn, Refuses);
    let mut pauses = Vec::new();
    let mut pause = Duration::ZERO;
    while parked(cairn).await.is_empty() {
        if job::run_due(&broken, 1).await.unwrap() == 1 {
            pauses.push(pause);
            pause = Duration::ZERO;
        }
        cairn.pass(Duration::from_secs(5));
        pause += Duration::from_secs(5);
    }
    pauses
}

#[tokio::test]
async fn what_fails_is_tried_with_growing_pauses_then_parked_then_tried_again_if_somebody_says_so() {
    let cairn = TestInstallation::new().await;
    queue(&cairn).await;
    let pauses = fail_to_the_end(&cairn).await;
    assert_eq!(i64::try_from(pauses.len()), Ok(MOST_TRIES));
    assert!(pauses.is_sorted(), "{pauses:?}");
    assert!(pauses[11] > pauses[2] * 100, "{pauses:?}");

    let given_up = parked(&cairn).await.remove(0);
    assert_eq!(
        (given_up.kind.as_str(), given_up.tries),
        ("send-mail", MOST_TRIES)
    );
    assert_eq!(given_up.last_error, "mail: the other side is not there");
    cairn.run_jobs().await.unwrap();
    assert!(cairn.take_mails().is_empty(), "parked is parked");

    job::retry(&cairn.system(), given_up.id).await.unwrap();
    cairn.run_jobs().await.unwrap();
    assert_eq!(cairn.take_mails().len(), 1);
    assert!(parked(&cairn).await.is_empty());
}

#[tokio::test]
async fn what_is_parked_keeps_no_other_of_its_kind_out() {
    let cairn = TestInstallation::new().await;
    queue_once(&cairn).await;
    fail_to_the_end(&cairn).await;
    for _ in 0..2 {
        queue_once(&cairn).await;
    }
    cairn.run_jobs().await.unwrap();
    assert_eq!(cairn.take_mails().len(), 1);
}

#[tokio::test]
async fn a_job_that_panics_fails_like_any_other() {
    let cairn = TestInstallation::new().await;
    queue(&cairn).await;
    assert_eq!(job::run_due(&with_mailer(&cairn, Panics), 1).await.unwrap(), 1);
    cairn.pass(Duration::from_secs(5));
    cairn.run_jobs().await.unwrap();
    assert_eq!(cairn.take_mails().len(), 1);
}

/// A worker dies in the middle of a job.
async fn die_at_it(cairn: &TestInstallation) {
    let gate = Gate::closed();
    let begun = Arc::clone(&gate.begun);
    let installation = with_mailer(cairn, gate);
    let worker = tokio::spawn(async move { job::run_due(&installation, 1).await });
    begun.acquire().await.unwrap().forget();
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn a_job_whose_worker_died_is_taken_over_when_its_lease_is_over() {
    let cairn = TestInstallation::new().await;
    queue(&cairn).await;
    die_at_it(&cairn).await;
    cairn.run_jobs().await.unwrap();
    assert!(cairn.take_mails().is_empty(), "another may be at it");
    cairn.pass(LEASE + Duration::from_secs(1));
    cairn.run_jobs().await.unwrap();
    assert_eq!(cairn.take_mails().len(), 1);
}

#[tokio::test]
async fn a_job_that_nobody_survives_is_parked_in_the_end() {
    let cairn = TestInstallation::new().await;
    queue(&cairn).await;
    for _ in 0..MOST_TRIES {
        die_at_it(&cairn).await;
        cairn.pass(LEASE + Duration::from_secs(1));
    }
    cairn.run_jobs().await.unwrap();
    assert!(cairn.take_mails().is_empty());
    assert_eq!(parked(&cairn).await[0].last_error, "no worker came back from it");
}

#[tokio::test]
async fn a_worker_that_took_too_long_leaves_the_job_to_who_has_it_now() {
    let cairn = TestInstallation::new().await;
    queue(&cairn).await;
    let begin = async || {
        let gate = Gate::closed();
        let installation = with_mailer(&cairn, gate.clone());
        let worker = tokio::spawn(async move { job::run_due(&installation, 1).await });
        gate.begun.acquire().await.unwrap().forget();
        (gate, worker)
    };
    let (slow, first) = begin().await;
    cairn.pass(LEASE + Duration::from_secs(1));
    let (_second_gate, second) = begin().await;

    slow.may_end.add_permits(1);
    first.await.unwrap().unwrap();
    cairn.pass(Duration::from_mins(1));
    assert_eq!(job::run_due(&cairn, 1).await.unwrap(), 0, "the second is at it");
    second.abort();
}

#[tokio::test]
async fn regular_work_is_queued_once_however_many_servers_there_are() {
    let cairn = TestInstallation::new().await;
    for _ in 0..3 {
        job::schedule(&cairn).await.unwrap();
    }
    cairn.pass(Duration::from_hours(1));
    let system = SystemCtx::new(Arc::clone(&cairn));
    assert_eq!(job::run_due(system.installation(), 100).await.unwrap(), 1);
}

#[tokio::test]
async fn what_a_mail_says_cannot_be_read_in_the_outbox_and_is_sent_all_the_same() {
    let cairn = TestInstallation::new().await;
    let secret = Mail {
        to: "ines@fallow.example".to_owned(),
        locale: None,
        message: Message::ResetPassword {
            name: "Ines Fallow".to_owned(),
            link: "http://cairn.test/reset-password?token=SECRET".to_owned(),
        },
    };
    let tx = cairn.system().write().await.unwrap();
    job::now(&tx, &cairn, &Job::SendMail(secret.clone()))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    fail_to_the_end(&cairn).await;
    let held = payloads(&cairn).await;
    assert!(
        !held.is_empty() && !held.contains("SECRET") && !held.contains("fallow"),
        "{held}"
    );

    job::retry(&cairn.system(), parked(&cairn).await[0].id)
        .await
        .unwrap();
    cairn.run_jobs().await.unwrap();
    assert_eq!(cairn.take_mails(), [secret]);
}

#[tokio::test]
async fn what_was_given_up_is_shown_a_page_at_a_time() {
    let cairn = TestInstallation::new().await;
    for _ in 0..51 {
        queue(&cairn).await;
    }
    let broken = with_mailer(&cairn, Refuses);
    for _ in 0..MOST_TRIES {
        assert_eq!(job::run_due(&broken, 100).await.unwrap(), 51);
        cairn.pass(Duration::from_hours(6));
    }
    let mut ids = std::collections::BTreeSet::new();
    for (page, rows) in [(1, 50), (2, 1)] {
        let parked = job::parked(&cairn.system(), page).await.unwrap();
        assert_eq!((parked.rows.len(), parked.pages, parked.total), (rows, 2, 51));
        ids.extend(parked.rows.into_iter().map(|job| job.id));
    }
    assert_eq!(ids.len(), 51);
}
