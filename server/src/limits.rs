//! How often one address may try a password, ask for a mail, or check a badge.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_governor::governor::GovernorConfigBuilder;

/// These cost us a password hash, a mail or a canonicalisation each.
const DEAR: [&str; 11] = [
    "/sign-in",
    "/sign-up",
    "/check-your-mail",
    "/verify-email",
    "/forgot-password",
    "/reset-password",
    "/setup",
    "/verify",
    "/account/email",
    "/account/password",
    "/t/{tenant}/admin/invitations",
];
/// At once; a class behind one address signs in together.
const BURST: u32 = 60;
/// And then one more every so many seconds.
const SECONDS: u64 = 2;
/// After so many requests, addresses that have all their tries back are forgotten.
const TIDY_EVERY: u32 = 1_024;

/// The limit, and whether a proxy tells the address.
#[derive(Clone)]
pub(crate) struct Limits {
    check: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
    behind_proxy: bool,
}

impl Limits {
    pub(crate) fn new(behind_proxy: bool) -> Option<Self> {
        let config = GovernorConfigBuilder::default()
            .per_second(SECONDS)
            .burst_size(BURST)
            .finish()?;
        let limiter = Arc::clone(config.limiter());
        let checked = AtomicU32::new(0);
        let check = move |address| {
            if checked.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY_EVERY) {
                limiter.retain_recent();
            }
            limiter.check_key(&address).is_ok()
        };
        Some(Self {
            check: Arc::new(check),
            behind_proxy,
        })
    }
}

pub(crate) async fn limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if is_dear(&request)
        && let Some(address) = address(&limits, &request)
        && !(limits.check)(one_of_a_network(address))
    {
        let mut response = StatusCode::TOO_MANY_REQUESTS.into_response();
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(SECONDS));
        return response;
    }
    next.run(request).await
}

fn is_dear(request: &Request) -> bool {
    request.method() == Method::POST
        && request
            .extensions()
            .get::<MatchedPath>()
            .is_some_and(|path| DEAR.contains(&path.as_str()))
}

fn address(limits: &Limits, request: &Request) -> Option<IpAddr> {
    let peer = || {
        let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
        Some(peer.ip())
    };
    if limits.behind_proxy {
        forwarded_for(request.headers()).or_else(peer)
    } else {
        peer()
    }
}

/// The address that the proxy itself saw: the last one. Those before it are
/// what the sender says, who may say anything.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let last = last.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse().ok()
}

/// Whoever has one IPv6 address has the 2⁶⁴ of its network.
fn one_of_a_network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_proxy_saw_counts_and_not_what_the_sender_says() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded_for(&headers), None);
        headers.append("x-forwarded-for", HeaderValue::from_static("192.0.2.1"));
        headers.append(
            "x-forwarded-for",
            HeaderValue::from_static("192.0.2.2, 198.51.100.7"),
        );
        assert_eq!(forwarded_for(&headers), "198.51.100.7".parse().ok());
        headers.append("x-forwarded-for", HeaderValue::from_static("nonsense"));
        assert_eq!(forwarded_for(&headers), None);
    }

    #[test]
    fn addresses_of_one_network_count_as_one() {
        let counted = |text: &str| one_of_a_network(text.parse().unwrap()).to_string();
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(counted("192.0.2.1"), "192.0.2.1");
        assert_eq!(counted("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
