//! The public log over HTTP, before there is anything in it. What it serves
//! afterwards the use cases' tests look at.

use axum::http::StatusCode;

use crate::site::{Site, text};

#[tokio::test]
async fn a_log_with_nothing_in_it_serves_nothing_and_says_so_to_the_operator() {
    let site = Site::new().await;
    for path in [
        "/log/checkpoint",
        "/log/key",
        "/log/tile/0/000",
        "/log/tile/entries/000.p/1",
        "/log/tile/0/0",
        "/log/tile/64/000",
        "/log/tile/0/x000/000",
        "/log/tile/0",
    ] {
        let answer = site.get(path, None).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let operator = site.signed_in().await;
    let page = text(site.get("/operator", Some(&operator)).await).await;
    assert!(page.contains("The public log is empty"), "{page}");
}
