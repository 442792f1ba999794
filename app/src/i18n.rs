//! Every text that a person reads, in their language.
//!
//! The catalogues are `locales/LANGUAGE/AREA.ftl`. A page says `t!("key")`, or
//! `t!("key", name = value)`; the language is that of the visit being drawn.

use std::{collections::HashMap, fmt::Display, str::FromStr};

use fluent_templates::{
    Loader,
    fluent_bundle::{FluentValue, types::FluentNumber},
    static_loader,
};
use leptos::prelude::use_context;
use unic_langid::LanguageIdentifier;

static_loader! {
    static CATALOGUES = {
        locales: "./locales",
        fallback_language: "en",
        // Isolation marks would end up in attributes, mail and tests.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that Cairn speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale(LanguageIdentifier);

impl Locale {
    /// The language for somebody who chose `chosen`, whose browser accepts
    /// `accepted` (an `Accept-Language` header), best first; else English.
    #[must_use]
    pub fn choose(chosen: Option<&str>, accepted: Option<&str>) -> Self {
        let wanted = chosen
            .into_iter()
            .chain(accepted.into_iter().flat_map(by_preference));
        for tag in wanted.take(20) {
            if let Some(known) = Self::known(tag) {
                return known;
            }
        }
        Self(unic_langid::langid!("en"))
    }

    /// All languages with a catalogue.
    pub fn all() -> impl Iterator<Item = Self> {
        CATALOGUES.locales().cloned().map(Self)
    }

    /// The tag, for `lang`.
    #[must_use]
    pub fn tag(&self) -> String {
        self.0.to_string()
    }

    /// `rtl` or `ltr`, for `dir`.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        match self.0.character_direction() {
            unic_langid::CharacterDirection::RTL => "rtl",
            _ => "ltr",
        }
    }

    /// The text for `key` in this language; the key itself if there is none, so
    /// that a gap is seen and nothing breaks.
    #[must_use]
    pub fn text(&self, key: &str, args: &Args) -> String {
        self.find(key, args).unwrap_or_else(|| {
            tracing::error!(key, "no such text");
            key.to_owned()
        })
    }

    /// The text for `key` in this language, if there is one.
    #[must_use]
    pub fn find(&self, key: &str, args: &Args) -> Option<String> {
        CATALOGUES.try_lookup_complete(&self.0, key, Some(args))
    }

    fn known(tag: &str) -> Option<Self> {
        let wanted = LanguageIdentifier::from_str(tag).ok()?;
        CATALOGUES
            .locales()
            .find(|known| **known == wanted)
            .or_else(|| {
                CATALOGUES
                    .locales()
                    .find(|known| known.language == wanted.language)
            })
            .cloned()
            .map(Self)
    }
}

/// `Accept-Language` (RFC 9110 §12.5.4) is nearly always sent best first; the
/// weights are only looked at to leave out what is refused.
fn by_preference(header: &str) -> impl Iterator<Item = &str> {
    header.split(',').filter_map(|part| {
        let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
        (!weight.trim().eq_ignore_ascii_case("q=0")).then(|| tag.trim())
    })
}

/// What a text mentions.
pub type Args = HashMap<std::borrow::Cow<'static, str>, FluentValue<'static>>;

/// A number by which a text can choose its words: what is shown as one, like
/// points, may be kept in another type.
pub(crate) fn number(value: impl Display) -> FluentValue<'static> {
    let written = value.to_string();
    match FluentNumber::from_str(&written) {
        Ok(number) => number.into(),
        Err(_) => written.into(),
    }
}

/// The language of the page being drawn.
pub(crate) fn current() -> Locale {
    use_context::<Locale>().unwrap_or_else(|| Locale::choose(None, None))
}

/// A text in the language of the page being drawn.
macro_rules! t {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::i18n::current().text($key, &$crate::i18n::args!($($name = $value),*))
    };
}

/// Arguments for [`Locale::text`].
macro_rules! args {
    ($($name:ident = $value:expr),* $(,)?) => {
        $crate::i18n::Args::from_iter([$((stringify!($name).into(), $value.into())),*])
    };
}

pub(crate) use {args, t};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_language_comes_before_the_browsers() {
        assert_eq!(Locale::choose(Some("en"), Some("fr")).tag(), "en");
        assert_eq!(Locale::choose(None, Some("xx;q=0.9, en-GB;q=0.8")).tag(), "en");
        assert_eq!(Locale::choose(Some("no such"), None).tag(), "en");
    }

    #[test]
    fn a_gap_shows_its_key() {
        assert_eq!(
            Locale::choose(None, None).text("no-such-key", &Args::new()),
            "no-such-key"
        );
    }
}
