//! The way to documents that others serve: DID documents and status lists.
//!
//! The addresses come from badges that anybody may have written. So: https only,
//! no address that is not public, no redirect, five seconds, one megabyte.

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use domain::credential::{Jwt, json};
use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use serde_json::Value;
use service::{Error, Result, credential::Outside};
use url::{Host, Url};

const LONGEST: Duration = Duration::from_secs(5);
const LARGEST: usize = 1 << 20;

/// The web, as far as it is safe to go.
#[derive(Debug)]
pub(crate) struct Web(Client);

impl Web {
    pub(crate) fn new() -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .https_only(true)
            .redirect(Policy::none())
            .timeout(LONGEST)
            .no_proxy()
            .dns_resolver(Arc::new(PublicOnly))
            .build()?;
        Ok(Self(client))
    }
}

#[async_trait]
impl Outside for Web {
    async fn json(&self, url: &Url) -> Result<Value> {
        // A host that is an address is not resolved, and so is looked at here.
        let literal = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::from(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::from(ip)),
            _ => None,
        };
        if literal.is_some_and(|ip| !is_public(ip)) {
            return Err(Error::Outside(format!("{url}: not a public address")));
        }
        let failed = |cause: reqwest::Error| Error::Outside(cause.to_string());
        let mut response = self.0.get(url.clone()).send().await.map_err(failed)?;
        if !response.status().is_success() {
            return Err(Error::Outside(format!("{url}: {}", response.status())));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > LARGEST {
                return Err(Error::Outside(format!("{url}: too large")));
            }
            body.extend_from_slice(&chunk);
        }
        let text = str::from_utf8(&body).map_err(|cause| Error::Outside(format!("{url}: {cause}")))?;
        // A status list may be a JSON Web Token, which is no JSON.
        if Jwt::parse(text).is_ok() {
            return Ok(Value::String(text.to_owned()));
        }
        Ok(json::parse(text)?)
    }
}

/// Resolves names, and leaves out what is not public: a name that leads inside
/// leads nowhere.
#[derive(Debug)]
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether everybody on the internet means the same machine by this address
/// (the special-purpose registries of RFC 6890, and what maps into them).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (b == 18 || b == 19)))
        }
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public(IpAddr::V4(inner));
    }
    let [first, second, ..] = ip.segments();
    // Of what is given out (2000::/3), without 6to4, Teredo and documentation.
    (first & 0xe000) == 0x2000 && first != 0x2002 && !(first == 0x2001 && (second < 0x200 || second == 0xdb8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_inside_are_not_public() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "224.0.0.1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111"] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }
}
