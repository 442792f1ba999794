//! The keywords of JSON-LD 1.1 (§1.7).

/// A keyword that may stand in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    Context,
    Direction,
    Graph,
    Id,
    Included,
    Index,
    Json,
    Language,
    List,
    Nest,
    None,
    Reverse,
    Set,
    Type,
    Value,
    Vocab,
}

impl Keyword {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "@context" => Self::Context,
            "@direction" => Self::Direction,
            "@graph" => Self::Graph,
            "@id" => Self::Id,
            "@included" => Self::Included,
            "@index" => Self::Index,
            "@json" => Self::Json,
            "@language" => Self::Language,
            "@list" => Self::List,
            "@nest" => Self::Nest,
            "@none" => Self::None,
            "@reverse" => Self::Reverse,
            "@set" => Self::Set,
            "@type" => Self::Type,
            "@value" => Self::Value,
            "@vocab" => Self::Vocab,
            _ => return None,
        })
    }
}

/// Whether `text` looks like a keyword: such text is reserved (§5.2.2, step 2).
pub(super) fn is_reserved(text: &str) -> bool {
    text.strip_prefix('@')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
}
