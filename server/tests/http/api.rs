//! What other software asks.

use axum::{
    body::Body,
    http::{Method, Request, Response, StatusCode, header},
};
use serde_json::{Value, json};

use crate::site::{Site, from, text};

/// Signed by software of others, and good until 2036.
const DOCUMENT: &str = include_str!("../../../domain/src/credential/tests/foreign/ecdsa-rdfc-2019.json");
const TOKEN: &str = include_str!("../../../domain/src/credential/tests/foreign/vc-jose-es256.jwt");

/// Asks as a page of another origin does.
async fn ask(site: &Site, body: impl Into<Body>) -> Response<Body> {
    let request = Request::post("/api/v1/verify")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ORIGIN, "https://elsewhere.example")
        .header("sec-fetch-site", "cross-site");
    site.send(request, body).await
}

async fn answered(site: &Site, body: impl Into<Body>) -> Value {
    let answer = ask(site, body).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(answer.headers().get(header::SET_COOKIE).is_none());
    serde_json::from_str(&text(answer).await).unwrap()
}

/// The schema of this name in the description that we serve.
async fn schema(site: &Site, name: &str) -> jsonschema::Validator {
    let description = site.get("/api/v1/openapi.json", None).await;
    assert_eq!(description.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    let description: Value = serde_json::from_str(&text(description).await).unwrap();
    let reference = format!("#/components/schemas/{name}");
    let schema = json!({ "$ref": reference, "components": description["components"] });
    jsonschema::validator_for(&schema).unwrap()
}

#[tokio::test]
async fn a_badge_in_any_form_gets_a_report_as_the_description_has_it() {
    let site = Site::new().await;
    let schema = schema(&site, "Found").await;
    let changed = DOCUMENT.replace("Kite School", "Kite Academy");
    let unreachable = DOCUMENT.replace(
        "did:key:zDnaeRE5oR9L5f7TBnuLYv2KeXkjEGCCrFeirxYKk7EtSSiFg",
        "did:web:kite.example",
    );
    for (sent, outcome) in [
        (DOCUMENT.to_owned(), "valid"),
        (TOKEN.trim().to_owned(), "valid"),
        (serde_json::to_string(TOKEN.trim()).unwrap(), "valid"),
        (changed, "invalid"),
        (unreachable, "unchecked"),
        ("{}".to_owned(), "invalid"),
        ("\"no badge\"".to_owned(), "invalid"),
        ("CAIRN1:nothing".to_owned(), "invalid"),
    ] {
        let report = answered(&site, sent.clone()).await;
        assert_eq!(report["outcome"], outcome, "{sent}: {report}");
        assert!(schema.is_valid(&report), "{report}");
        let names: Vec<&str> = report["checks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|check| check["name"].as_str().unwrap())
            .collect();
        assert_eq!(
            names,
            ["structure", "terms", "proof", "issuer", "validity", "status"]
        );
    }
}

#[tokio::test]
async fn a_list_gets_a_list_in_the_same_order_and_is_bounded() {
    let site = Site::new().await;
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let list = json!(["no badge", document, 7, TOKEN.trim()]);
    let reports = answered(&site, list.to_string()).await;
    assert!(schema(&site, "Found").await.is_valid(&reports), "{reports}");
    let outcomes: Vec<&str> = reports
        .as_array()
        .unwrap()
        .iter()
        .map(|report| report["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["invalid", "valid", "invalid", "valid"]);
    let problem = schema(&site, "Problem").await;
    for (refused, status) in [
        ("[]".to_owned(), StatusCode::UNPROCESSABLE_ENTITY),
        (json!(vec!["x"; 21]).to_string(), StatusCode::UNPROCESSABLE_ENTITY),
        ("x".repeat((1 << 20) + 1), StatusCode::PAYLOAD_TOO_LARGE),
        (
            json!(["x".repeat(1 << 20)]).to_string(),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
    ] {
        let answer = ask(&site, refused).await;
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        let said: Value = serde_json::from_str(&text(answer).await).unwrap();
        assert!(problem.is_valid(&said), "{said}");
    }
}

#[tokio::test]
async fn a_browser_may_ask_for_a_page_of_another_origin() {
    let site = Site::new().await;
    let request = Request::builder()
        .method(Method::OPTIONS)
        .uri("/api/v1/verify")
        .header(header::ORIGIN, "https://elsewhere.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST");
    let answer = site.send(request, "").await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
    ] {
        assert_eq!(answer.headers()[name], value);
    }
    let get = site.get("/api/v1/verify", None).await;
    assert_eq!(get.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(get.headers()[header::ALLOW].to_str().unwrap().contains("POST"));
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_as_software_reads_it() {
    let site = Site::new().await;
    for _ in 0..200 {
        let request = from(Request::post("/api/v1/verify"), "198.51.100.7:1000");
        let answer = site.send(request, "\"x\"").await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            assert!(answer.headers().contains_key(header::RETRY_AFTER));
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
            return;
        }
        assert_eq!(answer.status(), StatusCode::OK);
    }
    panic!("never refused");
}

#[tokio::test]
async fn each_badge_of_a_list_counts_as_one_that_was_asked_for() {
    let site = Site::new().await;
    let list = json!(vec!["x"; 20]).to_string();
    let mut answers = Vec::new();
    for _ in 0..4 {
        let request = from(Request::post("/api/v1/verify"), "198.51.100.8:1000");
        answers.push(site.send(request, list.clone()).await.status());
    }
    let refused = answers
        .iter()
        .position(|status| *status == StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused, Some(3), "{answers:?}");
}

#[tokio::test]
async fn documents_for_software_may_be_read_by_pages_of_any_origin() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let json = |path: &str| Request::get(path).header(header::ACCEPT, "application/json");
    for path in ["/t/fallow/did.json", "/t/fallow/issuer", "/api/v1/openapi.json"] {
        let answer = site.send(json(path), "").await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(
            answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN],
            "*",
            "{path}"
        );
    }
    let page = site.get("/t/fallow/issuer", None).await;
    assert!(
        page.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN).is_none(),
        "pages are for people"
    );
}

#[tokio::test]
async fn several_files_are_checked_at_once() {
    let site = Site::new().await;
    let part = |name: &str, content: &str| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n"
        )
    };
    let send = async |parts: String| {
        let request = Request::post("/verify")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .header("sec-fetch-site", "same-origin");
        let answer = site.send(request, format!("{parts}--x--\r\n")).await;
        (answer.status(), text(answer).await)
    };
    let changed = DOCUMENT.replace("Kite School", "Kite Academy");
    let three = [
        part("kite.json", DOCUMENT),
        part("notes.txt", "no badge"),
        part("other.json", &changed),
    ]
    .concat();
    let (status, page) = send(three).await;
    assert_eq!(status, StatusCode::OK);
    let row = |file: &str| {
        let at = page.find(file).unwrap();
        page[at..].split("</tr>").next().unwrap().to_owned()
    };
    assert!(row("kite.json").contains("tag good") && row("kite.json").contains("Kite building"));
    assert!(row("notes.txt").contains("This is not a badge"));
    assert!(row("other.json").contains("tag bad"));
    let (status, page) = send(part("x", DOCUMENT).repeat(21)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Choose 20 files at most"));
}
