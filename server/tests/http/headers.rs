//! What goes with every answer.

use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use server::config::Config;

use crate::site::{Site, form_post, set_cookie, text};

fn value<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn every_answer_says_what_it_may_do() {
    let site = Site::new().await;
    let cookie = site.signed_in().await;
    let mut answers = Vec::new();
    for path in [
        "/",
        "/account",
        "/nowhere",
        "/healthz",
        "/readyz",
        "/assets/x/nothing.css",
        "/favicon.ico",
    ] {
        answers.push((path, site.get(path, Some(&cookie)).await));
    }
    answers.push(("refused", site.send(form_post("/sign-in"), "").await));
    answers.push(("to sign in", site.get("/account", None).await));
    answers.push(("no such method", site.send(Request::delete("/"), "").await));
    for (what, answer) in answers {
        let headers = answer.headers();
        assert_eq!(value(headers, "x-content-type-options"), "nosniff", "{what}");
        assert_eq!(value(headers, "referrer-policy"), "same-origin", "{what}");
        assert_eq!(
            value(headers, "cross-origin-opener-policy"),
            "same-origin",
            "{what}"
        );
        let policy = value(headers, "content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{what}: {policy}");
        assert_eq!(value(headers, "strict-transport-security"), "", "{what}");
    }
}

#[tokio::test]
async fn no_page_is_kept_by_anything_between_us_and_its_reader() {
    let site = Site::new().await;
    let cookie = site.signed_in().await;
    for path in ["/", "/account", "/wallet", "/nowhere"] {
        let answer = site.get(path, Some(&cookie)).await;
        assert_eq!(
            value(answer.headers(), "cache-control"),
            "private, no-store",
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_table_of_answers_is_kept_by_nothing() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let cookie = site.signed_in().await;
    let id = "0198c0de-0000-7000-8000-0000000000a5";
    let form = [("id", id), ("title", "Reading a river"), ("mode", "form")];
    let made = site
        .post("/t/fallow/teach/assessments/new", Some(&cookie), &form)
        .await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    let address = format!("/t/fallow/teach/assessments/{id}/answers.csv");
    let table = site.get(&address, Some(&cookie)).await;
    assert_eq!(table.status(), StatusCode::OK);
    assert_eq!(value(table.headers(), "cache-control"), "private, no-store");
}

#[tokio::test]
async fn a_members_file_is_asked_for_each_time_and_everybodys_is_not() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let cookie = site.signed_in().await;
    for (number, everyone, keeps) in [
        (1, "", "private, no-cache"),
        (
            2,
            "--x\r\nContent-Disposition: form-data; name=\"everyone\"\r\n\r\nyes\r\n",
            "private, max-age=31536000, immutable",
        ),
    ] {
        let id = format!("0198c0de-0000-7000-8000-00000000000{number}");
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{id}\r\n{everyone}\
             --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"bends-{number}.txt\"\r\n\r\n\
             Where a river bends.\r\n--x--\r\n"
        );
        let request = Request::post("/t/fallow/teach/files")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .header(header::COOKIE, &cookie)
            .header("sec-fetch-site", "same-origin");
        let sent = site.send(request, body).await;
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);

        let address = format!("/t/fallow/files/{id}");
        let file = site.get(&address, Some(&cookie)).await;
        assert_eq!(value(file.headers(), "cache-control"), keeps);
        let again = Request::get(&address)
            .header(header::COOKIE, &cookie)
            .header(header::IF_NONE_MATCH, value(file.headers(), "etag"));
        let again = site.send(again, "").await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(value(again.headers(), "cache-control"), keeps);
    }
}

#[tokio::test]
async fn over_https_the_cookie_is_pinned_to_the_host_and_the_browser_to_https() {
    let site = Site::with(&Config::default(), "https://cairn.example").await;
    let answer = site.sign_in(None, "/").await;
    let cookie = set_cookie(&answer).unwrap();
    assert!(cookie.starts_with("__Host-cairn="), "{cookie}");
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.split("; ").any(|given| given == part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(
        value(answer.headers(), "strict-transport-security"),
        "max-age=63072000"
    );
}

#[tokio::test]
async fn on_this_machine_the_cookie_needs_no_https() {
    let site = Site::with(&Config::default(), "http://127.0.0.1:3000").await;
    let answer = site.sign_in(None, "/").await;
    let cookie = set_cookie(&answer).unwrap();
    assert!(cookie.starts_with("cairn="), "{cookie}");
    assert!(
        !cookie.contains("Secure") && cookie.contains("HttpOnly"),
        "{cookie}"
    );
}

#[tokio::test]
async fn head_answers_like_get_without_the_page() {
    let site = Site::new().await;
    for (path, status) in [
        ("/", StatusCode::OK),
        ("/account", StatusCode::SEE_OTHER),
        ("/nowhere", StatusCode::NOT_FOUND),
        ("/sign-out", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let request = Request::builder().method(Method::HEAD).uri(path);
        let answer = site.send(request, "").await;
        assert_eq!(answer.status(), status, "{path}");
        assert_eq!(text(answer).await, "", "{path}");
    }
}

#[tokio::test]
async fn figures_are_not_for_everybody() {
    let site = Site::new().await;
    assert_eq!(site.get("/metrics", None).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_method_that_is_not_taken_says_which_are() {
    let site = Site::new().await;
    let answer = site.get("/sign-out", None).await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers()[header::ALLOW], "POST");
}

#[tokio::test]
async fn what_an_old_server_has_is_not_kept_under_a_new_builds_address() {
    let site = Site::new().await;
    let page = text(site.get("/", None).await).await;
    let start = page.find("/assets/").unwrap();
    let own = page[start..].split('"').next().unwrap();
    let kept = site.get(own, None).await;
    assert!(
        value(kept.headers(), "cache-control").contains("immutable"),
        "{own}"
    );
    let name = own.rsplit('/').next().unwrap();
    let other = site.get(&format!("/assets/0123456789abcdef/{name}"), None).await;
    assert_eq!(other.status(), kept.status());
    assert_eq!(value(other.headers(), "cache-control"), "no-store");

    let icon = site.get("/favicon.ico", None).await;
    assert_eq!(value(icon.headers(), "content-type"), "image/x-icon");
    assert!(!value(icon.headers(), "cache-control").contains("immutable"));
}
