//! Signing in and out over HTTP: the cookie, its session, and the way back.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header, request},
};
use server::{config::Config, http};
use service::{
    identity::{self, NewPerson},
    testing::TestInstallation,
};
use tower::ServiceExt;

const EMAIL: &str = "ines@fallow.example";
const PASSWORD: &str = "nine stones by the weir";

struct Site {
    cairn: TestInstallation,
    router: Router,
}

impl Site {
    /// A site with an operator, so that it is set up, who is the only person.
    async fn new() -> Self {
        let cairn = TestInstallation::new().await;
        let new = NewPerson {
            id: cairn.new_id(),
            name: "Ines Fallow",
            email: EMAIL,
            password: PASSWORD,
            locale: None,
        };
        identity::create_operator(&cairn.system(), new).await.unwrap();
        let router = http::router(&Config::default(), &cairn);
        Self { cairn, router }
    }

    async fn get(&self, path: &str, cookie: Option<&str>) -> Response<Body> {
        self.send(Request::get(path), cookie, String::new()).await
    }

    async fn post(&self, path: &str, cookie: Option<&str>, form: &[(&str, &str)]) -> Response<Body> {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, cookie, body).await
    }

    async fn send(
        &self,
        mut request: request::Builder,
        cookie: Option<&str>,
        body: String,
    ) -> Response<Body> {
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(body)).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn sign_in(&self, cookie: Option<&str>, back: &str) -> Response<Body> {
        let form = [("email", EMAIL), ("password", PASSWORD), ("back", back)];
        self.post("/sign-in", cookie, &form).await
    }
}

/// The `Set-Cookie` header, if there is one.
fn set_cookie(response: &Response<Body>) -> Option<&str> {
    response.headers().get(header::SET_COOKIE)?.to_str().ok()
}

/// What the browser sends back.
fn cookie(response: &Response<Body>) -> String {
    let given = set_cookie(response).unwrap();
    given.split(';').next().unwrap().to_owned()
}

fn location(response: &Response<Body>) -> &str {
    response.headers()[header::LOCATION].to_str().unwrap()
}

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
    let cairn = TestInstallation::new().await;
    let router = http::router(&Config::default(), &cairn);
    let site = Site { cairn, router };
    assert_eq!(location(&site.get("/", None).await), "/setup");
    let form = [("name", "Ansgar Pike"), ("email", EMAIL), ("password", PASSWORD)];
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
async fn only_an_operator_finds_the_operators_pages() {
    let site = Site::new().await;
    let odo = NewPerson {
        id: site.cairn.new_id(),
        name: "Odo Marsh",
        email: "odo@marsh.example",
        password: PASSWORD,
        locale: None,
    };
    identity::register(&site.cairn.system(), odo).await.unwrap();
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
    let confirmed = site.post(path, None, &[("token", token)]).await;
    assert_eq!(location(&confirmed), "/sign-in?done=email-verified");
}
