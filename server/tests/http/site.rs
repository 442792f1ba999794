//! A site with an operator, so that it is set up, and a browser's way to it.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, Response, header, request},
};
use domain::{id::PersonId, tenancy::Role};
use server::{config::Config, http};
use service::{
    Installation,
    identity::{self, NewPerson},
    tenancy::{self, NewTenant},
    testing::TestInstallation,
};
use tower::ServiceExt;

pub(crate) const EMAIL: &str = "ines@fallow.example";
pub(crate) const PASSWORD: &str = "nine stones by the weir";

pub(crate) struct Site {
    pub(crate) cairn: TestInstallation,
    router: Router,
    operator: Option<PersonId>,
}

impl Site {
    /// A site whose operator is the only person.
    pub(crate) async fn new() -> Self {
        Self::with(&Config::default(), "http://cairn.test").await
    }

    /// The same by a configuration, and at an address.
    pub(crate) async fn with(config: &Config, address: &str) -> Self {
        let cairn = TestInstallation::new().await;
        let operator = person(&cairn, EMAIL, true).await;
        Self::around(cairn, config, address, Some(operator))
    }

    /// A site that nobody runs yet.
    pub(crate) async fn before_set_up() -> Self {
        let cairn = TestInstallation::new().await;
        Self::around(cairn, &Config::default(), "http://cairn.test", None)
    }

    fn around(cairn: TestInstallation, config: &Config, address: &str, operator: Option<PersonId>) -> Self {
        let installation = Installation {
            base_url: address.parse().unwrap(),
            ..Installation::clone(&cairn)
        };
        let router = http::router(config, &Arc::new(installation));
        Self {
            cairn,
            router,
            operator,
        }
    }

    pub(crate) async fn get(&self, path: &str, cookie: Option<&str>) -> Response<Body> {
        let mut request = Request::get(path);
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.send(request, Body::empty()).await
    }

    pub(crate) async fn post(
        &self,
        path: &str,
        cookie: Option<&str>,
        form: &[(&str, &str)],
    ) -> Response<Body> {
        let mut request = form_post(path).header("sec-fetch-site", "same-origin");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.send(request, encoded(form)).await
    }

    pub(crate) async fn send(&self, request: request::Builder, body: impl Into<Body>) -> Response<Body> {
        let request = request.body(body.into()).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// A tenant whose owner is the operator.
    pub(crate) async fn own_tenant(&self, slug: &str) {
        let id = self.cairn.new_id();
        let system = self.cairn.system();
        let operator = self.operator.unwrap();
        let new = NewTenant {
            id,
            slug,
            name: "Fallow",
            languages: "en",
            accent: "#2f5d62",
            owner: None,
        };
        tenancy::create(&system, operator, new).await.unwrap();
        tenancy::add_member(&system.in_tenant(id), operator, Role::Owner)
            .await
            .unwrap();
    }

    /// The operator's cookie.
    pub(crate) async fn signed_in(&self) -> String {
        cookie(&self.sign_in(None, "/").await)
    }

    pub(crate) async fn sign_in(&self, cookie: Option<&str>, back: &str) -> Response<Body> {
        let form = [("email", EMAIL), ("password", PASSWORD), ("back", back)];
        self.post("/sign-in", cookie, &form).await
    }
}

/// Somebody with an account.
pub(crate) async fn person(cairn: &TestInstallation, email: &str, is_operator: bool) -> PersonId {
    let new = NewPerson {
        id: cairn.new_id(),
        name: "Ines Fallow",
        email,
        password: PASSWORD,
        locale: None,
    };
    if is_operator {
        identity::create_operator(&cairn.system(), new).await.unwrap()
    } else {
        identity::register(&cairn.system(), new).await.unwrap()
    }
}

/// A form's request, without anything that says where it comes from.
pub(crate) fn form_post(path: &str) -> request::Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

pub(crate) fn encoded(form: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish()
}

/// From that address, as the connection tells it.
pub(crate) fn from(request: request::Builder, address: &str) -> request::Builder {
    let peer: SocketAddr = address.parse().unwrap();
    request.extension(ConnectInfo(peer))
}

/// The `Set-Cookie` header, if there is one.
pub(crate) fn set_cookie(response: &Response<Body>) -> Option<&str> {
    response.headers().get(header::SET_COOKIE)?.to_str().ok()
}

/// What the browser sends back.
pub(crate) fn cookie(response: &Response<Body>) -> String {
    let given = set_cookie(response).unwrap();
    given.split(';').next().unwrap().to_owned()
}

pub(crate) fn location(response: &Response<Body>) -> &str {
    response.headers()[header::LOCATION].to_str().unwrap()
}

pub(crate) async fn text(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), 1 << 22).await.unwrap();
    String::from_utf8(bytes.into()).unwrap()
}
