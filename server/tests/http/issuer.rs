//! The page of an issuer, for people and for software.

use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use service::{credential::rotate_key, tenancy};

use crate::site::{EMAIL, Site, text};

#[tokio::test]
async fn an_issuer_is_known_by_its_keys_with_their_dates_and_software_gets_a_profile() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let (_, ctx) = tenancy::enter(&site.cairn, "fallow", None).await.unwrap();
    // The first makes a key, the second retires it.
    for _ in 0..2 {
        rotate_key(&site.cairn.system().in_tenant(ctx.tenant()))
            .await
            .unwrap();
    }
    let page = text(site.get("/t/fallow/issuer", None).await).await;
    assert!(page.contains("did:web:cairn.test:t:fallow"), "{page}");
    let keys = page.matches("<code>z6Mk").count();
    assert_eq!(keys, 2, "the one in force and the one before");
    assert_eq!(page.matches("In force").count(), 1);
    assert!(page.len() < 30_000, "{}", page.len());
    assert!(!page.contains(EMAIL));

    let request = Request::get("/t/fallow/issuer").header(header::ACCEPT, "application/ld+json");
    let answer = site.send(request, "").await;
    assert_eq!(answer.headers()[header::VARY], "accept");
    assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    let profile: Value = serde_json::from_str(&text(answer).await).unwrap();
    assert_eq!(profile["type"], json!(["Profile"]));
    assert_eq!(profile["id"], "did:web:cairn.test:t:fallow");
    assert_eq!(profile["name"], "Fallow");

    let nowhere = site.get("/t/nowhere/issuer", None).await;
    assert_eq!(nowhere.status(), StatusCode::NOT_FOUND);
}
