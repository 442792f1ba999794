//! The demo behind the whole site, and everybody signed in.

use std::{collections::BTreeMap, fmt, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use domain::id::AttemptId;
use server::{
    config::Config,
    demo::{self, DemoClock},
    http,
};
use service::{
    Installation,
    identity::{self, NewPerson},
    testing::TestInstallation,
};
use tower::ServiceExt;

use crate::callers::Caller;

pub(crate) struct World {
    pub(crate) installation: Arc<Installation>,
    router: Router,
    cookies: BTreeMap<Caller, String>,
    _ground: TestInstallation,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}",
            self.status,
            self.location.as_deref().unwrap_or_default()
        )
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        let ground = TestInstallation::new().await;
        let clock = Arc::new(DemoClock::new());
        let installation = ground.with_clock(Arc::clone(&clock) as _);
        demo::load(&installation, &clock).await.unwrap();
        let stranger = NewPerson {
            id: installation.new_id(),
            name: "Ines Fallow",
            email: Caller::Stranger.email().unwrap(),
            password: demo::PASSWORD,
            locale: None,
        };
        identity::register(&ground.system(), stranger).await.unwrap();
        let mut world = Self {
            router: http::router(&Config::default(), &installation),
            installation,
            cookies: BTreeMap::new(),
            _ground: ground,
        };
        for caller in Caller::ALL {
            if let Some(email) = caller.email() {
                let cookie = world.sign_in(email).await;
                world.cookies.insert(caller, cookie);
            }
        }
        world
    }

    /// Sends a request without content, as `caller`.
    pub(crate) async fn send(&self, method: Method, address: &str, caller: Caller) -> Answer {
        self.send_form(method, address, caller, String::new()).await
    }

    /// Sends a form, as `caller`.
    pub(crate) async fn send_form(
        &self,
        method: Method,
        address: &str,
        caller: Caller,
        form: String,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        if let Some(cookie) = self.cookies.get(&caller) {
            request = request.header(header::COOKIE, cookie);
        }
        // A form that brings a file, without any part.
        let (kind, body) = if ["/file", "/files", "/logo", "/picture"]
            .iter()
            .any(|end| address.ends_with(end))
        {
            ("multipart/form-data; boundary=b", "--b--\r\n".to_owned())
        } else {
            ("application/x-www-form-urlencoded", form)
        };
        let request = request
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let location = head.headers.get(header::LOCATION);
        Answer {
            status: head.status,
            location: location.map(|to| to.to_str().unwrap().to_owned()),
            body: String::from_utf8_lossy(&to_bytes(body, 1 << 22).await.unwrap()).into_owned(),
        }
    }

    /// Lets `caller` begin the first of these assessments that can be begun;
    /// the attempt's id.
    pub(crate) async fn begin_one_of(
        &self,
        assessments: impl Iterator<Item = &String>,
        caller: Caller,
    ) -> String {
        for address in assessments {
            let id: AttemptId = self.installation.new_id();
            let begun = self
                .send_form(Method::POST, address, caller, format!("id={id}"))
                .await;
            let to = begun.location.unwrap_or_default();
            if let Some(attempt) = to.strip_prefix("/t/harbour/attempts/") {
                return attempt.split(['?', '/']).next().unwrap().to_owned();
            }
        }
        panic!("{caller:?} can begin no assessment")
    }

    /// Signs `caller` in once more, so that there is another session to end.
    pub(crate) async fn come_from_another_browser(&mut self, caller: Caller) {
        let cookie = self.sign_in(caller.email().unwrap()).await;
        self.cookies.insert(caller, cookie);
    }

    async fn sign_in(&self, email: &str) -> String {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("email", email)
            .append_pair("password", demo::PASSWORD)
            .finish();
        let request = Request::post("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }
}
