//! What a person sees when a use case did not succeed: decided here, for all.

use axum::{
    body::HttpBody,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::Error;
use tower_sessions::session::Error as SessionError;

use crate::{Site, form::Form, i18n::t, ui::in_textarea, visit::Visit};

/// So many seconds after which what is away may be back.
const SOON: u64 = 5;

/// A use case's error on its way to becoming a response.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) Error);

impl Failure {
    /// Sessions are kept in the database: without it there are none.
    pub(crate) fn session(cause: SessionError) -> Self {
        Self(match cause {
            SessionError::Store(cause) => Error::unavailable(cause),
            SessionError::SerdeJson(cause) => Error::Corrupt(cause),
        })
    }
}

impl Failure {
    /// The session of whoever sent a form has ended.
    pub(crate) fn signed_out() -> Response {
        let status = StatusCode::UNAUTHORIZED;
        let mut response = status.into_response();
        let key = "signed-out";
        response.extensions_mut().insert(Trouble { status, key });
        response
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// A response that still needs its page: kind and status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trouble {
    status: StatusCode,
    /// Texts `trouble-{key}-title` and `trouble-{key}-text`, or a refusal's own.
    key: &'static str,
}

impl Trouble {
    /// The trouble that a response tells of and does not explain: what a failure
    /// left, or a bare status of the layers around the site.
    fn unexplained(response: &Response) -> Option<Self> {
        if let Some(left) = response.extensions().get::<Self>() {
            return Some(*left);
        }
        let status = response.status();
        let is_bare = response.body().size_hint().exact() == Some(0);
        let key = match status {
            _ if !is_bare => return None,
            StatusCode::FORBIDDEN => "cross-site",
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "not-found",
            StatusCode::PAYLOAD_TOO_LARGE => "too-large",
            StatusCode::TOO_MANY_REQUESTS => "too-many",
            StatusCode::SERVICE_UNAVAILABLE => "unavailable",
            status if status.is_client_error() => "unreadable",
            status if status.is_server_error() => "failed",
            _ => return None,
        };
        Some(Self { status, key })
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, key) = match &self.0 {
            Error::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Error::Refused(code) => (StatusCode::CONFLICT, *code),
            Error::Stale => (StatusCode::CONFLICT, "stale"),
            Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Error::Unavailable(cause) => {
                tracing::error!(%cause, "the database is away");
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
            cause => {
                tracing::error!(%cause, "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "failed")
            }
        };
        let mut response = status.into_response();
        let pause = match self.0 {
            Error::TooMany(pause) => Some(pause.as_secs().max(1)),
            Error::Unavailable(_) => Some(SOON),
            _ => None,
        };
        if let Some(seconds) = pause {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Trouble { status, key });
        response
    }
}

/// Around everything: what went wrong before it was known who asks, or was
/// refused before it came to a page, is said in words as well.
pub async fn explain(State(site): State<Site>, request: Request, next: Next) -> Response {
    let visit = Visit::of_nobody(site, request.headers(), request.uri());
    let only_head = request.method() == Method::HEAD;
    let response = next.run(request).await;
    if only_head {
        response
    } else {
        explained(&visit, response)
    }
}

/// The response, with the page that says what went wrong and what to do if it
/// lacks one.
pub(crate) fn explained(visit: &Visit, response: Response) -> Response {
    let Some(trouble) = Trouble::unexplained(&response) else {
        return response;
    };
    let (bare, _) = response.into_parts();
    let mut page = trouble_page(visit, trouble);
    for (name, value) in bare.headers {
        if let Some(name) = name
            && name != header::CONTENT_LENGTH
            && name != header::CONTENT_TYPE
        {
            page.headers_mut().append(name, value);
        }
    }
    if trouble.status == StatusCode::SERVICE_UNAVAILABLE {
        page.headers_mut()
            .entry(header::RETRY_AFTER)
            .or_insert(HeaderValue::from(SOON));
    }
    page
}

fn trouble_page(visit: &Visit, trouble: Trouble) -> Response {
    let Trouble { status, key } = trouble;
    let title = visit.t(&format!("trouble-{key}-title"));
    let heading = title.clone();
    let typed = match status {
        StatusCode::CONFLICT | StatusCode::UNAUTHORIZED => visit.typed.get().cloned(),
        _ => None,
    };
    let address = visit.address().to_owned();
    let is_signed_out = status == StatusCode::UNAUTHORIZED;
    visit
        .page(title, move || {
            view! {
                <h1>{heading}</h1>
                <p class="lead">{t!(&format!("trouble-{key}-text"))}</p>
                {typed.map(|form| given_back(&form, address, is_signed_out))}
                <p><a href="/">{t!("trouble-home")}</a></p>
            }
        })
        .status(status)
        .into_response()
}

/// What was typed: to be sent again to its address by somebody who has to sign in
/// first, else to be copied into the page there. Passwords are not shown.
fn given_back(form: &Form, address: String, is_signed_out: bool) -> AnyView {
    let kept = form.iter().filter(|(name, _)| !name.contains("password"));
    // What has no space in it is an id, a revision or a choice.
    let (texts, rest): (Vec<_>, Vec<_>) = kept.partition(|(_, value)| value.contains(char::is_whitespace));
    let texts = texts.into_iter().zip(1..).map(|((name, value), number)| {
        let id = format!("typed-{number}");
        let rows = value.lines().count().clamp(1, 12).to_string();
        view! {
            <div class="field full">
                <label for=id.clone()>{t!("trouble-typed-field", number = number)}</label>
                <textarea id=id name=name.to_owned() rows=rows readonly>{in_textarea(value)}</textarea>
            </div>
        }
    });
    let texts = texts.collect::<Vec<_>>();
    if is_signed_out {
        let rest = rest.into_iter().map(|(name, value)| {
            view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }
        });
        return view! {
            <p><a href="/sign-in" target="_blank">{t!("trouble-sign-in")}</a></p>
            <form method="post" action=address>
                {texts}
                {rest.collect_view()}
                <div class="buttons"><button class="button">{t!("trouble-send-again")}</button></div>
            </form>
        }
        .into_any();
    }
    // Buttons without a text have no page of their own to go back to.
    if texts.is_empty() {
        return ().into_any();
    }
    view! {
        <p><a href=address target="_blank">{t!("trouble-open-again")}</a></p>
        <section class="section"><h2>{t!("trouble-typed")}</h2>{texts}</section>
    }
    .into_any()
}

/// An address that nothing answers at.
pub(crate) async fn nothing_here() -> Failure {
    Failure(Error::NotFound)
}
