//! `did:web`: an identifier that is an address on the web.

use std::{fmt, str::FromStr};

use url::{Host, Url};

/// A `did:web` identifier, `did:web:host[%3Aport][:path…]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DidWeb(String);

/// The text or address is not a `did:web` identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a did:web identifier")]
pub struct NotDidWeb;

/// Longer ones are nobody's, and each is parsed before anything is known of it.
const MAX_LENGTH: usize = 1024;

impl DidWeb {
    /// The identifier whose document is `{address}/did.json`, or
    /// `{origin}/.well-known/did.json` for an address without a path.
    ///
    /// The address has to be `http` or `https`, without query, fragment or
    /// sign-in, and its host must not be an IPv6 address.
    pub fn from_url(address: &Url) -> Result<Self, NotDidWeb> {
        let plain = matches!(address.scheme(), "http" | "https")
            && address.query().is_none()
            && address.fragment().is_none()
            && address.username().is_empty()
            && address.password().is_none();
        let host = match address.host() {
            Some(Host::Domain(domain)) => domain.to_owned(),
            Some(Host::Ipv4(ip)) => ip.to_string(),
            _ => return Err(NotDidWeb),
        };
        if !plain {
            return Err(NotDidWeb);
        }
        let mut did = format!("did:web:{host}");
        if let Some(port) = address.port() {
            did.push_str("%3A");
            did.push_str(&port.to_string());
        }
        for segment in address.path().split('/').filter(|segment| !segment.is_empty()) {
            did.push(':');
            did.push_str(&segment.replace(':', "%3A"));
        }
        did.parse()
    }

    /// Where the DID document is (did:web §3.2): over `https`, except on the
    /// loopback interface, for which there are no certificates.
    #[must_use]
    pub fn document_url(&self) -> Option<Url> {
        let mut parts = self.0.strip_prefix("did:web:")?.split(':');
        let authority = parts.next()?.replace("%3A", ":").replace("%3a", ":");
        let path: Vec<&str> = parts.collect();
        let path = if path.is_empty() {
            ".well-known".to_owned()
        } else {
            path.join("/")
        };
        let address = format!("{authority}/{path}/did.json");
        let url = Url::parse(&format!("https://{address}")).ok()?;
        let loopback = match url.host()? {
            Host::Domain(domain) => domain == "localhost" || domain.ends_with(".localhost"),
            Host::Ipv4(ip) => ip.is_loopback(),
            Host::Ipv6(ip) => ip.is_loopback(),
        };
        if loopback {
            Url::parse(&format!("http://{address}")).ok()
        } else {
            Some(url)
        }
    }

    /// The identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DidWeb {
    type Err = NotDidWeb;

    fn from_str(text: &str) -> Result<Self, NotDidWeb> {
        let rest = text.strip_prefix("did:web:").ok_or(NotDidWeb)?;
        let segments = rest.split(':').all(|segment| {
            // A dot may be escaped, and means the same.
            let dots = segment.to_ascii_lowercase().replace("%2e", ".");
            !matches!(dots.as_str(), "" | "." | "..")
                && segment
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._%~".contains(&byte))
        });
        let did = Self(text.to_owned());
        if text.len() <= MAX_LENGTH && segments && did.document_url().is_some_and(|url| plain(&url)) {
            Ok(did)
        } else {
            Err(NotDidWeb)
        }
    }
}

/// An escaped `@`, `?` or `#` must not turn into one that means something.
fn plain(url: &Url) -> bool {
    url.username().is_empty() && url.query().is_none() && url.fragment().is_none()
}

impl fmt::Display for DidWeb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_its_identifier_are_found_from_each_other() {
        for (address, did, document) in [
            (
                "https://w.example",
                "did:web:w.example",
                "https://w.example/.well-known/did.json",
            ),
            (
                "https://w.example/t/acme",
                "did:web:w.example:t:acme",
                "https://w.example/t/acme/did.json",
            ),
            (
                "https://w.example:8443/t/acme",
                "did:web:w.example%3A8443:t:acme",
                "https://w.example:8443/t/acme/did.json",
            ),
            (
                "http://127.0.0.1:3000/t/acme",
                "did:web:127.0.0.1%3A3000:t:acme",
                "http://127.0.0.1:3000/t/acme/did.json",
            ),
            (
                "http://localhost:3000",
                "did:web:localhost%3A3000",
                "http://localhost:3000/.well-known/did.json",
            ),
        ] {
            let found = DidWeb::from_url(&address.parse().unwrap()).unwrap();
            assert_eq!(found.as_str(), did);
            assert_eq!(found.document_url().unwrap().as_str(), document);
        }
    }

    #[test]
    fn an_identifier_that_would_lead_elsewhere_is_refused() {
        for text in [
            "did:web:",
            "did:web:w.example:",
            "did:web:w.example:..:secret",
            "did:web:w.example:t:%2e%2E:secret",
            "did:web:w.example/path",
            "did:web:w.example?q",
            "did:web:user@w.example",
            "did:key:z6Mk",
            "did:web:w.example%3Anotaport",
        ] {
            assert_eq!(text.parse::<DidWeb>(), Err(NotDidWeb), "{text}");
        }
    }

    #[test]
    fn an_address_that_no_did_can_name_is_refused() {
        for address in [
            "https://w.example/?q",
            "https://w.example/#f",
            "ftp://w.example",
            "https://[::1]/",
        ] {
            assert_eq!(
                DidWeb::from_url(&address.parse().unwrap()),
                Err(NotDidWeb),
                "{address}"
            );
        }
    }
}
