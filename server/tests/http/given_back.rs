//! A form that could not be taken goes back to whoever wrote it.

use axum::http::StatusCode;

use crate::site::{PASSWORD, Site, cookie, location, text};

const WORDS: &str = "How a river <bends>, and why";

/// A framework's form, as an author has typed it.
fn form(id: &str) -> Vec<(&str, &str)> {
    vec![("id", id), ("code", "RIV"), ("title", WORDS), ("description", "")]
}

#[tokio::test]
async fn whoever_was_signed_out_while_writing_sends_the_same_again() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let before = site.signed_in().await;
    site.post("/sign-out", Some(&before), &[]).await;
    let id = "0198c0de-0000-7000-8000-00000000f0f0";
    let path = "/t/fallow/teach/competencies/new";

    let mut typed = form(id);
    typed.push(("password", "nine stones by the weir"));
    // Signing out took the cookie away; a session that ran out left it.
    let bare = site.post(path, None, &typed).await;
    assert_eq!(bare.status(), StatusCode::FORBIDDEN);
    let answer = site.post(path, Some(&before), &typed).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let page = text(answer).await;
    assert!(page.contains(&format!("action=\"{path}\"")));
    assert!(page.contains("How a river &lt;bends>, and why</textarea>"));
    assert!(page.contains(&format!("name=\"id\" value=\"{id}\"")));
    assert!(page.contains("RIV</textarea>"), "a word is a text too");
    assert!(!page.contains("by the weir"), "passwords are not repeated");

    let after = cookie(&site.sign_in(Some(&before), "/").await);
    let stored = site.post(path, Some(&after), &form(id)).await;
    assert_eq!(stored.status(), StatusCode::SEE_OTHER);
    assert!(location(&stored).contains(id));
}

#[tokio::test]
async fn whoever_has_typed_nothing_is_led_to_sign_in() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let path = "/t/fallow/teach/competencies/new";
    let answer = site.post(path, None, &[]).await;
    assert_eq!(location(&answer), "/sign-in");
    let answer = site.get(path, None).await;
    assert_eq!(
        location(&answer),
        format!("/sign-in?back={}", path.replace('/', "%2F"))
    );
}

/// Makes a course, and says where its title and summary are changed.
async fn rivers(site: &Site, cookie: &str) -> String {
    let id = "0198c0de-0000-7000-8000-00000000c0de";
    let course = [
        ("id", id),
        ("title", "Rivers"),
        ("slug", "rivers"),
        ("language", "en"),
    ];
    let made = site
        .post("/t/fallow/teach/courses/new", Some(cookie), &course)
        .await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
    format!("/t/fallow/teach/courses/{id}/about")
}

#[tokio::test]
async fn what_met_a_later_change_is_shown_to_be_copied() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let cookie = site.signed_in().await;
    let about = rivers(&site, &cookie).await;
    let outdated = [
        ("revision", "99"),
        ("title", "Rivers"),
        ("slug", "rivers"),
        ("language", "en"),
        ("summary", WORDS),
    ];
    let answer = site.post(&about, Some(&cookie), &outdated).await;
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    assert!(
        text(answer)
            .await
            .contains("How a river &lt;bends>, and why</textarea>")
    );
}

#[tokio::test]
async fn texts_without_spaces_are_shown_and_what_the_page_filled_in_is_not() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let cookie = site.signed_in().await;
    let about = rivers(&site, &cookie).await;
    let summary = "\u{6cb3}\u{6d41}\u{4e3a}\u{4f55}\u{5f2f}\u{66f2}";
    let outdated = [
        ("revision", "99"),
        ("title", "Bends"),
        ("slug", "rivers"),
        ("language", "en"),
        ("summary", summary),
    ];
    let page = text(site.post(&about, Some(&cookie), &outdated).await).await;
    for typed in ["Bends", "rivers", summary] {
        assert!(page.contains(&format!("{typed}</textarea>")), "{typed}: {page}");
    }
    assert!(!page.contains("99</textarea>"), "{page}");
}

#[tokio::test]
async fn the_current_password_is_never_repeated() {
    let site = Site::new().await;
    let form = [
        ("email", "ines@marsh.example"),
        ("current-password", PASSWORD),
        ("password", "a heron on one leg"),
    ];
    for path in ["/account/email", "/account/password"] {
        let answer = site.post(path, None, &form).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        let page = text(answer).await;
        assert!(page.contains("ines@marsh.example"), "{page}");
        assert!(!page.contains(PASSWORD) && !page.contains("heron"), "{page}");
    }
}

#[tokio::test]
async fn whoever_has_to_wait_gets_back_what_they_typed() {
    let site = Site::new().await;
    let cookie = site.signed_in().await;
    let form = |email| [("email", email), ("current-password", PASSWORD)];
    let first = form("ines@marsh.example");
    let sent = site.post("/account/email", Some(&cookie), &first).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    let second = form("ines@fen.example");
    let answer = site.post("/account/email", Some(&cookie), &second).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    let page = text(answer).await;
    assert!(page.contains("ines@fen.example</textarea>"), "{page}");
    assert!(!page.contains(PASSWORD), "{page}");
    assert!(!page.contains("Send it again"), "it would lack its password");
}

#[tokio::test]
async fn what_was_meant_for_a_page_that_is_gone_is_not_lost_with_it() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let cookie = site.signed_in().await;
    let gone = "/t/fallow/teach/courses/0198c0de-0000-7000-8000-00000000dead/about";
    let typed = [
        ("revision", "1"),
        ("title", "Rivers"),
        ("slug", "rivers"),
        ("language", "en"),
        ("summary", WORDS),
    ];
    let answer = site.post(gone, Some(&cookie), &typed).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    let page = text(answer).await;
    assert!(
        page.contains("How a river &lt;bends>, and why</textarea>"),
        "{page}"
    );
    assert!(!page.contains(gone), "nothing leads there");
}

#[tokio::test]
async fn what_was_written_stands_in_its_field_letter_for_letter() {
    let site = Site::new().await;
    site.own_tenant("fallow").await;
    let cookie = site.signed_in().await;
    let about = rivers(&site, &cookie).await;
    let hostile = "\nIn code `&lt;` is <.</textarea></form><form action=\"/sign-out\">";
    let typed = [
        ("revision", "1"),
        ("title", "Rivers"),
        ("slug", "no address"),
        ("language", "en"),
        ("summary", hostile),
    ];
    let answer = site.post(&about, Some(&cookie), &typed).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    let kept =
        "\n\nIn code `&amp;lt;` is &lt;.&lt;/textarea>&lt;/form>&lt;form action=\"/sign-out\"></textarea>";
    assert!(page.contains(kept), "{page}");
}
