//! Bodies that no form of ours sends.

use axum::http::{Request, StatusCode, header};

use crate::site::{Site, form_post, text};

const TENANT: &str = "fallow";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=x";
const JSON: &str = "application/json";

fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let part = |name: &str, content: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"../../x\"\r\n\r\n{content}\r\n--x--\r\n")
            .into_bytes()
    };
    vec![
        (FORM, Vec::new()),
        (FORM, b"%ff%fe=%00&=&&&email=%zz&id=not-an-id".to_vec()),
        (FORM, [b'\xff'; 64].to_vec()),
        (FORM, "a=b&".repeat(5_000).into_bytes()),
        (FORM, format!("name={}", "x".repeat(2 << 20)).into_bytes()),
        (FORM, format!("name={}", "%5B".repeat(200_000)).into_bytes()),
        (MULTIPART, b"no boundary anywhere".to_vec()),
        (MULTIPART, b"--x\r\nContent-Disposition: nonsense".to_vec()),
        (MULTIPART, part("badge", &"[".repeat(500_000))),
        (MULTIPART, part("badge", &"{\"a\":".repeat(100_000))),
        (MULTIPART, part("file", &"x".repeat(2 << 20))),
        (MULTIPART, part("\u{0}", "\u{0}")),
        ("multipart/form-data", b"--\r\n".to_vec()),
        (JSON, b"{".to_vec()),
        (JSON, "[".repeat(500_000).into_bytes()),
        (
            JSON,
            format!("{{\"text\":\"{}\"}}", "x".repeat(2 << 20)).into_bytes(),
        ),
        ("text/plain", b"x".to_vec()),
        ("\"", b"x".to_vec()),
    ]
}

#[tokio::test]
async fn no_body_breaks_anything() {
    let site = Site::new().await;
    let cookie = site.signed_in().await;
    site.own_tenant(TENANT).await;
    let mut faults = Vec::new();
    for path in server::http::paths() {
        if path == "/sign-out" {
            continue;
        }
        let address = filled_in(path);
        for (number, (kind, body)) in hostile().into_iter().enumerate() {
            let request = Request::post(&address)
                .header(header::CONTENT_TYPE, kind)
                .header(header::COOKIE, &cookie)
                .header("sec-fetch-site", "same-origin");
            let status = site.send(request, body).await.status();
            if status.is_server_error() {
                faults.push(format!("{address}: {status} for body {number}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(site.get("/account", Some(&cookie)).await.status(), StatusCode::OK);
}

/// With an id that nothing has where the path names one.
fn filled_in(path: &str) -> String {
    path.split('/')
        .map(|part| {
            if part == "{tenant}" {
                TENANT
            } else if part.starts_with('{') {
                "0198c0de-0000-7000-8000-000000000000"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn what_is_too_large_or_of_another_kind_is_said_in_words() {
    let site = Site::new().await;
    let same_origin = |path| form_post(path).header("sec-fetch-site", "same-origin");
    let large = format!("email={}", "x".repeat(2 << 20));
    let answer = site.send(same_origin("/sign-in"), large).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(text(answer).await.contains("<h1>That was too large</h1>"));

    let many = site.send(same_origin("/sign-in"), "a=b&".repeat(5_000)).await;
    assert_eq!(many.status(), StatusCode::PAYLOAD_TOO_LARGE);

    let json = Request::post("/sign-in")
        .header(header::CONTENT_TYPE, JSON)
        .header("sec-fetch-site", "same-origin");
    let answer = site.send(json, "{}").await;
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(text(answer).await.contains("<h1>That could not be read</h1>"));
}

#[tokio::test]
async fn a_badge_that_is_too_deep_to_be_one_is_not_read() {
    let site = Site::new().await;
    for deep in ["[".repeat(400_000), "{\"a\":".repeat(100_000)] {
        let body =
            format!("--x\r\nContent-Disposition: form-data; name=\"badge\"\r\n\r\n{deep}\r\n--x--\r\n");
        let request = Request::post("/verify")
            .header(header::CONTENT_TYPE, MULTIPART)
            .header("sec-fetch-site", "same-origin");
        let answer = site.send(request, body).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_file_that_does_not_come_says_why_at_its_field() {
    let site = Site::new().await;
    let cookie = site.signed_in().await;
    site.own_tenant(TENANT).await;
    let typed = |name: &str, text: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").into_bytes()
    };
    let head = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.png\"\r\n\r\n".to_vec();
    let before = [
        typed("id", "0198c0de-0000-7000-8000-000000000001"),
        typed("name", "map of bends.png"),
        head,
    ]
    .concat();
    let large = vec![b'x'; service::files::MAX_BYTES + (1 << 20)];
    for (body, says) in [
        (
            [before.clone(), large, b"\r\n--x--\r\n".to_vec()].concat(),
            "64 MB at most",
        ),
        ([before, b"xx".to_vec()].concat(), "did not come whole"),
    ] {
        let request = Request::post(format!("/t/{TENANT}/teach/files"))
            .header(header::CONTENT_TYPE, MULTIPART)
            .header(header::COOKIE, &cookie)
            .header("sec-fetch-site", "same-origin");
        let answer = site.send(request, body).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = text(answer).await;
        let at_field = page.split("id=\"f-file-error\"").nth(1).unwrap_or_default();
        assert!(
            at_field
                .split("</p>")
                .next()
                .is_some_and(|said| said.contains(says)),
            "{says}: {page}"
        );
        // What is too large comes here in one piece, and none of it is read.
        let is_kept = page.contains("map of bends.png");
        assert_eq!(is_kept, says.starts_with("did"), "{page}");
    }
}

/// Sends `content` to `/verify` as a file would come.
async fn verified(site: &Site, content: &[u8]) -> (StatusCode, String) {
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"badge\"\r\n\r\n";
    let body = [head.as_bytes(), content, b"\r\n--x--\r\n"].concat();
    let request = Request::post("/verify")
        .header(header::CONTENT_TYPE, MULTIPART)
        .header("sec-fetch-site", "same-origin");
    let answer = site.send(request, body).await;
    (answer.status(), text(answer).await)
}

#[tokio::test]
async fn a_badge_is_checked_in_whatever_form_it_comes() {
    let site = Site::new().await;
    // Signed by nobody, so not valid; but seen to be badges.
    let document = r#"{"@context":"https://www.w3.org/ns/credentials/v2"}"#;
    let token = "eyJhbGciOiJub25lIn0.e30.";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>";
    let baked = domain::credential::baked::into_svg(svg, document).unwrap();
    for badge in [document, token, &baked] {
        let (status, page) = verified(&site, badge.as_bytes()).await;
        assert_eq!(status, StatusCode::OK, "{badge}");
        assert!(page.contains("This badge is not valid"), "{badge}");
    }
    for (picture, said) in [
        (svg.as_bytes(), "There is no badge inside this picture"),
        (b"\x89PNG\r\n\x1a\n\0", "This picture cannot be read"),
    ] {
        let (status, page) = verified(&site, picture).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(said));
    }
    let (status, _) = verified(&site, &vec![b' '; 5 << 20]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let site = Site::new().await;
    let cookie = site.signed_in().await;
    for path in [
        "/nowhere",
        "/t/nowhere",
        "/t/nowhere/courses/x",
        "/t/NOWHERE",
        "/t/%2e%2e%2foperator",
        "/t/nowhere/files/0198c0de-0000-7000-8000-000000000000",
        "/t/nowhere/did.json",
        "/c/0198c0de-0000-7000-8000-000000000000",
        "/c/not-an-id",
        "/status/not-an-id",
        "/assets/x/../../../etc/passwd",
        "/assets/x/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/wallet/not-an-id",
        "/invitations/AAAA",
    ] {
        let answer = site.get(path, Some(&cookie)).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(
            text(answer).await.contains("<h1>There is nothing here</h1>"),
            "{path}"
        );
    }
}
