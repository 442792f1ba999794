//! Term definitions, and how a context makes them (JSON-LD API 1.1 §4.2).

use std::{collections::HashMap, sync::Arc};

use serde_json::{Map, Value};

use super::{
    Problem,
    context::ActiveContext,
    iri,
    keyword::{Keyword, is_reserved},
};

/// What a term stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing: a context took the term away.
    Nothing,
    Keyword(Keyword),
    /// An absolute IRI, or a blank node (which a predicate may not be).
    Iri(Box<str>),
}

/// How the values of a term are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Coercion {
    /// As JSON has them; so it is for `@none`, too.
    Unspecified,
    Id,
    Vocab,
    Json,
    Datatype(Box<str>),
}

/// How several values of a term are kept together. (`@set` says nothing to RDF.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Unordered,
    Graph,
    Language,
    List,
}

/// The language of a term's strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Language {
    /// The context's own.
    Unspecified,
    None,
    Tag(Box<str>),
}

/// What a context says of a term.
#[derive(Debug, Clone)]
pub(super) struct Definition {
    pub(super) meaning: Meaning,
    pub(super) coercion: Coercion,
    pub(super) container: Container,
    pub(super) language: Language,
    /// The context of values under the term, or of nodes of the type.
    pub(super) scoped: Option<Arc<Value>>,
    prefix: bool,
    pub(super) protected: bool,
}

impl Definition {
    /// A definition that says nothing but what the term stands for.
    pub(super) fn new(meaning: Meaning, protected: bool) -> Self {
        Self {
            meaning,
            coercion: Coercion::Unspecified,
            container: Container::Unordered,
            language: Language::Unspecified,
            scoped: None,
            prefix: false,
            protected,
        }
    }

    /// The IRI in front of a compact IRI with this prefix.
    pub(super) fn as_prefix(&self) -> Option<&str> {
        match &self.meaning {
            Meaning::Iri(iri) if self.prefix => Some(iri),
            _ => None,
        }
    }

    /// Whether both say the same, protected or not (§4.2.2, step 27.1).
    fn same(&self, other: &Self) -> bool {
        self.meaning == other.meaning
            && self.coercion == other.coercion
            && self.container == other.container
            && self.language == other.language
            && self.scoped == other.scoped
            && self.prefix == other.prefix
    }
}

/// Works out the definitions of one context object.
pub(super) struct Definitions<'c> {
    pub(super) context: &'c mut ActiveContext,
    pub(super) local: &'c Map<String, Value>,
    /// Whether terms are protected unless they say otherwise.
    pub(super) protect: bool,
    /// Whether protected terms may be changed: so for a property's own context.
    pub(super) override_protected: bool,
    /// Terms that are done (true) or under way (false).
    pub(super) defined: HashMap<&'c str, bool>,
    /// How many terms are under way, each leaning on the next.
    pub(super) depth: usize,
}

/// Terms that lean on terms that lean on terms: no context goes beyond two.
const MAX_DEPTH: usize = 16;

impl<'c> Definitions<'c> {
    /// Defines `term`, and before it the terms that it leans on.
    pub(super) fn define(&mut self, term: &'c str, value: &'c Value) -> Result<(), Problem> {
        match self.defined.get(term) {
            Some(true) => return Ok(()),
            Some(false) => return Err(malformed(term)),
            None => self.defined.insert(term, false),
        };
        if term.is_empty() || is_reserved(term) {
            return Err(malformed(term));
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Problem::TooDeep);
        }
        let previous = self.context.take(term);
        let mut definition = self.read(term, value)?;
        self.depth -= 1;
        if let Some(previous) = previous
            && previous.protected
            && !self.override_protected
        {
            if !definition.same(&previous) {
                return Err(Problem::ProtectedTerm(term.to_owned()));
            }
            definition.protected = true;
        }
        self.context.put(term, definition);
        self.defined.insert(term, true);
        Ok(())
    }

    fn read(&mut self, term: &'c str, value: &'c Value) -> Result<Definition, Problem> {
        match value {
            Value::Null => Ok(Definition::new(Meaning::Nothing, self.protect)),
            Value::String(id) => {
                let mut definition = Definition::new(self.meaning(term, Some(id))?, self.protect);
                definition.prefix = can_be_prefix(term, &definition.meaning);
                Ok(definition)
            }
            Value::Object(entries) => self.read_entries(term, entries),
            _ => Err(malformed(term)),
        }
    }

    fn read_entries(
        &mut self,
        term: &'c str,
        entries: &'c Map<String, Value>,
    ) -> Result<Definition, Problem> {
        if let Some(name) = ["@reverse", "@nest", "@index", "@direction"]
            .into_iter()
            .find(|name| entries.contains_key(*name))
        {
            return Err(Problem::Unsupported(name.to_owned()));
        }
        let id = match entries.get("@id") {
            Some(Value::Null) => None,
            Some(Value::String(id)) => Some(id.as_str()),
            None => Some(term),
            Some(_) => return Err(malformed(term)),
        };
        let meaning = match id {
            None => Meaning::Nothing,
            Some(id) => self.meaning(term, (id != term).then_some(id))?,
        };
        let mut definition = Definition::new(meaning, self.protect);
        for (name, value) in entries {
            match (name.as_str(), value) {
                ("@id", _) => {}
                ("@type", Value::String(name)) => definition.coercion = self.coercion(term, name)?,
                ("@container", value) => definition.container = container(term, value)?,
                ("@context", value) => definition.scoped = Some(Arc::new(value.clone())),
                ("@protected", Value::Bool(protected)) => definition.protected = *protected,
                ("@prefix", Value::Bool(prefix)) => definition.prefix = *prefix,
                ("@language", Value::Null) => definition.language = Language::None,
                ("@language", Value::String(tag)) if iri::is_language(tag) => {
                    definition.language = Language::Tag(tag.as_str().into());
                }
                _ => return Err(malformed(term)),
            }
        }
        Ok(definition)
    }

    /// What `term` stands for: `id` where it is given, else what the term's own
    /// form or the vocabulary makes of it (§4.2.2, steps 14 to 18).
    fn meaning(&mut self, term: &'c str, id: Option<&'c str>) -> Result<Meaning, Problem> {
        if let Some(id) = id.filter(|id| *id != term) {
            return match self.expand(id)? {
                Meaning::Keyword(Keyword::Context) | Meaning::Nothing => Err(malformed(term)),
                meaning => Ok(meaning),
            };
        }
        if term.contains(':') {
            return self.expand(term);
        }
        match self.context.vocabulary() {
            Some(vocabulary) if !term.contains('/') => absolute(&format!("{vocabulary}{term}")),
            _ => Err(malformed(term)),
        }
    }

    fn coercion(&mut self, term: &'c str, name: &'c str) -> Result<Coercion, Problem> {
        Ok(match self.expand(name)? {
            Meaning::Keyword(Keyword::Id) => Coercion::Id,
            Meaning::Keyword(Keyword::Vocab) => Coercion::Vocab,
            Meaning::Keyword(Keyword::Json) => Coercion::Json,
            Meaning::Keyword(Keyword::None) => Coercion::Unspecified,
            Meaning::Iri(datatype) if !datatype.starts_with("_:") => Coercion::Datatype(datatype),
            _ => return Err(malformed(term)),
        })
    }

    /// IRI expansion against the context that is being made (§5.2.2, with
    /// `vocab`): a term that it leans on is defined first.
    fn expand(&mut self, text: &'c str) -> Result<Meaning, Problem> {
        if let Some(keyword) = Keyword::parse(text) {
            return Ok(Meaning::Keyword(keyword));
        }
        if is_reserved(text) {
            return Err(malformed(text));
        }
        self.define_first(text)?;
        if let Some(definition) = self.context.term(text) {
            return Ok(definition.meaning.clone());
        }
        if let Some((prefix, suffix)) = text.split_once(':') {
            if prefix == "_" || suffix.starts_with("//") {
                return absolute(text);
            }
            self.define_first(prefix)?;
            return match self
                .context
                .term(prefix)
                .and_then(|definition| definition.as_prefix())
            {
                Some(iri) => absolute(&format!("{iri}{suffix}")),
                None => absolute(text),
            };
        }
        match self.context.vocabulary() {
            Some(vocabulary) => absolute(&format!("{vocabulary}{text}")),
            None => absolute(text),
        }
    }

    fn define_first(&mut self, term: &str) -> Result<(), Problem> {
        match self.local.get_key_value(term) {
            Some((term, value))
                if !term.starts_with('@') && self.defined.get(term.as_str()) != Some(&true) =>
            {
                self.define(term, value)
            }
            _ => Ok(()),
        }
    }
}

fn absolute(text: &str) -> Result<Meaning, Problem> {
    if iri::is_absolute(text) || text.starts_with("_:") {
        Ok(Meaning::Iri(text.into()))
    } else {
        Err(Problem::NotAnIri(text.to_owned()))
    }
}

/// A term without a colon or slash is a prefix of itself if its IRI ends as a
/// namespace does (§4.2.2, step 14.2.5).
fn can_be_prefix(term: &str, meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Iri(iri) => {
            !term.contains([':', '/'])
                && (iri.ends_with([':', '/', '?', '#', '[', ']', '@']) || iri.starts_with("_:"))
        }
        _ => false,
    }
}

fn container(term: &str, value: &Value) -> Result<Container, Problem> {
    let names = match value {
        Value::Array(names) => names.as_slice(),
        name => std::slice::from_ref(name),
    };
    let mut container = Container::Unordered;
    for name in names {
        let found = match name.as_str().ok_or_else(|| malformed(term))? {
            "@set" => continue,
            "@graph" => Container::Graph,
            "@language" => Container::Language,
            "@list" => Container::List,
            name @ ("@id" | "@index" | "@type") => {
                return Err(Problem::Unsupported(format!("@container {name}")));
            }
            _ => return Err(malformed(term)),
        };
        if container != Container::Unordered || (found == Container::List && names.len() > 1) {
            return Err(malformed(term));
        }
        container = found;
    }
    Ok(container)
}

fn malformed(term: &str) -> Problem {
    Problem::InvalidContext(term.to_owned())
}
