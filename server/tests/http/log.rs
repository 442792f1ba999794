//! The public log over HTTP. What is in it the use cases' tests look at.

use axum::http::{StatusCode, header};
use domain::log::Checkpoint;
use service::log::{begin_anew, state};

use crate::site::{Site, text};

#[tokio::test]
async fn before_there_is_a_log_its_operator_is_told_so() {
    let site = Site::new().await;
    let operator = site.signed_in().await;
    let page = text(site.get("/operator", Some(&operator)).await).await;
    assert!(page.contains("The public log is empty"), "{page}");
}

#[tokio::test]
async fn a_log_is_served_below_its_own_name_to_pages_of_any_origin() {
    let site = Site::new().await;
    let system = site.cairn.system();
    begin_anew(&system).await.unwrap();
    let log = state(&system).await.unwrap().unwrap();
    let at = format!("/log/{}", log.number);
    assert!(log.checkpoint.origin.ends_with(&at));
    for name in ["checkpoint", "key"] {
        let answer = site.get(&format!("{at}/{name}"), None).await;
        assert_eq!(answer.status(), StatusCode::OK, "{name}");
        for (header, value) in [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=0, must-revalidate"),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        ] {
            assert_eq!(answer.headers()[header], value, "{name}");
        }
        let said = text(answer).await;
        assert!(said.starts_with(&log.checkpoint.origin), "{said}");
        if name == "checkpoint" {
            assert_eq!(said.parse::<Checkpoint>(), Ok(log.checkpoint.clone()));
        }
    }
    for path in [
        "/log/1/checkpoint".to_owned(),
        "/log/1/key".to_owned(),
        format!("{at}/tile/0/000"),
        format!("{at}/tile/0/000.p/1"),
        format!("{at}/tile/entries/000.p/1"),
        format!("{at}/tile/64/000"),
    ] {
        let answer = site.get(&path, None).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let operator = site.signed_in().await;
    let page = text(site.get("/operator", Some(&operator)).await).await;
    assert!(page.contains(&format!("{at}/checkpoint")), "{page}");
}
