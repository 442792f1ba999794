//! Forms that another site sends in a visitor's name.

use axum::http::{Request, StatusCode, header};

use crate::site::{EMAIL, PASSWORD, Site, encoded, form_post, set_cookie, text};

const HOST: &str = "cairn.test";

#[tokio::test]
async fn a_form_is_taken_from_our_own_pages_only() {
    let site = Site::new().await;
    let form = encoded(&[("email", EMAIL), ("password", PASSWORD)]);
    for (headers, taken) in [
        (&[("sec-fetch-site", "same-origin")][..], true),
        (&[("sec-fetch-site", "none")], true),
        (&[("origin", "http://cairn.test")], true),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("sec-fetch-site", "same-site")], false),
        (
            &[("sec-fetch-site", "cross-site"), ("origin", "http://cairn.test")],
            false,
        ),
        (&[("origin", "https://other.example")], false),
        (&[("origin", "http://cairn.test.other.example")], false),
        (&[("origin", "null")], false),
        (&[("origin", "")], false),
        (&[("sec-fetch-site", "")], false),
        (&[("referer", "http://cairn.test/sign-in")], false),
        (&[], false),
    ] {
        let mut request = form_post("/sign-in").header(header::HOST, HOST);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = site.send(request, form.clone()).await;
        if taken {
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{headers:?}");
        } else {
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{headers:?}");
            assert_eq!(set_cookie(&answer), None);
            assert!(
                text(answer)
                    .await
                    .contains("<h1>That came from another site</h1>")
            );
        }
    }
}

#[tokio::test]
async fn what_islands_ask_is_kept_to_our_own_pages_too() {
    let site = Site::new().await;
    let request = Request::post("/api/preview-markdown")
        .header(header::HOST, HOST)
        .header(header::CONTENT_TYPE, "text/plain")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(site.send(request, "x").await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_link_from_anywhere_may_be_followed() {
    let site = Site::new().await;
    let request = Request::get("/sign-in").header("sec-fetch-site", "cross-site");
    assert_eq!(site.send(request, "").await.status(), StatusCode::OK);
}
