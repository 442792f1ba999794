//! How often one address may try a password, ask for a mail, or check a badge.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_governor::{
    governor::GovernorConfigBuilder,
    key_extractor::{KeyExtractor, SmartIpKeyExtractor},
};

/// These cost us a password hash, a mail or a canonicalisation each.
const DEAR: [&str; 6] = [
    "/sign-in",
    "/sign-up",
    "/forgot-password",
    "/reset-password",
    "/setup",
    "/verify",
];
/// At once; a class behind one address signs in together.
const BURST: u32 = 60;
/// And then one more every so many seconds.
const SECONDS: u64 = 2;

/// The limit, and whether a proxy tells the address.
#[derive(Clone)]
pub(crate) struct Limits {
    check: Arc<dyn Fn(std::net::IpAddr) -> bool + Send + Sync>,
    behind_proxy: bool,
}

impl Limits {
    pub(crate) fn new(behind_proxy: bool) -> Option<Self> {
        let config = GovernorConfigBuilder::default()
            .per_second(SECONDS)
            .burst_size(BURST)
            .finish()?;
        let limiter = Arc::clone(config.limiter());
        Some(Self {
            check: Arc::new(move |address| limiter.check_key(&address).is_ok()),
            behind_proxy,
        })
    }
}

pub(crate) async fn limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let dear = request.method() == Method::POST && DEAR.contains(&request.uri().path());
    if dear
        && let Some(address) = address(&limits, &request)
        && !(limits.check)(address)
    {
        let mut response = StatusCode::TOO_MANY_REQUESTS.into_response();
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(SECONDS));
        return response;
    }
    next.run(request).await
}

fn address(limits: &Limits, request: &Request) -> Option<std::net::IpAddr> {
    if limits.behind_proxy {
        return SmartIpKeyExtractor.extract(request).ok();
    }
    request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip())
}
