//! What names mean under a context: keywords, properties, IRIs.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    Problem,
    context::ActiveContext,
    definition::{Definition, Meaning},
    iri,
    keyword::{Keyword, is_reserved},
};

/// A member of an object, with what its name means.
pub(super) struct Member<'d, 'a> {
    pub(super) name: &'d str,
    pub(super) value: &'d Value,
    pub(super) meaning: Name<'a>,
}

/// What a member's name means.
pub(super) enum Name<'a> {
    Keyword(Keyword),
    Property(Cow<'a, Definition>),
}

impl Member<'_, '_> {
    pub(super) fn is(&self, keyword: Keyword) -> bool {
        matches!(self.meaning, Name::Keyword(found) if found == keyword)
    }
}

/// The keyword that a name is, or stands for.
pub(super) fn keyword_of(name: &str, active: &ActiveContext) -> Option<Keyword> {
    match active.term(name) {
        Some(definition) => match definition.meaning {
            Meaning::Keyword(keyword) => Some(keyword),
            _ => None,
        },
        None => Keyword::parse(name),
    }
}

/// Whether a name is the keyword `keyword`, or stands for it.
pub(super) fn stands_for(name: &str, keyword: Keyword, active: &ActiveContext) -> bool {
    (name.starts_with('@') || active.has_alias(keyword)) && keyword_of(name, active) == Some(keyword)
}

/// What a member's name means; one that no context defines is a mistake.
pub(super) fn meaning_of<'a>(name: &str, active: &'a ActiveContext) -> Result<Name<'a>, Problem> {
    if let Some(definition) = active.term(name) {
        return match &definition.meaning {
            Meaning::Keyword(keyword) => Ok(Name::Keyword(*keyword)),
            Meaning::Iri(iri) if !iri.starts_with("_:") => {
                Ok(Name::Property(Cow::Borrowed(definition.as_ref())))
            }
            _ => Err(Problem::UndefinedTerm(name.to_owned())),
        };
    }
    if let Some(keyword) = Keyword::parse(name) {
        return Ok(Name::Keyword(keyword));
    }
    match expand_iri(name, active, true) {
        Some(iri) if iri::is_absolute(&iri) => {
            let definition = Definition::new(Meaning::Iri(iri.as_ref().into()), false);
            Ok(Name::Property(Cow::Owned(definition)))
        }
        _ => Err(Problem::UndefinedTerm(name.to_owned())),
    }
}

/// IRI expansion (§5.2.2), without a base: what stays relative is nothing.
pub(super) fn expand_iri<'t>(
    text: &'t str,
    active: &'t ActiveContext,
    vocabulary: bool,
) -> Option<Cow<'t, str>> {
    if is_reserved(text) {
        return None;
    }
    match active.term(text).map(|definition| &definition.meaning) {
        Some(Meaning::Keyword(_)) => return None,
        Some(Meaning::Nothing) if vocabulary => return None,
        Some(Meaning::Iri(iri)) if vocabulary => return Some(Cow::Borrowed(iri)),
        _ => {}
    }
    if let Some((prefix, suffix)) = text.split_once(':') {
        if suffix.starts_with("//") {
            return Some(Cow::Borrowed(text));
        }
        return match active.term(prefix).and_then(|definition| definition.as_prefix()) {
            Some(iri) => Some(Cow::Owned(format!("{iri}{suffix}"))),
            None => Some(Cow::Borrowed(text)),
        };
    }
    let vocabulary = active.vocabulary().filter(|_| vocabulary)?;
    Some(Cow::Owned(format!("{vocabulary}{text}")))
}
