//! Nobody learns from an answer who has an account.

use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode},
};
use entity::job::job;
use sea_orm::EntityTrait;

use crate::site::{EMAIL, PASSWORD, Site, text};

/// As long as the other, so that what is typed makes no answer longer.
const UNKNOWN: &str = "odin@fallow.example";

/// An answer without what was typed and what is drawn by lot.
async fn seen(answer: Response<Body>, email: &str) -> (StatusCode, HeaderMap, String) {
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    // The policy holds the page's nonce.
    headers.remove("content-security-policy");
    let body = text(answer).await.replace(email, "…");
    (status, headers, body)
}

/// How many jobs wait.
async fn jobs(site: &Site) -> usize {
    let tx = site.cairn.system().read().await.unwrap();
    job::Entity::find().all(&tx).await.unwrap().len()
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let site = Site::new().await;
    let mut answers = Vec::new();
    for email in [EMAIL, UNKNOWN] {
        let form = [("email", email), ("password", "not this one")];
        answers.push(seen(site.post("/sign-in", None, &form).await, email).await);
    }
    assert_eq!(answers[0].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn signing_up_is_answered_alike_and_leaves_one_mail_either_way() {
    let site = Site::new().await;
    let mut answers = Vec::new();
    for (number, email) in [EMAIL, UNKNOWN].into_iter().enumerate() {
        let form = [("name", "Odo Marsh"), ("email", email), ("password", PASSWORD)];
        answers.push(seen(site.post("/sign-up", None, &form).await, email).await);
        assert_eq!(jobs(&site).await, number + 1);
    }
    assert_eq!(answers[0].0, StatusCode::SEE_OTHER);
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn asking_for_a_link_is_answered_alike_and_leaves_one_job_either_way() {
    for path in ["/forgot-password", "/check-your-mail"] {
        let site = Site::new().await;
        let mut answers = Vec::new();
        for (number, email) in [EMAIL, UNKNOWN].into_iter().enumerate() {
            answers.push(seen(site.post(path, None, &[("email", email)]).await, email).await);
            assert_eq!(jobs(&site).await, number + 1);
        }
        assert_eq!(answers[0].0, StatusCode::SEE_OTHER);
        assert_eq!(answers[0], answers[1]);
    }
}
