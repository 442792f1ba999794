//! Pages per second, for somebody who is signed in.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde::Serialize;
use tower::ServiceExt;

use super::{
    BenchError, crowd,
    rate::{AT_ONCE, Work, at_once},
};
use crate::{
    config::Config,
    demo::{PASSWORD, load::Loaded},
    http,
};

const EMAIL: &str = "lin.cobble@example.org";

/// Per second.
#[derive(Debug, Serialize)]
pub(super) struct Pages {
    catalogue: f64,
    lesson: f64,
    attempt: f64,
}

pub(super) async fn measure(
    config: &Config,
    loaded: &Loaded<'_>,
    time: Duration,
) -> Result<Pages, BenchError> {
    let learner = crowd::learner(loaded, EMAIL).await?;
    let text = &loaded.content.course;
    service::course::enrol(&learner, loaded.id("course", &text.slug)).await?;
    let attempt = crowd::begin(loaded, &learner).await?;
    let router = http::router(config, &loaded.installation);
    let cookie = sign_in(&router).await?;
    let measured = async |address: String| {
        let address: Arc<str> = address.into();
        let visitor = || Visitor {
            router: router.clone(),
            cookie: cookie.clone(),
            address: Arc::clone(&address),
        };
        let fared = at_once(time, (0..AT_ONCE).map(|_| visitor()).collect()).await?;
        Ok::<_, BenchError>(fared.per_second)
    };
    let lesson = text
        .module
        .first()
        .and_then(|module| module.activity.first())
        .map(|activity| loaded.id::<domain::id::ActivityId>("activity", &activity.key))
        .ok_or(service::Error::NotFound)?;
    let tenant = format!("/t/{}", loaded.slug());
    Ok(Pages {
        catalogue: measured(tenant.clone()).await?,
        lesson: measured(format!("{tenant}/courses/{}/{lesson}", text.slug)).await?,
        attempt: measured(format!("{tenant}/attempts/{attempt}?q=1")).await?,
    })
}

async fn sign_in(router: &Router) -> Result<String, BenchError> {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("email", EMAIL)
        .append_pair("password", PASSWORD)
        .finish();
    let request = Request::post("/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(form))
        .map_err(BenchError::wrong)?;
    let Ok(response) = router.clone().oneshot(request).await;
    let cookie = response.headers().get(header::SET_COOKIE);
    let cookie = cookie.and_then(|cookie| cookie.to_str().ok()?.split(';').next());
    cookie
        .map(str::to_owned)
        .ok_or_else(|| BenchError::Wrong("nobody could sign in".to_owned()))
}

/// Reads one page, packed as browsers ask for it.
struct Visitor {
    router: Router,
    cookie: String,
    address: Arc<str>,
}

impl Work for Visitor {
    async fn once(&mut self) -> Result<(), BenchError> {
        let request = Request::get(&*self.address)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_ENCODING, "gzip, deflate, br")
            .body(Body::empty())
            .map_err(BenchError::wrong)?;
        let Ok(response) = self.router.clone().oneshot(request).await;
        if response.status() != StatusCode::OK {
            return Err(BenchError::Wrong(format!(
                "{}: {}",
                self.address,
                response.status()
            )));
        }
        to_bytes(response.into_body(), usize::MAX)
            .await
            .map_err(BenchError::wrong)?;
        Ok(())
    }
}
