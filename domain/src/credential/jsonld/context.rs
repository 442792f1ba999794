//! Active contexts: what the terms mean at one place of a document
//! (JSON-LD API 1.1 §4.1).

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use foldhash::fast::RandomState;
use serde_json::{Map, Value};

use super::{
    Problem,
    definition::{Definition, Definitions, Meaning},
    iri,
    keyword::Keyword,
    store::ContextStore,
};

/// Contexts remembered on top of one root; more are worked out each time.
const ROOM: usize = 1_024;

/// The terms in force, and the contexts that were put on top of them before.
#[derive(Debug, Default)]
pub(super) struct ActiveContext {
    terms: HashMap<Arc<str>, Arc<Definition>, RandomState>,
    /// Keywords that some term stands for, or did once.
    aliased: Vec<Keyword>,
    vocabulary: Option<Box<str>>,
    language: Option<Box<str>>,
    derived: RwLock<HashMap<Key, Remembered, RandomState>>,
    /// How many contexts are remembered under the same root.
    remembered: Arc<AtomicUsize>,
}

/// Which context was put on top of another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// Contexts by their addresses, joined.
    Addresses(String),
    /// A scoped context, by where it lies in memory, and how it was applied.
    Scoped(usize, Application),
}

/// How a context is put on top of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Application {
    /// By an `@context` in the document.
    Embedded,
    /// For the values under a property: it may change protected terms.
    Property,
    /// For a node of a type: it is gone again in the nodes below.
    Type,
}

/// A context and how it came about.
#[derive(Debug, Clone)]
pub(super) struct Derived {
    pub(super) context: Arc<ActiveContext>,
    /// Whether it holds in the nodes below, too.
    pub(super) propagate: bool,
    /// Whether all that was in force before has been taken away.
    pub(super) reset: bool,
}

#[derive(Debug)]
struct Remembered {
    derived: Derived,
    /// What it was made from, kept because the key names its place in memory,
    /// which must not be used again.
    _origin: Option<Arc<Value>>,
}

impl ActiveContext {
    /// What the context says of `term`.
    pub(super) fn term(&self, term: &str) -> Option<&Arc<Definition>> {
        self.terms.get(term)
    }

    /// Whether a term may stand for `keyword`. Most have none, so that most names
    /// need not be looked up to know that they stand for something else.
    pub(super) fn has_alias(&self, keyword: Keyword) -> bool {
        self.aliased.contains(&keyword)
    }

    /// The IRI in front of terms that nothing defines.
    pub(super) fn vocabulary(&self) -> Option<&str> {
        self.vocabulary.as_deref()
    }

    /// The language of strings that say nothing else.
    pub(super) fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    pub(super) fn put(&mut self, term: &str, definition: Definition) {
        if let Meaning::Keyword(keyword) = definition.meaning
            && !self.has_alias(keyword)
        {
            self.aliased.push(keyword);
        }
        self.terms.insert(term.into(), Arc::new(definition));
    }

    pub(super) fn take(&mut self, term: &str) -> Option<Arc<Definition>> {
        self.terms.remove(term)
    }

    fn is_protected(&self) -> bool {
        self.terms.values().any(|definition| definition.protected)
    }

    /// The same terms, with nothing remembered on top yet.
    fn copy(&self, remembered: Arc<AtomicUsize>) -> Self {
        Self {
            terms: self.terms.clone(),
            aliased: self.aliased.clone(),
            vocabulary: self.vocabulary.clone(),
            language: self.language.clone(),
            derived: RwLock::default(),
            remembered,
        }
    }

    /// The context that `local`, which the document holds, makes of this one.
    pub(super) fn embedded(&self, local: &Value, work: &mut Work<'_>) -> Result<Derived, Problem> {
        match addresses(local) {
            Some(key) => self.remember(Key::Addresses(key), local, Application::Embedded, None, work),
            None => self.derive(local, Application::Embedded, Arc::default(), work),
        }
    }

    /// The context that a type's or property's own context makes of this one.
    pub(super) fn scoped(
        &self,
        local: &Arc<Value>,
        application: Application,
        work: &mut Work<'_>,
    ) -> Result<Derived, Problem> {
        let key = Key::Scoped(Arc::as_ptr(local).addr(), application);
        self.remember(key, local, application, Some(Arc::clone(local)), work)
    }

    fn remember(
        &self,
        key: Key,
        local: &Value,
        application: Application,
        origin: Option<Arc<Value>>,
        work: &mut Work<'_>,
    ) -> Result<Derived, Problem> {
        if let Some(remembered) = self
            .derived
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
        {
            return Ok(remembered.derived.clone());
        }
        let derived = self.derive(local, application, Arc::clone(&self.remembered), work)?;
        if self.remembered.fetch_add(1, Ordering::Relaxed) < ROOM {
            let mut remembered = self.derived.write().unwrap_or_else(PoisonError::into_inner);
            let fresh = Remembered {
                derived,
                _origin: origin,
            };
            return Ok(remembered.entry(key).or_insert(fresh).derived.clone());
        }
        self.remembered.fetch_sub(1, Ordering::Relaxed);
        Ok(derived)
    }

    fn derive(
        &self,
        local: &Value,
        application: Application,
        remembered: Arc<AtomicUsize>,
        work: &mut Work<'_>,
    ) -> Result<Derived, Problem> {
        let mut making = Making {
            context: self.copy(remembered),
            override_protected: application == Application::Property,
            propagate: application != Application::Type,
            reset: false,
        };
        if let Some(Value::Bool(propagate)) = local.get("@propagate") {
            making.propagate = *propagate;
        }
        work.charge(making.context.terms.len())?;
        making.apply(local, work)?;
        Ok(Derived {
            context: Arc::new(making.context),
            propagate: making.propagate,
            reset: making.reset,
        })
    }
}

/// The addresses in `local`, joined, if it consists of nothing else.
fn addresses(local: &Value) -> Option<String> {
    match local {
        Value::String(address) => Some(address.clone()),
        Value::Array(entries) => {
            let mut joined = String::new();
            for entry in entries {
                joined.push_str(entry.as_str()?);
                joined.push('\n');
            }
            Some(joined)
        }
        _ => None,
    }
}

/// What a document's contexts may cost.
pub(super) struct Work<'s> {
    pub(super) store: &'s ContextStore,
    /// Definitions that may still be made or copied.
    pub(super) left: usize,
}

impl Work<'_> {
    fn charge(&mut self, definitions: usize) -> Result<(), Problem> {
        self.left = self.left.checked_sub(definitions).ok_or(Problem::TooLarge)?;
        Ok(())
    }
}

struct Making {
    context: ActiveContext,
    override_protected: bool,
    propagate: bool,
    reset: bool,
}

impl Making {
    /// Context processing (§4.1.2).
    fn apply(&mut self, local: &Value, work: &mut Work<'_>) -> Result<(), Problem> {
        match local {
            Value::Array(entries) => entries.iter().try_for_each(|entry| self.apply_one(entry, work)),
            entry => self.apply_one(entry, work),
        }
    }

    fn apply_one(&mut self, local: &Value, work: &mut Work<'_>) -> Result<(), Problem> {
        match local {
            Value::Null => {
                if !self.override_protected && self.context.is_protected() {
                    return Err(Problem::ProtectedContext);
                }
                self.context = ActiveContext {
                    remembered: Arc::clone(&self.context.remembered),
                    ..ActiveContext::default()
                };
                self.reset = true;
                Ok(())
            }
            Value::String(address) => match work.store.context(address) {
                Some(Value::Object(entries)) => self.define(entries, work),
                _ => Err(Problem::UnknownContext(address.clone())),
            },
            Value::Object(entries) => self.define(entries, work),
            _ => Err(Problem::InvalidContext("@context".to_owned())),
        }
    }

    fn define(&mut self, entries: &Map<String, Value>, work: &mut Work<'_>) -> Result<(), Problem> {
        work.charge(entries.len())?;
        let mut protect = false;
        for (name, value) in entries.iter().filter(|(name, _)| name.starts_with('@')) {
            match (name.as_str(), value) {
                ("@version", version) if version.as_f64() == Some(1.1) => {}
                ("@protected", Value::Bool(protected)) => protect = *protected,
                ("@vocab", Value::Null) => self.context.vocabulary = None,
                ("@vocab", Value::String(iri)) if iri::is_absolute(iri) => {
                    self.context.vocabulary = Some(iri.as_str().into());
                }
                ("@language", Value::Null) => self.context.language = None,
                ("@language", Value::String(tag)) if iri::is_language(tag) => {
                    self.context.language = Some(tag.as_str().into());
                }
                ("@propagate", Value::Bool(_)) | ("@base" | "@direction", Value::Null) => {}
                ("@base" | "@direction" | "@import" | "@type", _) => {
                    return Err(Problem::Unsupported(format!("{name} in a context")));
                }
                _ => return Err(Problem::InvalidContext(name.clone())),
            }
        }
        let mut definitions = Definitions {
            context: &mut self.context,
            local: entries,
            protect,
            override_protected: self.override_protected,
            defined: HashMap::with_capacity(entries.len()),
            depth: 0,
        };
        for (term, value) in entries.iter().filter(|(term, _)| !term.starts_with('@')) {
            definitions.define(term, value)?;
        }
        Ok(())
    }
}
