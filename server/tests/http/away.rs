//! A database that goes away while the site is in use.

use axum::http::{StatusCode, header};
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use service::{db::Scope, testing::TestInstallation};

use crate::site::{EMAIL, PASSWORD, Site, set_cookie, text};

/// `PostgreSQL` throws everybody out and lets nobody in again; `SQLite`'s
/// connections are closed.
async fn take_away_the_database(cairn: &TestInstallation) {
    if cairn.db.engine() == DbBackend::Sqlite {
        return cairn.db.clone().close().await.unwrap();
    }
    let name: String = {
        let tx = cairn.db.read(Scope::System).await.unwrap();
        let asked = Statement::from_string(DbBackend::Postgres, "SELECT current_database()::text AS name");
        let row = tx.query_one_raw(asked).await.unwrap().unwrap();
        row.try_get("", "name").unwrap()
    };
    let server = std::env::var("CAIRN_TEST_POSTGRES").unwrap();
    let maintenance = Database::connect(format!("{server}/postgres")).await.unwrap();
    for statement in [
        format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false"),
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
    ] {
        maintenance.execute_unprepared(&statement).await.unwrap();
    }
}

#[tokio::test]
async fn without_its_database_the_site_says_so_and_when_to_come_back() {
    let site = Site::new().await;
    let cookie = site.signed_in().await;
    take_away_the_database(&site.cairn).await;

    for (path, cookie) in [
        ("/", None),
        ("/account", Some(cookie.as_str())),
        ("/t/harbour", Some(&cookie)),
    ] {
        let answer = site.get(path, cookie).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(answer.headers()[header::RETRY_AFTER], "5", "{path}");
        // Nobody is signed out by it.
        assert_eq!(set_cookie(&answer), None, "{path}");
        assert!(
            text(answer)
                .await
                .contains("<h1>We will be back in a moment</h1>"),
            "{path}"
        );
    }
    let form = [("email", EMAIL), ("password", PASSWORD)];
    let answer = site.post("/sign-in", None, &form).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(set_cookie(&answer), None);
}

#[tokio::test]
async fn what_was_typed_while_the_database_went_away_can_be_sent_again() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let cookie = site.signed_in().await;
    take_away_the_database(&site.cairn).await;

    let path = "/t/fallow/teach/competencies/new";
    let typed = [
        ("id", "0198c0de-0000-7000-8000-00000000f0f0"),
        ("title", "Rivers"),
    ];
    // Whoever asks is found in the database: with and without a cookie it fails
    // in another place.
    for cookie in [Some(cookie.as_str()), None] {
        let answer = site.post(path, cookie, &typed).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        let page = text(answer).await;
        assert!(page.contains(&format!("action=\"{path}\"")), "{page}");
        assert!(page.contains("Rivers</textarea>"), "{page}");
        assert!(page.contains("name=\"id\" value=\"0198c0de-"), "{page}");
    }
}

#[tokio::test]
async fn without_its_database_the_process_is_up_and_not_ready() {
    let site = Site::new().await;
    assert_eq!(site.get("/readyz", None).await.status(), StatusCode::OK);
    take_away_the_database(&site.cairn).await;
    assert_eq!(site.get("/healthz", None).await.status(), StatusCode::OK);
    let ready = site.get("/readyz", None).await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
}
