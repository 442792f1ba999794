//! A browser without script: it follows redirects, fills forms and sends them.

use std::sync::Arc;

use app::{Assets, Site};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::{self, Next},
    response::Response,
};
use domain::id::PersonId;
use service::{Ctx, Installation, identity::sessions};
use tower::ServiceExt;
use tower_sessions::{MemoryStore, Session, SessionManagerLayer};

/// Who signs in with each request.
const AS: &str = "x-signed-in-as";

/// The page that a browser shows.
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) path: String,
    pub(crate) html: String,
}

pub(crate) struct Browser {
    router: Router,
    person: Option<PersonId>,
}

impl Browser {
    /// Signed in as the actor of `ctx`.
    pub(crate) fn of(ctx: &Ctx) -> Self {
        Self::new(ctx.installation(), ctx.actor().person)
    }

    pub(crate) fn new(installation: &Arc<Installation>, person: Option<PersonId>) -> Self {
        let site = Site {
            installation: Arc::clone(installation),
            assets: Arc::new(Assets::default()),
        };
        let sessions = SessionManagerLayer::new(MemoryStore::default());
        let router = app::router(site)
            .layer(middleware::from_fn(sign_in))
            .layer(sessions);
        Self { router, person }
    }

    pub(crate) async fn get(&self, path: &str) -> Shown {
        self.follow(Method::GET, path, String::new()).await
    }

    /// Sends a form to the page that it stands on.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.follow(Method::POST, path, body).await
    }

    /// Sends the page's form as it stands, with some fields filled in.
    pub(crate) async fn fill(&self, page: &Shown, fields: &[(&str, &str)]) -> Shown {
        let hidden = page.hidden();
        let mut all: Vec<(&str, &str)> = fields.to_vec();
        for (name, value) in &hidden {
            if fields.iter().all(|(filled, _)| filled != name) {
                all.push((name, value));
            }
        }
        self.post(&page.path, &all).await
    }

    /// Sends a form with a file in it.
    pub(crate) async fn bring(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str)) -> Shown {
        let part = |head: &str, content: &str| {
            format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
        };
        let mut body = String::new();
        for (name, value) in fields {
            body += &part(&format!("name=\"{name}\""), value);
        }
        let (name, content) = file;
        body += &part(&format!("name=\"file\"; filename=\"{name}\""), content);
        body += "--edge--\r\n";
        let kind = "multipart/form-data; boundary=edge";
        let response = self.send_as(Method::POST, path, kind, body).await;
        shown(path.to_owned(), response).await
    }

    async fn follow(&self, method: Method, path: &str, body: String) -> Shown {
        let mut response = self.send(method, path, body).await;
        let mut path = path.to_owned();
        while let Some(to) = response.headers().get(header::LOCATION) {
            path = to.to_str().unwrap().to_owned();
            response = self.send(Method::GET, &path, String::new()).await;
        }
        shown(path, response).await
    }

    async fn send(&self, method: Method, path: &str, body: String) -> Response {
        self.send_as(method, path, "application/x-www-form-urlencoded", body)
            .await
    }

    async fn send_as(&self, method: Method, path: &str, kind: &str, body: String) -> Response {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, kind);
        if let Some(person) = self.person {
            request = request.header(AS, person.to_string());
        }
        let request = request.body(Body::from(body)).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }
}

async fn shown(path: String, response: Response) -> Shown {
    let status = response.status();
    let html = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    Shown {
        status,
        path,
        html: String::from_utf8(html.to_vec()).unwrap(),
    }
}

impl Shown {
    /// The hidden fields of the page's forms.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        let inputs = self.html.split("<input").skip(1);
        let hidden = inputs.filter_map(|input| {
            let tag = input.split('>').next()?;
            tag.contains("type=\"hidden\"")
                .then(|| (attribute(tag, "name"), attribute(tag, "value")))
        });
        hidden.collect()
    }

    /// The values of the fields called `name`, in the order shown.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        let inputs = self.html.split("<input").skip(1);
        let tags = inputs.filter_map(|input| input.split('>').next());
        let named = tags.filter(|tag| attribute(tag, "name") == name);
        named.map(|tag| attribute(tag, "value")).collect()
    }

    pub(crate) fn says(&self, text: &str) -> bool {
        self.html.contains(text)
    }
}

fn attribute(tag: &str, name: &str) -> String {
    let start = format!(" {name}=\"");
    let rest = tag.split_once(&start).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned()
}

async fn sign_in(session: Session, request: Request, next: Next) -> Response {
    let person = request
        .headers()
        .get(AS)
        .and_then(|id| id.to_str().ok()?.parse::<PersonId>().ok());
    if let Some(person) = person {
        session.insert(sessions::PERSON, person).await.unwrap();
    }
    next.run(request).await
}
