use std::hash::{Hash, Hasher};

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use crate::text::text_type;

/// Not an address that mail can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("email-invalid")]
pub struct NotAnEmailAddress;

/// A mail address, `local@domain`: a dot-string of RFC 5321 §4.1.2 before the
/// `@` (what a browser's `type=email` takes), after it a domain name in its
/// ASCII form (UTS 46), in lower case.
///
/// The local part is kept as it was typed, because the receiving server may
/// tell cases apart; two addresses that differ in case only are equal here,
/// because people do not.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String"))]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The most bytes an address may have (RFC 5321 §4.5.3.1.3, less the angle brackets).
    pub const MAX_BYTES: usize = 254;

    /// Trims, normalises the domain, and checks. Nothing that passes can start
    /// a new header or a second recipient.
    pub fn parse(text: &str) -> Result<Self, NotAnEmailAddress> {
        let text = text.trim();
        if text.len() > Self::MAX_BYTES {
            return Err(NotAnEmailAddress);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnEmailAddress)?;
        if !is_dot_string(local) {
            return Err(NotAnEmailAddress);
        }
        let domain = EmailDomain::parse(domain)?;
        let address = format!("{local}@{domain}");
        if address.len() > Self::MAX_BYTES {
            return Err(NotAnEmailAddress);
        }
        Ok(Self(address))
    }

    /// The address in lower case: what is unique, and what is looked up.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// What stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

text_type!(EmailAddress, NotAnEmailAddress);

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for EmailAddress {}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// The part of a mail address after the `@`: a domain name of at least two
/// labels in ASCII lower case, `münchen.example` as `xn--mnchen-3ya.example`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailDomain(String);

impl EmailDomain {
    /// Normalises (UTS 46, with the rules of STD 3 and of DNS lengths) and checks.
    pub fn parse(text: &str) -> Result<Self, NotAnEmailAddress> {
        let text = text.trim();
        if text.len() > EmailAddress::MAX_BYTES {
            return Err(NotAnEmailAddress);
        }
        let ascii = Uts46::new()
            .to_ascii(
                text.as_bytes(),
                AsciiDenyList::STD3,
                Hyphens::CheckFirstLast,
                DnsLength::Verify,
            )
            .map_err(|_| NotAnEmailAddress)?;
        // A name whose last label is a number is an IP address.
        let top = ascii
            .rsplit_once('.')
            .map(|(_, top)| top)
            .ok_or(NotAnEmailAddress)?;
        if top.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAnEmailAddress);
        }
        Ok(Self(ascii.into_owned()))
    }
}

text_type!(EmailDomain, NotAnEmailAddress);

/// `Dot-string` of RFC 5321 §4.1.2, at most 64 bytes (§4.5.3.1.1).
fn is_dot_string(local: &str) -> bool {
    local.len() <= 64
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_domain_is_normalised_and_a_local_part_is_kept() {
        for (typed, kept) in [
            (" Mara.Quill@Example.ORG ", "Mara.Quill@example.org"),
            ("mara+badges@sub.example.org", "mara+badges@sub.example.org"),
            ("mara@MÜNCHEN.example", "mara@xn--mnchen-3ya.example"),
            ("o'neill@example.org", "o'neill@example.org"),
        ] {
            assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), kept);
        }
    }

    #[test]
    fn addresses_that_differ_in_case_only_are_equal() {
        let one = EmailAddress::parse("Mara@example.org").unwrap();
        let other = EmailAddress::parse("mara@Example.org").unwrap();
        assert_eq!(one, other);
        assert_eq!(one.key(), other.key());
        assert_eq!((one.local(), one.domain()), ("Mara", "example.org"));
    }

    #[test]
    fn what_mail_cannot_be_sent_to_is_refused() {
        for typed in [
            "",
            "mara",
            "@example.org",
            "mara@",
            "mara@localhost",
            "mara@127.0.0.1",
            "mara@[127.0.0.1]",
            "ma ra@example.org",
            "mara@exam ple.org",
            "mara@@example.org",
            ".mara@example.org",
            "ma..ra@example.org",
            "mara@example..org",
            "mara@-example.org",
            "mara@exa_mple.org",
            "mara@example.org.",
            "mara@example.org\r\nBcc: all@example.org",
            "mara\n@example.org",
            "mara@example.org,all@example.org",
            "\"mara\"@example.org",
            "Mara <mara@example.org>",
            "mära@example.org",
            "mara@example.org\u{0}",
        ] {
            assert_eq!(EmailAddress::parse(typed), Err(NotAnEmailAddress), "{typed:?}");
        }
        assert!(EmailAddress::parse(&format!("{}@example.org", "a".repeat(65))).is_err());
        assert!(EmailAddress::parse(&format!("a@{}.org", "a".repeat(64))).is_err());
        assert!(EmailAddress::parse(&format!("a@{}org", "abcdefg.".repeat(40))).is_err());
    }

    proptest! {
        #[test]
        fn whatever_passes_is_one_line_of_printable_ascii(text in "\\PC{0,20}@\\PC{0,30}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert!(address.as_str().bytes().all(|b| b.is_ascii_graphic()));
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
            }
        }
    }
}
