//! Signing in and out over HTTP: the cookie, its session, and the way back.

use std::time::Duration;

use axum::http::StatusCode;
use service::identity::{
    self,
    sessions::{IDLE, LONGEST},
};

use crate::site::{EMAIL, PASSWORD, Site, cookie, location, person, set_cookie, text};

#[tokio::test]
async fn a_visitor_gets_no_cookie() {
    let site = Site::new().await;
    for path in ["/", "/sign-in", "/sign-up", "/forgot-password", "/nowhere"] {
        assert_eq!(set_cookie(&site.get(path, None).await), None, "{path}");
    }
    let wrong = [("email", EMAIL), ("password", "not this one")];
    let answer = site.post("/sign-in", None, &wrong).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(set_cookie(&answer), None);
}

#[tokio::test]
async fn signing_in_opens_the_account_and_signing_out_closes_it() {
    let site = Site::new().await;
    let closed = site.get("/account", None).await;
    assert_eq!(location(&closed), "/sign-in?back=%2Faccount");

    let entered = site.sign_in(None, "/account").await;
    assert_eq!(
        (entered.status(), location(&entered)),
        (StatusCode::SEE_OTHER, "/account")
    );
    let given = set_cookie(&entered).unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(given.contains(part), "{given}");
    }
    let cookie = cookie(&entered);
    assert_eq!(site.get("/account", Some(&cookie)).await.status(), StatusCode::OK);

    let left = site.post("/sign-out", Some(&cookie), &[]).await;
    assert_eq!(location(&left), "/?done=signed-out");
    assert_eq!(
        site.get("/account", Some(&cookie)).await.status(),
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn signing_in_changes_the_sessions_id() {
    let site = Site::new().await;
    let planted = cookie(&site.sign_in(None, "/").await);
    let entered = site.sign_in(Some(&planted), "/").await;
    let fresh = cookie(&entered);
    assert_ne!(planted, fresh);
    assert_eq!(
        site.get("/account", Some(&planted)).await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(site.get("/account", Some(&fresh)).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_way_back_never_leaves_the_site() {
    let site = Site::new().await;
    for elsewhere in ["https://other.example/", "//other.example", "/\\other.example"] {
        assert_eq!(location(&site.sign_in(None, elsewhere).await), "/");
    }
}

#[tokio::test]
async fn the_first_run_asks_for_the_operator_once() {
    let site = Site::before_set_up().await;
    assert_eq!(location(&site.get("/", None).await), "/setup");
    let key = identity::set_up_key(&site.cairn);
    let shown = site.get(&format!("/setup?key={key}"), None).await;
    assert_eq!(shown.status(), StatusCode::OK);
    let form = [
        ("name", "Ansgar Pike"),
        ("email", EMAIL),
        ("password", PASSWORD),
        ("key", &key),
    ];
    let made = site.post("/setup", None, &form).await;
    assert_eq!(location(&made), "/operator?done=set-up");
    let operator = site.get("/operator", Some(&cookie(&made))).await;
    assert_eq!(operator.status(), StatusCode::OK);
    assert_eq!(site.get("/setup", None).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        site.post("/setup", None, &form).await.status(),
        StatusCode::NOT_FOUND
    );
    assert!(identity::operator_exists(&site.cairn).await.unwrap());
}

#[tokio::test]
async fn whoever_merely_comes_first_does_not_become_the_operator() {
    let site = Site::before_set_up().await;
    for key in ["", "x", &"A".repeat(22)] {
        let answer = site.get(&format!("/setup?key={key}"), None).await;
        assert_eq!(answer.status(), StatusCode::CONFLICT);
        assert!(
            text(answer)
                .await
                .contains("<h1>This Cairn is not set up yet</h1>")
        );
        let form = [
            ("name", "Ansgar Pike"),
            ("email", EMAIL),
            ("password", PASSWORD),
            ("key", key),
        ];
        let answer = site.post("/setup", None, &form).await;
        assert_eq!(answer.status(), StatusCode::CONFLICT);
    }
    assert!(!identity::operator_exists(&site.cairn).await.unwrap());
}

#[tokio::test]
async fn only_an_operator_finds_the_operators_pages() {
    let site = Site::new().await;
    person(&site.cairn, "odo@marsh.example", false).await;
    let form = [("email", "odo@marsh.example"), ("password", PASSWORD)];
    let cookie = cookie(&site.post("/sign-in", None, &form).await);
    for path in ["/operator", "/operator/tenants/new", "/operator/jobs"] {
        assert_eq!(
            site.get(path, Some(&cookie)).await.status(),
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn opening_a_mails_link_changes_nothing() {
    let site = Site::new().await;
    let form = [
        ("name", "Odo Marsh"),
        ("email", "odo@marsh.example"),
        ("password", PASSWORD),
    ];
    let answer = site.post("/sign-up", None, &form).await;
    assert_eq!(location(&answer), "/check-your-mail?for=sign-up");
    site.cairn.run_jobs().await.unwrap();
    let mails = site.cairn.take_mails();
    let service::mail::Message::VerifyEmail { link, .. } = &mails[0].message else {
        panic!("{mails:?}");
    };
    let (path, token) = link
        .strip_prefix("http://cairn.test")
        .and_then(|path| path.split_once("?token="))
        .unwrap();
    for _ in 0..2 {
        let shown = site.get(&format!("{path}?token={token}"), None).await;
        assert_eq!(shown.status(), StatusCode::OK);
    }
    let wrong = [("token", token), ("password", "not this one")];
    assert_eq!(
        site.post(path, None, &wrong).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let right = [("token", token), ("password", PASSWORD), ("back", "/wallet")];
    let confirmed = site.post(path, None, &right).await;
    assert_eq!(location(&confirmed), "/wallet?done=email-verified");
    let wallet = site.get("/wallet", Some(&cookie(&confirmed))).await;
    assert_eq!(wallet.status(), StatusCode::OK);
}

#[tokio::test]
async fn who_uses_the_site_stays_signed_in_and_who_does_not_is_signed_out() {
    let site = Site::new().await;
    let (used, left) = (site.signed_in().await, site.signed_in().await);
    let status = async |cookie: &str| site.get("/account", Some(cookie)).await.status();
    site.cairn.pass(IDLE / 2);
    assert_eq!(status(&used).await, StatusCode::OK);
    site.cairn.pass(IDLE / 2);
    assert_eq!(status(&used).await, StatusCode::OK);
    assert_eq!(status(&left).await, StatusCode::SEE_OTHER);
    site.cairn.pass(LONGEST.saturating_sub(IDLE));
    assert_eq!(status(&used).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_account_that_is_not_confirmed_leads_on_to_another_link() {
    let site = Site::new().await;
    let new = [
        ("name", "Odo Marsh"),
        ("email", "odo@marsh.example"),
        ("password", PASSWORD),
    ];
    site.post("/sign-up", None, &new).await;
    site.cairn.run_jobs().await.unwrap();
    assert_eq!(site.cairn.take_mails().len(), 1);

    let form = [
        ("email", "odo@marsh.example"),
        ("password", PASSWORD),
        ("back", "/wallet"),
    ];
    let answer = site.post("/sign-in", None, &form).await;
    assert_eq!(set_cookie(&answer), None);
    let shown = text(site.get(location(&answer), None).await).await;
    assert!(shown.contains(r#"action="/check-your-mail""#), "{shown}");
    site.cairn.pass(Duration::from_mins(6));
    let asked = [("email", "odo@marsh.example"), ("back", "/wallet")];
    let answer = site.post("/check-your-mail", None, &asked).await;
    assert_eq!(location(&answer), "/check-your-mail?for=again&back=%2Fwallet");
    site.cairn.run_jobs().await.unwrap();
    assert_eq!(site.cairn.take_mails().len(), 1);

    let returned = site.post("/check-your-mail", None, &[("email", "odo")]).await;
    assert_eq!(returned.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
