//! How often an address, or an account, may be tried.

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use server::config::Config;

use crate::site::{EMAIL, Site, form_post, from, text};

/// So many tries an address has at once.
const BURST: usize = 60;

/// Tries until it is refused: at least [`BURST`] times, and not for ever (a try
/// comes back every two seconds, however slow the machine is).
async fn until_refused(
    site: &Site,
    peer: &str,
    forwarded: impl Fn(usize) -> Option<String>,
) -> Response<Body> {
    for number in 0..2 * BURST {
        let answer = try_once(site, peer, forwarded(number).as_deref()).await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            assert!(number >= BURST, "refused after {number} tries");
            return answer;
        }
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    panic!("never refused");
}

/// A try that costs next to nothing, from `peer`, perhaps with `X-Forwarded-For`.
async fn try_once(site: &Site, peer: &str, forwarded: Option<&str>) -> Response<Body> {
    let mut request = from(form_post("/forgot-password"), peer).header("sec-fetch-site", "same-origin");
    if let Some(forwarded) = forwarded {
        request = request.header("x-forwarded-for", forwarded);
    }
    site.send(request, "email=x").await
}

#[tokio::test]
async fn an_address_that_tries_too_often_has_to_wait_and_others_do_not() {
    let site = Site::new().await;
    let answer = until_refused(&site, "198.51.100.7:1000", |_| None).await;
    let pause: u64 = answer.headers()[header::RETRY_AFTER]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=2).contains(&pause), "wait {pause} s");
    assert!(text(answer).await.contains("<h1>That was a lot of tries</h1>"));
    let other = try_once(&site, "198.51.100.8:1000", None).await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_a_sender_says_of_its_address_does_not_count() {
    let site = Site::new().await;
    until_refused(&site, "198.51.100.7:1000", |number| {
        Some(format!("192.0.2.{number}"))
    })
    .await;
}

#[tokio::test]
async fn behind_a_proxy_the_address_that_the_proxy_saw_counts() {
    let config = Config {
        behind_proxy: true,
        ..Config::default()
    };
    let site = Site::with(&config, "http://cairn.test").await;
    let forwarded = |number: usize, seen: &str| format!("192.0.2.{number}, {seen}");
    until_refused(&site, "127.0.0.1:1000", |number| {
        Some(forwarded(number, "198.51.100.7"))
    })
    .await;
    let says = forwarded(200, "198.51.100.8");
    let other = try_once(&site, "127.0.0.1:1000", Some(&says)).await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_account_whose_password_was_guessed_at_too_often_says_how_long_to_wait() {
    let site = Site::new().await;
    let wrong = [("email", EMAIL), ("password", "not this one")];
    for _ in 0..5 {
        let answer = site.post("/sign-in", None, &wrong).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answer = site.sign_in(None, "/").await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers()[header::RETRY_AFTER], "30");
    assert!(text(answer).await.contains("<h1>That was a lot of tries</h1>"));
}
