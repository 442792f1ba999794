//! What a person shows of what they own.

use serde::{Deserialize, Serialize};

use crate::text::text_enum;

text_enum! {
    /// Who may see something in a wallet.
    pub enum Visibility {
        /// The holder only.
        Private = "private",
        /// Whoever has the link to it.
        Link = "link",
        /// Anybody; it may be listed and found.
        Public = "public",
    }
}

text_enum! {
    /// Who looks.
    pub enum Viewer {
        /// The person who holds the badge.
        Holder = "holder",
        /// Somebody with the link that the holder gave out.
        LinkBearer = "link-bearer",
        /// Anybody else.
        Stranger = "stranger",
    }
}

impl Visibility {
    /// Whether that viewer sees it.
    #[must_use]
    pub const fn shows_to(self, viewer: Viewer) -> bool {
        match viewer {
            Viewer::Holder => true,
            Viewer::LinkBearer => !matches!(self, Self::Private),
            Viewer::Stranger => matches!(self, Self::Public),
        }
    }
}

/// How much of a badge its holder shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sharing {
    /// The badge itself: name, issuer, criteria, dates, status.
    pub badge: Visibility,
    /// The evidence behind it.
    pub evidence: Visibility,
}

impl Default for Sharing {
    /// Nothing is shared until its holder says so.
    fn default() -> Self {
        Self {
            badge: Visibility::Private,
            evidence: Visibility::Private,
        }
    }
}

impl Sharing {
    /// Whether that viewer sees the evidence: only ever together with the badge.
    #[must_use]
    pub const fn shows_evidence_to(self, viewer: Viewer) -> bool {
        self.badge.shows_to(viewer) && self.evidence.shows_to(viewer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_shared_until_its_holder_says_so() {
        let sharing = Sharing::default();
        assert!(sharing.badge.shows_to(Viewer::Holder));
        assert!(!sharing.badge.shows_to(Viewer::LinkBearer));
        assert!(!sharing.badge.shows_to(Viewer::Stranger));
    }

    #[test]
    fn a_link_shows_to_its_bearer_only() {
        assert!(Visibility::Link.shows_to(Viewer::LinkBearer));
        assert!(!Visibility::Link.shows_to(Viewer::Stranger));
        assert!(Visibility::Public.shows_to(Viewer::Stranger));
    }

    #[test]
    fn evidence_is_never_seen_without_its_badge() {
        let sharing = Sharing {
            badge: Visibility::Link,
            evidence: Visibility::Public,
        };
        assert!(sharing.shows_evidence_to(Viewer::LinkBearer));
        assert!(!sharing.shows_evidence_to(Viewer::Stranger));
    }
}
