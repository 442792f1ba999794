//! How often one address may try a password, ask for a mail, or check a badge.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::{
        Arc, Mutex, PoisonError,
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
const DEAR: [&str; 15] = [
    "/sign-in",
    "/sign-up",
    "/check-your-mail",
    "/verify-email",
    "/forgot-password",
    "/reset-password",
    "/setup",
    "/verify",
    "/api/v1/verify",
    "/oid4vci/{tenant}/token",
    "/oid4vci/{tenant}/credential",
    "/oid4vci/{tenant}/notification",
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

/// Where a body may be large, whoever sends it: each is held in memory until it is
/// there. And how many of them one address may send at once; a class behind one
/// address sends its photographs together. How much all addresses may have sent at
/// once, [`held`](crate::held) says.
const LARGE: [(&str, usize); 3] = [
    ("/verify", 4),
    ("/api/v1/verify", 4),
    ("/t/{tenant}/attempts/{attempt}/file", 16),
];

/// The limit, and whether a proxy tells the address.
#[derive(Clone)]
pub(crate) struct Limits {
    check: Arc<dyn Fn(IpAddr, NonZeroU32) -> bool + Send + Sync>,
    large: Arc<Mutex<Taken>>,
    behind_proxy: bool,
}

/// The tries that the address of a request has: one was taken, and what turns out
/// to be several takes more.
#[derive(Clone)]
pub(crate) struct Tries {
    check: Arc<dyn Fn(IpAddr, NonZeroU32) -> bool + Send + Sync>,
    address: IpAddr,
}

impl Tries {
    /// Whether there are so many more, which are taken then.
    pub(crate) fn take(&self, more: usize) -> bool {
        match NonZeroU32::new(u32::try_from(more).unwrap_or(u32::MAX)) {
            Some(more) => (self.check)(self.address, more),
            None => true,
        }
    }
}

/// Who sends a request, as far as an address tells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sender(pub(crate) IpAddr);

/// How many places are taken, of which route and by which address.
type Taken = HashMap<(&'static str, IpAddr), usize>;

/// The place of a large body, until it is dropped.
struct Place<'limits> {
    large: &'limits Mutex<Taken>,
    whose: (&'static str, IpAddr),
}

impl<'limits> Place<'limits> {
    /// None if the address has all of its places taken.
    fn take(
        large: &'limits Mutex<Taken>,
        path: &'static str,
        at_once: usize,
        address: IpAddr,
    ) -> Option<Self> {
        let mut taken = large.lock().unwrap_or_else(PoisonError::into_inner);
        let whose = (path, address);
        let count = taken.entry(whose).or_default();
        if *count >= at_once {
            return None;
        }
        *count += 1;
        Some(Self { large, whose })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut taken = self.large.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&self.whose) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                taken.remove(&self.whose);
            }
        }
    }
}

impl Limits {
    pub(crate) fn new(behind_proxy: bool) -> Option<Self> {
        let config = GovernorConfigBuilder::default()
            .per_second(SECONDS)
            .burst_size(BURST)
            .finish()?;
        let limiter = Arc::clone(config.limiter());
        let checked = AtomicU32::new(0);
        let check = move |address, tries| {
            if checked.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY_EVERY) {
                limiter.retain_recent();
            }
            matches!(limiter.check_key_n(&address, tries), Ok(Ok(())))
        };
        Some(Self {
            check: Arc::new(check),
            large: Arc::default(),
            behind_proxy,
        })
    }
}

pub(crate) async fn limit(State(limits): State<Limits>, mut request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (is_dear, large) = (is_dear(&request), large(&request));
    let Some(address) = address(&limits, &request).map(one_of_a_network) else {
        return next.run(request).await;
    };
    request.extensions_mut().insert(Sender(address));
    if is_dear {
        if !(limits.check)(address, NonZeroU32::MIN) {
            return too_many();
        }
        request.extensions_mut().insert(Tries {
            check: Arc::clone(&limits.check),
            address,
        });
    }
    let Some((path, at_once)) = large else {
        return next.run(request).await;
    };
    match Place::take(&limits.large, path, at_once, address) {
        Some(_place) => next.run(request).await,
        None => too_many(),
    }
}

pub(crate) fn too_many() -> Response {
    let mut response = StatusCode::TOO_MANY_REQUESTS.into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(SECONDS));
    response
}

fn is_dear(request: &Request) -> bool {
    posted_to(request).is_some_and(|path| DEAR.contains(&path))
}

/// Where a large body goes, and how many may at once.
fn large(request: &Request) -> Option<(&'static str, usize)> {
    let path = posted_to(request)?;
    LARGE.into_iter().find(|(large, _)| *large == path)
}

fn posted_to(request: &Request) -> Option<&str> {
    let path = request.extensions().get::<MatchedPath>()?;
    (request.method() == Method::POST).then(|| path.as_str())
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
    fn an_address_has_so_many_large_bodies_at_once_and_no_more() {
        let large = Mutex::default();
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse().unwrap());
        let take = |path, address| Place::take(&large, path, 4, address);
        let mut places: Vec<_> = (0..4).map(|_| take("/verify", one)).collect();
        assert!(places.iter().all(Option::is_some));
        assert!(take("/verify", one).is_none());
        assert!(take("/verify", other).is_some());
        assert!(take("/api/v1/verify", one).is_some());
        places.pop();
        assert!(take("/verify", one).is_some());
        drop(places);
        assert!(large.lock().unwrap().is_empty());
    }

    #[test]
    fn addresses_of_one_network_count_as_one() {
        let counted = |text: &str| one_of_a_network(text.parse().unwrap()).to_string();
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(counted("192.0.2.1"), "192.0.2.1");
        assert_eq!(counted("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
