use crate::text::text_type;

/// A tenant's name in addresses, `/t/{slug}/…`, and in its issuer's
/// `did:web`: 2 to 40 lower-case ASCII letters, digits and single hyphens
/// between them, beginning with a letter. It does not change once a badge has
/// been signed, because the issuer's identity would change with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String"))]
pub struct Slug(String);

/// Why a slug was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlugProblem {
    /// Fewer than [`Slug::MIN_CHARS`] characters.
    #[error("slug-too-short")]
    TooShort,
    /// More than [`Slug::MAX_CHARS`] characters.
    #[error("slug-too-long")]
    TooLong,
    /// Something other than lower-case letters, digits and single hyphens between them.
    #[error("slug-character")]
    Character,
    /// A word that Cairn needs in addresses, or that could pass for its operator.
    #[error("slug-reserved")]
    Reserved,
}

impl Slug {
    /// The fewest characters.
    pub const MIN_CHARS: usize = 2;
    /// The most characters.
    pub const MAX_CHARS: usize = 40;

    /// Checks a slug; nothing is changed on the way, because what was typed
    /// becomes an address that people copy.
    pub fn parse(text: &str) -> Result<Self, SlugProblem> {
        if text.len() < Self::MIN_CHARS {
            return Err(SlugProblem::TooShort);
        }
        if text.len() > Self::MAX_CHARS {
            return Err(SlugProblem::TooLong);
        }
        let is_part = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.split('-').all(is_part) {
            return Err(SlugProblem::Character);
        }
        if RESERVED.contains(&text) {
            return Err(SlugProblem::Reserved);
        }
        Ok(Self(text.to_owned()))
    }
}

text_type!(Slug, SlugProblem);

const RESERVED: &[&str] = &[
    "about",
    "account",
    "admin",
    "api",
    "app",
    "assets",
    "auth",
    "cairn",
    "edit",
    "help",
    "login",
    "logout",
    "mail",
    "new",
    "null",
    "operator",
    "pkg",
    "privacy",
    "public",
    "root",
    "security",
    "settings",
    "sign-in",
    "sign-out",
    "sign-up",
    "static",
    "status",
    "support",
    "system",
    "undefined",
    "verify",
    "wallet",
    "well-known",
    "www",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_a_short_plain_word() {
        for text in ["harbour-college", "a1", "x-y-z", "tenant42"] {
            assert_eq!(Slug::parse(text).unwrap().as_str(), text);
        }
        for (text, problem) in [
            ("a", SlugProblem::TooShort),
            ("", SlugProblem::TooShort),
            ("new", SlugProblem::Reserved),
            ("Harbour", SlugProblem::Character),
            ("1st", SlugProblem::Character),
            ("-a", SlugProblem::Character),
            ("a-", SlugProblem::Character),
            ("xn--mnchen", SlugProblem::Character),
            ("a/b", SlugProblem::Character),
            ("..", SlugProblem::Character),
            ("häfen", SlugProblem::Character),
            ("a b", SlugProblem::Character),
        ] {
            assert_eq!(Slug::parse(text), Err(problem), "{text:?}");
        }
        assert_eq!(Slug::parse(&"a".repeat(41)), Err(SlugProblem::TooLong));
    }

    #[test]
    fn a_stored_slug_is_checked_again() {
        assert!(serde_json::from_str::<Slug>("\"harbour\"").is_ok());
        assert!(serde_json::from_str::<Slug>("\"../harbour\"").is_err());
    }

    #[test]
    fn every_reserved_word_would_otherwise_pass() {
        for word in RESERVED {
            assert_eq!(Slug::parse(word), Err(SlugProblem::Reserved), "{word}");
        }
    }
}
